"""What every test rests on: the same random numbers each time, no screen, no network."""

from __future__ import annotations

import ipaddress
import locale
import os
import random
import shutil
import socket
from typing import TYPE_CHECKING, Any

import hypothesis
import numpy as np
import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

# Nothing of kinetamine is imported here: jaxtyping must hook its modules first.

os.environ["MPLBACKEND"] = "Agg"  # before anything imports matplotlib, and for the commands that tests start

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _same_random_numbers() -> None:
    random.seed(20260101)
    np.random.seed(20260101)  # noqa: NPY002 - for code of others that draws from the global stream


@pytest.fixture(autouse=True, scope="session")
def _no_locale() -> None:
    """As libraries of others set it without asking: who reads without saying UTF-8 fails at once, not after one."""
    locale.setlocale(locale.LC_ALL, "C")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _only_here(socket.socket.connect))


def _only_here(connect: Callable[..., None]) -> Callable[..., None]:
    """Connect within this machine only (a browser under test, xdist)."""

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            message = f"a test tried to reach {address[0]}; tests work without a network"
            raise PermissionError(message)
        connect(self, address)

    return connect_here


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ((host[:1].isdigit() or ":" in host) and ipaddress.ip_address(host).is_loopback)


CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's, or else Playwright's own; one for all tests of a process, as there can be no second."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM or None, args=["--no-sandbox"])
        yield found
        found.close()
