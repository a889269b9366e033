"""OCPI's objects as Python objects: changing, comparing, copying, showing them, and what goes wrong."""

from __future__ import annotations

import copy
import datetime
import gc
import json
import pickle
import random
import subprocess
import sys
import textwrap
from decimal import Decimal
from typing import Any

import pytest

import incar
from incar import ocpi
from ocpi_texts import OBJECTS, TEXTS, WORDS, Steps, every_object, exact, follow, in_json, in_object, read, type_of

UTC = datetime.timezone.utc
NOW = datetime.datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


def another(form: str, content: str, chance: random.Random) -> tuple[Any, Any]:
    """A value for a member in Python and in JSON."""
    if form == "flag":
        return (flag := chance.random() < 0.5), flag
    if form == "whole":
        return (whole := chance.randrange(100_000)), exact(str(whole))
    if form == "number":
        digits = f"{chance.randrange(10**6)}.{chance.randrange(10**4):04}"
        return Decimal(digits), exact(digits)
    if form == "instant":
        at = NOW + datetime.timedelta(seconds=chance.randrange(10**7), milliseconds=chance.choice([0, 120]))
        fraction = f".{at.microsecond // 1000:03}" if at.microsecond else ""
        return at, f"{at:%Y-%m-%dT%H:%M:%S}{fraction}Z"
    if form == "word":
        word = chance.choice([*WORDS[content], "SOME_NEW_WORD"])
        return word, word
    text = chance.choice(['plain "quoted" \\ text', "Größe\n😀", "x" * 300])
    return text, text


@pytest.mark.parametrize("seed", range(40))
def test_a_change_changes_that_member_only(seed: int) -> None:
    chance = random.Random(seed)
    for name in TEXTS:
        whole = exact(TEXTS[name])
        of = read(name)
        for _ in range(chance.randrange(1, 6)):
            places = [(s, k) for fixture, s, k in every_object() if fixture == name]
            steps, shape = chance.choice(places)
            member, form, content, cardinality, _ = chance.choice(OBJECTS[shape])
            try:
                target, inside = follow(of, steps, in_object), follow(whole, steps, in_json)
            except (LookupError, TypeError, AttributeError):
                continue  # taken away before
            if cardinality == "?" and chance.random() < 0.3:
                setattr(target, member, None)
                inside.pop(member, None)
            elif cardinality in "*+" and form != "record":
                values = [another(form, content, chance) for _ in range(chance.randrange(3))]
                setattr(target, member, [each for each, _ in values])
                inside[member] = [each for _, each in values]
                if not values and cardinality == "*":
                    del inside[member]
            elif form == "record":
                if cardinality in "*+" and inside.get(member):
                    i = chance.randrange(len(inside[member]))
                    getattr(target, member).append(getattr(target, member).pop(i))
                    inside[member].append(inside[member].pop(i))
            else:
                value, text = another(form, content, chance)
                setattr(target, member, value)
                inside[member] = text
        assert exact(ocpi.dumps(of)) == whole
        assert exact(ocpi.dumps(copy.deepcopy(of))) == whole
        assert exact(ocpi.dumps(pickle.loads(pickle.dumps(of)))) == whole


@pytest.mark.parametrize(("name", "steps", "shape"), every_object())
def test_every_object_can_be_made_from_its_members(name: str, steps: Steps, shape: str) -> None:
    of = follow(read(name), steps, in_object)
    members = {member: getattr(of, member) for member, *_ in OBJECTS[shape]}
    made = type_of(shape)(**members, extra=of.extra)
    assert made == of
    again = ocpi.loads(ocpi.dumps(made), type_of(shape))
    assert again == of and json.loads(ocpi.dumps(again)) == json.loads(ocpi.dumps(made))


def test_constructors_take_members_by_name() -> None:
    point = ocpi.GeoLocation(latitude="51.05000", longitude="3.72000")
    assert repr(point) == "GeoLocation(latitude='51.05000', longitude='3.72000')"
    with pytest.raises(TypeError, match="by name only"):
        ocpi.GeoLocation("51.05000", "3.72000")  # type: ignore[misc]
    with pytest.raises(TypeError, match="needs the member 'longitude'"):
        ocpi.GeoLocation(latitude="51.05000")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no member 'lattitude', did you mean 'latitude'"):
        ocpi.GeoLocation(lattitude="51.05000", longitude="3.72000")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        ocpi.Record()


