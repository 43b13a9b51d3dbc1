"""``kinetamine serve`` in a process of its own, and what is left of it afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

SOURCE = Path(__file__).parents[2] / "src"
_UP_S = 60.0
IV: dict[str, Any] = {"regimen": "0.5 mg/kg iv over 40 min", "person": {"weight_kg": 70}}
"""A course."""
QUICK = IV | {"people": 0, "follow_up_days": 1, "effects": [], "outcomes": []}
"""A course that takes hundredths of a second."""
LONG = IV | {"people": 100_000}
"""A study that takes many seconds."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def begun(port: int, *flags: str) -> subprocess.Popen[str]:
    """The command, in a session of its own, which tells its processes from others."""
    command = [sys.executable, "-m", "kinetamine.cli.main", "serve", "--port", str(port), *flags]
    surroundings = os.environ | {"PYTHONPATH": str(SOURCE)}
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=surroundings,
        start_new_session=True,
    )


@contextmanager
def served(*flags: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server that answers, and its address."""
    port = free_port()
    process = begun(port, *flags)
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait(port: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + _UP_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=1.0):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    pytest.fail("the server did not start")


def left_of(session: int) -> list[str]:
    """Processes of a session that still run."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append((place / "cmdline").read_text().replace("\0", " "))
        except (OSError, IndexError):
            continue
    return found


def emptied(session: int, within_s: float = 5.0) -> bool:
    """Whether nothing of a session is left after a while."""
    until = time.monotonic() + within_s
    while left_of(session) and time.monotonic() < until:
        time.sleep(0.05)
    return not left_of(session)
