"""Ask the application without a server between."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import httpx

from kinetamine.web.app import create_app


class Client:
    """Who asks."""

    def __init__(self) -> None:
        """An application of its own."""
        self._app = create_app()

    def get(self, path: str, params: Mapping[str, str] | None = None) -> httpx.Response:
        """The answer, whole; in a thread of its own, as a browser's driver may run a loop in this one."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._get(path, params)).result()

    async def _get(self, path: str, params: Mapping[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as one:
            return await one.get(path, params=params)
