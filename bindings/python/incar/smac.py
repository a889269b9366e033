"""Smart charging (SMAC): from a site, its prices, cars and batteries to the power of each device in each slot.

    problem = incar.smac.Problem.load("scenario.json")
    plan = incar.smac.plan(problem)
    plan.evs["a"].power_w          # W in each slot, a NumPy array

Time is cut into slots counted from 0. Powers are averages over a slot in W, energies Wh. Site power is positive when
imported, device power when the device charges. A series has one entry a slot and may be a list, a NumPy array or a
pandas Series (entries are taken in order; its index is not looked at); an empty one stands for its default. All of it
is documented in docs/reference/scenario.md. Several threads may plan at once, each with its own problem.
"""

from __future__ import annotations

import enum
import json
import os
from typing import TYPE_CHECKING, Any, Callable, Mapping, NamedTuple, Sequence, Union

from ._native import smac as _native
from ._native.core import Finding
from ._native.smac import (
    EV,
    Adjustment,
    Battery,
    DevicePlan,
    DevicePlans,
    Group,
    Plan,
    Problem,
    Site,
    SitePlan,
    SolverReport,
    Unmet,
)

if TYPE_CHECKING:
    AnyProblem = Union[Problem, Mapping[str, Any], str, os.PathLike[str]]

__all__ = [
    "Adjustment",
    "Battery",
    "Comparison",
    "DevicePlan",
    "DevicePlans",
    "EV",
    "Finding",
    "Group",
    "Plan",
    "PlanStatus",
    "Problem",
    "Site",
    "SitePlan",
    "SolverReport",
    "Unmet",
    "compare",
    "earliest_deadline_first",
    "equal_share",
    "plan",
    "uncontrolled",
    "validate",
]


class PlanStatus(str, enum.Enum):
    """Whether a plan meets every requirement; compares equal to its text."""

    OPTIMAL = "Optimal"
    """Every requirement is met."""
    INFEASIBLE = "Infeasible"
    """Not everything could be met; the plan comes as near as possible and `Plan.unmet` says what is missing."""

    def __str__(self) -> str:
        return self.value


def plan(
    problem: AnyProblem, *, solver: str = "best", time_limit: float = 30.0, gap: float = 1e-6
) -> Plan:
    """The plan that meets most, then costs least.

    problem     a Problem, a mapping in scenario form, or the path of a scenario file
    solver      "interior_point", incar's own; "glpk" where the package was built with it; "best": the first, and the
                second where a condition such as a minimum power leaves a gap to close
    time_limit  seconds that the solver may take
    gap         with minimum powers: proven relative distance to the optimum that is good enough, 0..1

    There is always a plan for a valid problem; what cannot be met is listed in `unmet`. Raises incar.Error for unusable
    input or a solver that is not there and when the time ran out before any plan was found, TypeError for values of a wrong type.
    """
    return _native.solve(_as_problem(problem), solver, time_limit, gap)


def uncontrolled(problem: AnyProblem) -> Plan:
    """Every car charges at full power from its arrival until its target, whatever the limits."""
    return _native.uncontrolled(_as_problem(problem))


def equal_share(problem: AnyProblem) -> Plan:
    """The cars that wait share the power within the site's limit equally."""
    return _native.equal_share(_as_problem(problem))


def earliest_deadline_first(problem: AnyProblem) -> Plan:
    """The car that leaves first charges first, within the site's limit."""
    return _native.earliest_deadline_first(_as_problem(problem))


def validate(problem: Problem) -> list[Finding]:
    """Everything that makes a problem unusable, each with its place; empty when it can be planned."""
    return _native.validate(problem)


class Comparison(NamedTuple):
    """One planner's result; a list of them makes a DataFrame: pandas.DataFrame(compare(problem))."""

    planner: str
    cost_eur: float
    peak_kw: float
    """Most power taken from the grid in a slot."""
    unmet_kwh: float
    """Energy that the cars lack on departure."""
    co2_kg: float
    status: PlanStatus


_planners: dict[str, Callable[[Problem], Plan]] = {
    "smac": plan,
    "uncontrolled": uncontrolled,
    "equal_share": equal_share,
    "earliest_deadline_first": earliest_deadline_first,
}


def compare(problem: AnyProblem, planners: Sequence[str] = tuple(_planners)) -> list[Comparison]:
    """The same problem planned by several planners, by name: "smac" and the three baselines."""
    posed = _as_problem(problem)
    unknown = [name for name in planners if name not in _planners]
    if unknown:
        raise ValueError(f"planners: there is no {unknown[0]!r}, only {', '.join(_planners)}")
    return [_comparison(name, _planners[name](posed)) for name in planners]


def _comparison(name: str, result: Plan) -> Comparison:
    unmet_wh = sum(each.unmet_wh for each in result.evs)
    peak_w = float(result.site.import_w.max())
    return Comparison(
        name, result.objective_eur, peak_w / 1e3, unmet_wh / 1e3, result.co2_g / 1e3, result.status
    )


def _as_problem(given: AnyProblem) -> Problem:
    if isinstance(given, Problem):
        return given
    if isinstance(given, Mapping):
        return Problem.loads(json.dumps(given, default=_as_json))
    if isinstance(given, (str, os.PathLike)):
        return Problem.load(given)
    raise TypeError(f"problem: a Problem, a mapping or a path is needed, not {type(given).__name__}")


def _as_json(value: Any) -> Any:
    """What json does not know: arrays and series as lists, datetimes as texts."""
    if hasattr(value, "isoformat"):
        if value.tzinfo is None:
            raise ValueError(f"start: {value} has no time zone")
        return value.isoformat()
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"problem: {type(value).__name__} has no place in a scenario")
