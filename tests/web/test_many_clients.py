"""Twenty people at once, each changing their course again and again: no error, and everybody's own answer."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from own_loop import finished
from web.served import IV

_PEOPLE, _CHANGES = 20, 2
pytestmark = pytest.mark.slow


def test_twenty_at_once(server: str) -> None:
    finished(_everybody(server))


async def _everybody(server: str) -> None:
    async with httpx.AsyncClient(base_url=server, timeout=300.0) as client:
        await asyncio.gather(*(_person(client, number) for number in range(_PEOPLE)))


async def _person(client: httpx.AsyncClient, number: int) -> None:
    own = {"x-kinetamine-client": f"person-{number}"}
    for change in range(_CHANGES):
        course = IV | {"person": {"weight_kg": 50 + number + change}}
        answer = await client.post("/api/view/live", json=course, headers=own)
        assert answer.status_code == 200, answer.text
        *_, last = [block for block in answer.text.split("\n\n") if block]
        event, _, data = last.partition("\n")
        assert event == "event: whole", last[:300]
        assert f"({0.5 * (50 + number + change):g} mg)" in json.loads(data.removeprefix("data: "))["sentence"]
