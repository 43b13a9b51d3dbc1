"""The doses as understood, row by row: what a second person checks before anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, moment, out, table
from kinetamine.report.given import Given
from kinetamine.report.words import figure

SHOWN = 12
"""Rows printed when the doses are not what was asked for."""


def say_doses(doses: Sequence[Given], *, most: int | None = SHOWN) -> None:
    """Print the doses; beyond ``most`` rows only how many more there are."""
    shown = doses if most is None or len(doses) <= most + 1 else doses[:most]
    forms, ways = _each(dose.form for dose in doses), _each(dose.to for dose in doses)
    headings = ["dose", "when", "stated", "mg base", "mg/kg", "over", "total mg"]
    if all(dose.mg_per_kg is None for dose in doses):
        headings.remove("mg/kg")
    before_over = headings.index("over")
    headings[before_over:before_over] = (["form"] if len(forms) > 1 else []) + (["route"] if len(ways) > 1 else [])
    body = columns(
        table(),
        *((heading, "left" if heading in _TEXTS else "right") for heading in headings),
        wrap=("form", "stated"),
    )
    for dose in shown:
        cells = _cells(dose)
        body.add_row(*(cells[heading] for heading in headings))
    console = out()
    console.print(Text(_headline(doses, forms, ways), style="bold"))
    console.print(Fitted(body))
    if len(shown) < len(doses):
        console.print(Text(f"... {len(doses) - len(shown)} more (--doses shows them all)", style="dim"))
    console.print()


_TEXTS = ("when", "stated", "form", "route", "over")


def _each(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _headline(doses: Sequence[Given], forms: list[str], ways: list[str]) -> str:
    number = len({dose.number for dose in doses})
    what = f"{number} dose{'s' if number > 1 else ''} of {' and '.join(forms)}, {' and '.join(ways)}"
    return f"{what}: {figure(doses[-1].total_mg)} mg of base in all"


def _cells(dose: Given) -> dict[str, str]:
    return {
        "dose": str(dose.number),
        "when": moment(dose.time_h),
        "stated": dose.stated,
        "mg base": figure(dose.base_mg),
        "mg/kg": "" if dose.mg_per_kg is None else figure(dose.mg_per_kg),
        "form": dose.form,
        "route": dose.to,
        "over": dose.over,
        "total mg": figure(dose.total_mg),
    }
