"""The charging problem written a second time, to check the optimiser against: from its description alone, in W and Wh,
with a state of charge for every device and slot, solved by HiGHS through SciPy.

    answer = independent_lp.solve(scenario)      # scenario: the JSON form as a dict
    answer.limits_wh, answer.minimum_wh, answer.targets_wh, answer.money_eur

What cannot all be had is given up in this order, the last first: money, targets, minimum states of charge, limits of
the site. Each tier is solved and then fixed by a row before the next one. Where the answer of a linear program does what
nothing can do (charge and discharge at once, import and export at once, charge below the least power), the search goes on
in the branches that forbid one or the other. The branching is done here, on column bounds: HiGHS' own whole-number
search takes 1e-6 for zero, which lets hundredths of a watt through every binary, and gives up on the rows that hold the
tiers.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any, Callable

import numpy as np
from scipy import optimize, sparse

MILLI = 1e-3  # money is counted in thousandths of EUR, so that EUR/kWh weighs Wh as it is
TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
AT_ONCE = 1e-7  # W: what counts as nothing
AS_GOOD = 1e-6  # Wh or thousandths of EUR: a branch that gains less is not followed
# Wh: how exactly an earlier tier is held, since what follows may gain a thousandfold from missing it. The next one is
# tried when rounding leaves nothing to choose from.
KEPT = (1e-8, 1e-7, 1e-6)
MOST_BRANCHES = 1500

SITE_DEFAULTS = {
    "max_power_w": 1e12,
    "min_power_w": -1e12,
    "opportunity_cost_eur_per_slot": 0.0,
    "ramp_cost_eur_per_kw": 0.0,
}
DEVICE_DEFAULTS = {
    "arrival_slot": 0,
    "discharge_power_w": 0.0,
    "min_soc": 0.2,
    "max_soc": 1.0,
    "min_power_w": 0.0,
    "current_power_w": None,
    "efficiency_charge": 1.0,
    "efficiency_discharge": 1.0,
    "target_soc_wh": 0.0,
}


@dataclasses.dataclass
class Store:
    """A battery or car in W and Wh, between slots [first, last)."""

    given: dict[str, Any]
    is_ev: bool
    first: int
    last: int
    soc: float
    high: float
    low: np.ndarray
    """Least to be stored at the end of each slot of the stay: the minimum, or what full power reaches when it starts
    below."""


@dataclasses.dataclass
class Answer:
    limits_wh: float
    minimum_wh: float
    targets_wh: float
    money_eur: float
    branches: int
    """Linear programs solved; 4 when none had to branch."""


def site_of(scenario: dict[str, Any]) -> dict[str, Any]:
    """The site with every default and every series filled in."""
    slots = scenario["slots"]
    site = {**SITE_DEFAULTS, **scenario.get("site", {})}
    for name, default in [
        ("price_eur_per_kwh", 0.0),
        ("feed_in_price_eur_per_kwh", 0.0),
        ("demand_wh", 0.0),
        ("production_wh", 0.0),
        ("flex_reduction_w", 0.0),
        ("limit_w", 1e12),
    ]:
        site[name] = np.array(site.get(name) or [default] * slots, dtype=float)
    # An order below what the site must take is met as far as min_power_w allows.
    site["cap_w"] = np.maximum(np.minimum(site["max_power_w"] - site["flex_reduction_w"], site["limit_w"]), site["min_power_w"])
    return site


def stores_of(scenario: dict[str, Any]) -> list[Store]:
    hours = scenario["slot_minutes"] / 60
    slots = scenario["slots"]
    result = []
    for is_ev, kind in [(False, "batteries"), (True, "evs")]:
        for each in scenario.get(kind, []):
            given = {**DEVICE_DEFAULTS, **each}
            first = given["arrival_slot"]
            last = min(given.get("departure_slot", slots), slots)
            capacity = given["capacity_wh"]
            soc = min(max(given["soc_wh"], 0.0), capacity)
            high = max(given["max_soc"] * capacity, soc)
            least = given["min_soc"] * capacity
            low = np.full(last - first, least)
            if soc < least:
                stored_per_slot = given["charge_power_w"] * given["efficiency_charge"] * hours
                low = np.minimum(least, soc + stored_per_slot * np.arange(1, last - first + 1))
            result.append(Store(given, is_ev, first, last, soc, high, low))
    return result


class Undecided(Exception):
    """There are too many branches to follow, or HiGHS gave up."""


class NoPlan(Exception):
    """No answer keeps all rows."""


Bounds = list[tuple[int, float, float]]
"""Columns with a lower and an upper bound that hold in a branch."""


@dataclasses.dataclass
class Choice:
    """Of two columns one is zero, and the first is zero or at least `least`."""

    one: int
    other: int
    least: float

    def violation(self, x: np.ndarray) -> float:
        one, other = x[self.one], x[self.other]
        too_little = min(one, self.least - one) if self.least > 0 else 0.0
        return max(min(one, other), too_little)

    def branches(self, x: np.ndarray) -> list[Bounds]:
        without_one: Bounds = [(self.one, 0, 0)]
        with_one: Bounds = [(self.other, 0, 0), (self.one, self.least, np.inf)]
        return [without_one, with_one] if x[self.one] < x[self.other] else [with_one, without_one]


class Model:
    """Columns, rows and choices, grown one at a time."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.choices: list[Choice] = []
        self.solved = 0

    def column(self, lower: float = 0.0, upper: float = np.inf) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def row(self, terms: dict[int, float], lower: float, upper: float) -> None:
        self.rows.append((terms, lower, upper))

    def choose(self, one: int, other: int, least: float = 0.0) -> None:
        """Not both. What that means for a linear program, too: their shares of their bounds add up to 1 at most."""
        self.choices.append(Choice(one, other, least))
        if self.upper[one] > 0 and self.upper[other] > 0:
            self.row({one: 1 / self.upper[one], other: 1 / self.upper[other]}, -np.inf, 1)

    def minimum(self, costs_by_column: dict[int, float]) -> tuple[float, np.ndarray]:
        """Depth first, the likelier branch first."""
        costs = np.zeros(len(self.lower))
        costs[list(costs_by_column)] = list(costs_by_column.values())
        solve = self._solver(costs)
        best, best_x = np.inf, None
        open_branches: list[Bounds] = [[]]
        while open_branches:
            bounds = open_branches.pop()
            value, x = solve(bounds)
            if x is None or value >= best - AS_GOOD:
                continue
            worst = max(self.choices, key=lambda choice: choice.violation(x), default=None)
            if worst is None or worst.violation(x) <= AT_ONCE:
                best, best_x = value, x
            else:
                open_branches += [bounds + more for more in reversed(worst.branches(x))]
        if best_x is None:
            raise NoPlan
        return best, best_x

    def _solver(self, costs: np.ndarray) -> Callable[[Bounds], tuple[float, np.ndarray | None]]:
        entries = [(value, i, column) for i, (terms, _, _) in enumerate(self.rows) for column, value in terms.items()]
        values, rows, columns = zip(*entries)
        matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(self.rows), len(costs)))
        row_lower, row_upper = np.array([row[1] for row in self.rows]), np.array([row[2] for row in self.rows])
        equal = row_lower == row_upper
        above, below = ~equal & np.isfinite(row_lower), ~equal & np.isfinite(row_upper)
        rows_for_scipy = {
            "A_ub": sparse.vstack([matrix[below], -matrix[above]]),
            "b_ub": np.concatenate([row_upper[below], -row_lower[above]]),
            "A_eq": matrix[equal],
            "b_eq": row_lower[equal],
        }

        def solve(branch: Bounds) -> tuple[float, np.ndarray | None]:
            bounds = np.column_stack([self.lower, self.upper])
            for column, lower, upper in branch:
                bounds[column] = max(bounds[column, 0], lower), min(bounds[column, 1], upper)
            if np.any(bounds[:, 0] > bounds[:, 1]):
                return np.inf, None
            self.solved += 1
            if self.solved > MOST_BRANCHES:
                raise Undecided
            found = optimize.linprog(costs, **rows_for_scipy, bounds=bounds, method="highs", options=TIGHT)
            if found.status not in (0, 2):
                raise Undecided(found.message)
            return (found.fun, found.x) if found.status == 0 else (np.inf, None)

        return solve


