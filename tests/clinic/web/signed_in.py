"""What somebody's browser asks the clinic's server for, without a network; it follows no address by itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from clinic.world import World
from kinetamine.clinic.access import Member, credentials
from kinetamine.clinic.records import Role
from kinetamine.clinic.web.app import create_app
from own_loop import finished

HOST = "http://127.0.0.1:8391"


@dataclass(frozen=True)
class Asking:
    """One person's browser."""

    app: FastAPI
    token: str = ""

    def get(self, path: str) -> httpx.Response:
        return finished(self._asked("GET", path))

    def post(self, path: str, **fields: str) -> httpx.Response:
        return finished(self._asked("POST", path, data=fields or {"": ""}))

    def send(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        return finished(self._asked("POST", path, json=body))

    def send_text(self, path: str, text: str) -> httpx.Response:
        """JSON as no program of ours would write it."""
        return finished(self._asked("POST", path, content=text, headers={"content-type": "application/json"}))

    async def _asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        cookies = {"kinetamine_clinic": self.token}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url=HOST, cookies=cookies) as client:
            return await client.request(method, path, **more)


@dataclass(frozen=True)
class Server:
    """One application, and people who ask it."""

    world: World
    app: FastAPI

    def as_(self, whom: Role | Member | None) -> Asking:
        if whom is None:
            return Asking(self.app)
        token, member = secrets.token_urlsafe(32), self.world.members[whom] if isinstance(whom, Role) else whom
        with self.world.database.unlogged() as transaction:
            credentials.start(transaction, member, self.world.settings.keys.sign_in.mac("token", token.encode()))
        return Asking(self.app, token)


def serving(world: World) -> Server:
    return Server(world, create_app(world.database, accounts=world.accounts))
