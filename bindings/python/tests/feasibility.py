"""What a plan does to the world, worked out from its powers alone, in W and Wh: every sentence on units, signs and slots
as arithmetic, without a look at how the plan was made."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

import incar
from independent_lp import Store, site_of, stores_of

WATT = 0.01  # W or Wh: how exactly a plan has to keep its word


@dataclasses.dataclass
class Effects:
    limits_wh: float
    minimum_wh: float
    targets_wh: float
    money_eur: float
    faults: list[str]


class Check:
    def __init__(self, scenario: dict[str, Any], plan: incar.smac.Plan) -> None:
        self.hours = scenario["slot_minutes"] / 60
        self.slots = scenario["slots"]
        self.site = site_of(scenario)
        self.plan = plan
        self.faults: list[str] = []
        self.reported = {(each.what, each.slot): each.amount for each in plan.unmet}
        self.effects = Effects(0, 0, 0, 0, self.faults)
        grid = (self.site["demand_wh"] - self.site["production_wh"]) / self.hours
        position = {"batteries": 0, "evs": 0}
        for store in stores_of(scenario):
            kind = "evs" if store.is_ev else "batteries"
            device = getattr(plan, kind)[position[kind]]
            self._follow(f"/{kind}/{position[kind]}", store, device)
            grid = grid + device.power_w
            position[kind] += 1
        self._supply(grid)
        self._verdict()

    def expect(self, good: Any, fault: str) -> None:
        if not np.all(good):
            self.faults.append(fault)

    def _follow(self, place: str, store: Store, device: incar.smac.DevicePlan) -> None:
        given, power = store.given, np.asarray(device.power_w)
        self.expect(device.id == given["id"], f"{place} has another id")
        self.expect(power.shape == (self.slots,) and device.soc_wh.shape == (self.slots,), f"{place} lacks slots")
        stay = power[store.first : store.last]
        self.expect(np.delete(power, np.s_[store.first : store.last]) == 0, f"{place} moves while away")
        self.expect(stay <= given["charge_power_w"] + WATT, f"{place} charges too hard")
        self.expect(stay >= -given["discharge_power_w"] - WATT, f"{place} discharges too hard")
        self.expect((stay <= 0) | (stay >= given["min_power_w"] - WATT), f"{place} charges below its least power")
        gain = np.where(stay > 0, stay * given["efficiency_charge"], stay / given["efficiency_discharge"]) * self.hours
        stored = store.soc + np.cumsum(gain)
        self.expect(np.abs(device.soc_wh[store.first : store.last] - stored) < WATT, f"{place} tells another state of charge")
        self.expect(np.abs(device.soc_wh[: store.first] - store.soc) < WATT, f"{place} changes before it arrives")
        self.expect(np.abs(device.soc_wh[store.last :] - stored[-1]) < WATT, f"{place} changes after it left")
        self.expect(stored <= store.high + WATT, f"{place} is too full")
        self.expect(stored >= -WATT, f"{place} is below empty")
        short = np.maximum(store.low - stored, 0)
        self.effects.minimum_wh += float(short.sum())
        if short.max() > WATT:
            told = [(slot, amount) for (what, slot), amount in self.reported.items() if what == f"{place}/min_soc"]
            worst = [t for t, amount in told if abs(amount - short.max()) < WATT and short[t - store.first] > amount - WATT]
            self.expect(len(told) == len(worst) == 1, f"{place} is below its minimum by {short.max()}, unreported")
        if store.is_ev:
            missing = max(given["target_soc_wh"] - float(stored[-1]), 0)
            self.effects.targets_wh += missing
            told = self.reported.get((f"{place}/target_soc_wh", store.last - 1), 0)
            self.expect(abs(device.unmet_wh - missing) < WATT, f"{place} tells another shortfall")
            self.expect(abs(told - missing) < WATT, f"{place} misses its target, unreported")
            need = given["target_soc_wh"] - store.soc
            if need > 0:
                weight = np.arange(1, len(stay) + 1) * self.site["opportunity_cost_eur_per_slot"] / need
                self.effects.money_eur += float(weight @ (np.maximum(stay, 0) * given["efficiency_charge"] * self.hours))
        else:
            before = given["current_power_w"]
            steps = np.diff(power, prepend=power[0] if before is None else before)
            self.effects.money_eur += self.site["ramp_cost_eur_per_kw"] * float(np.abs(steps).sum()) / 1e3

    def _supply(self, grid: np.ndarray) -> None:
        site, plan = self.site, self.plan
        taken, fed = np.maximum(grid, 0), np.maximum(-grid, 0)
        self.expect(np.abs(plan.site.import_w - taken) < WATT, "the site tells another import")
        self.expect(np.abs(plan.site.export_w - fed) < WATT, "the site tells another export")
        self.expect((plan.site.import_w == 0) | (plan.site.export_w == 0), "the site imports and exports at once")
        over, under = np.maximum(grid - site["cap_w"], 0), np.maximum(site["min_power_w"] - grid, 0)
        self.effects.limits_wh += float((over + under).sum()) * self.hours
        ceilings = ("/site/max_power_w", "/site/flex_reduction_w", "/site/limit_w")
        for t in range(self.slots):
            told = max(self.reported.get((what, t), 0) for what in ceilings)
            self.expect(over[t] <= told + WATT, f"the site takes too much in slot {t}, unreported")
            told = self.reported.get(("/site/min_power_w", t), 0)
            self.expect(abs(told - under[t]) < WATT, f"the site feeds in too much in slot {t}, unreported")
        energy = site["price_eur_per_kwh"] @ taken - site["feed_in_price_eur_per_kwh"] @ fed
        self.effects.money_eur += float(energy) * self.hours / 1e3
        self.expect(plan.site.upper_flex_w >= 0, "negative upper flexibility")
        self.expect(plan.site.lower_flex_w >= 0, "negative lower flexibility")
        self.expect(grid + plan.site.upper_flex_w <= np.maximum(site["cap_w"], grid) + WATT, "upper flexibility over the limit")
        self.expect(
            grid - plan.site.lower_flex_w >= np.minimum(site["min_power_w"], grid) - WATT, "lower flexibility under the limit"
        )

    def _verdict(self) -> None:
        money = self.effects.money_eur
        self.expect(abs(money - self.plan.objective_eur) < 1e-9 * (1 + abs(money)), "the objective is not what it costs")
        self.expect((self.plan.status == "Optimal") == (len(self.plan.unmet) == 0), "the status contradicts `unmet`")


def effects_of(scenario: dict[str, Any], plan: incar.smac.Plan) -> Effects:
    """What the plan leaves unmet and costs, and its faults: whatever it does that the scenario does not allow and that
    it does not report."""
    return Check(scenario, plan).effects
