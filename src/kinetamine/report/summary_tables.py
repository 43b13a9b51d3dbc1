"""The summary laid out: the course, its mood outcomes over time, and the sessions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kinetamine.report.content import Content
from kinetamine.report.html import Markup, join, table, tag
from kinetamine.report.mood import MOOD
from kinetamine.report.relapse import RELAPSE
from kinetamine.report.rows import Row
from kinetamine.report.summary import COURSE, MECHANISM
from kinetamine.report.words import figure

_EXPOSURE = ("Cmax", "AUC", "Terminal half-life")
_COURSE_HEADINGS = ("Quantity", "Typical", "5–95 %", "Unit", "When")
_WHOLE = (COURSE, MECHANISM, MOOD, RELAPSE)
"""Sections that are of the whole course; the others are its sessions."""
_FOLD = 12
"""More sessions than this are folded away."""


def summary_section(content: Content) -> Markup:
    """Exposure, acute effects and mood of the course; then acute effects and exposure by session."""
    course = [row for row in content.rows if row.section == COURSE]
    blood = [row for row in course if row.quantity.startswith(_EXPOSURE)]
    acute = [row for row in course if row not in blood]
    mood = [row for row in content.rows if row.section == MOOD]
    parts: list[Markup] = []
    if blood:
        parts.append(
            table("Exposure, whole course", ("Blood level", *_columns(blood)), _pivot_blood(blood), range(1, 6))
        )
        parts += _remarks(row for row in blood if row.quantity.startswith("Cmax"))
    if acute:
        parts.append(table("Acute effects, whole course", _COURSE_HEADINGS, _rows(acute), (1, 2)))
    links = [row for row in content.rows if row.section == MECHANISM]
    if links:
        caption = "Between block and mood, whole course: not measured in people"
        parts.append(table(caption, _COURSE_HEADINGS, _rows(links, notes=False), (1, 2)))
    if mood:
        headings = ("Score", *_times(mood))
        parts.append(table("Scores and odds over time", headings, _pivot_mood(mood), range(1, len(headings))))
        parts += _remarks(row for row in mood if ", " not in row.quantity)
    relapse = [row for row in content.rows if row.section == RELAPSE]
    if relapse:
        shown = ((row.quantity, row.shown, row.unit, row.time) for row in relapse)
        parts += [
            table(RELAPSE, ("Quantity", "Value", "Unit", "When"), shown, (1,)),
            tag("p", f"Of {relapse[0].note}."),
        ]
    parts += _by_session(content.rows)
    lead = (
        "Typical is the typical person; 5–95 %, or the small figures below a value, is the range of 90 % of the "
        "virtual people, each at their own peak; mean is theirs, and what a trial would report. Odds count people, and "
        "the scatter of ratings or readings where a note says so."
    )
    heading = tag("h2", "Peaks and times", id="summary-title")
    return tag("section", heading, tag("p", lead), *parts, id="summary", aria_labelledby="summary-title")


def _remarks(rows: Iterable[Row]) -> list[Markup]:
    """What the cells of a table have no room for."""
    return [tag("p", f"{row.quantity}: {row.note}.") for row in rows if row.note]


def _split(row: Row) -> tuple[str, str]:
    """``Cmax, venous ketamine`` in its measure and its molecule."""
    measure, _, molecule = row.quantity.partition(", ")
    return f"{measure}, {row.unit}", molecule


def _columns(blood: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_split(row)[0] for row in blood))


def _pivot_blood(blood: Sequence[Row]) -> Iterable[Sequence[object]]:
    """One line per molecule and site, one column per measure."""
    columns = _columns(blood)
    for molecule in dict.fromkeys(_split(row)[1] for row in blood):
        own = {_split(row)[0]: row for row in blood if _split(row)[1] == molecule}
        yield molecule[:1].upper() + molecule[1:], *(_cell(own.get(column), when=True) for column in columns)


def _rows(rows: Iterable[Row], *, notes: bool = True) -> Iterable[Sequence[object]]:
    for row in rows:
        note = tag("span", row.note, class_="below") if row.note and notes else ""
        yield join([row.quantity, note]), row.shown, row.shown_range, row.unit, tag("span", row.time, class_="nowrap")


def _times(mood: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.time.capitalize() for row in mood))


def _pivot_mood(mood: Sequence[Row]) -> Iterable[Sequence[object]]:
    """One line per score or chance, one column per time."""
    times = _times(mood)
    for quantity in dict.fromkeys(row.quantity for row in mood):
        own = {row.time.capitalize(): row for row in mood if row.quantity == quantity}
        unit = next(iter(own.values())).unit
        kind, odds, _ = quantity.partition("), ")
        label: object = tag("span", f"{kind}), %", class_="quiet small") if odds else f"{quantity}, {unit}"
        yield label, *(_cell(own.get(time)) for time in times)


def _by_session(rows: Iterable[Row]) -> list[Markup]:
    """Sessions below each other; Tmax stands with its Cmax and needs no column."""
    sections: dict[str, list[Row]] = {}
    for row in rows:
        if row.section not in _WHOLE and not row.quantity.startswith("Tmax"):
            sections.setdefault(row.section, []).append(row)
    parts = []
    for caption, wanted in (("Acute effects by session", False), ("Exposure by session", True)):
        chosen = {
            section: [row for row in own if row.quantity.startswith(_EXPOSURE) is wanted]
            for section, own in sections.items()
        }
        if any(chosen.values()):
            headings = tuple(_heading(row) for row in max(chosen.values(), key=len))
            lines = _pivot_sessions(chosen, headings, when=wanted)
            shown = table(caption, ("Session", *headings), lines, range(1, len(headings) + 1))
            parts.append(_folded(caption, shown) if len(chosen) > _FOLD else shown)
    return parts


def _folded(caption: str, shown: Markup) -> Markup:
    return tag("details", tag("summary", caption), shown)


def _heading(row: Row) -> str:
    return f"{row.quantity}, {row.unit}"


def _pivot_sessions(
    sections: Mapping[str, Sequence[Row]], headings: Sequence[str], *, when: bool
) -> Iterable[Sequence[object]]:
    for section, rows in sections.items():
        own = {_heading(row): row for row in rows}
        yield tag("span", section, class_="nowrap"), *(_cell(own.get(one), when=when) for one in headings)


def _cell(row: Row | None, *, when: bool = False) -> object:
    """The value; beneath it the range of people and, where wanted, the time of a peak."""
    if row is None:
        return "–"
    below = [row.shown_range] if row.shown_range else []
    if row.mean is not None:
        below.append(f"mean {figure(row.mean)}")
    if when and row.time:
        below.append(row.time.removesuffix(" after its start"))
    return join([row.shown, *(tag("span", one, class_="range") for one in below)])
