"""kinetamine show: one entry of the library as a card."""

from __future__ import annotations

from typing import Annotated

import typer

from kinetamine.cli.wiring import command


@command
def show(
    name: Annotated[str, typer.Argument(help="The name of anything that kinetamine models lists.")],
) -> None:
    """Show what an entry holds: equations, numbers with their sources, and what is not known."""
    from kinetamine.cli.card import say_card
    from kinetamine.report.entries import find

    say_card(find(name))
