from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas
import pytest

import incar
from sites import car, evening, store


def test_a_frame_has_one_row_a_slot_in_utc_and_one_column_a_device() -> None:
    plan = incar.smac.plan(evening(batteries=[store()]))
    frame = plan.to_frame()
    assert list(frame.columns) == ["a", "wall", "import_w", "export_w", "upper_flex_w", "lower_flex_w"]
    assert frame.index.equals(pandas.date_range("2026-01-15T17:00Z", periods=4, freq="1h"))
    assert str(frame.index.tz) == "UTC"
    assert (frame["a"].to_numpy() == plan.evs["a"].power_w).all()
    assert (frame["a"] + frame["wall"]).to_numpy() == pytest.approx(plan.site.import_w - plan.site.export_w)


def test_a_frame_of_states_of_charge_has_the_devices_alone() -> None:
    plan = incar.smac.plan(evening(batteries=[store()]))
    frame = plan.to_frame("soc_wh")
    assert list(frame.columns) == ["a", "wall"]
    assert (frame["a"].to_numpy() == plan.evs["a"].soc_wh).all()
    with pytest.raises(ValueError, match="there is no 'power'"):
        plan.to_frame("power")


def test_a_frame_may_be_changed_without_changing_the_plan() -> None:
    plan = incar.smac.plan(evening())
    frame = plan.to_frame()
    frame["a"] = frame["a"] * 0
    frame.iloc[:, 1] = -1.0
    assert plan.evs["a"].power_w.sum() > 0 and plan.site.import_w.min() >= 0


def test_columns_of_the_same_name_say_what_they_are() -> None:
    plan = incar.smac.plan(evening(evs=[car("x"), car("import_w")], batteries=[store("x")]))
    assert list(plan.to_frame().columns)[:4] == ["evs/x", "evs/import_w", "batteries/x", "site/import_w"]


def test_slots_of_a_fraction_of_a_minute_do_not_drift() -> None:
    problem = evening(slot_minutes=1 / 3, evs=[])
    assert incar.smac.plan(problem).index[3] == pandas.Timestamp("2026-01-15T17:01Z")


def test_a_comparison_makes_a_frame() -> None:
    frame = pandas.DataFrame(incar.smac.compare(evening())).set_index("planner")
    assert frame.loc["smac", "cost_eur"] == pytest.approx(2.9)


def test_without_pandas_and_matplotlib_plans_still_have_a_time_axis() -> None:
    script = """
import sys
sys.modules.update(pandas=None, matplotlib=None)
import incar, numpy
from sites import evening
index = incar.smac.plan(evening()).index
assert index.dtype == "datetime64[ms]" and index[1] == numpy.datetime64("2026-01-15T18:00"), index
for draw in (incar.smac.plan(evening()).to_frame, lambda: incar.plot.plot(incar.smac.plan(evening()))):
    try:
        draw()
    except ImportError:
        continue
    raise SystemExit("no ImportError")
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=__file__.rsplit("/", 1)[0])


def test_importing_incar_imports_neither_pandas_nor_matplotlib() -> None:
    script = "import incar, sys; assert not {'pandas', 'matplotlib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_index_without_pandas_and_with_it_say_the_same() -> None:
    from incar._frame import edges

    plan = incar.smac.plan(evening())
    assert (plan.index.tz_localize(None).to_numpy() == edges(plan)[:-1]).all()
    assert edges(plan)[-1] == np.datetime64("2026-01-15T21:00")
