"""Readings by HTTP: nothing acknowledged is lost, doubled or reordered, when the server is killed or under load."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from clinic.durability.load import Chair, Clinic, drive, founded, reading, served
from kinetamine.clinic.access import records_for
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import SessionEvent
from kinetamine.clinic.settings import Settings

ROOT = Path(__file__).parents[3]
KILLED = Path(__file__).with_name("killed_server.py")
_GONE = (OSError, HTTPException)


@dataclass
class Monitor:
    """A device that keeps what was not acknowledged, and sends it again."""

    chair: Chair
    port: int
    stop: threading.Event
    sent: int = 0
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        """One message after the other, until it is stopped and all of them were acknowledged."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20.0)
        chance, last = random.Random(self.chair.name), datetime.now(UTC)
        while not self.stop.is_set():
            times = []
            for _ in range(chance.choice((1, 1, 3))):
                last = max(last + timedelta(microseconds=1), datetime.now(UTC))
                times.append(last)
            whole = [reading(f"{self.sent}.{place}", at, self.sent) for place, at in enumerate(times)]
            self._acknowledged(connection, json.dumps({"readings": whole}))
            self.chair.acknowledged += times
            self.sent += 1
        connection.close()

    def _acknowledged(self, connection: HTTPConnection, body: str) -> None:
        headers = {"content-type": "application/json", "authorization": f"Bearer {self.chair.token}"}
        while True:
            try:
                connection.request("POST", "/feed", body, headers)
                answer = connection.getresponse()
                said = answer.read()
            except _GONE:
                connection.close()
                time.sleep(0.005)
                continue
            if answer.status == 200:
                self.repeated += json.loads(said)["again"] > 0
                return
            self.wrong.append(f"{answer.status} {said!r}")
            time.sleep(0.1)


def _killed(clinic: Clinic, kills: int) -> list[Monitor]:
    """Monitors that send while the server is killed so often."""
    task = clinic.settings.folder / "task.json"
    *chairs, warm = clinic.chairs
    task.write_text(json.dumps({"kills": kills, "seed": 1, "token": warm.token}), encoding="utf-8")
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "src")} | clinic.environment
    program = subprocess.Popen(
        [sys.executable, str(KILLED), str(task)],
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with program:
        assert program.stdout is not None
        port, stop = int(program.stdout.readline()), threading.Event()
        monitors = [Monitor(chair, port, stop) for chair in chairs]
        threads = [threading.Thread(target=one.run) for one in monitors]
        for thread in threads:
            thread.start()
        said = [line.strip() for line in iter(program.stdout.readline, "last\n") if line]
        stop.set()
        for thread in threads:
            thread.join()
        program.communicate(timeout=60)
    assert said == [str(kill + 1) for kill in range(kills)]
    assert program.returncode == 0
    return monitors


@pytest.mark.slow
@pytest.mark.parametrize("kills", [300])
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(new: Callable[..., Settings], kills: int) -> None:
    clinic = founded(new(), 5)
    monitors = _killed(clinic, kills)
    assert [one.wrong for one in monitors] == [[]] * 4
    database = Database(clinic.settings)
    records = records_for(database, clinic.member)
    for monitor in monitors:
        times = _stored(records.find, monitor.chair.session_id)
        assert times == monitor.chair.acknowledged
    assert inspect(database).problems == []
    database.close()
    sent, repeated = (sum(getattr(one, name) for one in monitors) for name in ("sent", "repeated"))
    assert sent > kills
    assert repeated > 0  # some were stored and their acknowledgement lost: kills fell between the two
    print(f"{kills} kills, {sent} messages acknowledged, {repeated} of them had been stored before")  # noqa: T201 - for whoever asks


@pytest.mark.slow
def test_two_hundred_chairs_for_a_minute(new: Callable[..., Settings]) -> None:
    """As ``benchmarks/clinic_load.py`` for ten."""
    clinic = founded(new(), 200)
    with served(clinic.environment, free_port()) as address:
        found = drive(address, clinic, 1.0)
    print(found)  # noqa: T201 - for whoever asks
    assert (found.lost, found.twice, found.reordered, found.failed, found.problems) == (0, 0, 0, 0, [])
    assert found.stored == len(found.waited_s) > 200 * 10
    assert found.waited_ms(0.5) < 5000.0  # they keep up


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _stored(find: Callable[..., list[SessionEvent]], session_id: str) -> list[datetime]:
    """When each was read, in the order in which they were stored; those of one message by their own times."""
    found: list[SessionEvent] = []
    while page := find(SessionEvent, session_id=session_id, limit=1000, skip=len(found)):
        found += page
    return [one.device_time for one in sorted(found, key=lambda one: (one.made_at, one.device_time))]
