"""How long a browser waits for the server: from its start, for a change, and with others. Nothing is asserted.

Each change is another weight, so that nothing is answered from memory. Run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import httpx

ROOT = Path(__file__).parents[1]
COURSE: dict[str, Any] = {"regimen": "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks"}
CLIENTS = (1, 5, 20)


class Waited(NamedTuple):
    """Seconds until the typical person was drawn, and until all was."""

    typical: float
    whole: float


def start(port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The command, and how long until it answers."""
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "kinetamine.cli.main", "serve", "--port", str(port)]
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    while True:
        try:
            httpx.get(f"http://127.0.0.1:{port}/api/health")
        except httpx.TransportError:
            time.sleep(0.01)
        else:
            return process, time.perf_counter() - begin


async def change(client: httpx.AsyncClient, kg: float, whose: str) -> Waited:
    """Ask for one course live, as a page does."""
    begin, typical = time.perf_counter(), 0.0
    given = COURSE | {"person": {"weight_kg": kg}}
    headers = {"x-kinetamine-client": whose}
    async with client.stream("POST", "/api/view/live", json=given, headers=headers) as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            if line == "event: typical":
                typical = time.perf_counter() - begin
            if line == "event: problem":
                raise SystemExit((await answer.aread())[:300])
    return Waited(typical, time.perf_counter() - begin)


async def one_person(client: httpx.AsyncClient, number: int, changes: int) -> list[Waited]:
    """One change after the other."""
    return [await change(client, 50.0 + number + 0.1 * count, f"person-{number}") for count in range(changes)]


async def together(address: str, people: int, changes: int) -> list[Waited]:
    """Several people at once."""
    async with httpx.AsyncClient(base_url=address, timeout=120.0) as client:
        found = await asyncio.gather(*(one_person(client, number, changes) for number in range(people)))
    return [one for each in found for one in each]


async def first_view(address: str) -> Waited:
    """The page, its files and the first course, by a client that has nothing yet."""
    begin = time.perf_counter()
    async with httpx.AsyncClient(base_url=address, timeout=60.0) as client:
        for path in ("/", "/static/site.css", "/static/report/report.css", "/static/plotly.js"):
            (await client.get(path)).raise_for_status()
        before = time.perf_counter() - begin
        course = await change(client, 70.0, "first")
    return Waited(before + course.typical, before + course.whole)


def show(people: int, waited: list[Waited]) -> None:
    """Median and 95th percentile."""
    cells = []
    for values in zip(*waited, strict=True):
        ordered = sorted(values)
        cells += [statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]]
    print(f"{people:9}{len(waited):9}" + "".join(f"{cell:10.2f}" for cell in cells))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--changes", type=int, default=5, help="by each person")
    parser.add_argument("--starts", type=int, default=3)
    asked = parser.parse_args()
    for count in range(asked.starts):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process, up = start(port)
        address = f"http://127.0.0.1:{port}"
        first = asyncio.run(first_view(address))
        said = f"first view {first.typical:.2f} s later, its bands after {first.whole:.2f} s"
        print(f"start {count + 1}: it answers after {up:.2f} s; {said}")
        if count == asked.starts - 1:
            print(f"\n{'people':>9}{'changes':>9}{'typical':>10}{'p95':>10}{'whole':>10}{'p95':>10}   seconds")
            for people in CLIENTS:
                show(people, asyncio.run(together(address, people, asked.changes)))
        process.send_signal(signal.SIGTERM)
        process.wait()
    load = os.getloadavg()[0]
    print(f"\n{os.cpu_count()} CPUs, 2 processes that simulate, load {load:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
