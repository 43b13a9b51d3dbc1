"""The summary of a course on one screen: peaks, scores over time, and session by session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, moment, out, table
from kinetamine.report.mood import MOOD
from kinetamine.report.relapse import RELAPSE
from kinetamine.report.summary import COURSE, MECHANISM
from kinetamine.report.words import figure

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

    from kinetamine.report.rows import Row

SHOWN = 12
"""Sessions printed; the report and ``--json`` have them all."""
_WHOLE = (COURSE, MECHANISM, MOOD, RELAPSE)
"""Sections that are of the whole course; the others are its sessions."""
_LINKS = "Between block and mood: not measured in people"
_NOT_HERE = ("AUC to infinity", "Terminal half-life")
_SHORTER = {
    "AUC over the course": "AUC",
    "Probability of a systolic": "Systolic",
    "Probability of a diastolic": "Diastolic",
}
_PER_SESSION = {
    "Peak NMDA receptor occupancy": "NMDA\nblocked %",
    "Peak CADSS": "CADSS\npoints",
    "Deepest sedation (MOAA/S)": "MOAA/S\npoints",
    "Largest rise of systolic pressure": "systolic\n+ mmHg",
    "Peak acute analgesia": "analgesia\n%",
}


def say_digest(rows: Sequence[Row]) -> None:
    """Print a summary."""
    course = [row for row in rows if row.section == COURSE and not row.quantity.startswith(_NOT_HERE)]
    links = [row for row in rows if row.section == MECHANISM]
    mood = [row for row in rows if row.section == MOOD]
    relapse = [row for row in rows if row.section == RELAPSE]
    console = out()
    parts = (*_peaks(course), *_peaks(links, _LINKS), *_scores(mood), *_relapse(relapse), *_sessions(rows))
    for part in parts:
        console.print(Fitted(part))
        console.print()


def _peaks(rows: Sequence[Row], title: str = "Highest and lowest of the whole course") -> Iterable[Table]:
    if not rows:
        return
    body = columns(
        table(title),
        ("", "left"),
        *_headings(rows),
        ("unit", "left"),
        ("when", "left"),
        wrap=("",),
    )
    for row in rows:
        body.add_row(_short(row.quantity), *_values(row, rows), row.unit, moment(row.time_h))
    yield body


def _scores(rows: Sequence[Row]) -> Iterable[Table]:
    """One table a scale: score, response and remission by time."""
    for scale in dict.fromkeys(row.quantity for row in rows if ", " not in row.quantity):
        odds = {row.quantity: row.quantity.partition(",")[0] for row in rows if row.quantity.endswith(f", {scale}")}
        cells = {(row.time, row.quantity): row for row in rows}
        body = columns(
            table(scale),
            ("", "left"),
            *_headings(rows, mean=True),
            *((_shorter(heading), "right") for heading in odds.values()),
            wrap=("",),
        )
        for time in dict.fromkeys(row.time for row in rows if row.quantity == scale):
            score = cells[time, scale]
            body.add_row(time, *_values(score, rows, mean=True), *(_percent(cells, time, one) for one in odds))
        yield body


def _shorter(odds: str) -> str:
    """``Response (50 % fall or more)`` as response and its limit, below each other."""
    kind, _, limit = odds.removesuffix(")").partition(" (")
    limit = limit.replace("fall of ", "").replace(" fall", "")
    sign = "\u2265 " if limit.endswith("or more") else "\u2264 " if limit.endswith("or less") else ""
    return f"{kind.lower()}\n{sign}{limit.removesuffix(' or more').removesuffix(' or less')}"


def _relapse(rows: Sequence[Row]) -> Iterable[Table]:
    if not rows:
        return
    body = columns(
        table(RELAPSE, f"of {rows[0].note}"),
        ("", "left"),
        ("", "right"),
        ("unit", "left"),
        ("when", "left"),
        wrap=("",),
    )
    for row in rows:
        body.add_row(row.quantity, Text(row.shown, style="bold"), row.unit.partition(" of ")[0], row.time)
    yield body


def _sessions(rows: Sequence[Row]) -> Iterable[Table]:
    sections = [one for one in dict.fromkeys(row.section for row in rows) if one not in _WHOLE]
    if len(sections) < 2:
        return
    cells = {(row.section, row.quantity): row for row in rows}
    peak = next((row.quantity for row in rows if row.section == sections[0] and row.quantity.startswith("Cmax")), "")
    headings = ({peak: "Cmax\nng/mL"} if peak else {}) | _PER_SESSION
    shown = [quantity for quantity in headings if (sections[0], quantity) in cells]
    more = f"... {len(sections) - SHOWN} more sessions: --report and --json have them" if len(sections) > SHOWN else ""
    title = f"Session by session (Cmax of {peak.partition(', ')[2]})" if peak else "Session by session"
    body = columns(table(title, more), ("", "left"), *((headings[quantity], "right") for quantity in shown))
    for section in sections[:SHOWN]:
        body.add_row(section, *(_typical(cells[section, quantity]) for quantity in shown))
    yield body


def _short(quantity: str) -> str:
    for long, short in _SHORTER.items():
        if quantity.startswith(long):
            return short + quantity.removeprefix(long)
    return quantity


def _typical(row: Row) -> Text:
    return Text(figure(row.value), style="bold")


def _headings(rows: Sequence[Row], *, mean: bool = False) -> list[tuple[str, JustifyMethod]]:
    """Band and mean have columns only where virtual people were drawn."""
    drawn: list[tuple[str, JustifyMethod]] = [*([("mean", "right")] if mean else []), ("5th\u201395th", "right")]  # type: ignore[list-item]
    return [("typical", "right"), *(drawn if _any_band(rows) else [])]


def _values(row: Row, rows: Sequence[Row], *, mean: bool = False) -> list[Text]:
    band = f"{figure(row.range[0])} \u2013 {figure(row.range[1])}" if row.range else ""
    drawn = [*([Text(figure(row.mean))] if mean else []), Text(band, style="dim")]
    return [_typical(row), *(drawn if _any_band(rows) else [])]


def _any_band(rows: Sequence[Row]) -> bool:
    return any(row.range for row in rows)


def _percent(cells: Mapping[tuple[str, str], Row], time: str, quantity: str) -> str:
    row = cells.get((time, quantity))
    return f"{row.value:.0f} %" if row else ""
