"""Run the server until it is stopped."""

from __future__ import annotations

import uvicorn

from kinetamine.web.app import create_app
from kinetamine.web.settings import Settings


def run(settings: Settings) -> None:
    """Listen, say where, and serve until the keyboard or a signal ends it."""
    config = uvicorn.Config(create_app(settings), host=settings.host, port=settings.port, log_level="warning")
    print(f"Kinetamine is at http://{settings.host}:{settings.port}  (Ctrl+C stops it)")  # noqa: T201 - the command's own words
    uvicorn.Server(config).run()
