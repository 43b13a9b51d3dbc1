"""What was acknowledged is there after any number of kills, and the chain is whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from clinic import postgres
from clinic.world import Hands, World, build, event, make_schema, new_settings, write_keys
from kinetamine.clinic.access import records_for
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.database import Database, utc_now
from kinetamine.clinic.records import Role, SessionEvent

ROOT = Path(__file__).parents[3]
WRITER = Path(__file__).with_name("writer.py")


def _task(world: World, **more: Any) -> dict[str, Any]:
    monitor = world.members[Role.MONITOR]
    return {"user": monitor.user_id, "clinic": monitor.clinic_id, "session": world.sitting(), "seed": 1} | more


def _start(world: World, task: dict[str, Any], name: str) -> subprocess.Popen[str]:
    path = world.settings.folder / f"{name}.json"
    path.write_text(json.dumps(task), encoding="utf-8")
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    environment = os.environ | {"PYTHONPATH": paths} | world.environment
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(path)], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    )


def _stored(world: World) -> list[SessionEvent]:
    records = world.records()
    found: list[SessionEvent] = []
    while page := records.find(SessionEvent, limit=1000, skip=len(found)):
        found += page
    return found


@pytest.fixture
def lasting(world: World) -> World:
    """A world by the system's clock, that other programs can open."""
    world.database.clock = utc_now
    world.environment = write_keys(world.settings)
    return world


@pytest.mark.parametrize(("kills", "programs"), [(20, 2), pytest.param(250, 4, marks=pytest.mark.slow)])
def test_nothing_acknowledged_is_lost_when_writers_are_killed(lasting: World, kills: int, programs: int) -> None:
    """Several programs at once, each killed at random moments and begun again on what was left."""
    running, results = [], []
    for place in range(programs):
        results.append(lasting.settings.folder / f"result{place}")
        more = {"do": "killed", "name": f"k{place}", "kills": kills, "seed": place, "result": str(results[-1])}
        running.append(_start(lasting, _task(lasting, check_every=max(kills // 4, 10), **more), f"k{place}"))
    for program in running:
        with program:
            assert program.wait(timeout=600) == 0
    said = [json.loads(result.read_text(encoding="utf-8")) for result in results]
    told = [one for part in said for one in part["told"]]
    stored = [one.client_id for one in _stored(lasting)]
    assert set(told) <= set(stored)
    assert len(stored) == len(set(stored))
    assert [problem for part in said for problem in part["problems"]] == []
    assert inspect(lasting.database).problems == []
    assert len(told) > kills * programs
    print(f"{kills * programs} kills, {len(told)} acknowledged, {len(stored) - len(told)} more stored")  # noqa: T201 - for whoever asks


def test_many_threads_and_programs_keep_the_order_and_lose_nothing(lasting: World) -> None:
    programs = [
        _start(lasting, _task(lasting, do="once", name=f"p{place}", entries=30, seed=place), f"p{place}")
        for place in range(2)
    ]
    sitting, records = lasting.sitting(), lasting.records(Role.MONITOR)

    def write(thread: int) -> None:
        for number in range(10):
            records.add(event(sitting, f"t{thread}.{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    told = [f"t{thread}.{number}" for thread in range(8) for number in range(10)]
    for program in programs:
        output, _ = program.communicate(timeout=120)
        assert program.returncode == 0
        told += output.splitlines()[1:]
    stored = [one.client_id for one in _stored(lasting)]
    assert sorted(stored) == sorted(told)
    for writer in {one.partition(".")[0] for one in told}:
        numbers = [int(one.partition(".")[2]) for one in stored if one.startswith(f"{writer}.")]
        assert len(numbers) == len(set(numbers))
    assert inspect(lasting.database).problems == []


def test_two_people_editing_at_once_lose_nothing(lasting: World) -> None:
    """Of changes to the same version exactly one is taken."""
    from kinetamine.clinic.records import Person  # noqa: PLC0415 - as in a request
    from kinetamine.clinic.refusals import ConflictError  # noqa: PLC0415 - as in a request

    (own,) = lasting.records().find(Person, number="own")
    barrier = threading.Barrier(6)

    def change(place: int) -> int:
        records = lasting.records(Role.NURSE if place % 2 else Role.PHYSICIAN)
        barrier.wait()
        try:
            records.change(Person, own.id, 1, "weighed", weight_kg=60.0 + place)
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(change, range(6))) == 1
    assert lasting.records().get(Person, own.id).version == 2


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[tuple[postgres.Server, World]]:
    """A server that may be killed."""
    with postgres.serving() as server:
        settings = new_settings(tmp_path / "data", server.address(server.database()))
        make_schema(settings)
        database = Database(settings)
        world = build(database, Hands(utc_now()))
        world.environment = write_keys(settings)
        yield server, world
        database.close()


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(own_server: tuple[postgres.Server, World]) -> None:
    server, world = own_server
    told: list[str] = []
    for crash in range(5):
        task = _task(world, do="once", name=f"c{crash}", entries=100_000, seed=crash)
        writer = _start(world, task, f"c{crash}")
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(0.5)
        world.database.engine.dispose()
        server.stop("immediate")
        output, _ = writer.communicate(timeout=60)
        assert writer.returncode != 0
        told += output.splitlines()
        server.start()
    assert len(told) > 20
    assert set(told) <= {one.client_id for one in _stored(world)}
    assert inspect(world.database).problems == []


@pytest.mark.slow
def test_many_chairs_at_once(lasting: World, record_property: Callable[[str, object], None]) -> None:
    """200 sessions that send a reading every five seconds, for a minute: none is lost, and how long each waited."""
    sitting, chairs, waited = lasting.sitting(), 200, list[float]()
    until = time.monotonic() + 60.0

    def chair(place: int) -> int:
        records, number = records_for(lasting.database, lasting.members[Role.MONITOR]), 0
        time.sleep(5.0 * place / chairs)
        while time.monotonic() < until:
            start = time.monotonic()
            records.add(event(sitting, f"{place}.{number}"))
            waited.append(time.monotonic() - start)
            number += 1
            time.sleep(max(0.0, 5.0 - waited[-1]))
        return number

    with ThreadPoolExecutor(chairs) as pool:
        sent = sum(pool.map(chair, range(chairs)))
    assert len(_stored(lasting)) == sent
    assert inspect(lasting.database).problems == []
    ordered = sorted(waited)
    latency = {share: round(1000 * ordered[int(share * (len(ordered) - 1))]) for share in (0.5, 0.95, 1.0)}
    record_property("latency_ms", latency)
    print(f"{sent} readings; waited, in ms: {latency}")  # noqa: T201 - for whoever asks
