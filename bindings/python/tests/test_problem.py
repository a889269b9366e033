from __future__ import annotations

import copy
import datetime
import json
import pathlib
import pickle
from typing import Any

import numpy as np
import pandas
import pytest

import incar
from sites import car, evening, store

SCHEMA = pathlib.Path(__file__).parents[3] / "docs/reference/scenario.schema.json"


def test_members_that_are_not_given_have_the_defaults_of_the_scenario_format() -> None:
    assert car().arrival_slot == 0
    assert car().min_soc == 0.2
    assert car().efficiency_charge == 1
    assert store().max_soc == 1
    assert store().current_power_w is None
    assert incar.smac.Site().max_power_w == 1e12
    assert incar.smac.Site().price_eur_per_kwh.size == 0


def test_every_member_of_the_scenario_schema_is_an_attribute() -> None:
    schema = json.loads(SCHEMA.read_text())
    definitions = schema.get("$defs", {})

    def members(name: str) -> set[str]:
        part = definitions.get(name) or schema["properties"][name]
        part = part.get("items", part)
        while "$ref" in part:
            part = definitions[part["$ref"].rsplit("/", 1)[-1]]
        return set(part["properties"])

    def attributes(kind: type) -> set[str]:
        return {name for name, value in vars(kind).items() if isinstance(value, property)}

    assert attributes(incar.smac.Problem) == set(schema["properties"])
    for part, kind in [("site", incar.smac.Site), ("batteries", incar.smac.Battery), ("evs", incar.smac.EV)]:
        assert attributes(kind) == members(part), part


def test_a_problem_survives_text_file_copy_and_pickle(tmp_path: pathlib.Path) -> None:
    problem = evening(batteries=[store(current_power_w=-500.0, min_soc=0.1)])
    problem.site.limit_w = np.array([5e3, 5e3, 6e3, 7e3])
    problem.save(tmp_path / "scenario.json")
    for again in [
        incar.smac.Problem.loads(problem.dumps()),
        incar.smac.Problem.load(tmp_path / "scenario.json"),
        incar.smac.Problem.load(str(tmp_path / "scenario.json")),
        copy.copy(problem),
        copy.deepcopy(problem),
        pickle.loads(pickle.dumps(problem)),
    ]:
        assert again == problem
        assert again is not problem


def test_equality_sees_every_member() -> None:
    for change in [
        {"slots": 3},
        {"slot_minutes": 30},
        {"start": "2026-01-15T18:00:00Z"},
        {"evs": []},
        {"evs": [car(min_power_w=1.0)]},
        {"batteries": [store()]},
        {"site": incar.smac.Site(max_power_w=11e3)},
    ]:
        assert evening(**change) != evening()
    assert evening() != "evening"
    assert car() == car() and car() != car("b") and car() != store()


def test_a_deep_copy_shares_nothing_and_a_copy_shares_its_cars() -> None:
    problem = evening()
    shallow, deep = copy.copy(problem), copy.deepcopy(problem)
    problem.evs[0].soc_wh = 1.0
    problem.site.max_power_w = 1.0
    assert shallow.evs[0].soc_wh == 1 and shallow.site.max_power_w == 1
    assert deep.evs[0].soc_wh == 20e3 and deep.site.max_power_w == 11e3


def test_a_draft_that_cannot_be_planned_yet_can_be_pickled_and_copied() -> None:
    draft = evening(evs=[car(departure_slot=0)])
    assert pickle.loads(pickle.dumps(draft)) == draft == copy.deepcopy(draft)


def test_cars_are_changed_and_appended_in_place() -> None:
    problem = evening()
    first = problem.evs[0]
    for i in range(50):
        problem.evs.append(car(f"more {i}"))
    first.target_soc_wh = 25e3
    assert problem.evs[0] is first
    assert len(incar.smac.plan(problem).evs) == 51
    assert '"target_soc_wh": 25000' in problem.dumps()


def test_series_come_from_lists_tuples_arrays_and_pandas() -> None:
    values = [1.0, 2.0, 3.0, 4.0]
    times = pandas.date_range("2026-01-15T17:00Z", periods=4, freq="1h")
    for given in [
        values,
        tuple(values),
        np.array(values),
        np.array(values, dtype=np.float32),
        np.array(values, dtype=int),
        np.array([1.0, 0, 2, 0, 3, 0, 4, 0])[::2],
        pandas.Series(values, index=times),
    ]:
        got = incar.smac.Site(price_eur_per_kwh=given).price_eur_per_kwh
        assert got.dtype == np.float64 and got.tolist() == values


def test_a_series_is_read_only_so_that_no_change_is_lost() -> None:
    site = incar.smac.Site(demand_wh=[1, 2])
    with pytest.raises(ValueError, match="read-only"):
        site.demand_wh[0] = 5
    site.demand_wh = site.demand_wh * 2
    assert site.demand_wh.tolist() == [2, 4]


@pytest.mark.parametrize(
    "start",
    [
        "2026-01-15T17:00:00Z",
        "2026-01-15T18:00:00+01:00",
        datetime.datetime(2026, 1, 15, 17, tzinfo=datetime.timezone.utc),
        datetime.datetime(2026, 1, 15, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=-5))),
        pandas.Timestamp("2026-01-15T18:00", tz="Europe/Madrid"),
        np.datetime64("2026-01-15T17:00"),
        np.datetime64("2026-01-15T17:00:00.000000000"),
    ],
)
def test_a_start_is_an_instant_however_it_is_written(start: Any) -> None:
    got = evening(start=start).start
    assert got == datetime.datetime(2026, 1, 15, 17, tzinfo=datetime.timezone.utc)
    assert got.utcoffset() == datetime.timedelta(0)


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (datetime.datetime(2026, 1, 15, 17), "missing"),
        (pandas.Timestamp("2026-01-15T17:00"), "missing"),
        (pandas.NaT, "not_finite"),
        (np.datetime64("NaT"), "not_finite"),
        (np.datetime64("20026-01-15"), "out_of_range"),
        ("tomorrow", "malformed"),
    ],
)
def test_a_start_that_is_no_instant_is_refused(start: Any, code: str) -> None:
    with pytest.raises(incar.Error) as refused:
        evening(start=start)
    assert (refused.value.code, refused.value.where) == (code, "start")


