"""What ``population`` prints for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, out, say_warnings, table
from kinetamine.population.repeats import Repeats
from kinetamine.population.study import QUANTILES
from kinetamine.report.arms import mechanism_words, treatments
from kinetamine.report.population_document import Found
from kinetamine.report.population_rows import (
    Counted,
    Reading,
    Score,
    Spread,
    endpoint_rows,
    score_rows,
    threshold_rows,
    why_left_out,
)
from kinetamine.report.words import figure, shown_unit

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

    from kinetamine.population.exposure_response import Bin
    from kinetamine.population.findings import Findings, Share

_MEDIAN = QUANTILES.index(0.5)
_SHORTER = {" at any time": "", "area over the course": "AUC", "Cumulative hazard of relapse": "Cumulative hazard"}
_NOT_KNOWN = "–"
_FEW = 1000
"""Of fewer people a share has no digit after the point."""


def say_found(found: Found) -> None:
    """Print a study: who, endpoints, scores, shares, how exact it is, and what the spread contains."""
    console = out()
    _say_who(found.findings)
    drawn = found.repeats is not None
    parts = [
        *_endpoints(endpoint_rows(found.findings, found.repeats), drawn=drawn),
        *_scores(score_rows(found.findings, found.repeats), drawn=drawn),
        *_thresholds(threshold_rows(found.findings, found.repeats), drawn=drawn),
        *(_binned(*one) for one in found.binned),
    ]
    for part in parts:
        console.print(Fitted(part))
        console.print()
    for line in _meaning(found.findings, found.repeats):
        console.print(Text(line, style="dim"))
    console.print()
    say_warnings(found.findings.warnings)


def _say_who(found: Findings) -> None:
    study, course, console = found.study, found.study.typical, out()
    console.print()
    console.print(Text(course.title, style="bold cyan"))
    drawn = f"{found.simulated:,} people of {study.population}, seed {study.seed}"
    model = f"; {course.pk_model.name}" if course.doses else ""
    console.print(Text(f"{drawn}{model}; {found.engine} engine", style="dim"))
    if not found.complete:
        said = f"PART OF THE STUDY: stopped after {found.drawn:,} of {study.people:,} people"
        console.print(Text(said, style="bold red"))
    if found.left_out:
        reasons = "; ".join(why_left_out(study)) or "outside what the models were built on"
        console.print(Text(f"{found.left_out:,} of {found.drawn:,} left out: {reasons}", style="dim"))
    if course.doses and course.outcomes:
        console.print(Text(f"mechanism: {mechanism_words(course)}", style="dim"))
    if treatments(course):
        console.print(Text(treatments(course), style="dim"))
    console.print()


def _meaning(found: Findings, repeats: Repeats | None) -> Iterator[str]:
    yield f"Spread: {found.contains}."
    scores = (
        "score as read and baseline as read"
        if found.study.readings
        else "own score and baseline, without a reading's scatter"
    )
    yield f"Shares: by each person's {scores}; in brackets the 95 % interval for so many people."
    if repeats is not None:
        yield (
            f"Numbers: 5th–95th percentile between {len(repeats.tables)} draws of {len(repeats.varied)} uncertain "
            f"numbers, of the median or the share in the first {repeats.people:,} people; {repeats.contains}. "
            f"{_NOT_KNOWN}: no number with a known uncertainty acts on it."
        )
    yield f"Population: {' '.join(found.study.draw(0, 1).population.notes)}"
    yield f"Engine: {found.accuracy}."


def _endpoints(rows: Sequence[Reading], *, drawn: bool) -> Iterable[Table]:
    if not rows:
        return
    body = columns(
        table("Highest values and areas"), ("", "left"), *_headings(drawn=drawn), ("unit", "left"), wrap=("",)
    )
    for row in rows:
        unit = shown_unit(row.unit)[1]
        body.add_row(_short(row.words), *_values(row, drawn=drawn), "" if unit == "1" else unit)
    yield body


def _scores(rows: Sequence[Score], *, drawn: bool) -> Iterable[Table]:
    for scale in dict.fromkeys(row.scale for row in rows):
        of_scale = [row for row in rows if row.scale == scale]
        body = columns(table(of_scale[0].title), ("", "left"), *_headings(drawn=drawn))
        for row in of_scale:
            body.add_row(row.when, *_values(row.reading, drawn=drawn))
        yield body
        yield from _shares(of_scale, drawn=drawn)


def _shares(rows: Sequence[Score], *, drawn: bool) -> Iterable[Table]:
    counted = [row for row in rows if row.met]
    if not counted:
        return
    headings: list[tuple[str, JustifyMethod]] = [(_criterion(one.words), "right") for one in counted[0].met]
    body = columns(table(f"{rows[0].title}, % of people"), ("", "left"), *headings)
    for row in counted:
        body.add_row(row.when, *(_share(one.share) for one in row.met))
        if drawn:
            body.add_row("  numbers", *(_percents(one.numbers) for one in row.met), style="dim")
    yield body


def _thresholds(rows: Sequence[Counted], *, drawn: bool) -> Iterable[Table]:
    if not rows:
        return
    more: list[tuple[str, JustifyMethod]] = [("numbers", "right")] if drawn else []
    body = columns(table("Reached at least once, % of people"), ("", "left"), ("", "right"), *more, wrap=("",))
    for row in rows:
        body.add_row(row.words, _share(row.share), *([_percents(row.numbers)] if drawn else []))
    yield body


def _binned(exposure: str, response: str, bins: Sequence[Bin]) -> Table:
    criteria = list(dict.fromkeys(name for one in bins for name in one.met))
    headings: list[tuple[str, JustifyMethod]] = [(_criterion(one), "right") for one in criteria]
    body = columns(
        table(f"{response} by {exposure}", "Bins differ in more than the exposure; this is no cause and effect."),
        (exposure.replace("_", " "), "left"),
        ("people", "right"),
        ("mean", "right"),
        ("SD", "right"),
        *headings,
    )
    for one in bins:
        shares = (_share(one.met.get(name)) for name in criteria)
        between = f"{figure(one.low)} – {figure(one.high)}"
        body.add_row(between, f"{one.people:,}", figure(one.mean), figure(one.sd), *shares)
    return body


def _headings(*, drawn: bool) -> list[tuple[str, JustifyMethod]]:
    found: list[tuple[str, JustifyMethod]] = [("mean", "right"), ("SD", "right"), ("5th – 50th – 95th", "right")]
    return [*found, *([("numbers", "right")] if drawn else [])]  # type: ignore[list-item]


def _values(row: Reading, *, drawn: bool) -> list[Text]:
    factor = shown_unit(row.unit)[0]
    low, middle, high = (figure(factor * row.quantiles[at]) for at in (0, _MEDIAN, -1))
    band = Text.assemble((f"{low} – ", "dim"), (middle, "bold"), (f" – {high}", "dim"))
    found = [Text(figure(factor * row.mean)), Text(figure(factor * row.sd), style="dim"), band]
    if drawn and row.numbers:
        ends = [figure(factor * one) for one in row.numbers]
        found.append(Text(" – ".join(ends) if ends[0] != ends[1] else _NOT_KNOWN, style="dim"))
    return found


def _share(share: Share | None) -> str:
    if share is None:
        return "–"
    digits = 0 if share.people < _FEW else 1
    low, high = share.interval
    return f"{100.0 * share.value:.{digits}f} ({100.0 * low:.{digits}f}–{100.0 * high:.{digits}f})"


def _percents(numbers: Spread) -> str:
    if numbers is None:
        return ""
    low, high = (f"{100.0 * one:.1f}" for one in numbers)
    return f"{low} – {high}" if low != high else _NOT_KNOWN


def _criterion(words: str) -> str:
    """``Response (50 % fall or more)`` below each other, short."""
    kind, _, limit = words.removesuffix(")").partition(" (")
    limit = limit.replace("fall of ", "").replace(" fall", "")
    sign = "≥ " if limit.endswith("or more") else "≤ " if limit.endswith("or less") else ""
    return f"{kind.lower()}\n{sign}{limit.removesuffix(' or more').removesuffix(' or less')}"


def _short(words: str) -> str:
    for long, short in _SHORTER.items():
        words = words.replace(long, short)
    return words
