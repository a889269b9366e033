"""Two cars and a battery behind a connection of 11 kW, planned from 17:00 to 7:00 against prices that fall at night."""

import numpy as np

import incar

hours = np.arange(56) / 4  # since 17:00
prices = np.where(hours < 5, 0.32, np.where(hours < 11, 0.14, 0.22))
problem = incar.smac.Problem(
    start="2026-01-15T17:00:00Z",
    slot_minutes=15,
    slots=56,
    site=incar.smac.Site(max_power_w=11e3, price_eur_per_kwh=prices, demand_wh=np.full(56, 150.0)),
    evs=[
        incar.smac.EV(id="van", departure_slot=48, capacity_wh=60e3, soc_wh=20e3, target_soc_wh=52e3, charge_power_w=11e3),
        incar.smac.EV(id="car", departure_slot=56, capacity_wh=40e3, soc_wh=10e3, target_soc_wh=32e3, charge_power_w=7.4e3),
    ],
    batteries=[
        incar.smac.Battery(id="wall", capacity_wh=10e3, soc_wh=5e3, charge_power_w=3e3, discharge_power_w=3e3)
    ],
)

for row in incar.smac.compare(problem):
    print(f"{row.planner:24} {row.cost_eur:6.2f} EUR  {row.peak_kw:5.2f} kW  {row.unmet_kwh:5.2f} kWh unmet  {row.status}")
plan = incar.smac.plan(problem)
columns = ["van", "car", "wall", "import_w"]
print(plan.to_frame()[columns].resample("1h").mean().round().astype(int))
