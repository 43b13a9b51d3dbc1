"""A clinic that is served, with a device at a chair, for tests of what devices send."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from clinic.world import START, World, session
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.records import Person, Role, Session, SessionEvent
from kinetamine.clinic.web.app import create_app
from kinetamine.clinic.web.settings import ServeSettings
from own_loop import finished

CHAIR = "1"


@dataclass
class Client:
    """Asks an application, as a browser or a program would."""

    app: FastAPI

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                return await client.request(method, path, **more)

        return finished(asked())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)


@dataclass
class Feed:
    """A device's way in."""

    world: World
    client: Client
    token: str

    def post(self, body: bytes, media: str = "application/json", token: str | None = None) -> httpx.Response:
        headers = {"content-type": media, "authorization": f"Bearer {self.token if token is None else token}"}
        return self.client.post("/feed", content=body, headers=headers)

    def send(self, **more: Any) -> httpx.Response:
        return self.post(json.dumps(plain(**more)).encode())

    def open(self, **more: Any) -> Session:
        """A session at the chair, of whom the number is "own"."""
        physician = self.world.records()
        (own,) = physician.find(Person, number="own")
        return physician.add(session(own.id, **{"chair": CHAIR} | more))

    def stored(self) -> list[SessionEvent]:
        return self.world.records().find(SessionEvent, limit=1000)


def plain(**more: Any) -> dict[str, Any]:
    """One reading."""
    systolic = {"systolic": {"value": 120, "unit": "mm[Hg]"}}
    return {"id": "r1", "at": START.isoformat(), "values": systolic} | more


def feed(world: World) -> Feed:
    app = create_app(world.database, ServeSettings(), world.accounts)
    issued = Devices(world.database).issue(world.members[Role.ADMIN], "Monitor 1", CHAIR)
    return Feed(world, Client(app), issued.token)
