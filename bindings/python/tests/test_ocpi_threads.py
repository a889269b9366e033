"""OCPI objects and several threads: reading, writing and looking at the same object at once."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import threading
import time
from typing import Any

from incar import ocpi
from ocpi_texts import OBJECTS, TEXTS, exact, read


def reread(name: str) -> bool:
    return bool(exact(ocpi.dumps(read(name))) == exact(TEXTS[name]))


def test_threads_read_and_write_at_once() -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(reread, list(TEXTS) * 40))


def look(of: Any) -> None:
    for member, form, _, cardinality, _ in OBJECTS[type(of).__name__]:
        value = getattr(of, member)
        for each in value if cardinality in "*+" else [value]:
            if form == "record" and each is not None:
                look(each)


def test_threads_look_into_one_object_at_once() -> None:
    for _ in range(30):
        location = read("Location")
        start = threading.Barrier(4)

        def work() -> list[int]:
            start.wait()
            look(location)
            ocpi.dumps(location)
            return [id(location.evses), id(location.evses[0]), id(location.extra), id(location.coordinates)]

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            seen = [each.result() for each in [pool.submit(work) for _ in range(4)]]
        assert all(each == seen[0] for each in seen)
        assert exact(ocpi.dumps(location)) == exact(TEXTS["Location"])


def test_a_list_that_another_thread_changes_does_no_harm() -> None:
    location = read("Location")
    done = threading.Event()

    def change() -> None:
        evses = list(location.evses)
        while not done.is_set():
            location.evses.clear()
            location.evses.extend(evses)

    changer = threading.Thread(target=change)
    changer.start()
    try:
        for _ in range(500):
            written = exact(ocpi.dumps(location))
            assert len(written.get("evses", [])) <= len(exact(TEXTS["Location"])["evses"])
            repr(location)
    finally:
        done.set()
        changer.join()


def test_other_threads_run_while_a_large_text_is_read() -> None:
    text = "[" + ",".join([TEXTS["Location"]] * 3_000) + "]"
    ticks = 0
    done = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.0005)

    counter = threading.Thread(target=count)
    counter.start()
    give_up = time.monotonic() + 20
    gained = 0
    while time.monotonic() < give_up and gained <= 5:
        before = ticks
        page = ocpi.loads(text, list[ocpi.Location])
        gained = ticks - before
    done.set()
    counter.join()
    assert gained > 5, "the interpreter stood still"
    assert len(page) == 3_000


def test_objects_travel_to_other_processes() -> None:
    objects = [read(name) for name in TEXTS]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(ocpi.dumps, objects) == [ocpi.dumps(each) for each in objects]
