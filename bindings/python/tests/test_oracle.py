"""Plans against the same problem written a second time (independent_lp.py) and solved by HiGHS."""

from __future__ import annotations

import json
from typing import Any, Callable, Iterable

import pytest

import feasibility
import incar
import independent_lp
import random_sites

RELATIVE = 1e-6
FLOORS = {"limits_wh": 1e-3, "minimum_wh": 1e-3, "targets_wh": 1e-3, "money_eur": 1e-6}  # 1e-3 Wh is less than 1e-6 EUR


def differences(scenario: dict[str, Any]) -> list[str]:
    """The plan's faults, and the first tier in which it is another than the best. Raises Undecided."""
    plan = incar.smac.plan(scenario)
    effects = feasibility.effects_of(scenario, plan)
    best = independent_lp.solve(scenario)
    found = list(effects.faults)
    for tier, floor in FLOORS.items():
        planned, possible = getattr(effects, tier), getattr(best, tier)
        if abs(planned - possible) > max(floor, RELATIVE * abs(possible)):
            found.append(f"{tier}: planned {planned:.9g}, best {possible:.9g}")
            break
    return found


def agree(seeds: Iterable[int], make: Callable[..., dict[str, Any]] = random_sites.scenario, **features: Any) -> int:
    """How many of the seeds were decided; fails with the scenarios in which plan and oracle differ."""
    failures, decided = [], 0
    for seed in seeds:
        scenario = make(seed, **features)
        try:
            found = differences(scenario)
        except independent_lp.Undecided:
            continue
        decided += 1
        if found:
            failures.append(f"seed {seed}: {found}\n{json.dumps(scenario)}")
    assert not failures, "\n".join(failures)
    return decided


SMALL = {"slots": (3, 8), "cars": (0, 3), "batteries": (0, 1)}


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_plans_are_as_good_as_the_best_in_every_tier(first: int) -> None:
    assert agree(range(first, first + 100)) >= 95


def test_plans_are_best_where_feeding_in_pays_more_than_taking_costs() -> None:
    assert agree(range(60), **SMALL, dear_feed_in=True) >= 50


def test_plans_are_best_where_prices_are_negative() -> None:
    assert agree(range(60), **SMALL, negative_prices=True) >= 50


def test_plans_are_best_where_both_happen_and_two_batteries_compete() -> None:
    features = {**SMALL, "batteries": (0, 2)}
    assert agree(range(60), **features, dear_feed_in=True, negative_prices=True) >= 50


def test_plans_are_best_where_cars_have_a_least_power() -> None:
    assert agree(range(90), **{**SMALL, "cars": (1, 3)}, min_power=True) >= 70


def test_plans_are_best_where_zeros_ties_and_orders_of_either_sign_meet() -> None:
    assert agree(range(250), random_sites.awkward) >= 245


def site_of_one_hour_slots(slots: int, **members: Any) -> dict[str, Any]:
    return {"start": "2026-01-15T17:00:00Z", "slot_minutes": 60, "slots": slots, **members}


def test_a_car_that_can_discharge_without_loss_never_charges_below_its_least_power() -> None:
    car = {
        "id": "a",
        "departure_slot": 1,
        "capacity_wh": 40e3,
        "soc_wh": 20e3,
        "target_soc_wh": 21e3,
        "charge_power_w": 11e3,
        "discharge_power_w": 11e3,
        "min_power_w": 4e3,
    }
    scenario = site_of_one_hour_slots(1, site={"price_eur_per_kwh": [0.2]}, evs=[car])
    assert differences(scenario) == []
    assert incar.smac.plan(scenario).evs["a"].power_w[0] == pytest.approx(4e3)


def test_an_order_to_feed_in_that_is_missed_by_importing_pays_the_import_price() -> None:
    battery = {"id": "b", "capacity_wh": 1e3, "soc_wh": 500, "charge_power_w": 0, "discharge_power_w": 1e3}
    site = {"price_eur_per_kwh": [0, 0.1], "demand_wh": [0, 1000], "max_power_w": -1000}
    assert differences(site_of_one_hour_slots(2, site=site, batteries=[battery])) == []


def test_an_order_to_take_power_that_is_missed_by_feeding_in_is_paid_the_feed_in_price() -> None:
    battery = {"id": "b", "capacity_wh": 1e3, "soc_wh": 100, "charge_power_w": 1e3, "discharge_power_w": 5e3}
    site = {"feed_in_price_eur_per_kwh": [0.1, 0], "production_wh": [8000, 0], "min_power_w": 1000}
    assert differences(site_of_one_hour_slots(2, site=site, batteries=[battery])) == []


def test_the_oracle_agrees_with_an_optimum_found_by_hand() -> None:
    """10 kWh into a car in three hours at 0.3, 0.1 and 0.2 EUR/kWh with 6 kW: 6 kWh at 0.1 and 4 kWh at 0.2."""
    car = {
        "id": "a",
        "departure_slot": 3,
        "capacity_wh": 40e3,
        "soc_wh": 20e3,
        "target_soc_wh": 30e3,
        "charge_power_w": 6e3,
    }
    scenario = site_of_one_hour_slots(3, site={"price_eur_per_kwh": [0.3, 0.1, 0.2]}, evs=[car])
    assert independent_lp.solve(scenario).money_eur == pytest.approx(1.4)
    assert differences(scenario) == []
