from __future__ import annotations

import gc
import json
import pathlib
import pickle

import numpy as np
import pytest

import incar
from sites import car, evening, store


def test_the_cheapest_slots_are_used_in_watts_and_euros() -> None:
    plan = incar.smac.plan(evening())
    assert plan.evs["a"].power_w == pytest.approx([0, 11e3, 9e3, 0])  # 20 kWh
    assert plan.evs["a"].soc_wh == pytest.approx([20e3, 31e3, 40e3, 40e3])
    assert plan.objective_eur == pytest.approx(11 * 0.1 + 9 * 0.2)
    assert plan.site.import_w == pytest.approx([0, 11e3, 9e3, 0])


def test_the_same_problem_gives_the_same_plan_as_object_mapping_and_file(tmp_path: pathlib.Path) -> None:
    problem = evening()
    problem.save(tmp_path / "scenario.json")
    mapping = json.loads(problem.dumps())
    mapping["start"] = problem.start
    mapping["site"]["price_eur_per_kwh"] = np.array(mapping["site"]["price_eur_per_kwh"])
    plans = [
        incar.smac.plan(each) for each in (problem, mapping, tmp_path / "scenario.json", str(tmp_path / "scenario.json"))
    ]
    assert all((each.evs[0].power_w == plans[0].evs[0].power_w).all() for each in plans)


def test_what_is_no_problem_is_refused() -> None:
    with pytest.raises(TypeError, match="^problem: a Problem, a mapping or a path is needed, not int$"):
        incar.smac.plan(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="set has no place in a scenario"):
        incar.smac.plan({"evs": {1}})


def test_a_status_is_an_enumeration_that_reads_as_its_text() -> None:
    plan = incar.smac.plan(evening())
    assert plan.status is incar.smac.PlanStatus.OPTIMAL
    assert plan.status == "Optimal" and str(plan.status) == "Optimal" and f"{plan.status}" == "Optimal"


def test_what_cannot_be_met_is_told() -> None:
    plan = incar.smac.plan(evening(evs=[car(target_soc_wh=65e3, soc_wh=30e3)]))
    assert plan.status is incar.smac.PlanStatus.INFEASIBLE
    (missing,) = plan.unmet
    assert (missing.what, missing.slot, missing.unit) == ("/evs/0/target_soc_wh", 3, "Wh")
    assert missing.amount == pytest.approx(5e3) == plan.evs["a"].unmet_wh
    assert "capacity" in missing.reason and "5000 Wh" in repr(missing)


def test_what_was_read_otherwise_is_told() -> None:
    plan = incar.smac.plan(evening(evs=[car(soc_wh=-100)]))
    adjusted = plan.adjustments[0]
    assert (adjusted.where, adjusted.given, adjusted.used) == ("/evs/0/soc_wh", -100, 0)
    assert "read as 0" in adjusted.reason and "/evs/0/soc_wh" in repr(adjusted)


def test_devices_are_found_by_position_and_id() -> None:
    plan = incar.smac.plan(evening(evs=[car("a"), car("b")], batteries=[store()]))
    assert plan.evs.ids == ["a", "b"] and len(plan.evs) == 2
    assert plan.evs[1].id == plan.evs[-1].id == plan.evs["b"].id == "b"
    assert [each.id for each in plan.evs] == ["a", "b"]
    assert "a" in plan.evs and "c" not in plan.evs and "wall" in plan.batteries
    with pytest.raises(KeyError, match="c"):
        plan.evs["c"]
    for outside in (2, -3):
        with pytest.raises(IndexError):
            plan.evs[outside]
    with pytest.raises(TypeError, match="index: a whole number is needed, not float"):
        plan.evs[1.0]  # type: ignore[index]


def test_arrays_are_read_only_views_that_outlive_the_plan() -> None:
    plan = incar.smac.plan(evening())
    first, second = plan.evs["a"].power_w, plan.evs["a"].power_w
    assert np.shares_memory(first, second) and not first.flags.owndata
    with pytest.raises(ValueError):
        first[0] = 1
    expected = first.copy()
    imported = plan.site.import_w
    del plan, second
    gc.collect()
    for _ in range(100):
        incar.smac.plan(evening(evs=[car(target_soc_wh=21e3)]))
    assert (first == expected).all() and (imported == expected).all()


def test_a_plan_says_how_it_was_found() -> None:
    plan = incar.smac.plan(evening())
    assert plan.solver.name == "interior_point" and plan.solver.gap == 0 and plan.solver.seconds >= 0
    text = repr(plan)
    for part in ("Optimal", "1 EVs", "0 batteries", "4 slots of 60 min", "2.9", "0 unmet", "interior_point in "):
        assert part in text
    assert repr(plan.evs) == "<DevicePlans ['a']>"
    assert "target met" in repr(plan.evs[0]) and "4 slots" in repr(plan.site) and "interior_point" in repr(plan.solver)


