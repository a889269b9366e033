"""Random scenarios from a seed, in the JSON form. Every feature of the model turns up."""

from __future__ import annotations

from typing import Any

import numpy as np


def scenario(
    seed: int,
    *,
    slots: tuple[int, int] = (6, 24),
    cars: tuple[int, int] = (0, 6),
    batteries: tuple[int, int] = (0, 2),
    dear_feed_in: bool = False,
    negative_prices: bool = False,
    min_power: bool = False,
) -> dict[str, Any]:
    """dear_feed_in: in some slots feeding in pays more than taking costs; negative_prices: some are; min_power: most cars
    have a least power."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(slots[0], slots[1] + 1))
    minutes = int(rng.choice([15, 60]))
    hours = minutes / 60
    evs = [_car(rng, i, count, hours, min_power) for i in range(rng.integers(cars[0], cars[1] + 1))]
    stores = [_battery(rng, i) for i in range(rng.integers(batteries[0], batteries[1] + 1))]
    site = _site(rng, count, hours, sum(each["charge_power_w"] for each in evs), dear_feed_in, negative_prices)
    return {
        "start": "2026-01-15T17:00:00Z",
        "slot_minutes": minutes,
        "slots": count,
        "site": site,
        "batteries": stores,
        "evs": evs,
    }


def _chance(rng: np.random.Generator, likely: float) -> bool:
    return bool(rng.random() < likely)


def _car(rng: np.random.Generator, i: int, slots: int, hours: float, min_power: bool) -> dict[str, Any]:
    arrival = int(rng.integers(0, slots - 1))
    departure = int(rng.integers(arrival + 1, slots + 3))  # some leave beyond the horizon
    power = float(rng.choice([3_700, 7_400, 11_000, 22_000]) if _chance(rng, 0.5) else rng.uniform(3_000, 22_000))
    capacity = float(rng.uniform(20e3, 90e3))
    soc = capacity * float(rng.uniform(0.02, 0.2) if _chance(rng, 0.25) else rng.uniform(0.2, 0.8))
    reachable = power * hours * (min(departure, slots) - arrival)
    car = {
        "id": f"car {i}",
        "arrival_slot": arrival,
        "departure_slot": departure,
        "capacity_wh": capacity,
        "soc_wh": soc,
        "target_soc_wh": soc + reachable * float(rng.uniform(0, 1.1)),  # sometimes out of reach or above capacity
        "charge_power_w": power,
    }
    if _chance(rng, 0.2):
        car["target_soc_wh"] = soc * float(rng.uniform(0.3, 1))  # has enough already
    if _chance(rng, 0.2):
        car["min_soc"] = float(rng.uniform(0, 0.6))
    if _chance(rng, 0.4):
        car["discharge_power_w"] = float(rng.uniform(1_000, 11_000))
    if _chance(rng, 0.6):
        car["efficiency_charge"] = float(rng.uniform(0.8, 1))
        car["efficiency_discharge"] = float(rng.uniform(0.8, 1))
    if min_power and _chance(rng, 0.8):
        car["min_power_w"] = min(float(rng.choice([1_380, 4_140, 6_000])), power)
    return car


def _battery(rng: np.random.Generator, i: int) -> dict[str, Any]:
    capacity = float(rng.uniform(5e3, 30e3))
    battery = {
        "id": f"battery {i}",
        "capacity_wh": capacity,
        "soc_wh": capacity * float(rng.uniform(0, 1)),  # sometimes outside its bounds
        "charge_power_w": float(rng.uniform(1e3, 10e3)),
        "discharge_power_w": float(rng.uniform(1e3, 10e3)) if _chance(rng, 0.9) else 0.0,
    }
    if _chance(rng, 0.5):
        battery["min_soc"] = float(rng.uniform(0, 0.3))
        battery["max_soc"] = float(rng.uniform(0.7, 1))
    if _chance(rng, 0.5):
        battery["current_power_w"] = float(rng.uniform(-3e3, 3e3))
    if _chance(rng, 0.6):
        battery["efficiency_charge"] = float(rng.uniform(0.85, 1))
        battery["efficiency_discharge"] = float(rng.uniform(0.85, 1))
    return battery


def _site(
    rng: np.random.Generator, slots: int, hours: float, nominal_w: float, dear_feed_in: bool, negative_prices: bool
) -> dict[str, Any]:
    peak = float(rng.uniform(500, 10e3))
    price = rng.uniform(0.05, 0.4, slots)
    if _chance(rng, 0.3):
        price = np.repeat(rng.choice(price, 3), slots)[:slots]  # plateaus: many plans cost the same
    if negative_prices:
        price = np.where(rng.random(slots) < 0.4, -price / 2, price)
    feed_in = price * rng.uniform(0, 1, slots) if not negative_prices else price - rng.uniform(0, 0.1, slots)
    if dear_feed_in:
        feed_in = np.where(rng.random(slots) < 0.5, price + rng.uniform(0, 0.2, slots), feed_in)
    site: dict[str, Any] = {"price_eur_per_kwh": price.tolist()}
    if _chance(rng, 0.7) or dear_feed_in or negative_prices:
        site["feed_in_price_eur_per_kwh"] = feed_in.tolist()
    if _chance(rng, 0.7):
        site["demand_wh"] = (peak * hours * rng.uniform(0.2, 1, slots)).tolist()
    if _chance(rng, 0.5):
        site["production_wh"] = (peak * hours * np.maximum(rng.uniform(-1, 1.5, slots), 0)).tolist()
    if _chance(rng, 0.8):
        site["max_power_w"] = peak + nominal_w * float(rng.uniform(0.05, 0.4) if _chance(rng, 0.5) else rng.uniform(0.4, 1))
    if _chance(rng, 0.5):
        site["min_power_w"] = -peak * float(rng.uniform(0, 2))
    if _chance(rng, 0.3):
        ordered = np.zeros(slots)
        ordered[rng.integers(0, slots)] = peak * float(rng.uniform(0, 0.6))
        site["flex_reduction_w"] = ordered.tolist()
    if _chance(rng, 0.2):
        limit = np.full(slots, 1e6)
        limit[rng.integers(0, slots) :] = peak * float(rng.uniform(0.3, 2))
        site["limit_w"] = limit.tolist()
    if _chance(rng, 0.3):
        site["opportunity_cost_eur_per_slot"] = float(rng.uniform(0, 0.2))
    if _chance(rng, 0.3):
        site["ramp_cost_eur_per_kw"] = float(rng.uniform(0, 0.05))
    return site


def awkward(seed: int) -> dict[str, Any]:
    """A small scenario of round and extreme numbers, where ties, zeros, orders of either sign and devices that can do
    nothing meet."""
    rng = np.random.default_rng(seed)
    slots = int(rng.integers(1, 6))

    def one_of(*values: float) -> float:
        return float(rng.choice(values))

    def series(*values: float) -> list[float]:
        return [one_of(*values) for _ in range(slots)]

    site: dict[str, Any] = {"price_eur_per_kwh": series(0, 0.1, 0.1, 0.3, -0.1)}
    for name, likely, values in [
        ("feed_in_price_eur_per_kwh", 0.6, (0, 0.1, 0.2)),
        ("demand_wh", 0.6, (0, 1000, 5000)),
        ("production_wh", 0.6, (0, 1000, 8000)),
        ("flex_reduction_w", 0.3, (0, 1000, -1000, 5000)),
        ("limit_w", 0.3, (0, 1000, -2000, 1e12)),
    ]:
        if _chance(rng, likely):
            site[name] = series(*values)
    for name, likely, choices in [
        ("max_power_w", 0.6, (0, 1000, 5000, 1e12, -1000)),
        ("opportunity_cost_eur_per_slot", 0.3, (0, 0.1, 1)),
        ("ramp_cost_eur_per_kw", 0.3, (0, 0.1, 1)),
    ]:
        if _chance(rng, likely):
            site[name] = one_of(*choices)
    if _chance(rng, 0.6):
        site["min_power_w"] = min(one_of(0, -1000, 1000, -1e12), site.get("max_power_w", 1e12))

    def device(id: str) -> dict[str, Any]:
        capacity = one_of(1000, 10_000, 1, 1e6)
        return {
            "id": id,
            "capacity_wh": capacity,
            "soc_wh": capacity * one_of(0, 0.1, 0.2, 0.5, 1, 1.1, -0.1),
            "charge_power_w": one_of(0, 1000, 5000, 11_000),
            "discharge_power_w": one_of(0, 1000, 5000),
            "min_soc": one_of(0, 0.2, 1, 0.5),
            "efficiency_charge": one_of(1, 0.9, 0.5),
            "efficiency_discharge": one_of(1, 0.9, 0.5),
        }

    def battery(i: int) -> dict[str, Any]:
        result = device(f"battery {i}")
        result["max_soc"] = max(result["min_soc"], one_of(1, 0.8))
        if _chance(rng, 0.5):
            result["current_power_w"] = one_of(0, 1000, -20_000)
        return result

    def car(i: int) -> dict[str, Any]:
        result = device(f"car {i}")
        arrival = int(rng.integers(0, slots))
        result["arrival_slot"] = arrival
        result["departure_slot"] = int(rng.integers(arrival + 1, slots + 2))
        result["target_soc_wh"] = result["capacity_wh"] * one_of(0, 0.2, 0.5, 1, 2)
        if _chance(rng, 0.3):
            result["min_power_w"] = min(one_of(500, 1000), result["charge_power_w"])
        return result

    return {
        "start": "2026-01-15T17:00:00Z",
        "slot_minutes": one_of(15, 60, 7.5),
        "slots": slots,
        "site": site,
        "batteries": [battery(i) for i in range(rng.integers(0, 3))],
        "evs": [car(i) for i in range(rng.integers(0, 4))],
    }
