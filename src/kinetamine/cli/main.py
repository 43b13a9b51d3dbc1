"""The program ``kinetamine``: wires the commands and nothing else."""

from __future__ import annotations

import atexit
import gc
import os
from typing import Annotated

import typer

from kinetamine.cli.commands import (
    cite,
    clinic,
    compare,
    doses,
    explain,
    export,
    hypotheses,
    models,
    population,
    predict,
    sensitivity,
    serve,
    show,
    simulate,
    validate,
)
from kinetamine.cli.usage import Program
from kinetamine.report.nature import USE

HELP = f"""Simulates ketamine therapy from milligrams to mood, with every number's source.

{USE}

[dim]kinetamine simulate --regimen "0.5 mg/kg iv over 40 min" --weight 70[/dim]
"""

app = typer.Typer(
    name="kinetamine",
    cls=Program,
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(no_args_is_help=True)(simulate.simulate)
app.command(no_args_is_help=True)(population.population)
app.command(no_args_is_help=True)(explain.explain)
app.command(no_args_is_help=True)(compare.compare)
app.command(no_args_is_help=True)(doses.doses)
app.command(no_args_is_help=True)(export.export)
app.command()(hypotheses.hypotheses)
app.command()(models.models)
app.command(no_args_is_help=True)(show.show)
app.command(no_args_is_help=True)(cite.cite)
app.command(no_args_is_help=True)(predict.predict)
app.command(no_args_is_help=True)(sensitivity.sensitivity)
app.command()(validate.validate)
app.command()(serve.serve)
app.add_typer(clinic.app, name="clinic")


def _version(wanted: bool) -> None:
    if wanted:
        from kinetamine import __version__

        typer.echo(f"kinetamine {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Options of the program itself; the help text is given above."""


def run() -> None:
    """The script entry point."""
    # Many small matrices: threads of BLAS only wait for each other, up to ten times longer on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A short life: little of what a command makes is garbage before the end, where to look for it takes 0.2 s.
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
    app()


if __name__ == "__main__":
    run()
