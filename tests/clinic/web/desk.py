"""The clinic's pages as somebody in a role has them, without a browser and without a network."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pyotp
from fastapi import FastAPI

from clinic.world import PASSWORD, START, World
from kinetamine.clinic.records import Role
from kinetamine.clinic.web.app import create_app
from own_loop import finished

Fields = dict[str, Any]
"""What a form sends: words, or several of them."""


@dataclass
class Browser:
    """What one person's browser sends and is sent; it follows no address by itself."""

    app: FastAPI
    token: str

    def get(self, path: str) -> httpx.Response:
        return finished(self._asked("GET", path))

    def post(self, path: str, data: Fields) -> httpx.Response:
        return finished(self._asked("POST", path, data))

    async def _asked(self, method: str, path: str, data: Fields | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
            return await client.request(method, path, data=data)


@dataclass
class Desk:
    """One server over a world; people sign in when they are first needed."""

    world: World
    clients: dict[Role, Browser] = field(default_factory=dict)
    secrets: dict[Role, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start it."""
        self.app = create_app(self.world.database, accounts=self.world.accounts)

    def as_(self, role: Role) -> Browser:
        """A browser in which somebody of that role is signed in."""
        if role not in self.clients:
            member = self.world.members[role]
            self.know(role)
            token = self.world.accounts.sign_in("north", member.name, PASSWORD, self.code(role)).token
            self.clients[role] = Browser(self.app, token)
        return self.clients[role]

    def know(self, role: Role) -> None:
        """Give them a password and a second factor."""
        if role not in self.secrets:
            address = self.world.accounts.set_first_credentials(self.world.members[role], PASSWORD)
            self.secrets[role] = pyotp.parse_uri(address).secret

    def code(self, role: Role) -> str:
        """A code that was not taken yet: half a minute passes."""
        self.know(role)
        self.world.clock.now += timedelta(seconds=30)
        return pyotp.TOTP(self.secrets[role]).at(self.world.clock.now)

    def signing(self, role: Role) -> Fields:
        """Password and code again."""
        return {"password": PASSWORD, "code": self.code(role)}

    def witness(self, role: Role) -> Fields:
        """Name, password and code of somebody who stands beside."""
        return {
            "witness_name": self.world.members[role].name,
            "witness_password": PASSWORD,
            "witness_code": self.code(role),
        }


def words(html: str) -> str:
    """What a page says, without its tags."""
    main = html.partition('<main id="main"')[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def wrong_at(html: str) -> dict[str, str]:
    """What is told at which field."""
    told = re.findall(r'id="wrong-([a-z_0-9]+)">([^<]+)<', html)
    return {name: unescape(message) for name, message in told}


def hidden(html: str, name: str) -> str:
    """What a hidden field holds."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


def wall(minutes: float = 0.0) -> str:
    """A time as browsers write it, so many minutes after the start."""
    return (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
