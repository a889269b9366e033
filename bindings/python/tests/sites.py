"""Small problems for tests to build on."""

from __future__ import annotations

from typing import Any

import incar


def car(id: str = "a", **changes: Any) -> incar.smac.EV:
    """20 kWh of 60 kWh stored, 40 kWh wanted after four hours."""
    members = dict(departure_slot=4, capacity_wh=60e3, soc_wh=20e3, target_soc_wh=40e3, charge_power_w=11e3)
    return incar.smac.EV(id=id, **{**members, **changes})


def store(id: str = "wall", **changes: Any) -> incar.smac.Battery:
    members = dict(capacity_wh=10e3, soc_wh=5e3, charge_power_w=3e3, discharge_power_w=3e3)
    return incar.smac.Battery(id=id, **{**members, **changes})


def evening(**changes: Any) -> incar.smac.Problem:
    """Four hours at 0.3, 0.1, 0.2 and 0.4 EUR/kWh behind 11 kW, with one car."""
    members: dict[str, Any] = dict(
        start="2026-01-15T17:00:00Z",
        slot_minutes=60,
        slots=4,
        site=incar.smac.Site(max_power_w=11e3, price_eur_per_kwh=[0.3, 0.1, 0.2, 0.4]),
        evs=[car()],
    )
    return incar.smac.Problem(**{**members, **changes})
