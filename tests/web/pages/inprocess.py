"""Ask the application without a server between."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from kinetamine.web.app import create_app
from own_loop import finished


class Client:
    """Who asks."""

    def __init__(self) -> None:
        """An application of its own."""
        self._app = create_app()

    def get(self, path: str, params: Mapping[str, str] | None = None) -> httpx.Response:
        """The answer, whole."""
        return finished(self._get(path, params))

    async def _get(self, path: str, params: Mapping[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as one:
            return await one.get(path, params=params)
