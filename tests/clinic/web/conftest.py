"""The clinic's server over both databases, in a thread, and clients that are signed in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pyotp
import pytest
import uvicorn
from fastapi import FastAPI

from clinic.world import PASSWORD, QUICK, World
from kinetamine.clinic.access import Member
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.records import Role
from kinetamine.clinic.web.app import create_app

Visitor = Callable[[Role | Member | None], httpx.Client]


def code_of(address: str, world: World) -> str:
    """What an authenticator program shows now."""
    secret = pyotp.parse_uri(address)
    assert isinstance(secret, pyotp.TOTP)
    return secret.at(world.clock.now)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """A server's address, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="auto"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    (port,) = (one.getsockname()[1] for each in server.servers for one in each.sockets)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def app(world: World) -> FastAPI:
    """The application; passwords are hashed cheaply."""
    return create_app(world.database, accounts=Accounts(world.database, QUICK))


@pytest.fixture
def visitor(world: World, app: FastAPI) -> Iterator[Visitor]:
    """Makes clients that are signed in as somebody, one for each; None: as nobody."""
    accounts, known = Accounts(world.database, QUICK), dict[str, httpx.Client]()
    with serving(app) as base:

        def sign_in(who: Role | Member | None) -> httpx.Client:
            member = world.members[who] if isinstance(who, Role) else who
            name = "" if member is None else member.user_id
            if name not in known:
                known[name] = httpx.Client(base_url=base, timeout=60.0)
                if member is not None:
                    address = accounts.set_first_credentials(member, PASSWORD)
                    given = {
                        "clinic": "north" if member.clinic_id == world.north.id else "south",
                        "name": member.name,
                        "password": PASSWORD,
                        "code": code_of(address, world),
                    }
                    assert known[name].post("/sign-in", data=given).status_code == 303
            return known[name]

        yield sign_in
        for client in known.values():
            client.close()
