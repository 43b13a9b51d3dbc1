"""Prediction errors as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from kinetamine.cli.terminal import columns, out, table
from kinetamine.validation import OBSERVED
from kinetamine.report.words import figure

if TYPE_CHECKING:
    from kinetamine.validation import Accuracy, Comparison

_GOOD, _FAIR = 80.0, 50.0


def say_accuracy(summary: Sequence[Accuracy], found: Sequence[Comparison]) -> None:
    """Print errors by model, route, site and analyte."""
    body = columns(
        table("Prediction errors: concentrations and exposures seen in people"),
        ("model", "left"),
        ("route", "left"),
        ("site", "left"),
        ("analyte", "left"),
        ("n", "right"),
        ("median\nerror %", "right"),
        ("bias\n%", "right"),
        ("within\n2-fold %", "right"),
        wrap=("route", "analyte"),
    )
    last = ""
    for one in summary:
        within = one.within_two_fold_percent
        body.add_row(
            "" if one.model == last else Text(one.model, style="bold"),
            one.route.replace("_", " "),
            one.site,
            one.analyte.replace("_", " "),
            str(one.rows),
            f"{one.median_absolute_error_percent:.0f}",
            f"{one.bias_percent:+.0f}",
            Text(f"{within:.0f}", style="green" if within >= _GOOD else "yellow" if within >= _FAIR else "red"),
        )
        last = one.model
    console = out()
    console.print(body)
    console.print()
    console.print(Text(_footer(found), style="dim"))


def say_rows(found: Sequence[Comparison]) -> None:
    """Print every observation beside its prediction."""
    body = columns(
        table("Every observation"),
        ("id", "left"),
        ("model", "left"),
        ("what", "left"),
        ("observed", "right"),
        ("predicted", "right"),
        ("ratio", "right"),
        ("source", "left"),
        wrap=("what", "source", "model"),
    )
    for one in found:
        seen = one.observation
        when = f" at {figure(seen.time_h)} h" if seen.time_h is not None else ""
        ratio = Text("-", style="dim")
        if one.ratio is not None:
            ratio = Text(f"{one.ratio:.2f}", style="green" if one.within_two_fold else "red")
        body.add_row(
            seen.id,
            one.model,
            Text.assemble(f"{seen.analyte} {seen.metric}{when}\n", (seen.regimen, "dim")),
            f"{figure(seen.value)} {seen.unit}",
            "-" if one.predicted is None else figure(one.predicted),
            ratio,
            Text(seen.citation, style="dim" if seen.evidence in OBSERVED else "dim italic"),
        )
    out().print(body)
    out().print()


def as_row(one: Comparison) -> dict[str, Any]:
    """A comparison as plain values."""
    row = asdict(one.observation)
    row["person"] = {name: value for name, value in row["person"].items() if value not in {None, ()}}
    return row | {
        "model_used": one.model,
        "route": one.route,
        "predicted": one.predicted,
        "ratio": one.ratio,
        "reason": one.reason,
    }


def _footer(found: Sequence[Comparison]) -> str:
    unanswered = sum(one.predicted is None for one in found)
    fitted = sum(bool(one.observation.fitted) for one in found)
    return (
        f"{len(found)} observations; {unanswered} ask for what the model does not predict; "
        f"{fitted} were used to fit something here and test that fit, not a prediction. "
        "n counts only what was seen in people: estimates of other models and times are left out."
    )