class Charging:
    """The columns and rows of a scenario."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.hours = scenario["slot_minutes"] / 60
        self.slots = range(scenario["slots"])
        self.site = site_of(scenario)
        self.stores = stores_of(scenario)
        self.model = Model()
        self.limits: dict[int, float] = {}
        self.minimum: dict[int, float] = {}
        self.targets: dict[int, float] = {}
        self.money: dict[int, float] = {}
        self.flows: list[dict[int, float]] = [{} for _ in self.slots]  # power of all devices
        for store in self.stores:
            self._add(store)
        for t in self.slots:
            self._add_supply(t)

    def _add_supply(self, t: int) -> None:
        model, site, flows = self.model, self.site, self.flows[t]
        base = (site["demand_wh"][t] - site["production_wh"][t]) / self.hours
        most = base + sum(model.upper[column] for column, sign in flows.items() if sign > 0)
        least = base - sum(model.upper[column] for column, sign in flows.items() if sign < 0)
        taken, fed = model.column(0, max(most, 0)), model.column(0, max(-least, 0))
        over, under = model.column(), model.column()
        model.row({taken: 1, fed: -1, **{column: -sign for column, sign in flows.items()}}, base, base)
        model.row({taken: 1, fed: -1, over: -1}, -np.inf, site["cap_w"][t])
        model.row({taken: 1, fed: -1, under: 1}, site["min_power_w"], np.inf)
        self.limits[over] = self.limits[under] = self.hours
        self.money[taken] = self.hours * site["price_eur_per_kwh"][t]
        self.money[fed] = -self.hours * site["feed_in_price_eur_per_kwh"][t]
        if site["feed_in_price_eur_per_kwh"][t] > site["price_eur_per_kwh"][t]:
            model.choose(taken, fed)

    def _add(self, store: Store) -> None:
        model, given, hours = self.model, store.given, self.hours
        before: int | None = None
        powers = []
        need = given["target_soc_wh"] - store.soc
        for i, t in enumerate(range(store.first, store.last)):
            charge = model.column(0, given["charge_power_w"])
            discharge = model.column(0, given["discharge_power_w"])
            stored = model.column(0, store.high)
            powers.append((charge, discharge))
            self.flows[t].update({charge: 1, discharge: -1})
            recursion = {
                stored: 1,
                charge: -hours * given["efficiency_charge"],
                discharge: hours / given["efficiency_discharge"],
            }
            if before is None:
                model.row(recursion, store.soc, store.soc)
            else:
                model.row({**recursion, before: -1}, 0, 0)
            before = stored
            model.lower[stored] = min(store.soc, store.low[i])  # nothing is discharged below its minimum
            if store.low[i] > store.soc:
                missing = model.column()
                model.row({stored: 1, missing: 1}, store.low[i], np.inf)
                self.minimum[missing] = 1
            if store.is_ev and need > 0:
                cost = self.site["opportunity_cost_eur_per_slot"] / MILLI
                self.money[charge] = cost * (i + 1) * given["efficiency_charge"] * hours / need
            model.choose(charge, discharge, given["min_power_w"])
        assert before is not None
        if store.is_ev:
            unmet = model.column()
            model.row({before: 1, unmet: 1}, given["target_soc_wh"], np.inf)
            self.targets[unmet] = 1
        else:
            self._add_ramps(store, powers)

    def _add_ramps(self, store: Store, powers: list[tuple[int, int]]) -> None:
        start = store.given["current_power_w"]
        if start is not None:
            self._add_ramp(powers[0], None, start)
        for before, now in itertools.pairwise(powers):
            self._add_ramp(now, before, 0.0)

    def _add_ramp(self, now: tuple[int, int], before: tuple[int, int] | None, start: float) -> None:
        terms = {now[0]: 1.0, now[1]: -1.0}
        if before is not None:
            terms.update({before[0]: -1.0, before[1]: 1.0})
        rise, fall = self.model.column(), self.model.column()
        self.model.row({**terms, rise: -1, fall: 1}, start, start)
        for change in (rise, fall):
            self.money[change] = self.site["ramp_cost_eur_per_kw"] * 1e-3 / MILLI  # EUR/kW on W

    def solve(self, kept: float) -> Answer:
        values = []
        for tier in (self.limits, self.minimum, self.targets):
            value = self.model.minimum(tier)[0] if tier else 0.0
            self.model.row(tier, -np.inf, value + 1e-11 * abs(value) + kept)
            values.append(value)
        money = self.model.minimum(self.money)[0]
        return Answer(*values, MILLI * money, self.model.solved)


def solve(scenario: dict[str, Any]) -> Answer:
    """The best values of the four tiers. Raises Undecided."""
    for kept in KEPT:
        try:
            return Charging(scenario).solve(kept)
        except NoPlan:
            continue
    raise Undecided
