"""incar.ocpi's loads and dumps against Python's own json: nothing is lost, added or respelt."""

from __future__ import annotations

import copy
import datetime
import json
import random
from decimal import Decimal
from typing import Any

import pytest

import incar
from incar import ocpi
from ocpi_texts import OBJECTS, TEXTS, WORDS, every_object, exact, follow, in_json, in_object, read, type_of

UTC = datetime.timezone.utc
STRANGE = '{"deep": [1.10, -0, 1e30, {"x": null, "y": ["\\u00e9", true]}], "big": 123456789012345678901234567890}'


def look_at_everything(of: Any) -> None:
    """Reads every member of an object and of those inside it, as a program would that changes nothing."""
    for member, form, _, cardinality, _ in OBJECTS[type(of).__name__]:
        value = getattr(of, member)
        for each in value if cardinality in "*+" else [value]:
            if form == "record" and each is not None:
                look_at_everything(each)


def test_every_object_of_the_model_is_in_a_fixture() -> None:
    assert {shape for _, _, shape in every_object()} == set(OBJECTS)


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_read_is_written(name: str) -> None:
    assert exact(ocpi.dumps(read(name))) == exact(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_looking_at_all_members_changes_nothing(name: str) -> None:
    of = read(name)
    look_at_everything(of)
    assert exact(ocpi.dumps(of)) == exact(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("look", [False, True])
def test_unknown_members_survive_at_every_level(name: str, look: bool) -> None:
    given = exact(TEXTS[name])
    for steps, _ in [(steps, shape) for fixture, steps, shape in every_object() if fixture == name]:
        follow(given, steps, in_json)["x_strange"] = "MARK"
    text = encode_exact(given).replace('"MARK"', STRANGE)
    of = ocpi.loads(text, type_of(name))
    if look:
        look_at_everything(of)
    assert exact(ocpi.dumps(of)) == exact(text)


def encode_exact(value: Any) -> str:
    """JSON in which each Lexeme is the number that it was."""
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(k) + ":" + encode_exact(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(encode_exact, value)) + "]"
    return str(value) if type(value).__name__ == "Lexeme" else json.dumps(value)


def expected_value(form: str, content: str, given: Any) -> Any:
    if form == "instant":
        at = datetime.datetime.fromisoformat(given.replace("Z", "+00:00"))
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return given


@pytest.mark.parametrize(("name", "steps", "shape"), every_object())
def test_members_have_the_values_that_json_has(name: str, steps: Any, shape: str) -> None:
    given = follow(json.loads(TEXTS[name], parse_float=Decimal), steps, in_json)
    of = follow(read(name), steps, in_object)
    assert type(of) is type_of(shape)
    kinds = {"flag": bool, "whole": int, "number": Decimal, "instant": datetime.datetime, "text": str, "word": str}
    for member, form, content, cardinality, _ in OBJECTS[shape]:
        value = getattr(of, member)
        is_list = cardinality in "*+"
        if member not in given:
            assert value == ([] if is_list else None)
            continue
        for each, raw in zip(value, given[member]) if is_list else [(value, given[member])]:
            if form == "record":
                assert type(each) is type_of(content)
                continue
            wanted = expected_value(form, content, raw)
            assert isinstance(each, kinds[form]) and each == wanted and str(each) == str(wanted), member
            if form == "word" and raw in WORDS[content]:
                assert type(each) is getattr(ocpi, content)
        if is_list:
            assert len(value) == len(given[member])
    others = {key: value for key, value in given.items() if key not in {each[0] for each in OBJECTS[shape]}}
    assert of.extra == others


def test_numbers_keep_their_digits() -> None:
    price = ocpi.loads('{"excl_vat":2.00,"incl_vat":1.250e1}', ocpi.Price)
    assert str(price.excl_vat) == "2.00" and price.incl_vat == Decimal("12.5")
    price.excl_vat = Decimal("3.10")
    assert ocpi.dumps(price) == '{"excl_vat":3.10,"incl_vat":1.250e1}'
    price.incl_vat = 7
    assert ocpi.dumps(price) == '{"excl_vat":3.10,"incl_vat":7}'


def test_times_keep_their_spelling_until_they_change() -> None:
    text = '{"period_begin":"2026-01-02 03:04:05.1234567+01:00","period_end":"2026-01-02T03:04:05"}'
    period = ocpi.loads(text, ocpi.ExceptionalPeriod)
    assert period.period_begin == datetime.datetime(2026, 1, 2, 2, 4, 5, 123000, UTC)
    assert period.period_begin.utcoffset() == datetime.timedelta(0)
    period.period_begin = period.period_begin
    assert json.loads(ocpi.dumps(period)) == json.loads(text)
    period.period_end = datetime.datetime(2026, 7, 1, 12, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    assert json.loads(ocpi.dumps(period)) == {**json.loads(text), "period_end": "2026-07-01T10:30:00Z"}


def test_unknown_words_stay_texts() -> None:
    source = ocpi.loads('{"source":"TIDAL","percentage":100}', ocpi.EnergySource)
    assert type(source.source) is str and source.source == "TIDAL"
    source.source = "SOLAR"
    assert source.source is ocpi.EnergySourceCategory.SOLAR
    assert ocpi.dumps(source) == '{"source":"SOLAR","percentage":100}'


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("{", "malformed", ""),
        ('{"excl_vat":1}x', "malformed", ""),
        ('{"excl_vat":NaN}', "malformed", "/excl_vat"),
        ('{"excl_vat":1e400}', "out_of_range", "/excl_vat"),
        ('{"excl_vat":"1"}', "wrong_type", "/excl_vat"),
        ('{"excl_vat":1,"excl_vat":1}', "duplicate", "/excl_vat"),
        ('{"excl_vat":1,"x":"\\ud800"}', "malformed", None),
        ('{"incl_vat":1}', "missing", "/excl_vat"),
        ("[1]", "wrong_type", ""),
        (b'{"excl_vat":1,"x":"\xff"}', "malformed", None),
        ('{"excl_vat":1,"x":"\ud800"}', "malformed", ""),
        ("[" * 100_000, "wrong_type", ""),
        ('{"excl_vat":1,"x":' + "[" * 1_000_000, "limit_exceeded", "/x"),
    ],
)
def test_bad_texts_are_refused_with_their_place(text: str | bytes, code: str, where: str | None) -> None:
    with pytest.raises(incar.Error) as caught:
        ocpi.loads(text, ocpi.Price)
    assert caught.value.code == code
    if where is not None:
        assert caught.value.where == where


def test_limits_are_the_caller_s() -> None:
    text = '{"excl_vat":1,"x":[[[[1]]]]}'
    assert ocpi.loads(text, ocpi.Price, max_depth=5).extra == {"x": [[[[1]]]]}
    for limit in ({"max_depth": 4}, {"max_bytes": len(text) - 1}):
        with pytest.raises(incar.Error) as caught:
            ocpi.loads(text, ocpi.Price, **limit)
        assert caught.value.code == "limit_exceeded"


@pytest.mark.parametrize("kind", [str, str.encode, lambda t: bytearray(t, "utf8"), lambda t: memoryview(t.encode())])
def test_every_kind_of_text_is_read(kind: Any) -> None:
    assert read("Location") == ocpi.loads(kind(TEXTS["Location"]), ocpi.Location)


@pytest.mark.parametrize("wrong", [(3, ocpi.Price), ("{}", dict), ("{}", ocpi.Record), ("{}", "Price"), ("[]", list[int])])
def test_wrong_arguments_are_type_errors(wrong: Any) -> None:
    with pytest.raises(TypeError):
        ocpi.loads(*wrong)


def test_lists_are_read_and_written() -> None:
    page = ocpi.loads("[" + TEXTS["Tariff"] + " , " + TEXTS["Tariff"] + "]", list[ocpi.Tariff])
    assert page == [read("Tariff")] * 2
    assert exact(ocpi.dumps(page)) == [exact(TEXTS["Tariff"])] * 2
    assert ocpi.loads("[]", list[ocpi.Tariff]) == [] and ocpi.dumps([]) == "[]"
    with pytest.raises(incar.Error) as caught:
        ocpi.loads('[{"excl_vat":1},{"excl_vat":true}]', list[ocpi.Price])
    assert caught.value.where == "/1/excl_vat"


def test_one_bad_object_does_not_spoil_a_page() -> None:
    texts = ocpi.elements(b'[{"excl_vat":1.0}, {"excl_vat":"x"} ,{"excl_vat":3}]')
    assert texts == ['{"excl_vat":1.0}', '{"excl_vat":"x"}', '{"excl_vat":3}']
    read_leniently = [ocpi.loads(each, ocpi.Price, lenient=True) for each in texts]
    assert [each.excl_vat for each in read_leniently] == [1, None, 3]
    assert [ocpi.dumps(each) for each in read_leniently] == texts


@pytest.mark.parametrize("name", TEXTS)
def test_reading_leniently_gives_up_no_member(name: str) -> None:
    """Each member in turn missing, null, or something else; looked at or not."""
    chance = random.Random(name)
    whole = exact(TEXTS[name])
    for fixture, steps, shape in every_object():
        if fixture != name:
            continue
        for member in list(follow(whole, steps, in_json)):
            for damage in (None, [], {}, "", {"x": [1]}, True, [None]):
                broken = copy.deepcopy(whole)
                target = follow(broken, steps, in_json)
                if damage == "":
                    del target[member]
                else:
                    target[member] = damage
                if chance.random() < 0.3:
                    text = encode_exact(broken)
                    of = ocpi.loads(text, type_of(name), lenient=True)
                    assert exact(ocpi.dumps(of)) == exact(text)
                    look_at_everything(of)
                    assert exact(ocpi.dumps(of)) == exact(text), (steps, member, damage)


def test_what_could_not_be_read_is_written_until_it_is_set() -> None:
    text = '{"id":"1","standard":4,"format":"CABLE","power_type":"DC","max_voltage":"400","max_amperage":32,"tariff_ids":5}'
    connector = ocpi.loads(text, ocpi.Connector, lenient=True)
    assert (connector.standard, connector.max_voltage, connector.last_updated, connector.tariff_ids) == (None, None, None, [])
    assert "max_voltage=None" in repr(connector)
    assert json.loads(ocpi.dumps(connector)) == json.loads(text)
    connector.max_voltage = 0  # what a fresh struct has, too
    connector.tariff_ids = []
    connector.last_updated = "1970-01-01T00:00:00Z"
    wanted = {**json.loads(text), "max_voltage": 0, "last_updated": "1970-01-01T00:00:00Z"}
    del wanted["tariff_ids"]
    assert json.loads(ocpi.dumps(connector)) == wanted


@pytest.mark.parametrize("indent", [0, 2, 7])
@pytest.mark.parametrize("name", TEXTS)
def test_indented_text_is_what_python_s_json_writes(name: str, indent: int) -> None:
    compact = ocpi.dumps(read(name))
    floats = json.loads(compact, parse_float=lambda digits: float("1234." + str(len(digits))))  # not about digits
    plain = ocpi.dumps(ocpi.loads(json.dumps(floats), type_of(name)))
    assert ocpi.dumps(ocpi.loads(plain, type_of(name)), indent) == json.dumps(
        json.loads(plain), indent=indent, ensure_ascii=False
    )
    assert exact(ocpi.dumps(read(name), indent)) == exact(compact)


def test_indentation_leaves_texts_alone() -> None:
    text = '{"excl_vat":1,"x":"a, b: {\\"[\\\\","e":{},"l":[ ],"n":[[],{"a":[1 , 2]}]}'
    wanted = json.dumps(json.loads(text), indent=3)
    assert ocpi.dumps(ocpi.loads(text, ocpi.Price), 3) == wanted
    with pytest.raises(ValueError):
        ocpi.dumps(ocpi.loads(text, ocpi.Price), 81)
