"""kinetamine validate: predictions beside published observations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kinetamine.cli.wiring import command

if TYPE_CHECKING:
    from kinetamine.validation import Comparison


@command
def validate(
    model: Annotated[
        list[str] | None,
        typer.Option("--model", help="This PK model on all it was built for; may be repeated.", show_default=False),
    ] = None,
    rows: Annotated[bool, typer.Option("--rows", help="List every observation too.")] = False,
    children: Annotated[bool, typer.Option("--children", help="Children too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """Print prediction errors per model and route against published observations."""
    from kinetamine import validation
    from kinetamine.cli.accuracy import say_accuracy, say_rows
    from kinetamine.cli.terminal import print_json

    _check_names(model or [])
    found = _predicted(model, adults=not children)
    summary = validation.accuracy(found)
    if as_json:
        print_json({"accuracy": [vars(one) for one in summary], "rows": [validation.as_row(one) for one in found]})
        return
    if rows or model:
        say_rows(found)
    say_accuracy(summary, found)


def _check_names(names: list[str]) -> None:
    from kinetamine import catalogue

    for name in names:
        catalogue.load("pk", name)


def _predicted(models: list[str] | None, *, adults: bool) -> tuple[Comparison, ...]:
    from kinetamine import validation
    from kinetamine.cli.terminal import err

    console = err()
    if not console.is_terminal:
        return validation.validate(models, adults=adults)
    with console.status("Predicting what others observed ..."):
        return validation.validate(models, adults=adults)
