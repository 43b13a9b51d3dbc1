"""Run the server until it is stopped."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from kinetamine.errors import FieldError
from kinetamine.web.app import create_app
from kinetamine.web.settings import Settings

_KEEP_S = 30
"""How long a connection may be idle: longer than the few seconds between two readings of a monitor."""
_LEAVE_S = 2
"""How long answers under way may go on once the server is asked to stop."""


class _Server(uvicorn.Server):
    """Says where it is once it answers, and not before."""

    what = "Kinetamine"
    address = ""
    opens = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, with one line for whoever started it."""
        await super().startup(sockets)
        if self.should_exit:
            return
        print(f"{self.what} is at {self.address}  (Ctrl+C stops it)", flush=True)  # noqa: T201 - the command's own words
        if self.opens and not webbrowser.open(self.address):
            print("No browser was found here: open that address in one.", file=sys.stderr)  # noqa: T201 - as above


def run(settings: Settings, *, opens: bool = False) -> None:
    """Listen, say where, and serve the simulator until the keyboard or a signal ends it.

    Raises:
        FieldError: the address cannot be listened on.
    """
    serve(lambda: create_app(settings), settings, _Server.what, opens=opens)


def serve(app: Callable[[], FastAPI], settings: Settings, what: str, *, opens: bool = False) -> None:
    """The same for any application, which is made once the address is ours."""
    with _listening(settings) as listener:
        config = uvicorn.Config(
            app(),
            log_level="warning",
            timeout_graceful_shutdown=_LEAVE_S,
            server_header=False,
            timeout_keep_alive=_KEEP_S,
            lifespan="on",
        )
        server = _Server(config)
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        server.what, server.opens = what, opens
        server.address = f"http://{host}:{settings.port}"
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            return


def _listening(settings: Settings) -> socket.socket:
    """The socket, before any work is done for it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        expected = f"a free port at {settings.host} ({error.strerror}); --port names another"
        raise FieldError("port", settings.port, expected) from error
    listener.set_inheritable(False)
    return listener
