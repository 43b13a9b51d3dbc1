"""Harms of a course: adverse events as trials counted them, and the exposure beside published exposures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kinetamine.course import Course
from kinetamine.engine.harm import Harm, Probability
from kinetamine.errors import FieldError
from kinetamine.harms import (
    AdverseEventRow,
    AdverseEventTable,
    Comparison,
    ExposureIndex,
    adverse_events,
    exposure_index,
)
from kinetamine.report.html import Markup, join, table, tag
from kinetamine.report.words import figure, source_words

_HEADINGS = ("Event", "First session, %", "Last session, %", "Whole course, %", "Control, %", "Beyond control, %")
_KINDS = (("Bladder", "bladder"), ("Memory and brain", "cognition"), ("Misuse", "misuse"))


@dataclass(frozen=True, kw_only=True)
class Harms:
    """What can be said of the harms of one course; ``refused`` says why where nothing can."""

    events: AdverseEventTable | None = None
    exposure: ExposureIndex | None = None
    refused: str = ""


def harms_of(course: Course) -> Harms | None:
    """The harms of the ketamine in a course; None where there is none."""
    if not course.doses:
        return None
    try:
        return Harms(
            events=adverse_events(course.doses, course.person), exposure=exposure_index(course.doses, course.person)
        )
    except FieldError as error:
        return Harms(refused=f"No harms are predicted for this course ({error}).")


def by_table(events: AdverseEventTable) -> Iterator[tuple[Harm, list[AdverseEventRow]]]:
    """Each table with its rows, the commonest event first."""
    for one in events.tables:
        rows = [row for row in events.rows if row.product is one]
        yield one, sorted(rows, key=lambda row: -row.at_least_once.value)


def commonest(events: AdverseEventTable, most: int) -> list[AdverseEventRow]:
    """The commonest events of the largest table that fits."""
    tables = sorted(by_table(events), key=lambda found: -found[0].people)
    return tables[0][1][:most] if tables else []


def as_mapping(harms: Harms | None) -> dict[str, Any] | None:
    """The harms as plain values; probabilities as fractions."""
    if harms is None:
        return None
    if harms.events is None or harms.exposure is None:
        return {"text": harms.refused, "events": [], "exposure": None}
    exposure = harms.exposure
    return {
        "text": harms.events.text,
        "events": [_row_mapping(row) for row in harms.events.rows],
        "disagreements": list(harms.events.disagreements),
        "exposure": {
            "racemic_mg": exposure.racemic_mg,
            "sessions_per_week": exposure.sessions_per_week,
            "drug_days_per_week": exposure.drug_days_per_week,
            "racemic_mg_per_day": exposure.racemic_mg_per_day,
            "comparisons": {name: [one.sentence for one in _found(exposure, field)] for name, field in _KINDS},
            "statements": list(exposure.statements),
        },
    }


def _row_mapping(row: AdverseEventRow) -> dict[str, Any]:
    return {
        "event": row.event.name,
        "title": row.event.title,
        "table": row.product.name,
        "by_session": [asdict(one) for one in row.in_session],
        "at_least_once": asdict(row.at_least_once),
        "control": None if row.background is None else asdict(row.background),
        "excess": None if row.excess is None else asdict(row.excess),
        "extrapolated": row.extrapolated,
        "note": row.note,
    }


def _found(exposure: ExposureIndex, field: str) -> tuple[Comparison, ...]:
    found: tuple[Comparison, ...] = getattr(exposure, field)
    return found


def harms_section(harms: Harms) -> Markup:
    """Adverse events by table, then the exposure beside published ones."""
    heading = tag("h2", "Harms", id="harms-title")
    if harms.events is None or harms.exposure is None:
        return tag("section", heading, tag("p", harms.refused), id="harms", aria_labelledby="harms-title")
    lead = (
        f"{harms.events.text} Shares of people with the event at least once, with the trial's 95 % interval below; "
        "reported and measured events are not to be compared with each other."
    )
    parts = [_table(one, rows) for one, rows in by_table(harms.events)]
    differ = harms.events.disagreements
    if differ:
        parts.append(tag("p", "Tables differ: " + " ".join(differ), class_="quiet small"))
    return tag(
        "section",
        heading,
        tag("p", lead),
        *_folded(parts, harms.events),
        *_exposure(harms.exposure),
        tag("p", f"Sources: {_sources(harms.events, harms.exposure)}.", class_="quiet small"),
        id="harms",
        aria_labelledby="harms-title",
    )


def _sources(events: AdverseEventTable, exposure: ExposureIndex) -> str:
    return "; ".join(dict.fromkeys(map(source_words, (*events.references, *exposure.references))))


def _folded(parts: Sequence[Markup], events: AdverseEventTable) -> Iterable[Markup]:
    """Several tables fold; the first stays open."""
    if len(events.tables) < 2:
        return parts
    folded = [
        tag("details", tag("summary", one.title), part, open=place == 0)
        for place, (one, part) in enumerate(zip(events.tables, parts, strict=False))
    ]
    return [*folded, *parts[len(events.tables) :]]


def _table(one: Harm, rows: Iterable[AdverseEventRow]) -> Markup:
    rows = list(rows)
    width = len(_HEADINGS) if any(row.background is not None for row in rows) else len(_HEADINGS) - 2
    lines = [
        (
            join([row.event.title, tag("span", _found_how(row), class_="below")]),
            _percent(row.in_session[0]),
            _percent(row.in_session[-1]),
            _percent(row.at_least_once),
            _percent(row.background),
            _percent(row.excess),
        )[:width]
        for row in rows
    ]
    return table(f"Adverse events: {one.title}; {one.population}", _HEADINGS[:width], lines, range(1, width))


def _found_how(row: AdverseEventRow) -> str:
    said = ["measured at fixed times" if row.event.scale_measured else "reported"]
    if row.extrapolated:
        said.append(f"counted over {row.product.sessions} sessions only")
    return "; ".join(said)


def _percent(one: Probability | None) -> object:
    if one is None:
        return "–"
    low, high = 100.0 * one.low, 100.0 * one.high
    return join([_whole(100.0 * one.value), tag("span", f"{_whole(low)}–{_whole(high)}", class_="range")])


def _whole(percent: float) -> str:
    """Whole per cent from 10 on, one decimal below: intervals are wider than that."""
    return f"{percent:.0f}" if abs(percent) >= 10.0 else f"{percent:.1f}".replace("-", "−")


def _exposure(exposure: ExposureIndex) -> Iterator[Markup]:
    rows = [
        (
            f"{name}: {one.measure[:1].lower()}{one.measure[1:]}",
            f"{figure(one.here)} {one.reference.unit}",
            f"{figure(one.reference.value)} {one.reference.unit}",
            figure(one.ratio),
            f"{one.about}; {one.reference.source.short()}",
        )
        for name, field in _KINDS
        for one in _found(exposure, field)
    ]
    headings = ("Exposure", "Here", "Published", "Ratio", "In whom")
    yield table("Exposure beside published exposures", headings, rows, (1, 2, 3))
    yield tag("ul", *(tag("li", one, class_="quiet small") for one in exposure.statements))
