"""Browsers of people who are signed in: the whole application, asked without a socket."""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import httpx
from fastapi import FastAPI

from clinic.world import World
from kinetamine.clinic.access import Member, credentials
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import Person, Role
from kinetamine.clinic.web.app import create_app
from kinetamine.clinic.web.settings import ServeSettings
from own_loop import finished

_APPS: WeakKeyDictionary[Database, FastAPI] = WeakKeyDictionary()
HOST = "http://127.0.0.1:8391"


@dataclass
class Browser:
    """Asks as a browser does, with somebody's cookie or none, and follows nothing by itself."""

    app: FastAPI
    token: str = ""
    last: httpx.Response = field(init=False)

    def get(self, path: str) -> httpx.Response:
        return self._ask("GET", path)

    def post(self, path: str, **fields: Any) -> httpx.Response:
        return self._ask("POST", path, data={name: str(value) for name, value in fields.items()} or {"": ""})

    def sent(self, path: str, **fields: Any) -> str:
        """Send a form that is taken; the page that shows what became of it."""
        answer = self.post(path, **fields)
        assert answer.status_code == 303, shown(answer)
        return shown(self.get(answer.headers["location"]))

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            cookies = {"kinetamine_clinic": self.token} if self.token else {}
            async with httpx.AsyncClient(transport=transport, base_url=HOST, cookies=cookies) as client:
                return await client.request(method, path, **more)

        self.last = finished(asked())
        return self.last


def browser(world: World, whom: Role | Member | None = Role.PHYSICIAN) -> Browser:
    """As after the sign-in page, whose own tests type passwords and codes."""
    app = _APPS.get(world.database) or create_app(world.database, ServeSettings(), world.accounts)
    _APPS[world.database] = app
    if whom is None:
        return Browser(app)
    token, member = secrets.token_urlsafe(32), world.members[whom] if isinstance(whom, Role) else whom
    with world.database.unlogged() as transaction:
        credentials.start(transaction, member, world.settings.keys.sign_in.mac("token", token.encode()))
    return Browser(app, token)


def own_id(world: World) -> str:
    """The id of the patient's own record."""
    (own,) = world.records().find(Person, number="own")
    return own.id


def shown(answer: httpx.Response) -> str:
    """A page's words, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())
