class Finding:
    """Something that makes an input unusable."""

    @property
    def code(self) -> str:
        """For programs: 'not_finite', 'missing', ..."""
    @property
    def where(self) -> str:
        """JSON pointer of the culprit: '/evs/2/departure_slot'."""
    @property
    def message(self) -> str:
        """One sentence for people."""
