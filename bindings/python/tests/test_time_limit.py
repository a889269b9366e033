from __future__ import annotations

import subprocess
import sys

import pytest

import incar
from sites import car, evening

HARD = """
import incar, random_sites
scenario = random_sites.scenario(3, slots=(96, 96), cars=(10, 10), batteries=(1, 1), min_power=True)
incar.smac.plan(scenario, time_limit=0.5)
"""


def test_a_plan_with_least_powers_comes_back_within_its_time_limit() -> None:
    subprocess.run([sys.executable, "-c", HARD], check=True, timeout=12, cwd=__file__.rsplit("/", 1)[0])


def test_a_limit_too_short_for_any_plan_is_told() -> None:
    problem = evening(slots=4000, evs=[car(str(i), departure_slot=4000, discharge_power_w=5e3) for i in range(5)])
    problem.site.price_eur_per_kwh = [0.1 + 0.001 * (t % 97) for t in range(4000)]
    with pytest.raises(incar.Error) as refused:
        incar.smac.plan(problem, time_limit=0.001)
    assert (refused.value.code, refused.value.where) == ("limit_exceeded", "/time_limit")
