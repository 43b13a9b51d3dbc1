"""The command: one line, one sentence when it cannot, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from web.served import LONG, begun, emptied, free_port, left_of, served

pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="reads the processes as Linux tells them")


def study(address: str) -> threading.Thread:
    """Somebody who waits for a long study."""

    def ask() -> None:
        try:
            httpx.post(f"{address}/api/population", json=LONG, timeout=60.0)
        except httpx.HTTPError:
            return

    one = threading.Thread(target=ask)
    one.start()
    time.sleep(0.7)
    return one


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_behind(how: signal.Signals) -> None:
    with served() as (address, process):
        waiting = study(address)
        assert len(left_of(process.pid)) >= 3
        process.send_signal(how)
        process.wait(timeout=15)
        assert emptied(process.pid)
        waiting.join(timeout=10)
    assert process.returncode in {0, -how}


def test_one_line_says_where_it_is() -> None:
    with served() as (address, process):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=15)
    assert out == f"Kinetamine is at {address}  (Ctrl+C stops it)\n"
    assert err == ""


def test_a_port_in_use_is_told_in_one_sentence(server: str) -> None:
    process = begun(int(server.rpartition(":")[2]))
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "port" in err
    assert "in use" in err
    assert "Traceback" not in err


def test_unsafe_settings_are_told_in_one_sentence() -> None:
    process = begun(free_port(), "--host", "0.0.0.0")  # noqa: S104 - what must be refused
    _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "--name" in err


def test_without_a_browser_it_says_so() -> None:
    port = free_port()
    surroundings = dict(os.environ)
    try:
        os.environ |= {"BROWSER": "/no/such/browser", "PATH": "/nowhere"}
        process = begun(port, "--open")
    finally:
        os.environ.clear()
        os.environ.update(surroundings)
    try:
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{port}/api/health")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
    finally:
        process.terminate()
        _, err = process.communicate(timeout=15)
    assert "open that address" in err


def test_the_extra_that_is_missing_is_named() -> None:
    hidden = "import sys; sys.modules['fastapi'] = None; from kinetamine.cli.main import run; run()"
    command = [sys.executable, "-c", hidden, "serve"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "kinetamine[web]" in done.stderr
