"""kinetamine models: everything in the library."""

from __future__ import annotations

from typing import Annotated

import typer

from kinetamine.cli.wiring import command


@command
def models(
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help="pk, routes, effects, mechanisms, outcomes, comparators, harms, findings, interactions, regimens, "
            "populations.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """List everything in the library: models, routes, effects, mechanisms, outcomes, comparators, harms ..."""
    from kinetamine.cli.entries import kinds
    from kinetamine.cli.listing import as_rows, say_listing
    from kinetamine.cli.terminal import print_json

    wanted = kinds(kind)
    if as_json:
        print_json({one: as_rows(one) for one in wanted})
        return
    for one in wanted:
        say_listing(one)
