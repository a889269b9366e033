"""OCPI objects as JSON texts, and JSON compared digit for digit by Python's own reader."""

from __future__ import annotations

import json
import pathlib
from typing import Any, Callable, Iterator

from incar import ocpi

FIXTURES = pathlib.Path(__file__).parents[3] / "tests/ocpi/fixtures/2.2.1"
TEXTS: dict[str, str] = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.json"))}

OBJECTS, WORDS = ocpi._native._tables()


class Lexeme(str):
    """A number as it is written, so that 2.0 and 2.00 differ."""


def exact(text: str) -> Any:
    return json.loads(text, parse_float=Lexeme, parse_int=Lexeme, parse_constant=Lexeme)


def type_of(name: str) -> type[ocpi.Record]:
    kind: type[ocpi.Record] = getattr(ocpi, name)
    return kind


def read(name: str, **options: Any) -> Any:
    return ocpi.loads(TEXTS[name], type_of(name), **options)


Steps = tuple[Any, ...]


def walk(at: Any, shape: str | None, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Every object of the model inside a JSON value, as its steps and the name of its class."""
    if shape is None:
        return
    yield steps, shape
    for member, form, content, _, _ in OBJECTS[shape]:
        if form != "record" or member not in at:
            continue
        if isinstance(at[member], list):
            for i, each in enumerate(at[member]):
                yield from walk(each, content, (*steps, member, i))
        else:
            yield from walk(at[member], content, (*steps, member))


def follow(start: Any, steps: Steps, step_into: Callable[[Any, Any], Any]) -> Any:
    for step in steps:
        start = step_into(start, step)
    return start


def in_json(at: Any, step: Any) -> Any:
    return at[step]


def in_object(at: Any, step: Any) -> Any:
    return at[step] if isinstance(step, int) else getattr(at, step)


def every_object() -> list[tuple[str, Steps, str]]:
    """(fixture, steps, class) of every object in every fixture."""
    return [(name, steps, shape) for name, text in TEXTS.items() for steps, shape in walk(json.loads(text), name)]
