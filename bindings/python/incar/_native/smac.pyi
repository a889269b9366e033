import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol, Sequence, Union

import numpy as np
import numpy.typing as npt
import pandas

from ..smac import PlanStatus
from .core import Finding

class SupportsArray(Protocol):
    def __array__(self, *args: Any, **kwargs: Any) -> npt.NDArray[Any]: ...

# What a parameter with one entry a slot accepts: a list or tuple, a NumPy array, a pandas Series.
Series = Union[Sequence[float], SupportsArray]
# An RFC 3339 text, an aware datetime or pandas Timestamp, a datetime64 (which is UTC).
Instant = Union[str, datetime, np.datetime64]
Array = npt.NDArray[np.float64]

class SeriesMember:
    """Accepts any Series, gives a read-only array."""

    def __get__(self, owner: object, kind: Any = None) -> Array: ...
    def __set__(self, owner: object, value: Series) -> None: ...

class PhasesMember:
    """Accepts a list or tuple of phases, gives a tuple."""

    def __get__(self, owner: object, kind: Any = None) -> tuple[int, ...]: ...
    def __set__(self, owner: object, value: Sequence[int]) -> None: ...

class IdsMember:
    """Accepts a list or tuple of ids, gives a tuple."""

    def __get__(self, owner: object, kind: Any = None) -> tuple[str, ...]: ...
    def __set__(self, owner: object, value: Sequence[str]) -> None: ...

class InstantMember:
    """Accepts any Instant, gives an aware datetime in UTC."""

    def __get__(self, owner: object, kind: Any = None) -> datetime: ...
    def __set__(self, owner: object, value: Instant) -> None: ...

class Site:
    max_power_w: float
    min_power_w: float
    price_eur_per_kwh: SeriesMember
    feed_in_price_eur_per_kwh: SeriesMember
    demand_wh: SeriesMember
    production_wh: SeriesMember
    flex_reduction_w: SeriesMember
    limit_w: SeriesMember
    opportunity_cost_eur_per_slot: float
    ramp_cost_eur_per_kw: float
    co2_g_per_kwh: SeriesMember
    co2_price_eur_per_kg: float
    grid_ramp_cost_eur_per_kw: float
    current_power_w: float | None
    max_phase_power_w: float | None
    max_phase_current_a: float | None
    phase_voltage_v: float
    peak_price_eur_per_kw: float
    peak_paid_w: float
    curtailable: bool

    def __init__(
        self,
        *,
        max_power_w: float = 1e12,
        min_power_w: float = -1e12,
        price_eur_per_kwh: Series = ...,
        feed_in_price_eur_per_kwh: Series = ...,
        demand_wh: Series = ...,
        production_wh: Series = ...,
        flex_reduction_w: Series = ...,
        limit_w: Series = ...,
        opportunity_cost_eur_per_slot: float = 0.0,
        ramp_cost_eur_per_kw: float = 0.0,
        co2_g_per_kwh: Series = ...,
        co2_price_eur_per_kg: float = 0.0,
        grid_ramp_cost_eur_per_kw: float = 0.0,
        current_power_w: float | None = None,
        max_phase_power_w: float | None = None,
        max_phase_current_a: float | None = None,
        phase_voltage_v: float = 230.0,
        peak_price_eur_per_kw: float = 0.0,
        peak_paid_w: float = 0.0,
        curtailable: bool = False,
    ) -> None: ...
    def __copy__(self) -> Site: ...
    def __deepcopy__(self, memo: dict[int, Any]) -> Site: ...

class Battery:
    id: str
    capacity_wh: float
    soc_wh: float
    charge_power_w: float
    discharge_power_w: float
    min_soc: float
    max_soc: float
    current_power_w: float | None
    efficiency_charge: float
    efficiency_discharge: float
    wear_eur_per_kwh: float
    value_left_eur_per_kwh: float
    phases: PhasesMember

    def __init__(
        self,
        *,
        id: str,
        capacity_wh: float,
        soc_wh: float,
        charge_power_w: float,
        discharge_power_w: float,
        min_soc: float = 0.2,
        max_soc: float = 1.0,
        current_power_w: float | None = None,
        efficiency_charge: float = 1.0,
        efficiency_discharge: float = 1.0,
        wear_eur_per_kwh: float = 0.0,
        value_left_eur_per_kwh: float = 0.0,
        phases: Sequence[int] = (),
    ) -> None: ...
    def __copy__(self) -> Battery: ...
    def __deepcopy__(self, memo: dict[int, Any]) -> Battery: ...