@pytest.mark.parametrize(
    ("kind", "member", "value", "needed"),
    [
        (car, "soc_wh", "20", "a number is needed, not str"),
        (car, "soc_wh", None, "a number is needed, not NoneType"),
        (car, "soc_wh", True, "a number is needed, not bool"),
        (car, "soc_wh", [1.0], "a number is needed, not list"),
        (car, "departure_slot", 4.0, "a whole number is needed, not float"),
        (car, "id", 7, "a text is needed, not int"),
        (store, "current_power_w", "0", "a number is needed, not str"),
        (incar.smac.Site, "price_eur_per_kwh", 0.3, "a series of numbers is needed, not float"),
        (incar.smac.Site, "price_eur_per_kwh", "0.3", "a series of numbers is needed, not str"),
        (incar.smac.Site, "price_eur_per_kwh", ["0.3"], "a series of numbers is needed, not str_"),
        (incar.smac.Site, "price_eur_per_kwh", [True], "a series of numbers is needed, not bool_"),
        (incar.smac.Site, "price_eur_per_kwh", [[1], [1, 2]], "a series of numbers is needed, not list"),
        (incar.smac.Site, "price_eur_per_kwh", None, "a series of numbers is needed, not NoneType"),
        (evening, "start", 17, "a text, an aware datetime or a datetime64 is needed, not int"),
        (evening, "site", {}, "a Site is needed, not dict"),
        (evening, "evs", car(), "a list is needed, not EV"),
    ],
)
def test_a_wrong_type_names_the_parameter(kind: Any, member: str, value: Any, needed: str) -> None:
    with pytest.raises(TypeError, match=f"^{member}: {needed}$"):
        kind(**{member: value})
    content = kind()
    with pytest.raises(TypeError, match=f"^{member}: {needed}$"):
        setattr(content, member, value)


def test_a_list_of_cars_holds_cars() -> None:
    with pytest.raises(TypeError, match=r"^evs\[1\]: an EV is needed, not Battery$"):
        incar.smac.plan(evening(evs=[car(), store()]))


def test_a_constructor_takes_known_names_only() -> None:
    with pytest.raises(TypeError, match="has no parameter 'soc'"):
        car(soc=3)
    with pytest.raises(TypeError, match="needs the parameter 'departure_slot'"):
        incar.smac.EV(id="a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="by name only"):
        incar.smac.EV("a")  # type: ignore[misc,call-arg]


def test_an_array_of_two_dimensions_is_refused() -> None:
    with pytest.raises(incar.Error, match="price_eur_per_kwh: has 2 dimensions") as refused:
        incar.smac.Site(price_eur_per_kwh=np.zeros((4, 2)))
    assert refused.value.code == "wrong_length"


def test_a_whole_number_that_is_too_large_is_refused() -> None:
    with pytest.raises(incar.Error, match="slots") as refused:
        evening(slots=10**12)
    assert refused.value.code == "out_of_range"


def test_a_representation_shows_what_differs_from_the_defaults() -> None:
    assert repr(car()) == (
        "EV(id='a', departure_slot=4, capacity_wh=60000.0, soc_wh=20000.0, target_soc_wh=40000.0, charge_power_w=11000.0)"
    )
    assert repr(incar.smac.Site(demand_wh=[1, 5])) == "Site(demand_wh=<2 values 1.0 to 5.0>)"
    text = repr(evening(evs=[car(str(i)) for i in range(100)]))
    assert "and 99 more" in text and len(text) < 500


def test_a_scenario_with_a_fault_is_refused_with_its_pointer() -> None:
    scenario = json.loads(evening().dumps())
    scenario["evs"][0]["soc"] = 3
    with pytest.raises(incar.Error) as refused:
        incar.smac.Problem.loads(json.dumps(scenario))
    assert (refused.value.code, refused.value.where) == ("unknown_member", "/evs/0/soc")
    with pytest.raises(FileNotFoundError):
        incar.smac.Problem.load("/nowhere/scenario.json")


def test_groups_phases_and_long_slots_are_members_like_the_others() -> None:
    problem = evening(evs=[car(phases=[1]), car(id="b", phases=(1, 2, 3), wear_eur_per_kwh=0.02)])
    problem.groups = [incar.smac.Group(id="row", evs=["a", "b"], max_power_w=5e3)]
    problem.site.max_phase_current_a = 16
    problem.site.curtailable = True
    problem.each_slot_minutes = [60, 60, 120, 60]
    again = incar.smac.Problem.loads(problem.dumps())
    assert again == problem and again.groups[0].evs == ("a", "b") and again.evs[0].phases == (1,)
    plan = incar.smac.plan(problem)
    assert (plan.evs["a"].power_w + plan.evs["b"].power_w).max() <= 5e3 + 1e-3
    starts = incar.smac.plan(problem).index.tz_localize(None).to_numpy()
    assert (np.diff(starts) / np.timedelta64(1, "h") == [1, 1, 2]).all()
    with pytest.raises(TypeError, match="curtailable: True or False is needed, not int"):
        problem.site.curtailable = 1
    with pytest.raises(TypeError, match="phases: a list is needed, not str"):
        problem.evs[0].phases = "1"
