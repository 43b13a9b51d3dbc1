"""The comparison of PK models as a table, and how far they disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, hanging, out, table
from kinetamine.report.exposures import Exposure, disagreement
from kinetamine.report.words import figure

if TYPE_CHECKING:
    from rich.table import Table

    from kinetamine.engine.trajectory import Trajectory

_FAR_APART = 2.0


def say_comparison(
    found: Mapping[str, Trajectory], rows: Sequence[Exposure], missing: Mapping[str, Sequence[str]]
) -> None:
    """Print the table, the ratios of the largest to the smallest, whom each model knows, and who is not in it."""
    console = out()
    console.print(Fitted(_table(rows)))
    console.print()
    _say_disagreement(rows)
    console.print()
    by_model = {row.model: row for row in rows}
    for name in found:
        row = by_model[name]
        console.print(hanging(f"{name:18}", row.population))
        if row.outside:
            console.print(hanging(" " * 18, f"OUTSIDE THE STUDIED RANGE: {'; '.join(row.outside)}.", "bold red"))
    console.print()
    if missing:
        console.print(Text("Left out, as nobody studied this with them (--outside includes them):", style="dim"))
        for name, why in missing.items():
            console.print(hanging(f"{name:18}", "; ".join(why), "dim"))
        console.print()


def _table(rows: Sequence[Exposure]) -> Table:
    models = len({row.model for row in rows})
    body = columns(
        table(f"Typical person, {models} PK model{'s' if models > 1 else ''}"),
        ("model", "left"),
        ("analyte", "left"),
        ("site", "left"),
        ("Cmax\nng/mL", "right"),
        ("Tmax\nh", "right"),
        ("AUC\nng\u00b7h/mL", "right"),
        ("half-life\nh", "right"),
    )
    last = ""
    for row in rows:
        body.add_row(
            "" if row.model == last else Text(row.model, style="bold red" if row.outside else "bold"),
            row.analyte,
            row.site,
            figure(row.cmax),
            figure(row.tmax_h),
            figure(row.auc),
            figure(row.half_life_h),
        )
        last = row.model
    return body


def _say_disagreement(rows: Sequence[Exposure]) -> None:
    by_cmax, by_auc = disagreement(rows, "cmax"), disagreement(rows, "auc")
    for (analyte, site), ratio in by_cmax.items():
        area = by_auc.get((analyte, site))
        sentence = f"Largest over smallest, {analyte} {site}: Cmax {ratio:.1f}-fold"
        sentence += f", AUC {area:.1f}-fold" if area else ""
        out().print(Text(sentence, style="yellow" if ratio > _FAR_APART else ""))
