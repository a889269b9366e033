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
from typing import Any, Optional, Union

from .._words import Word

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

def loads(text: object, type: object, lenient: bool, max_bytes: int, max_depth: int) -> Any: ...
def dumps(obj: object, indent: Optional[int]) -> str: ...
def elements(text: object, max_bytes: int, max_depth: int) -> list[str]: ...
def validate(obj: Record, version: str, strictness: str) -> list[tuple[str, str, str, str]]: ...
def price(tariffs: object, session: object, policy: object) -> dict[str, Any]: ...
def price_periods(tariffs: object, session: object, policy: object) -> dict[str, Any]: ...
def quote(tariffs: object, request: object, policy: object) -> dict[str, Any]: ...
def check_cdr(cdr: object, zone: object, tolerance: object, policy: object) -> dict[str, Any]: ...
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
