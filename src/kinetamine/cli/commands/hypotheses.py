"""kinetamine hypotheses: rival explanations side by side, before published results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinetamine.cli.wiring import command

if TYPE_CHECKING:
    from kinetamine.cli.files import Wanted
    from kinetamine.hypotheses import Predictions


@command
def hypotheses(
    mechanism: Annotated[
        str | None,
        typer.Option(
            "--mechanism",
            help="Mechanisms by comma, each alone; or one mixture, as disinhibition=0.8,habenula=0.2.",
            metavar="NAMES",
            show_default="every rival, and the default mixture",
        ),
    ] = None,
    findings: Annotated[
        str | None,
        typer.Option("--findings", help="Published results by comma.", metavar="NAMES", show_default="all"),
    ] = None,
    figure: Annotated[
        Path | None,
        typer.Option("--figure", help="Picture: .png, .pdf or .svg.", metavar="FILE", show_default=False),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Every prediction as a table.", metavar="FILE", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """Show what rival hypotheses predict, and which published results each fails."""
    from kinetamine.cli.files import Wanted
    from kinetamine.cli.rivals import say_rivals
    from kinetamine.cli.terminal import print_json, say_disclaimer, say_written
    from kinetamine.hypotheses import as_mapping

    wanted = [Wanted("--figure", figure).checked((".png", ".pdf", ".svg"))] if figure else []
    wanted += [Wanted("--csv", csv).checked((".csv",))] if csv else []
    found = _predicted(mechanism, findings)
    if as_json:
        print_json(as_mapping(found))
    else:
        say_rivals(found)
    written = [_write(one, found) for one in wanted]
    if not as_json:
        say_written(written)
        say_disclaimer()


def _predicted(mechanism: str | None, findings: str | None) -> Predictions:
    from kinetamine.cli.terminal import err
    from kinetamine.hypotheses import known_findings, parse_names, predictions

    names = None if mechanism is None else parse_names(mechanism)
    results = None if findings is None else [one.strip() for one in findings.split(",")]
    known_findings(results)  # before the work begins
    console = err()
    if not console.is_terminal:
        return predictions(names, results)
    with console.status("Asking every hypothesis ..."):
        return predictions(names, results)


def _write(wanted: Wanted, found: Predictions) -> Path:
    from kinetamine.cli.files import write_whole
    from kinetamine.report.rivals import write_rivals

    if wanted.path.suffix == ".csv":
        return write_whole(wanted, lambda part: found.to_pandas().to_csv(part, index=False))
    return write_whole(wanted, lambda part: write_rivals(found, part))
