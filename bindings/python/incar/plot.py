"""A plan as a picture. Needs matplotlib, which is imported when something is drawn.

    figure = incar.plot.plot(plan, problem)
    figure.savefig("plan.png")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._frame import edges

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .smac import Plan, Problem

Values = npt.NDArray[np.float64]

UNLIMITED_W = 1e12
MOST_LEGEND_ENTRIES = 14


def plot(plan: Plan, problem: Problem | None = None, ax: Axes | None = None) -> Figure:
    """Draws the power of each device on top of one another with the site's import, below it the states of charge.

    problem  adds the site's limit, a panel with the prices, and shows states of charge in percent of the capacity
    ax       draws the power alone, into these axes

    Times are UTC. Raises ImportError without matplotlib, ValueError when the problem has other slots than the plan.
    """
    if problem is not None and problem.slots != plan.slots:
        raise ValueError(f"problem: has {problem.slots} slots, the plan {plan.slots}")
    if ax is not None:
        _draw_power(ax, plan, problem)
        return ax.figure
    from matplotlib import pyplot

    has_prices = problem is not None and problem.site.price_eur_per_kwh.size > 0
    heights = [3, 1, 2] if has_prices else [3, 2]
    figure, panels = pyplot.subplots(
        len(heights), sharex=True, figsize=(9, 1.2 * sum(heights)), height_ratios=heights, constrained_layout=True
    )
    _draw_power(panels[0], plan, problem)
    if problem is not None and has_prices:
        _draw_prices(panels[1], plan, problem)
    _draw_states_of_charge(panels[-1], plan, problem)
    panels[-1].set_xlabel("time (UTC)")
    return figure


def _steps(values: Values) -> Values:
    """One value a slot as one value an edge, for lines that step."""
    return np.append(values, values[-1])


def _colours(plan: Plan) -> list[Any]:
    from matplotlib import colormaps

    palette = colormaps["tab20"].colors
    return [palette[i % len(palette)] for i in range(len(plan.evs) + len(plan.batteries))]


def _draw_power(ax: Axes, plan: Plan, problem: Problem | None) -> None:
    times = edges(plan)
    charged, discharged = np.zeros(plan.slots), np.zeros(plan.slots)
    for device, colour in zip([*plan.evs, *plan.batteries], _colours(plan)):
        power = device.power_w / 1e3
        for base, part in ((charged, np.maximum(power, 0)), (discharged, np.minimum(power, 0))):
            if part.any():
                ax.fill_between(
                    times, _steps(base), _steps(base + part), step="post", color=colour, linewidth=0, label=device.id
                )
                base += part
    grid = (plan.site.import_w - plan.site.export_w) / 1e3
    ax.step(times, _steps(grid), where="post", color="black", linewidth=1.2, label="site")
    if problem is not None:
        limit = _limit_w(problem) / 1e3
        if np.isfinite(limit).any():
            ax.step(times, _steps(limit), where="post", color="tab:red", linestyle="--", linewidth=1.2, label="limit")
    ax.axhline(0, color="grey", linewidth=0.5)
    ax.set_ylabel("power (kW)")
    _add_legend(ax)


def _limit_w(problem: Problem) -> Values:
    """Most power that the site may take in each slot; NaN where nothing limits it."""
    site = problem.site
    limit = np.full(problem.slots, site.max_power_w)
    if site.flex_reduction_w.size:
        limit = limit - site.flex_reduction_w
    if site.limit_w.size:
        limit = np.minimum(limit, site.limit_w)
    return np.where(limit < UNLIMITED_W / 2, limit, np.nan)


def _draw_prices(ax: Axes, plan: Plan, problem: Problem) -> None:
    times = edges(plan)
    ax.step(times, _steps(problem.site.price_eur_per_kwh), where="post", color="tab:blue", label="price")
    if problem.site.feed_in_price_eur_per_kwh.size:
        paid = problem.site.feed_in_price_eur_per_kwh
        ax.step(times, _steps(paid), where="post", color="tab:green", label="feed-in")
        _add_legend(ax)
    ax.set_ylabel("EUR/kWh")


def _draw_states_of_charge(ax: Axes, plan: Plan, problem: Problem | None) -> None:
    times = edges(plan)
    devices = [*plan.evs, *plan.batteries]
    given: list[Any] = [*problem.evs, *problem.batteries] if problem is not None else []
    for i, (device, colour) in enumerate(zip(devices, _colours(plan))):
        if not given:
            ax.plot(times[1:], device.soc_wh / 1e3, color=colour, label=device.id)
            continue
        first = getattr(given[i], "arrival_slot", 0)
        last = min(getattr(given[i], "departure_slot", plan.slots), plan.slots)
        stored = np.append(np.clip(given[i].soc_wh, 0, given[i].capacity_wh), device.soc_wh[first:last])
        ax.plot(times[first : last + 1], 100 * stored / given[i].capacity_wh, color=colour, label=device.id)
    ax.set_ylabel("state of charge (%)" if given else "stored (kWh)")
    _add_legend(ax)


def _add_legend(ax: Axes) -> None:
    """Each name once, beside the panel; none when there are too many to read."""
    handles, names = ax.get_legend_handles_labels()
    by_name = dict(zip(names, handles))
    if 0 < len(by_name) <= MOST_LEGEND_ENTRIES:
        ax.legend(by_name.values(), by_name.keys(), loc="upper left", bbox_to_anchor=(1, 1), fontsize="small")
