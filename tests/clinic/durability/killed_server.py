"""The clinic's server, killed with SIGKILL at random moments and begun again on what was left.

The address stays: this program holds the socket, and each copy of the server that it forks takes requests from it. The
copies are forked from a program that has imported everything, so that little time goes by between two kills.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from kinetamine.clinic.access.intake import Intake
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.care import feed
from kinetamine.clinic.database import Database
from kinetamine.clinic.feeds import plain
from kinetamine.clinic.settings import Settings, from_environment
from kinetamine.clinic.web.app import create_app

OPENING_TAKES_S, ANSWERING_S = 0.25, 0.04
MOST_ANSWERED = 4
"""Before a copy is killed; some are killed before they have answered anything."""
_OPENING = 0.1
"""How many of the kills fall into opening the database."""


class _Told(uvicorn.Server):
    """Says when it is up."""

    to = -1

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        os.write(self.to, b"up")


class _Answers:
    """The application, which says of every answer that it was given."""

    def __init__(self, app: ASGIApp, to: int) -> None:
        self._app, self._to = app, to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
        os.write(self._to, b".")


@dataclass
class Warm:
    """What a copy begins with: its statements and addresses are ready, and it holds no connection."""

    database: Database
    app: ASGIApp
    listener: socket.socket


def _serve(warm: Warm, to: int, *, opening: bool) -> None:
    if opening:
        app: ASGIApp = create_app(Database(warm.database.settings))
    else:
        warm.database._check()
        app = warm.app
    server = _Told(uvicorn.Config(_Answers(app, to), log_level="critical", lifespan="off"))
    server.to = to
    server.run(sockets=[warm.listener])
    warm.database.close()


def begun(warm: Warm, *, opening: bool) -> tuple[int, int]:
    """A copy: its process, and where it says that it is up and what it answered."""
    source, to = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        try:
            _serve(warm, to, opening=opening)
        finally:
            os._exit(70)
    os.close(to)
    return child, source


def killed_once(warm: Warm) -> None:
    """One copy, from its beginning to its end."""
    opening, answered, said = random.random() < _OPENING, random.randrange(MOST_ANSWERED + 1), b""
    child, source = begun(warm, opening=opening)
    while not opening and len(said) < len(b"up") + answered:
        more = os.read(source, 64)
        assert more, "the server did not start on what was left"
        said += more
    time.sleep(random.uniform(0.0, OPENING_TAKES_S if opening else ANSWERING_S))
    os.kill(child, signal.SIGKILL)
    os.close(source)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the server ended by itself"


def _warm(settings: Settings, token: str) -> Database:
    """A database whose statements have been made ready."""
    database = Database(settings)
    message = {"id": "warm", "at": datetime.now(UTC).isoformat(), "absent": {"spo2": "not yet"}}
    macs = Devices(database).macs(token)
    feed.deliver(Intake(database), macs, plain.read(json.dumps(message).encode()))
    database.engine.dispose()
    return database


def main() -> None:
    """Kill as often as asked, saying each; then serve until nobody is there to be served."""
    task: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    random.seed(task["seed"])
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    database = _warm(from_environment(), task["token"])
    warm = Warm(database, create_app(database), listener)
    print(listener.getsockname()[1], flush=True)  # noqa: T201 - read by whoever started this
    for kill in range(task["kills"]):
        killed_once(warm)
        print(kill + 1, flush=True)  # noqa: T201 - the same
    child, source = begun(warm, opening=False)
    print("last", flush=True)  # noqa: T201 - the same
    sys.stdin.read()
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    os.close(source)


if __name__ == "__main__":
    main()
