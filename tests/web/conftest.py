"""One real server for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from web.served import served


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server."""
    with served() as (address, _process):
        yield address


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    """Who asks it."""
    with httpx.Client(base_url=server, timeout=120.0) as one:
        yield one
