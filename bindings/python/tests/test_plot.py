from __future__ import annotations

import pathlib

import numpy as np
import pytest
from matplotlib import pyplot

import incar
from sites import car, evening, store


def full_problem() -> incar.smac.Problem:
    problem = evening(evs=[car("a"), car("b", arrival_slot=1, discharge_power_w=5e3)], batteries=[store()])
    problem.site.feed_in_price_eur_per_kwh = [0.05] * 4
    problem.site.flex_reduction_w = [0, 3e3, 0, 0]
    return problem


def labels(axes: pyplot.Axes) -> set[str]:
    return set(axes.get_legend_handles_labels()[1])


def test_a_plan_with_its_problem_has_power_price_and_state_of_charge(tmp_path: pathlib.Path) -> None:
    problem = full_problem()
    figure = incar.plot.plot(incar.smac.plan(problem), problem)
    power, price, stored = figure.axes
    assert {"a", "b", "wall", "site", "limit"} <= labels(power)
    assert labels(price) == {"price", "feed-in"}
    assert labels(stored) == {"a", "b", "wall"} and "%" in stored.get_ylabel()
    limit = next(line for line in power.lines if line.get_label() == "limit")
    assert limit.get_ydata()[:4].tolist() == [11, 8, 11, 11]
    figure.savefig(tmp_path / "plan.png")
    assert (tmp_path / "plan.png").read_bytes().startswith(b"\x89PNG")
    assert pyplot.imread(tmp_path / "plan.png")[..., :3].std() > 0.05
    pyplot.close(figure)


def test_the_areas_end_where_the_devices_draw() -> None:
    problem = evening()
    figure = incar.plot.plot(incar.smac.plan(problem), problem)
    area = figure.axes[0].collections[0].get_paths()[0].vertices
    assert area[:, 1].max() == pytest.approx(11)
    pyplot.close(figure)


def test_a_plan_alone_shows_power_and_stored_energy() -> None:
    figure = incar.plot.plot(incar.smac.plan(full_problem()))
    power, stored = figure.axes
    assert "limit" not in labels(power) and "kWh" in stored.get_ylabel()
    pyplot.close(figure)


def test_power_is_drawn_into_the_axes_that_are_given() -> None:
    figure, axes = pyplot.subplots()
    assert incar.plot.plot(incar.smac.plan(evening()), ax=axes) is figure
    assert "a" in labels(axes) and len(figure.axes) == 1
    pyplot.close(figure)


def test_an_unlimited_site_has_no_limit_line_and_a_hundred_cars_no_legend() -> None:
    problem = evening(site=incar.smac.Site(), evs=[car(str(i)) for i in range(100)])
    figure = incar.plot.plot(incar.smac.plan(problem), problem)
    assert "limit" not in labels(figure.axes[0]) and figure.axes[0].get_legend() is None
    assert np.isfinite(figure.axes[0].get_ylim()).all() and figure.axes[0].get_ylim()[1] < 2e3
    pyplot.close(figure)


def test_a_problem_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="has 3 slots, the plan 4"):
        incar.plot.plot(incar.smac.plan(evening()), evening(slots=3))
