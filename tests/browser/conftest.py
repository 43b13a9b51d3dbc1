"""A real server and a real browser, one of each for all tests of this folder."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

_UP_S = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def started(port: int) -> subprocess.Popen[bytes]:
    """``kinetamine serve`` in a process of its own, once it answers."""
    command = [sys.executable, "-m", "kinetamine.cli.main", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + _UP_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=1.0):
                return process
        except (URLError, OSError):
            time.sleep(0.05)
    process.kill()
    process.wait()
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server."""
    port = free_port()
    process = started(port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """Chromium."""
    return chromium


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page that fails the test when the console says an error or a script stops."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    one = context.new_page()
    wrong: list[str] = []
    one.on("pageerror", lambda error: wrong.append(str(error)))
    # A question that is refused is answered with 422, which Chromium writes down as an error all the same.
    one.on("console", lambda said: wrong.append(said.text) if said.type == "error" and "422" not in said.text else None)
    yield one
    context.close()
    assert not wrong, wrong