class EV:
    id: str
    arrival_slot: int
    departure_slot: int
    capacity_wh: float
    soc_wh: float
    target_soc_wh: float
    charge_power_w: float
    discharge_power_w: float
    min_soc: float
    min_power_w: float
    efficiency_charge: float
    efficiency_discharge: float
    wear_eur_per_kwh: float
    value_left_eur_per_kwh: float
    priority: int
    current_power_w: float | None
    ramp_cost_eur_per_kw: float
    phases: PhasesMember

    def __init__(
        self,
        *,
        id: str,
        arrival_slot: int = 0,
        departure_slot: int,
        capacity_wh: float,
        soc_wh: float,
        target_soc_wh: float,
        charge_power_w: float,
        discharge_power_w: float = 0.0,
        min_soc: float = 0.2,
        min_power_w: float = 0.0,
        efficiency_charge: float = 1.0,
        efficiency_discharge: float = 1.0,
        wear_eur_per_kwh: float = 0.0,
        value_left_eur_per_kwh: float = 0.0,
        priority: int = 0,
        current_power_w: float | None = None,
        ramp_cost_eur_per_kw: float = 0.0,
        phases: Sequence[int] = (),
    ) -> None: ...
    def __copy__(self) -> EV: ...
    def __deepcopy__(self, memo: dict[int, Any]) -> EV: ...

class Group:
    id: str
    evs: IdsMember
    batteries: IdsMember
    max_power_w: float
    min_power_w: float
    limit_w: SeriesMember
    feed_in_limit_w: SeriesMember
    max_phase_power_w: float | None
    max_phase_current_a: float | None

    def __init__(
        self,
        *,
        id: str,
        evs: Sequence[str] = (),
        batteries: Sequence[str] = (),
        max_power_w: float = 1e12,
        min_power_w: float = -1e12,
        limit_w: Series = ...,
        feed_in_limit_w: Series = ...,
        max_phase_power_w: float | None = None,
        max_phase_current_a: float | None = None,
    ) -> None: ...
    def __copy__(self) -> Group: ...
    def __deepcopy__(self, memo: dict[int, Any]) -> Group: ...

class Problem:
    start: InstantMember
    slot_minutes: float
    slots: int
    site: Site
    batteries: list[Battery]
    evs: list[EV]
    groups: list[Group]
    each_slot_minutes: SeriesMember

    def __init__(
        self,
        *,
        start: Instant,
        slot_minutes: float,
        slots: int,
        site: Site = ...,
        batteries: Sequence[Battery] = ...,
        evs: Sequence[EV] = ...,
        groups: Sequence[Group] = ...,
        each_slot_minutes: Series = ...,
    ) -> None: ...
    @staticmethod
    def loads(text: str) -> Problem: ...
    @staticmethod
    def load(path: str | os.PathLike[str]) -> Problem: ...
    def dumps(self) -> str: ...
    def save(self, path: str | os.PathLike[str]) -> None: ...
    def __copy__(self) -> Problem: ...
    def __deepcopy__(self, memo: dict[int, Any]) -> Problem: ...

class DevicePlan:
    @property
    def id(self) -> str: ...
    @property
    def power_w(self) -> Array: ...
    @property
    def soc_wh(self) -> Array: ...
    @property
    def unmet_wh(self) -> float: ...

class DevicePlans:
    def __len__(self) -> int: ...
    def __getitem__(self, key: str | int) -> DevicePlan: ...
    def __contains__(self, id: object) -> bool: ...
    def __iter__(self) -> Iterator[DevicePlan]: ...
    @property
    def ids(self) -> list[str]: ...

class SitePlan:
    @property
    def import_w(self) -> Array: ...
    @property
    def export_w(self) -> Array: ...
    @property
    def upper_flex_w(self) -> Array: ...
    @property
    def lower_flex_w(self) -> Array: ...

class Unmet:
    @property
    def what(self) -> str: ...
    @property
    def slot(self) -> int: ...
    @property
    def amount(self) -> float: ...
    @property
    def unit(self) -> str: ...
    @property
    def reason(self) -> str: ...

class Adjustment:
    @property
    def where(self) -> str: ...
    @property
    def given(self) -> float: ...
    @property
    def used(self) -> float: ...
    @property
    def reason(self) -> str: ...

class SolverReport:
    @property
    def name(self) -> str: ...
    @property
    def seconds(self) -> float: ...
    @property
    def iterations(self) -> int: ...
    @property
    def gap(self) -> float: ...

class Plan:
    @property
    def status(self) -> PlanStatus: ...
    @property
    def objective_eur(self) -> float: ...
    @property
    def co2_g(self) -> float: ...
    @property
    def evs(self) -> DevicePlans: ...
    @property
    def batteries(self) -> DevicePlans: ...
    @property
    def site(self) -> SitePlan: ...
    @property
    def unmet(self) -> list[Unmet]: ...
    @property
    def adjustments(self) -> list[Adjustment]: ...
    @property
    def solver(self) -> SolverReport: ...
    @property
    def start(self) -> datetime: ...
    @property
    def slot_minutes(self) -> float: ...
    @property
    def slots(self) -> int: ...
    @property
    def each_slot_minutes(self) -> Array: ...
    @property
    def index(self) -> Any: ...
    def to_frame(self, quantity: str = "power_w") -> pandas.DataFrame: ...
    def to_json(self) -> str: ...

def solve(problem: Problem, solver: str, time_limit: float, gap: float) -> Plan: ...
def uncontrolled(problem: Problem) -> Plan: ...
def equal_share(problem: Problem) -> Plan: ...
def earliest_deadline_first(problem: Problem) -> Plan: ...
def validate(problem: Problem) -> list[Finding]: ...
