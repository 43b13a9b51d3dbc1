"""Jobs handed in, answered, stopped and lost: with real processes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from kinetamine.web.jobs import Desk, Frame, Job, Refusal, Way
from kinetamine.web.settings import Settings
from own_loop import finished
from web.served import LONG, QUICK

UNTELLABLE = (b'{"people": 1e400}', b'{"people": -%s}' % (b"9" * 400), rb'{"regimen": "\ud800"}', rb'{"\ud800": 1}')
"""Numbers and words that an answer cannot repeat."""
Scenario = Callable[[Desk], Awaitable[None]]


@asynccontextmanager
async def opened(**limits: Any) -> AsyncIterator[Desk]:
    desk = Desk(Settings(**limits))
    await desk.open()
    try:
        yield desk
    finally:
        await desk.close()


def run(scenario: Scenario, **limits: Any) -> None:
    async def whole() -> None:
        async with asyncio.timeout(120):
            async with opened(**limits) as desk:
                await scenario(desk)

    finished(whole())


def enter(desk: Desk, door: str, given: dict[str, Any], client: str = "one") -> Job:
    return desk.enter(door, json.dumps(given).encode(), client, Way.PLAIN)


async def last(job: Job) -> Frame:
    return [frame async for frame in job.frames()][-1]


def weighing(kg: int) -> dict[str, Any]:
    return QUICK | {"person": {"weight_kg": kg}}


def test_every_answer_goes_to_its_question() -> None:
    async def scenario(desk: Desk) -> None:
        weights = range(50, 80)
        jobs = [enter(desk, "doses", weighing(kg), f"client-{kg % 3}") for kg in weights]
        found = [json.loads((await last(job)).data)[0]["base_mg"] for job in jobs]
        assert found == [0.5 * kg for kg in weights]

    run(scenario)


def test_clients_take_turns_and_are_told_how_many_are_before_them() -> None:
    async def scenario(desk: Desk) -> None:
        finished: list[str] = []

        async def watched(name: str, job: Job) -> list[int]:
            heard = [frame async for frame in job.frames()]
            finished.append(name)
            return [json.loads(frame.data)["ahead"] for frame in heard if frame.event == "waiting"]

        greedy = [enter(desk, "simulate", QUICK, "greedy") for _ in range(5)]
        modest = enter(desk, "simulate", QUICK, "modest")
        names = [*(f"greedy {number}" for number in range(5)), "modest"]
        ahead = await asyncio.gather(*(watched(*one) for one in zip(names, [*greedy, modest], strict=True)))
        assert finished[:2] == ["greedy 0", "modest"]
        assert ahead[0] == []
        assert ahead[-1] == [0]
        assert ahead[4] == [3, 4, 3, 2, 1, 0]  # one more once the modest one comes

    run(scenario, workers=1)


def test_beyond_the_limit_a_question_is_refused_and_later_taken() -> None:
    async def scenario(desk: Desk) -> None:
        running = enter(desk, "hypotheses", {}, "a")
        waiting = [enter(desk, "doses", QUICK, client) for client in ("b", "c")]
        with pytest.raises(Refusal, match="at most 2") as refusal:
            enter(desk, "doses", QUICK, "d")
        assert refusal.value.problem["status"] == 503
        desk.leave(running)
        assert [(await last(job)).event for job in waiting] == ["whole", "whole"]
        assert (await last(enter(desk, "doses", QUICK, "d"))).event == "whole"

    run(scenario, workers=1, most_waiting=2)


def test_who_leaves_takes_a_waiting_question_along() -> None:
    async def scenario(desk: Desk) -> None:
        first, second, third = (enter(desk, "simulate", QUICK, client) for client in "abc")
        desk.leave(second)
        assert (await last(first)).event == "whole"
        assert (await last(third)).event == "whole"
        assert second._heard.qsize() <= 2  # how many were before it, and nothing more

    run(scenario, workers=1)


@pytest.mark.parametrize("door", ["population", "validate"])
def test_who_leaves_stops_what_runs_and_the_next_is_answered_soon(door: str) -> None:
    async def scenario(desk: Desk) -> None:
        job = enter(desk, door, LONG if door == "population" else {})
        await asyncio.sleep(0.3)
        desk.leave(job)
        begin = time.monotonic()
        assert (await last(enter(desk, "doses", QUICK))).event == "whole"
        assert time.monotonic() - begin < 10.0

    run(scenario, workers=1)


def test_what_takes_too_long_is_ended_and_says_the_limit() -> None:
    async def scenario(desk: Desk) -> None:
        told = await last(enter(desk, "population", LONG))
        assert (told.event, told.status) == ("problem", 422)
        assert "1 s, the most" in json.loads(told.data)["message"]
        assert (await last(enter(desk, "doses", QUICK))).event == "whole"

    run(scenario, workers=1, most_seconds=1.0)


@pytest.mark.parametrize("idle", [False, True])
def test_a_killed_process_is_told_and_replaced(idle: bool) -> None:  # noqa: FBT001 - a case
    async def scenario(desk: Desk) -> None:
        job = None if idle else enter(desk, "population", LONG)
        await asyncio.sleep(0.3)
        (victim,) = desk.processes
        os.kill(victim, signal.SIGKILL)
        if job is not None:
            told = await last(job)
            assert (told.event, told.status) == ("problem", 503)
            assert "ended before it was done" in json.loads(told.data)["message"]
        assert (await last(enter(desk, "doses", QUICK))).event in {"whole", "problem"}
        assert (await last(enter(desk, "doses", QUICK))).event == "whole"
        assert desk.processes != [victim]

    run(scenario, workers=1)


def test_long_questions_leave_a_process_to_the_others() -> None:
    async def scenario(desk: Desk) -> None:
        long = [enter(desk, "population", LONG, client) for client in "ab"]
        begin = time.monotonic()
        assert (await last(enter(desk, "doses", QUICK, "c"))).event == "whole"
        assert time.monotonic() - begin < 10.0
        for job in long:
            desk.leave(job)

    run(scenario, workers=2)


def test_progress_is_told() -> None:
    async def scenario(desk: Desk) -> None:
        job = enter(desk, "population", LONG | {"people": 3000, "draws": 20})
        told = [json.loads(frame.data) async for frame in job.frames() if frame.event == "progress"]
        assert told[-1] == {"what": "draws", "done": 20, "total": 20}
        people = [one["done"] for one in told if one["what"] == "people"]
        assert people == sorted(people)
        assert people[-1] == 3000

    run(scenario, workers=1)


def test_nonsense_is_refused_and_the_process_lives_on(capfd: pytest.CaptureFixture[str]) -> None:
    async def scenario(desk: Desk) -> None:
        for given in (b"[1]", b"{", b'{"people": NaN}', b"[" * 100_000, b"\xff", *UNTELLABLE):
            told = await last(desk.enter("doses", given, "one", Way.PLAIN))
            assert told.status == 422
        assert (await last(enter(desk, "nonsense", {}))).status == 404
        assert (await last(enter(desk, "doses", QUICK))).event == "whole"

    run(scenario, workers=1)
    assert "Traceback" not in capfd.readouterr().err


def test_who_waits_when_the_server_stops_is_told_and_no_process_is_left() -> None:
    async def whole() -> list[int]:
        desk = Desk(Settings(workers=2))
        with pytest.raises(Refusal, match="stopping"):
            enter(desk, "doses", QUICK)
        await desk.open()
        async with asyncio.timeout(60):
            while desk.ready < 2:  # noqa: ASYNC110 - it opens with the first, and says nothing of the second
                await asyncio.sleep(0.01)
        jobs = [enter(desk, "population", LONG, client) for client in "abc"]
        processes = desk.processes
        await desk.close()
        assert len(processes) == 2
        for job in jobs:
            assert json.loads((await last(job)).data)["kind"] == "Stopping"
        return processes

    for process in finished(whole()):
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
