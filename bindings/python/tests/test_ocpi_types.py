"""incar.ocpi's stub: made from the tables, complete against the module, right under mypy --strict."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

import incar
import ocpi_stub
from incar import ocpi
from test_types import declared, mypy, present

PACKAGE = pathlib.Path(incar.__file__).parent

GOOD = """
import datetime
import zoneinfo
from decimal import Decimal
from typing import Optional, Union
from incar import ocpi

location = ocpi.loads(b"{}", ocpi.Location, lenient=True)
location.evses[0].status = "CHARGING"
location.evses[0].status = ocpi.Status.AVAILABLE
word: str = location.evses[0].connectors[0].standard
name: Optional[str] = location.name
when: datetime.datetime = location.last_updated
location.last_updated = "2026-01-01T00:00:00Z"
location.last_updated = datetime.datetime.now(datetime.timezone.utc)
page: list[ocpi.Tariff] = ocpi.loads("[]", list[ocpi.Tariff])
for element in page[0].elements:
    for component in element.price_components:
        total: Decimal = component.price * component.step_size
        component.price = 1
        component.vat = None
price = ocpi.Price(excl_vat=Decimal("2.00"), extra={"x": [1]})
price.extra["y"] = None
cdr = ocpi.loads("{}", ocpi.CDR)
cdr.cdr_token = ocpi.CdrToken(
    country_code="BE", party_id="BEC", uid="1", type=ocpi.TokenType.RFID, contract_id="C",
)
text: str = ocpi.dumps(page, indent=2) + ocpi.dumps(cdr) + ocpi.ci_key(location.id)
each: list[str] = ocpi.elements(text)

class Mine(ocpi.Token):
    pass

mine: Mine = ocpi.loads(text, Mine)
rules: list[str] = [found.rule for found in ocpi.validate(location, strictness="advised")]
rules += [found.pointer for found in ocpi.validate(text, ocpi.Location)]
bill = ocpi.price(page, [ocpi.MeterReading(at=when, energy_kwh=3, vehicle="parked")], zone=zoneinfo.ZoneInfo("UTC"))
amount: Decimal = bill.total.incl_vat.rounded(2)
reasons: list[str] = [line.reason for line in bill.lines]
period: ocpi.ChargingPeriod = ocpi.quote(page[0], start=when, energy_kwh=3, power_kw=11).periods[0]
wrong: list[str] = [each.pointer for each in ocpi.check_cdr(cdr, zone="Europe/Madrid").differences]
"""

WRONG = [
    "ocpi.loads('{}', dict)",
    "ocpi.loads('[]', list[int])",
    "ocpi.loads(3, ocpi.Token)",
    "ocpi.loads('{}', ocpi.Token).evses",
    "ocpi.loads('{}', ocpi.Location).evses[0].uid = 3",
    "ocpi.loads('{}', ocpi.Location).evse",
    "ocpi.Price(excl_vat=0.5)",
    "ocpi.Price(incl_vat=1)",
    "ocpi.Price(excl_vat=1, vat=1)",
    "ocpi.loads('{}', ocpi.CDR).total_energy = None",
    "ocpi.loads('{}', ocpi.CDR).total_energy = 'ten'",
    "ocpi.Status.CHARGIN",
    "ocpi.dumps({})",
    "ocpi.price('x', [])",
    "ocpi.price(ocpi.loads('{}', ocpi.Tariff), []).total.rounded(2)",
    "ocpi.validate(3)",
]


def test_the_stub_is_what_the_tables_say() -> None:
    assert (PACKAGE / "_native/ocpi.pyi").read_text() == ocpi_stub.stub()


def test_the_stub_names_what_the_module_has() -> None:
    helpers = {"NumberMember", "OptionalNumberMember", "InstantMember", "OptionalInstantMember"}
    said, real = declared("ocpi.pyi"), present(ocpi._native)
    assert set(said) - helpers == set(real)
    assert said[""] == {each for each in real[""] if not each.startswith("_")}
    for name in set(real) - {"", "Record"}:
        public = {each for each in real[name] if not each.startswith("_")} - {"extra"}
        if not issubclass(getattr(ocpi, name), ocpi.Record):
            public = set(getattr(ocpi, name).__members__)
        stub = {each for each in said[name] if not each.startswith("_")}
        assert stub == (public if issubclass(getattr(ocpi, name), ocpi.Record) else set()), name


def test_a_user_s_script_is_typed(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    result = mypy(tmp_path, GOOD)
    assert result.returncode == 0, result.stdout


def test_wrong_scripts_are_refused(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    result = mypy(tmp_path, "from incar import ocpi\n" + "\n".join(WRONG))
    complained = {line.split(":")[1] for line in result.stdout.splitlines() if ": error:" in line}
    assert complained == {str(i + 2) for i in range(len(WRONG))}, result.stdout


def test_the_package_itself_is_typed(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    result = mypy(tmp_path, "import incar.ocpi, incar._words")
    assert result.returncode == 0, result.stdout


def test_everything_public_is_documented_and_importable() -> None:
    for name in ocpi.__all__:
        assert getattr(ocpi, name).__doc__, name
    script = "from incar.ocpi import *; print(Location, loads, Status.CHARGING)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True).returncode == 0
