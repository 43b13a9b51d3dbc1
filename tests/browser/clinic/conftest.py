"""A clinic's server in this process, over a database of its own, and people who are signed in."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pyotp
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(Path(__file__).parents[2]))

from clinic.world import PASSWORD, QUICK, Hands, World, build, make_schema, new_settings, order, person
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.bands import Band
from kinetamine.clinic.care import predictions, session
from kinetamine.clinic.database import Database
from kinetamine.clinic.plan import SessionPrediction
from kinetamine.clinic.records import Role
from kinetamine.clinic.web.app import create_app
from kinetamine.clinic.web.settings import ServeSettings

MINUTES = tuple(5.0 * step for step in range(49))


class Wall:
    """The time of this machine, or later."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Clinic:
    """A server and the world behind it."""

    address: str
    world: World
    tokens: dict[Role, str]
    secrets: dict[Role, str]

    def sitting(self, chair: str) -> str:
        """The id of a new session in a chair, with a prediction beside it."""
        physician = self.world.records()
        whom = physician.add(person(number=f"D-{chair}", name=f"Demo {chair}"))
        ordered = physician.add(order(whom.id, details={"prediction": predictions.written(predicted())}))
        opening = session.Opening(person_id=whom.id, chair=chair, order_id=ordered.id)
        return session.open_at(physician, opening).id


def predicted() -> SessionPrediction:
    """Made up, and said to be."""
    rise = [min(one, 40.0) / 40.0 * max(0.0, 1.0 - max(0.0, one - 40.0) / 80.0) for one in MINUTES]
    bands = {
        name: Band(
            quantity=name,
            title=name,
            unit=unit,
            times_min=MINUTES,
            typical=tuple(level + top * one for one in rise),
            low=tuple(max(0.0, level - spread + top * one) for one in rise),
            high=tuple(level + spread + 1.4 * top * one for one in rise),
            has_noise=True,
        )
        for name, unit, level, top, spread in (
            ("systolic", "mmHg", 122.0, 18.0, 20.0),
            ("diastolic", "mmHg", 76.0, 11.0, 13.0),
            ("heart_rate", "beats/min", 72.0, 8.0, 15.0),
            ("cadss", "points", 0.0, 22.0, 2.0),
        )
    }
    return SessionPrediction(
        number=1,
        exposure="ketamine_venous",
        peak_ng_per_ml=150.0,
        auc_ng_h_per_ml=200.0,
        bands=bands,
        model="a made-up model",
        version="0",
        warnings=(),
    )


def accounts_of(world: World, database: Database) -> tuple[Accounts, dict[Role, str], dict[Role, str]]:
    """Somebody signed in for every role that works at chairs; their tokens and second factors."""
    accounts, tokens, secrets = Accounts(database, QUICK), {}, {}
    for role in (Role.PHYSICIAN, Role.NURSE, Role.ADMIN):
        member = world.members[role]
        address = accounts.set_first_credentials(member, PASSWORD)
        secrets[role] = pyotp.parse_uri(address).secret
        code = pyotp.TOTP(secrets[role]).at(database.clock())
        tokens[role] = accounts.sign_in("north", member.name, PASSWORD, code).token
    return accounts, tokens, secrets


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A clinic that answers."""
    settings = new_settings(tmp_path_factory.mktemp("clinic"))
    make_schema(settings)
    database = Database(settings, Wall())
    world = build(database, Hands())
    accounts, tokens, secrets = accounts_of(world, database)
    config = uvicorn.Config(
        create_app(database, ServeSettings(), accounts), port=0, log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Clinic(f"http://127.0.0.1:{port}", world, tokens, secrets)
    server.should_exit = True
    thread.join(timeout=20)
    database.close()


SignedIn = Callable[..., Page]


@pytest.fixture
def signed_in(browser: Browser, clinic: Clinic) -> Iterator[SignedIn]:
    """Opens pages as somebody; scripts that stop fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(role: Role, width: int = 1280, height: int = 1000, theme: Literal["light", "dark"] = "light") -> Page:
        context = browser.new_context(
            base_url=clinic.address, viewport={"width": width, "height": height}, color_scheme=theme
        )
        contexts.append(context)
        context.add_cookies([{"name": "kinetamine_clinic", "value": clinic.tokens[role], "url": clinic.address}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong, wrong