def test_both_solvers_agree_and_an_unknown_one_is_told() -> None:
    ours, theirs = incar.smac.plan(evening()), incar.smac.plan(evening(), solver="glpk")
    assert theirs.solver.name == "glpk" and abs(ours.objective_eur - theirs.objective_eur) < 1e-6
    assert np.abs(ours.evs[0].power_w - theirs.evs[0].power_w).max() < 1
    with pytest.raises(incar.Error, match="'cplex' is none of best, interior_point"):
        incar.smac.plan(evening(), solver="cplex")


def test_a_plan_as_json_is_what_the_program_writes() -> None:
    written = json.loads(incar.smac.plan(evening()).to_json())
    assert written["status"] == "Optimal" and written["evs"][0]["id"] == "a"
    assert set(written) >= {"objective_eur", "co2_g", "batteries", "site", "unmet", "adjustments", "solver"}


def test_co2_is_grams_of_what_is_imported() -> None:
    problem = evening()
    problem.site.co2_g_per_kwh = [100, 200, 300, 400]
    assert incar.smac.plan(problem).co2_g == pytest.approx(11 * 200 + 9 * 300)


@pytest.mark.parametrize(
    ("member", "value", "code", "where"),
    [
        ("soc_wh", float("nan"), "not_finite", "/evs/0/soc_wh"),
        ("capacity_wh", -1, "out_of_range", "/evs/0/capacity_wh"),
        ("departure_slot", 0, "inconsistent", "/evs/0/departure_slot"),
        ("id", "", "missing", "/evs/0/id"),
    ],
)
def test_unusable_input_is_refused_with_code_and_place(member: str, value: object, code: str, where: str) -> None:
    problem = evening()
    setattr(problem.evs[0], member, value)
    with pytest.raises(incar.Error) as refused:
        incar.smac.plan(problem)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert str(refused.value) == f"{where}: {refused.value.message} ({code})"
    (finding,) = incar.smac.validate(problem)
    assert (finding.code, finding.where, finding.message) == (code, where, refused.value.message)
    assert where in repr(finding)


def test_a_series_of_wrong_length_or_with_nan_is_refused() -> None:
    problem = evening()
    problem.site.price_eur_per_kwh = [0.1, 0.2]
    problem.site.demand_wh = [1, 2, float("nan"), 4]
    found = [(each.code, each.where) for each in incar.smac.validate(problem)]
    assert found == [("wrong_length", "/site/price_eur_per_kwh"), ("not_finite", "/site/demand_wh/2")]
    with pytest.raises(incar.Error, match="2 entries for 4 slots"):
        incar.smac.plan(problem)


def test_a_good_problem_has_no_findings() -> None:
    assert incar.smac.validate(evening()) == []


def test_an_error_is_a_value_error_that_can_be_pickled() -> None:
    error = pickle.loads(pickle.dumps(incar.Error("missing", "/evs/0", "an id is needed")))
    assert isinstance(error, ValueError)
    assert (error.code, error.where, error.message) == ("missing", "/evs/0", "an id is needed")


@pytest.mark.parametrize(("option", "value"), [("time_limit", 0), ("time_limit", float("nan")), ("gap", -1), ("gap", 2)])
def test_an_option_out_of_range_is_refused(option: str, value: float) -> None:
    with pytest.raises(incar.Error) as refused:
        incar.smac.plan(evening(), **{option: value})
    assert (refused.value.code, refused.value.where) == ("out_of_range", option)


def test_an_option_of_a_wrong_type_is_refused() -> None:
    with pytest.raises(TypeError, match="^time_limit: a number is needed, not str$"):
        incar.smac.plan(evening(), time_limit="1")  # type: ignore[arg-type]


def test_the_baselines_know_no_prices() -> None:
    problem = evening(evs=[car("a"), car("b", departure_slot=3)])
    assert incar.smac.uncontrolled(problem).site.import_w.max() == pytest.approx(22e3)
    assert incar.smac.equal_share(problem).evs["a"].power_w[0] == pytest.approx(5.5e3)
    assert incar.smac.earliest_deadline_first(problem).evs["b"].power_w[0] == pytest.approx(11e3)
    assert incar.smac.uncontrolled(problem).solver.name == "none"


def test_a_comparison_has_one_row_a_planner() -> None:
    rows = incar.smac.compare(evening())
    assert [row.planner for row in rows] == ["smac", "uncontrolled", "equal_share", "earliest_deadline_first"]
    assert rows[0].cost_eur == pytest.approx(2.9) and rows[1].cost_eur == pytest.approx(11 * 0.3 + 9 * 0.1)
    assert rows[0].peak_kw == pytest.approx(11) and rows[0].unmet_kwh == 0
    assert [row.planner for row in incar.smac.compare(evening(), ["uncontrolled"])] == ["uncontrolled"]
    with pytest.raises(ValueError, match="there is no 'magic'"):
        incar.smac.compare(evening(), ["magic"])
