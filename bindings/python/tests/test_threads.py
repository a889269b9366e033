"""Planning from several threads at once, and beside them."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import threading
import time

import incar
import random_sites


def large_problem(seed: int) -> incar.smac.Problem:
    scenario = random_sites.scenario(seed, slots=(96, 96), cars=(25, 25), batteries=(1, 1))
    return incar.smac.Problem.loads(__import__("json").dumps(scenario))


def objective(problem: incar.smac.Problem) -> float:
    return incar.smac.plan(problem).objective_eur


def test_four_threads_find_what_one_finds() -> None:
    problems = [large_problem(seed) for seed in range(12)]
    alone = [objective(problem) for problem in problems]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(objective, problems * 3)) == alone * 3


def test_other_threads_run_while_one_plans() -> None:
    problem = large_problem(1)
    ticks = 0
    done = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.0005)

    counter = threading.Thread(target=count)
    counter.start()
    start = time.monotonic()
    while time.monotonic() - start < 0.3:
        before = ticks
        solving = incar.smac.plan(problem).solver.seconds
        if solving > 0.02 and ticks > before + 2:
            break
    done.set()
    counter.join()
    assert ticks > before + 2, "the interpreter stood still"


def test_problems_travel_to_other_processes() -> None:
    problems = [large_problem(seed) for seed in range(2)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(objective, problems) == [objective(problem) for problem in problems]
