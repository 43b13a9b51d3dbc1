"""The summary laid out: the course, its mood outcomes over time, and the sessions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinetamine.report.content import Content
from kinetamine.report.html import Markup, join, table, tag
from kinetamine.report.mood import MOOD
from kinetamine.report.rows import Row
from kinetamine.report.summary import COURSE
from kinetamine.report.words import figure

_KINETIC = ("Cmax", "Tmax", "AUC")


def summary_section(content: Content) -> Markup:
    """Three tables, and a fourth for exposure by session."""
    course = [row for row in content.rows if row.section == COURSE]
    mood = [row for row in content.rows if row.section == MOOD]
    sections = list(dict.fromkeys(row.section for row in content.rows if row.section not in {COURSE, MOOD}))
    by_session = [[row for row in content.rows if row.section == section] for section in sections]
    parts = [table("Whole course", ("Quantity", "Typical", "5–95 %", "Unit", "When", "Note"), _rows(course), (1, 2))]
    if mood:
        headings = ("Score", *_times(mood))
        parts.append(table("Scores and odds over time", headings, _pivot_mood(mood), range(1, len(headings))))
    if by_session:
        parts += _by_session(by_session)
    lead = (
        "Typical is the typical person; 5–95 % is the range of 90 % of the virtual people, each at their own peak. "
        "Odds count people, and the scatter of ratings or readings where the note says so."
    )
    heading = tag("h2", "Peaks and times", id="summary-title")
    return tag("section", heading, tag("p", lead), *parts, id="summary", aria_labelledby="summary-title")


def _rows(rows: Iterable[Row]) -> Iterable[Sequence[object]]:
    for row in rows:
        yield row.quantity, figure(row.value), _range(row), row.unit, row.time, tag("span", row.note, class_="quiet small")


def _range(row: Row) -> str:
    return f"{figure(row.range[0])}–{figure(row.range[1])}" if row.range else ""


def _times(mood: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.time.capitalize() for row in mood))


def _pivot_mood(mood: Sequence[Row]) -> Iterable[Sequence[object]]:
    """One line per score or chance, one column per time."""
    times = _times(mood)
    for quantity in dict.fromkeys(row.quantity for row in mood):
        own = {row.time.capitalize(): row for row in mood if row.quantity == quantity}
        unit = next(iter(own.values())).unit
        yield f"{quantity}, {unit}", *(_cell(own.get(time)) for time in times)


def _by_session(by_session: Sequence[Sequence[Row]]) -> list[Markup]:
    kinetic, acute = [
        [[row for row in rows if row.quantity.startswith(_KINETIC) is wanted] for rows in by_session]
        for wanted in (True, False)
    ]
    parts = []
    for caption, chosen in (("Acute effects by session", acute), ("Exposure by session", kinetic)):
        if any(chosen):
            headings = ("Session", *(_heading(row) for row in max(chosen, key=len)))
            parts.append(table(caption, headings, _pivot_sessions(chosen, headings), range(1, len(headings))))
    return parts


def _heading(row: Row) -> str:
    return f"{row.quantity}, {row.unit}"


def _pivot_sessions(by_session: Sequence[Sequence[Row]], headings: Sequence[str]) -> Iterable[Sequence[object]]:
    for rows in by_session:
        if rows:
            own = {_heading(row): row for row in rows}
            yield rows[0].section, *(_cell(own.get(heading)) for heading in headings[1:])


def _cell(row: Row | None) -> object:
    """The value, and the range of people beneath it."""
    if row is None:
        return "–"
    if row.range is None or row.range[1] - row.range[0] <= 0.0:
        return figure(row.value)
    return join([figure(row.value), tag("span", _range(row), class_="range")])
