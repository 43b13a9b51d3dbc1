"""kinetamine serve: the simulator in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from kinetamine.cli.wiring import command
from kinetamine.errors import MissingExtraError


@command
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", metavar="N")] = 8390,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name", help="Name that others reach it by. May be repeated.", metavar="HOST", show_default=False
        ),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", help="Processes that simulate.", metavar="N")] = 2,
) -> None:
    """Serve the simulator's pages on this machine, without any network."""
    try:
        from kinetamine.web.run import run
        from kinetamine.web.settings import Settings
    except ModuleNotFoundError as error:
        raise MissingExtraError("web", "the simulator in the browser") from error
    run(Settings(host=host, port=port, names=tuple(names or ()), workers=workers))
