"""Texts to objects and back, and what is wrong with them."""

from __future__ import annotations

import sys
from typing import NamedTuple, Optional, Sequence, TypeVar, Union, overload

from .._native import ocpi as _native
from .._native.ocpi import Record

__all__ = ["Finding", "ci_equal", "ci_key", "dumps", "elements", "loads", "validate"]

R = TypeVar("R", bound=Record)
Text = Union[str, bytes, bytearray, memoryview]

MAX_BYTES = 16 << 20
MAX_DEPTH = 64


@overload
def loads(
    text: Text, type: type[R], *, lenient: bool = False, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> R: ...


@overload
def loads(
    text: Text, type: type[list[R]], *, lenient: bool = False, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> list[R]: ...


def loads(
    text: Text,
    type: type[R] | type[list[R]],
    *,
    lenient: bool = False,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
) -> R | list[R]:
    """An object from its JSON.

    type       its class, or list[...] of it for an array
    lenient    accept required members that are missing, and members that cannot be read; `validate` lists them
    max_bytes, max_depth  how long and how deeply nested a text may be

    Raises incar.Error with the place of the first fault: "malformed", "duplicate" and "limit_exceeded" for what is no
    good JSON, "wrong_type", and unless lenient "missing", "out_of_range" and "overflow".
    """
    made: R | list[R] = _native.loads(text, type, lenient, max_bytes, max_depth)
    return made


def dumps(obj: Record | Sequence[Record], indent: Optional[int] = None) -> str:
    """The JSON of an object or of a list of objects, on one line or with so many spaces a level.

    Raises TypeError or incar.Error with the place of a value that came into a list or into `extra` and has no place
    there.
    """
    return _native.dumps(obj, indent)


def elements(text: Text, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> list[str]:
    """The JSON texts of an array's elements, each to be read by itself, so that one bad object does not spoil a page."""
    return _native.elements(text, max_bytes, max_depth)


class Finding(NamedTuple):
    """One thing that is wrong with an object."""

    pointer: str
    """JSON pointer of the culprit, "" for the whole object."""
    rule: str
    """Stable name for programs; docs/reference/validation.md has them all."""
    message: str
    """One sentence for people."""
    level: str
    """The least strictness that reports it."""


def validate(
    obj: Record | Text,
    type: Optional[type[Record]] = None,
    *,
    version: str = "2.2.1",
    strictness: str = "specified",
) -> list[Finding]:
    """Everything that is wrong with an object, or with a text that is one of `type`; empty when nothing is.

    version     "2.2.1" or "2.2"
    strictness  "usable": only what is missing or cannot be read; "specified": all that the specification demands;
                "advised": also what is allowed but looks wrong

    Raises incar.Error for a text that is no JSON object.
    """
    if not isinstance(obj, Record):
        if type is None:
            raise TypeError("type: a class of incar.ocpi is needed to read a text")
        obj = loads(obj, type, lenient=True)
    return [Finding(*each) for each in _native.validate(obj, version, strictness)]


_lower = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def ci_key(text: str) -> str:
    """The text with the letters A to Z in lower case: equal for identifiers that OCPI calls equal."""
    return text.translate(_lower)


def ci_equal(left: str, right: str) -> bool:
    """Whether two identifiers differ at most in the case of the letters A to Z."""
    return ci_key(left) == ci_key(right)


def _restore(kind: type[R], text: str) -> R:
    """What pickle calls."""
    return loads(text, kind, lenient=True, max_bytes=sys.maxsize, max_depth=1000)
