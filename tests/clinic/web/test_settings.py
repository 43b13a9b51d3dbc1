"""How the clinic's server is reached, and what it says to whoever comes by another name."""

from __future__ import annotations

import httpx

from clinic.world import World
from kinetamine.clinic.web.app import create_app
from own_loop import finished


def test_another_name_is_told_the_clinics_own_command(world: World) -> None:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app=create_app(world.database))
        async with httpx.AsyncClient(transport=transport, base_url="http://clinic.example") as client:
            return await client.get("/")

    answer = finished(asked())
    assert (answer.status_code, "; kinetamine clinic serve --name adds one." in answer.text) == (400, True)