def test_misspelt_names_are_refused_with_a_hint() -> None:
    location = read("Location")
    for act in (lambda: location.adress, lambda: setattr(location, "adress", "x"), lambda: delattr(location, "adress")):
        with pytest.raises(AttributeError, match="Location has no member 'adress', did you mean 'address'"):
            act()
    with pytest.raises(AttributeError, match="no member 'zzz'$"):
        location.zzz
    assert not hasattr(location, "__array__")
    assert {member for member, *_ in OBJECTS["Location"]} | {"extra"} <= set(dir(location))


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("publish", 1, "/publish: True or False is needed, not int"),
        ("id", 3, "/id: a text is needed, not int"),
        ("id", None, "/id: a text is needed, not NoneType"),
        ("coordinates", {"latitude": "1"}, "/coordinates: a GeoLocation is needed, not dict"),
        ("evses", None, "/evses: a list is needed, not NoneType"),
        ("evses", "EVSE", "/evses: a list is needed, not str"),
        ("evses", [1], "/evses/0: an EVSE is needed, not int"),
        ("facilities", ["HOTEL", 2], "/facilities/1: a text is needed, not int"),
        ("last_updated", 3, "/last_updated: a text, an aware datetime or a datetime64 is needed, not int"),
        ("opening_times", b"", "/opening_times: a Hours is needed, not bytes"),
        ("extra", [], "/extra: a dict is needed, not list"),
    ],
)
def test_wrong_types_are_refused_with_their_place(member: str, value: Any, message: str) -> None:
    location = read("Location")
    before = ocpi.dumps(location)
    with pytest.raises(TypeError) as caught:
        setattr(location, member, value)
    assert str(caught.value) == message
    assert ocpi.dumps(location) == before


@pytest.mark.parametrize(
    ("kind", "member", "value", "code"),
    [
        (ocpi.Location, "last_updated", datetime.datetime(2026, 1, 1), "missing"),
        (ocpi.Location, "last_updated", "yesterday", "malformed"),
        (ocpi.Location, "name", "half \ud800", "malformed"),
        (ocpi.CDR, "total_energy", Decimal("NaN"), "not_finite"),
        (ocpi.CDR, "total_energy", Decimal("1e60"), "overflow"),
        (ocpi.CDR, "total_energy", Decimal("0." + "1" * 30), "overflow"),
        (ocpi.CDR, "total_energy", 10**30, "overflow"),
    ],
)
def test_unusable_values_are_refused_with_their_place(kind: type[Any], member: str, value: Any, code: str) -> None:
    of = read(kind.__name__)
    with pytest.raises(incar.Error) as caught:
        setattr(of, member, value)
    assert (caught.value.code, caught.value.where) == (code, "/" + member)


def test_money_is_never_a_float() -> None:
    for wrong in (0.25, "0.25", True):
        with pytest.raises(TypeError, match="/excl_vat: a Decimal or an int is needed"):
            ocpi.Price(excl_vat=wrong)  # type: ignore[arg-type]
    connector = read("Location").evses[0].connectors[0]
    for value in (230.0, Decimal(230), "230", True):
        with pytest.raises(TypeError, match="/max_voltage: a whole number is needed"):
            connector.max_voltage = value
    with pytest.raises(incar.Error):
        connector.max_voltage = 2**31


def test_what_slips_into_a_list_is_found_when_writing() -> None:
    location = read("Location")
    location.evses[0].connectors.append(location)
    with pytest.raises(TypeError, match="^/evses/0/connectors/2: a Connector is needed, not Location$"):
        ocpi.dumps(location)
    with pytest.raises(TypeError, match="^/1/evses/0/connectors/2: "):
        ocpi.dumps([read("Token"), location])
    with pytest.raises(TypeError, match="^/0: an object of incar.ocpi"):
        ocpi.dumps([{}])  # type: ignore[list-item]
    assert repr(location).startswith("Location(") and copy.deepcopy(location) is not location


def test_absence_is_none_or_an_empty_list() -> None:
    location = read("Location")
    location.name = None
    del location.postal_code, location.evses, location.facilities
    assert (location.name, location.postal_code, location.evses) == (None, None, [])
    assert not {"name", "postal_code", "evses", "facilities"} & json.loads(ocpi.dumps(location)).keys()
    with pytest.raises(TypeError, match="/id: a required member cannot be deleted"):
        del location.id
    del location.extra
    assert location.extra == {}


