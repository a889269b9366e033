"""Writes incar/_native/ocpi.pyi, the types of incar.ocpi's objects, from the tables of the model.

    PYTHONPATH=build/python/bindings/python python3 bindings/python/tests/ocpi_stub.py > bindings/python/incar/_native/ocpi.pyi

A test holds the file against this, so it cannot go stale.
"""

from __future__ import annotations

from typing import Iterator

from incar._native import ocpi

HEAD = '''\
# Made by bindings/python/tests/ocpi_stub.py from the tables of the model; not to be edited.
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Optional, TypeVar, Union, overload

from .._words import Word

Text = Union[str, bytes, bytearray, memoryview]
# What a number and a time may be set to; a text is a time as in RFC 3339.
Number = Union[Decimal, int]
Instant = Union[datetime, str]

class NumberMember:
    """Accepts a Decimal or an int, gives a Decimal."""

    def __get__(self, owner: object, kind: Any = None) -> Decimal: ...
    def __set__(self, owner: object, value: Number) -> None: ...

class OptionalNumberMember:
    """The same, or None."""

    def __get__(self, owner: object, kind: Any = None) -> Optional[Decimal]: ...
    def __set__(self, owner: object, value: Optional[Number]) -> None: ...

class InstantMember:
    """Accepts an aware datetime or a text, gives an aware datetime in UTC."""

    def __get__(self, owner: object, kind: Any = None) -> datetime: ...
    def __set__(self, owner: object, value: Instant) -> None: ...

class OptionalInstantMember:
    """The same, or None."""

    def __get__(self, owner: object, kind: Any = None) -> Optional[datetime]: ...
    def __set__(self, owner: object, value: Optional[Instant]) -> None: ...

class Record:
    """An object of OCPI. Its members are attributes; `extra` has those that OCPI does not know."""

    extra: dict[str, Any]
    def __eq__(self, other: object) -> bool: ...

R = TypeVar("R", bound=Record)

@overload
def loads(
    text: Text, type: type[R], *, lenient: bool = False, max_bytes: int = 16777216, max_depth: int = 64
) -> R: ...
@overload
def loads(
    text: Text, type: type[list[R]], *, lenient: bool = False, max_bytes: int = 16777216, max_depth: int = 64
) -> list[R]: ...
def dumps(obj: Union[Record, Sequence[Record]], indent: Optional[int] = None) -> str: ...
def elements(text: Text, *, max_bytes: int = 16777216, max_depth: int = 64) -> list[str]: ...
'''

TYPES = {"flag": "bool", "whole": "int", "number": "Decimal", "instant": "datetime", "text": "str"}
WIDER = {"number": "Number", "instant": "Instant"}
MEMBERS = {"number": "NumberMember", "instant": "InstantMember"}


def content_type(form: str, content: str) -> str:
    if form == "word":
        return f"Union[{content}, str]"
    return TYPES.get(form, content)


def attribute(form: str, content: str, cardinality: str) -> str:
    if cardinality in "*+":
        return f"list[{content_type(form, content)}]"
    optional = cardinality == "?"
    if form in MEMBERS:
        return ("Optional" if optional else "") + MEMBERS[form]
    return f"Optional[{content_type(form, content)}]" if optional else content_type(form, content)


def parameter(form: str, content: str, cardinality: str) -> str:
    accepted = WIDER.get(form) or content_type(form, content)
    if cardinality in "*+":
        return f"Sequence[{accepted}]" + (" = ..." if cardinality == "*" else "")
    return f"Optional[{accepted}] = None" if cardinality == "?" else accepted


def record(name: str, members: list[tuple[str, str, str, str, int]]) -> Iterator[str]:
    yield f"class {name}(Record):"
    for member, form, content, cardinality, length in members:
        yield f"    {member}: {attribute(form, content, cardinality)}" + (f"  # up to {length}" if length else "")
    yield ""
    yield "    def __init__("
    yield "        self,"
    yield "        *,"
    for member, form, content, cardinality, _ in members:
        yield f"        {member}: {parameter(form, content, cardinality)},"
    yield "        extra: dict[str, Any] = ...,"
    yield "    ) -> None: ..."


def enumeration(name: str, words: list[str]) -> Iterator[str]:
    yield f"class {name}(Word):"
    for member in getattr(ocpi, name):
        yield f'    {member.name} = "{member.value}"'


def stub() -> str:
    objects, words = ocpi._tables()
    parts = [HEAD]
    parts += ["\n".join(enumeration(name, each)) + "\n" for name, each in words.items()]
    parts += ["\n".join(record(name, each)) + "\n" for name, each in objects.items()]
    parts.append("__all__ = [\n" + "".join(f'    "{each}",\n' for each in ocpi.__all__) + "]\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(stub(), end="")
