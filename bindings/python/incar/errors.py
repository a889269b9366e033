"""The one exception that incar raises for unusable input."""

from __future__ import annotations


class Error(ValueError):
    """Input that cannot be used: what is wrong, where, and in words.

    code     for programs: "not_finite", "missing", "wrong_length", "out_of_range", "inconsistent", ...
    where    JSON pointer or parameter of the culprit ("/evs/2/departure_slot", "start"), "" for the whole input
    message  one sentence for people
    """

    def __init__(self, code: str, where: str, message: str) -> None:
        super().__init__(code, where, message)
        self.code = code
        self.where = where
        self.message = message

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} ({self.code})"