def test_lists_stay_the_lists_they_are() -> None:
    location = read("Location")
    assert location.evses is location.evses and location.evses[0] is location.evses[0]
    evses = location.evses
    new = copy.deepcopy(evses[0])
    new.uid = "new"
    evses.insert(0, new)
    location.evses[0].status = "BLOCKED"
    written = json.loads(ocpi.dumps(location))["evses"]
    assert [each["uid"] for each in written][:2] == ["new", "e-1"]
    assert [each["status"] for each in written][:2] == ["BLOCKED", "AVAILABLE"]
    location.evses = tuple(evses)
    assert type(location.evses) is list


def test_parts_outlive_the_whole() -> None:
    connector = read("Location").evses[0].connectors[0]
    evses = read("Location").evses
    first = evses[0]
    wanted = json.loads(TEXTS["Location"])["evses"][0]
    evses.clear()
    gc.collect()
    filler = [read("Location") for _ in range(50)]
    assert json.loads(ocpi.dumps(connector)) == wanted["connectors"][0]
    assert json.loads(ocpi.dumps(first)) == wanted and len(filler) == 50
    first.connectors[0].id = "changed"
    del first.connectors
    assert "connectors" in json.loads(ocpi.dumps(first))  # a list that needs an element is written empty


def test_extra_is_a_dict_of_json() -> None:
    price = ocpi.loads('{"excl_vat":1,"a":1.50,"b":[1e2,{"c":null}],"d":"t"}', ocpi.Price)
    assert price.extra == {"a": Decimal("1.5"), "b": [Decimal(100), {"c": None}], "d": "t"}
    assert ocpi.dumps(price) == '{"excl_vat":1,"a":1.50,"b":[1e2,{"c":null}],"d":"t"}'
    price.extra["b"][1]["c"] = Decimal("2.00")
    price.extra["new"] = [True, None, 3, 0.5, "x", (1,), {}]
    del price.extra["d"]
    assert ocpi.dumps(price) == (
        '{"excl_vat":1,"a":1.50,"b":[1E+2,{"c":2.00}],"new":[true,null,3,0.5,"x",[1],{}]}'
    )
    for wrong, kind in [
        ({"incl_vat": 1}, incar.Error),
        ({"x": float("nan")}, incar.Error),
        ({"x": Decimal("Infinity")}, incar.Error),
        ({"x": "\ud800"}, incar.Error),
        ({"x": {1, 2}}, TypeError),
        ({1: 2}, TypeError),
        ({"x": {1: 2}}, TypeError),
    ]:
        price.extra = wrong
        with pytest.raises(kind, match="^/extra"):
            ocpi.dumps(price)
    endless: list[Any] = []
    endless.append(endless)
    price.extra = {"x": endless}
    with pytest.raises(incar.Error, match="nested deeper"):
        ocpi.dumps(price)


def test_equality_goes_by_value() -> None:
    token = read("Token")
    assert token == read("Token") and not token != read("Token")
    assert token != 3 and token != read("Tariff")
    token.uid = token.uid.swapcase()  # a CiString
    assert token == read("Token")
    token.issuer = token.issuer.swapcase()  # a string
    assert token != read("Token")
    one, two = (ocpi.loads(text, ocpi.Price) for text in ('{"excl_vat":1.0,"x":1}', '{"excl_vat":1.00,"x":1}'))
    assert one == two
    two.extra["x"] = 2
    assert one != two
    assert read("Location").evses == read("Location").evses
    connector = read("Location").evses[0].connectors[0]
    before = copy.deepcopy(connector)
    connector.tariff_ids = [each.upper() for each in connector.tariff_ids]
    assert connector == before
    connector.tariff_ids.append("more")
    assert connector != before
    with pytest.raises(TypeError):
        hash(token)


def test_copies() -> None:
    location = read("Location")
    shallow, deep = copy.copy(location), copy.deepcopy(location)
    assert shallow == deep == location
    location.evses[0].status = "BLOCKED"
    location.name = "other"
    location.extra["x"] = 1
    assert shallow.evses is location.evses and shallow.evses[0].status == "BLOCKED" and shallow.extra == {"x": 1}
    assert shallow.name == deep.name == read("Location").name
    assert deep.evses[0].status == "AVAILABLE" and deep.extra == {}
    twice = copy.deepcopy([location.evses[0], location.evses[0]])
    assert twice[0] is twice[1]


