"""kinetamine serve: the simulator in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from kinetamine.cli.wiring import command
from kinetamine.errors import MissingExtraError
from kinetamine.web.settings import Settings


@command
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.", metavar="ADDRESS")] = Settings.host,
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", metavar="N")] = Settings.port,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name", help="Name that others reach it by. May be repeated.", metavar="HOST", show_default=False
        ),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", help="Processes that simulate.", metavar="N")] = Settings.workers,
    most_seconds: Annotated[
        float, typer.Option("--most-seconds", help="How long one question may take.", metavar="S")
    ] = Settings.most_seconds,
    most_people: Annotated[
        int, typer.Option("--most-people", help="Virtual people in one study.", metavar="N")
    ] = Settings.most_people,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve the simulator's pages on this machine, without any network."""
    try:
        from kinetamine.web.run import run
    except ModuleNotFoundError as error:
        raise MissingExtraError("web", "the simulator in the browser") from error
    settings = Settings(
        host=host,
        port=port,
        names=tuple(names or ()),
        workers=workers,
        most_seconds=most_seconds,
        most_people=most_people,
    )
    run(settings, opens=open_browser)
