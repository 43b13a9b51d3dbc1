"""Prediction errors as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.listing import SHORT
from kinetamine.cli.terminal import columns, out, table
from kinetamine.report.words import figure
from kinetamine.validation import OBSERVED, is_level

if TYPE_CHECKING:
    from kinetamine.validation import Accuracy, Comparison

_GOOD, _FAIR = 80.0, 50.0


def say_accuracy(summary: Sequence[Accuracy], found: Sequence[Comparison]) -> None:
    """Print errors by route, site and analyte, a table for each model."""
    fitted = Counter(
        (one.model, one.route, one.observation.site, one.observation.analyte)
        for one in found
        if one.ratio is not None
        and one.observation.fitted
        and one.observation.evidence in OBSERVED
        and is_level(one.observation.metric)
    )
    console = out()
    for model, members in groupby(summary, key=lambda one: one.model):
        body = columns(
            table(f"{model}: prediction errors"),
            ("route", "left"),
            ("site", "left"),
            ("analyte", "left"),
            ("n", "right"),
            ("fitted", "right"),
            ("error\n%", "right"),
            ("bias\n%", "right"),
            ("within\n2-fold %", "right"),
            wrap=("route",),
        )
        for one in members:
            body.add_row(*_cells(one, fitted[one.model, one.route, one.site, one.analyte]))
        console.print(Fitted(body))
        console.print()
    console.print(Text(_footer(found), style="dim"))


def _cells(one: Accuracy, fitted: int) -> tuple[str | Text, ...]:
    within = one.within_two_fold_percent
    return (
        SHORT.get(one.route, one.route.replace("_", " ")),
        one.site,
        one.analyte,
        str(one.rows),
        str(fitted) if fitted else "",
        f"{one.median_absolute_error_percent:.0f}",
        f"{one.bias_percent:+.0f}",
        Text(f"{within:.0f}", style="green" if within >= _GOOD else "yellow" if within >= _FAIR else "red"),
    )


def say_rows(found: Sequence[Comparison]) -> None:
    """Print every observation beside its prediction, a table for each model."""
    console = out()
    for model, members in groupby(sorted(found, key=lambda one: one.model), key=lambda one: one.model):
        body = columns(
            table(f"{model}: every observation"),
            ("id", "left"),
            ("what", "left"),
            ("observed", "right"),
            ("predicted", "right"),
            ("ratio", "right"),
            wrap=("what", "observed"),
        )
        for one in members:
            body.add_row(one.observation.id, _what(one), *_numbers(one))
        console.print(Fitted(body))
        console.print()


def _what(one: Comparison) -> Text:
    seen = one.observation
    when = f" at {figure(seen.time_h)} h" if seen.time_h is not None else ""
    fitted = f"; fitted: {seen.fitted}" if seen.fitted else ""
    reason = f"\n{one.reason}" if one.reason else ""
    return Text.assemble(
        f"{seen.analyte} {seen.metric}{when}, {seen.site}\n",
        (f"{seen.regimen}\n{seen.citation}{fitted}{reason}", "dim"),
    )


def _numbers(one: Comparison) -> tuple[str, str, Text]:
    ratio = Text("\u2013", style="dim")
    if one.ratio is not None:
        ratio = Text(f"{one.ratio:.2f}", style="green" if one.within_two_fold else "red")
    return f"{figure(one.observation.value)} {one.observation.unit}", figure(one.predicted), ratio


def _footer(found: Sequence[Comparison]) -> str:
    unanswered = sum(one.predicted is None for one in found)
    return (
        "error: median of absolute errors; bias: from the geometric mean of predicted over observed; n: concentrations "
        "and exposures seen in people; fitted: rows of n that something here was fitted to, a test of the fit only. "
        f"{len(found)} observations in all, {unanswered} of what the model does not predict."
    )
