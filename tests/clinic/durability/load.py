"""Many chairs at once against a server in a process of its own: who waited how long, and whether all is there."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from clinic.world import make_schema, person, session, write_keys
from kinetamine.clinic.access import Member, operator, records_for
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import SessionEvent
from kinetamine.clinic.settings import Settings
from own_loop import finished

SOURCE = Path(__file__).parents[3] / "src"
EVERY_S = 5.0
_UP_S = 120.0


@dataclass
class Chair:
    """One device, and what it was told."""

    name: str
    session_id: str
    token: str
    acknowledged: list[datetime] = field(default_factory=list)


@dataclass(frozen=True)
class Clinic:
    """A clinic with open sessions, a device at each chair, and what its server needs to know."""

    settings: Settings
    member: Member
    chairs: list[Chair]
    environment: dict[str, str]


@dataclass(frozen=True)
class Result:
    """What came of it.

    Attributes:
        waited_s: by every reading, from when it was due, in order of size.
        lost: acknowledged, and not there; ``twice``: there more than once; ``reordered``: not in the order of sending.
        failed: answers that were not 200; ``repeated``: connections that were gone, so that a reading was sent again.
        problems: of the audit.
    """

    waited_s: list[float]
    stored: int
    lost: int
    twice: int
    reordered: int
    failed: int
    repeated: int
    problems: list[str]

    def waited_ms(self, share: float) -> float:
        """A percentile."""
        return 1000.0 * self.waited_s[min(len(self.waited_s) - 1, int(share * len(self.waited_s)))]

    def __str__(self) -> str:
        """For a terminal."""
        shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))
        waited = ", ".join(f"{name} {self.waited_ms(share):.0f} ms" for name, share in shares)
        counts = f"lost {self.lost}, twice {self.twice}, reordered {self.reordered}, failed {self.failed}"
        counts += f", sent again {self.repeated}"
        return (
            f"{len(self.waited_s)} readings; {waited}; rows {self.stored}, {counts}; audit: {self.problems or 'sound'}"
        )


def founded(settings: Settings, chairs: int) -> Clinic:
    """A clinic with so many open sessions."""
    make_schema(settings)
    database = Database(settings)
    operator.add_clinic(database, "load", "Load clinic")
    everybody = operator.add_user(database, "load", "all", "Everybody", ("physician", "admin"))
    records, devices = records_for(database, everybody), Devices(database)
    people = records.add_all([person(number=f"n{place}") for place in range(chairs)])
    sessions = records.add_all([session(one.id, chair=one.number) for one in people])
    found = [
        Chair(one.chair, one.id, devices.issue(everybody, f"monitor {one.chair}", one.chair).token) for one in sessions
    ]
    database.close()
    return Clinic(settings, everybody, found, write_keys(settings))


@contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[str]:
    """``kinetamine clinic serve`` until the block ends."""
    command = [sys.executable, "-m", "kinetamine.cli.main", "clinic", "serve", "--port", str(port)]
    surroundings = os.environ | environment | {"PYTHONPATH": str(SOURCE)}
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)
    try:
        address, until = f"http://127.0.0.1:{port}", time.monotonic() + _UP_S
        while time.monotonic() < until and process.poll() is None:
            try:
                with urlopen(f"{address}/api/health", timeout=5.0):  # noqa: S310 - our own address
                    break
            except (URLError, OSError):
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def reading(name: str, at: datetime, place: int) -> dict[str, Any]:
    """Four signs; values that can be."""
    values = {
        "systolic": (110 + place % 60, "mm[Hg]"),
        "diastolic": (70, "mm[Hg]"),
        "heart_rate": (72, "/min"),
        "spo2": (97, "%"),
    }
    signs = {sign: {"value": value, "unit": unit} for sign, (value, unit) in values.items()}
    return {"id": name, "at": at.isoformat(), "values": signs}


@dataclass
class _Line:
    """One chair's connection, opened again whenever it is gone: by design a server closes one that is idle."""

    host: str
    port: int
    ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    repeated: int = 0

    async def post(self, chair: Chair, body: bytes) -> int:
        """The status of the answer; a monitor sends until it has one."""
        head = (
            f"POST /feed HTTP/1.1\r\nhost: {self.host}:{self.port}\r\nauthorization: Bearer {chair.token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        while True:
            try:
                return await self._asked(head.encode() + body)
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                self.repeated += 1
                await asyncio.sleep(0.01)

    async def _asked(self, request: bytes) -> int:
        if self.ends is None:
            self.ends = await asyncio.open_connection(self.host, self.port)
        reader, writer = self.ends
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().casefold()
        length = next(line.partition(":")[2] for line in head.splitlines() if line.startswith("content-length:"))
        await reader.readexactly(int(length))
        return int(head.split()[1])

    def close(self) -> None:
        """Let go of it."""
        if self.ends is not None:
            self.ends[1].close()
        self.ends = None


async def _chair(line: _Line, chair: Chair, until: float, waited: list[float]) -> int:
    """A reading every five seconds, beginning at a random moment; answers that were not 200."""
    due, place, failed = time.monotonic() + random.uniform(0.0, EVERY_S), 0, 0
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        at = datetime.now(UTC)
        status = await line.post(chair, json.dumps(reading(f"{place}", at, place)).encode())
        waited.append(time.monotonic() - due)
        if status == 200:
            chair.acknowledged.append(at)
        failed += status != 200
        due, place = due + EVERY_S, place + 1
    line.close()
    return failed


async def _all(address: str, chairs: list[Chair], minutes: float) -> tuple[list[float], int, int]:
    waited: list[float] = []
    host, _, port = address.rpartition("/")[2].partition(":")
    lines, until = [_Line(host, int(port)) for _ in chairs], time.monotonic() + 60.0 * minutes
    failed = await asyncio.gather(*(_chair(line, one, until, waited) for line, one in zip(lines, chairs, strict=True)))
    return sorted(waited), sum(failed), sum(line.repeated for line in lines)


def drive(address: str, clinic: Clinic, minutes: float) -> Result:
    """All chairs, for so long; then what is in the database is held against what they were told."""
    waited, failed, repeated = finished(_all(address, clinic.chairs, minutes))
    database = Database(clinic.settings)
    records, lost, twice, reordered, total = records_for(database, clinic.member), 0, 0, 0, 0
    for chair in clinic.chairs:
        times = [one.device_time for one in records.find(SessionEvent, session_id=chair.session_id, limit=1000)]
        total += len(times)
        lost += len(set(chair.acknowledged) - set(times))
        twice += len(times) - len(set(times))
        reordered += sum(later < earlier for earlier, later in pairwise(times))
    problems = inspect(database).problems
    database.close()
    return Result(waited, total, lost, twice, reordered, failed, repeated, problems)
