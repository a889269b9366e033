"""The enumerations of incar.ocpi: made by the extension module from its tables when it is imported."""

from __future__ import annotations

import enum
from typing import Any


class Word(str, enum.Enum):
    """A word of one of OCPI's enumerations. Equal to its text, and usable wherever a text is."""

    def __str__(self) -> str:
        return str(self.value)


def make(name: str, words: list[str]) -> type[Word]:
    """An enumeration; its members are named as their words are, versions with a V: V2_2_1."""
    members = [(word if word.isidentifier() else "V" + word.replace(".", "_"), word) for word in words]
    functional: Any = Word
    kind: type[Word] = functional(name, members, module="incar.ocpi")
    kind.__doc__ = f"{name} of OCPI 2.2.1; partners may send other words, which stay plain texts."
    return kind
