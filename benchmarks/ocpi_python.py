"""Reading, checking and writing a Location of 2 kB from Python: incar beside pydantic's models and Python's own json.

    benchmarks/ocpi_python.sh            fetches the peers, builds, runs

incar.ocpi reads exactly; `validate` checks lengths, formats, words and rules between members. Peers, whichever is
installed: the Location of extrawest_ocpi, which is what PyPI has for OCPI 2.2.1 (pydantic 1; it keeps no unknown
members and no digits); and one for pydantic 2 that is made here from incar's tables, with Decimal, datetime, lengths
and enumerations. Turn by turn in one process; the best of nine rounds each.
"""

from __future__ import annotations

import json
import pathlib
import platform
import sys
import timeit
from decimal import Decimal
from importlib.metadata import version
from typing import Any, Callable

from incar import ocpi

# extrawest_ocpi wants two members of EnergyMix that the specification lets out.
TEXT = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").replace(
    '"is_green_energy"', '"supplier_name":"Fjordkraft","energy_product_name":"Vann","is_green_energy"'
)
TABLES, WORDS = ocpi._native._tables()
ROUNDS = 9


def extrawest() -> Any:
    from py_ocpi.modules.locations.v_2_2_1.schemas import Location  # type: ignore[import]

    return Location


def made_for_pydantic_2() -> Any:
    """A model of each object from the tables of incar, as one would write it by hand."""
    import datetime
    import enum
    from typing import Annotated, Optional, Union

    import pydantic

    scalars = {"flag": bool, "whole": int, "number": Decimal, "instant": datetime.datetime}
    made: dict[str, Any] = {}

    def content(form: str, name: str, length: int) -> Any:
        if form == "record":
            return model(name)
        if form == "word":
            return Union[enum.Enum(name, [(each, each) for each in WORDS[name]], type=str), str]
        return scalars.get(form) or Annotated[str, pydantic.Field(max_length=length or None)]

    def model(name: str) -> Any:
        if name not in made:
            members: dict[str, Any] = {}
            for member, form, kind, cardinality, length in TABLES[name]:
                one = content(form, kind, length)
                members[member] = {
                    "1": (one, ...),
                    "?": (Optional[one], None),
                    "*": (list[one], []),  # type: ignore[valid-type]
                    "+": (Annotated[list[one], pydantic.Field(min_length=1)], ...),  # type: ignore[valid-type]
                }[cardinality]
            extra = pydantic.ConfigDict(extra="allow")
            made[name] = pydantic.create_model(name, __config__=extra, **members)
        return made[name]

    return model("Location")


def peers() -> dict[str, Callable[[], Any]]:
    is_old = version("pydantic").startswith("1.")
    model = extrawest() if is_old else made_for_pydantic_2()
    parse = model.parse_raw if is_old else model.model_validate_json
    parsed = parse(TEXT)
    print("peer: " + ("extrawest_ocpi " + version("extrawest_ocpi") + " on " if is_old else "") + "pydantic", version("pydantic"))
    return {"pydantic: read and check": lambda: parse(TEXT), "pydantic: write": parsed.json if is_old else parsed.model_dump_json}


def touch_everything(of: Any) -> None:
    for name, form, *_ in TABLES[type(of).__name__]:
        value = getattr(of, name)
        if form == "record" and value is not None:
            for each in value if isinstance(value, list) else [value]:
                touch_everything(each)


def read_all() -> Any:
    location = ocpi.loads(TEXT, ocpi.Location)
    touch_everything(location)
    return location


location = ocpi.loads(TEXT, ocpi.Location)
changed = read_all()
work: dict[str, Callable[[], Any]] = {
    "incar: read": lambda: ocpi.loads(TEXT, ocpi.Location),
    "incar: read and check": lambda: ocpi.validate(ocpi.loads(TEXT, ocpi.Location)),
    "incar: read and look at every member": read_all,
    "incar: write": lambda: ocpi.dumps(location),
    "incar: write after looking at every member": lambda: ocpi.dumps(changed),
    "json: read": lambda: json.loads(TEXT),
    "json: read with Decimal": lambda: json.loads(TEXT, parse_float=Decimal),
    **peers(),
}
print("Python", platform.python_version(), f"{len(TEXT.encode())} bytes")
timers = {name: timeit.Timer(each) for name, each in work.items()}
counts = {name: max(10, int(0.05 / (each.timeit(10) / 10))) for name, each in timers.items()}
best = {name: float("inf") for name in timers}
for _ in range(ROUNDS):
    for name, timer in timers.items():
        best[name] = min(best[name], timer.timeit(counts[name]) / counts[name])
for name, seconds in best.items():
    speed = len(TEXT.encode()) / seconds / 1e6
    print(f"{name:45} {seconds * 1e6:8.1f} us {speed:7.1f} MB/s")
ratios = [best[f"pydantic: {what}"] / best[f"incar: {what}"] for what in ("read and check", "write")]
print(f"incar is {ratios[0]:.1f} times as fast in reading and checking, {ratios[1]:.1f} times in writing")
