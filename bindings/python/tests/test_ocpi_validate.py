"""incar.ocpi.validate: findings with their place, rule, sentence and level."""

from __future__ import annotations

import json
from typing import Any

import pytest

import incar
from incar import ocpi
from ocpi_texts import TEXTS, read, type_of


def rules(found: list[ocpi.Finding]) -> list[tuple[str, str]]:
    return [(each.pointer, each.rule) for each in found]


@pytest.mark.parametrize("name", TEXTS)
def test_the_fixtures_are_usable(name: str) -> None:
    assert ocpi.validate(read(name), strictness="usable") == []
    assert ocpi.validate(TEXTS[name], type_of(name), strictness="usable") == []


def test_what_is_missing_or_unreadable_is_found_in_texts_and_objects() -> None:
    text = '{"excl_vat":"1","incl_vat":2}'
    of = ocpi.loads(text, ocpi.Price, lenient=True)
    found = ocpi.validate(of, strictness="usable")
    assert found == ocpi.validate(text, ocpi.Price, strictness="usable")
    assert [each.pointer for each in found] == ["/excl_vat"] and found[0].level == "usable" and found[0].message
    of.excl_vat = 1
    assert ocpi.validate(of, strictness="usable") == []


def test_a_change_in_python_is_what_is_checked() -> None:
    location = read("Location")
    before = ocpi.validate(location)
    location.evses[0].connectors[0].tariff_ids.append("x" * 37)
    location.party_id = "FOUR"
    location.evses[0].uid = "\n"
    new = [each for each in ocpi.validate(location) if each not in before]
    assert {each.pointer for each in new} == {
        "/party_id", "/evses/0/uid", f"/evses/0/connectors/0/tariff_ids/{len(location.evses[0].connectors[0].tariff_ids) - 1}",
    }
    assert all(each.level == "specified" for each in new)
    assert ocpi.validate(location, strictness="usable") == []
    assert ocpi.validate(location) == ocpi.validate(ocpi.dumps(location), ocpi.Location)


def test_a_part_is_checked_by_itself() -> None:
    connector = read("Location").evses[0].connectors[0]
    assert ocpi.validate(connector) == []
    connector.max_voltage = -1
    assert [each.pointer for each in ocpi.validate(connector)] == ["/max_voltage"]
    made = ocpi.GeoLocation(latitude="north", longitude="3.72000")
    assert [each.pointer for each in ocpi.validate(made)] == ["/latitude"]


def test_each_strictness_includes_the_ones_before() -> None:
    session = json.loads(TEXTS["Location"])
    session["coordinates"] = {"latitude": "0.00000", "longitude": "0.00000"}
    session["party_id"] = "FOUR"
    del session["city"]
    counts: list[Any] = []
    for strictness in ("usable", "specified", "advised"):
        counts.append(set(rules(ocpi.validate(json.dumps(session), ocpi.Location, strictness=strictness))))
    assert counts[0] < counts[1] <= counts[2]
    assert {"/city"} == {pointer for pointer, _ in counts[0]}


def test_the_version_matters() -> None:
    connector = read("Location").evses[0].connectors[0]
    connector.standard = "CHAOJI"  # new in 2.2.1
    assert ocpi.validate(connector) == ocpi.validate(connector, version="2.2.1") == []
    assert [each.pointer for each in ocpi.validate(connector, version="2.2")] == ["/standard"]


def test_wrong_arguments() -> None:
    with pytest.raises(ValueError, match="version: one of '2.2', '2.2.1' is possible, not '2.3'"):
        ocpi.validate(read("Token"), version="2.3")
    with pytest.raises(ValueError, match="strictness"):
        ocpi.validate(read("Token"), strictness="much")
    with pytest.raises(TypeError, match="type"):
        ocpi.validate(TEXTS["Token"])
    with pytest.raises(incar.Error):
        ocpi.validate("{", ocpi.Token)