def test_classes_of_one_s_own() -> None:
    class Mine(ocpi.Token):
        def __init__(self, **members: Any) -> None:
            super().__init__(**members)
            self.seen = 0

    mine = ocpi.loads(TEXTS["Token"], Mine)
    mine.note = "x"  # type: ignore[attr-defined]
    assert type(mine) is Mine and mine == read("Token")
    assert copy.deepcopy(mine).note == copy.copy(mine).note == "x"  # type: ignore[attr-defined]
    made = Mine(**{member: getattr(mine, member) for member, *_ in OBJECTS["Token"]})
    assert made.seen == 0 and made == mine


def test_representations_can_be_read_by_people_and_python() -> None:
    for name, steps, shape in every_object():
        text = repr(follow(read(name), steps, in_object))
        assert text.startswith(shape + "(")
        if " more]" not in text:
            names = {**vars(ocpi), "Decimal": Decimal}
            assert eval(text, names) == follow(read(name), steps, in_object)
    assert repr(ocpi.loads('{"source":"TIDAL","percentage":1.50}', ocpi.EnergySource)) == (
        "EnergySource(source='TIDAL', percentage=Decimal('1.50'))"
    )
    assert ", and 1 more]" in repr(read("Location"))


def test_enumerations_are_texts() -> None:
    for name, words in WORDS.items():
        kind = getattr(ocpi, name)
        assert [each.value for each in kind] == words == [str(each) for each in kind] == [f"{each}" for each in kind]
        assert all(each == word and json.dumps(each) == json.dumps(word) for each, word in zip(kind, words))
        assert [pickle.loads(pickle.dumps(each)) for each in kind] == list(kind)
    assert ocpi.VersionNumber.V2_2_1 == "2.2.1" and ocpi.ConnectorType.IEC_62196_T2.name == "IEC_62196_T2"


def test_identifiers_without_case() -> None:
    assert ocpi.ci_equal("LOC1", "loc1") and not ocpi.ci_equal("LOC1", "LOC2")
    assert not ocpi.ci_equal("Ä", "ä") and ocpi.ci_key("ÄB\u212a") == "Äb\u212a"


def test_every_class_and_member_says_what_it_is() -> None:
    for name, members in OBJECTS.items():
        kind = type_of(name)
        assert kind.__module__ == "incar.ocpi" and kind.__name__ == name
        for member, _, content, _, length in members:
            line = next(line for line in (kind.__doc__ or "").splitlines() if line.startswith(member + " "))
            assert content in line and getattr(kind, member).__doc__ in line
            assert length == 0 or f"({length})" in line


def memory_after(repeat: int, work: str) -> int:
    """The most memory, in kB, of a process that does something so many times."""
    script = f"""
        import copy, gc, pickle, resource, sys
        from incar import ocpi
        text = sys.stdin.read()
        for _ in range({repeat}):
            {work}
        gc.collect()
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], input=TEXTS["Location"], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return int(run.stdout)


@pytest.mark.parametrize(
    "work",
    [
        "ocpi.loads(text, ocpi.Location).evses[0].connectors",
        "x = ocpi.loads(text, ocpi.Location); x.evses[0].status = 'BLOCKED'; x.extra['y'] = [1]; ocpi.dumps(x)",
        "x = ocpi.loads(text, ocpi.Location); x.evses.append(x); del x",
        "x = ocpi.loads(text, ocpi.Location); copy.deepcopy(x) == pickle.loads(pickle.dumps(x)); repr(copy.copy(x))",
    ],
)
def test_nothing_leaks(work: str) -> None:
    few, many = memory_after(500, work), memory_after(4000, work)
    assert many < few + 4_000  # 3,500 leaked locations are more than 10,000 kB


def test_reference_counts_come_back() -> None:
    status, tree = ocpi.Status.CHARGING, read("Location")
    before = [sys.getrefcount(each) for each in (status, ocpi.Location, ocpi.EVSE, Decimal, None)]
    for _ in range(200):
        location = copy.deepcopy(tree)
        location.evses[0].status = status
        location.evses = location.evses[:1]
        ocpi.dumps(location)
        with pytest.raises(TypeError):
            location.evses = [3]  # type: ignore[list-item]
        with pytest.raises(AttributeError):
            location.foo  # type: ignore[attr-defined]
        del location
    gc.collect()
    after = [sys.getrefcount(each) for each in (status, ocpi.Location, ocpi.EVSE, Decimal, None)]
    assert all(abs(a - b) < 50 for a, b in zip(before, after)), (before, after)
