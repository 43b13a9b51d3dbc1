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
            "populations, scales.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """List everything in the library: models, routes, effects, mechanisms, outcomes, comparators, harms ..."""
    from kinetamine.cli.listing import say_listing
    from kinetamine.cli.terminal import print_json
    from kinetamine.report.entries import as_rows, kinds

    wanted = kinds(kind)
    if as_json:
        print_json({one: as_rows(one) for one in wanted})
        return
    for one in wanted:
        say_listing(one)
