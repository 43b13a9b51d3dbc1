"""The key numbers of a course, few enough to be read at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kinetamine.report.doses import Doses
from kinetamine.report.pressure import SCATTER
from kinetamine.report.relapse import RELAPSE
from kinetamine.report.rows import Row
from kinetamine.report.summary import COURSE
from kinetamine.report.words import figure

_PEAKS = (
    "Peak NMDA receptor occupancy",
    "Peak CADSS",
    "Largest rise of systolic pressure",
    "Probability of a systolic rise of 40 mmHg or more",
)
_TIMES = (
    "24 h after the last dose",
    "24 h after the first dose",
    "24 h after the last session",
    "24 h after the first session",
)
_SCORES = {
    "Depression (MADRS)": "MADRS",
    "Response (50 % fall or more), Depression (MADRS)": "Chance of response (MADRS halved)",
    "Remission (10 or less), Depression (MADRS)": "Chance of remission (MADRS 10 or less)",
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """One number with what it is and what stands beside it."""

    label: str
    value: str
    unit: str
    more: str = ""


def cards(rows: Sequence[Row], given: Doses, session_count: int) -> tuple[Card, ...]:
    """Dose, peaks of the acute effects, and the score after a day and after the course."""
    noun = "session" if session_count == 1 else "sessions"
    dose = Card(
        label=f"{given.drug.capitalize()} given",
        value=figure(given.total_mg),
        unit="mg of base",
        more=f"in {session_count} {noun}" if given.rows else "another treatment is given in its place",
    )
    return (dose, *_blood(rows), *_acute(rows), *_mood(rows))


def _blood(rows: Sequence[Row]) -> Iterator[Card]:
    """Venous blood where a model has it, as that is what laboratories see."""
    peaks = [row for row in rows if row.section == COURSE and row.quantity.startswith("Cmax, ")]
    parents = [row for row in peaks if "nor" not in row.quantity]
    chosen = next((row for row in parents if "venous" in row.quantity), next(iter(parents), None))
    if chosen is not None:
        yield _card(chosen, f"Peak {chosen.quantity.removeprefix('Cmax, ')}")


def _acute(rows: Sequence[Row]) -> Iterator[Card]:
    for wanted in _PEAKS:
        for row in rows:
            if row.section == COURSE and row.quantity == wanted:
                yield _surge(row, rows) if wanted.startswith("Probability") else _card(row, wanted)


def _surge(row: Row, rows: Sequence[Row]) -> Card:
    """A share of people says in how many sessions, and what readings alone would give."""
    alone = next((one for one in rows if one.quantity == f"{row.quantity}{SCATTER}"), None)
    beside = f"{row.time}; {alone.shown} % by scatter of readings alone" if alone else row.time
    return Card(label=row.quantity, value=row.shown, unit=row.unit, more=beside)


def _mood(rows: Sequence[Row]) -> Iterator[Card]:
    """One day after the last dose, or after the only one: the score, then response."""
    for start, label in _SCORES.items():
        own = [row for row in rows if row.quantity == start]
        found = [row for when in _TIMES for row in own if row.time == when] or own[-1:]
        if found:
            yield _card(found[0], f"{label}, {found[0].time}", time=False)
    for row in rows:
        if row.section == RELAPSE:
            label = f"Of responders, {row.quantity[:1].lower()}{row.quantity[1:]}"
            yield Card(label=label, value=row.shown, unit=row.unit.partition(" of ")[0], more=row.time)


def _card(row: Row, label: str, *, time: bool = True) -> Card:
    reach = f"{figure(row.range[0])} to {figure(row.range[1])} in 90 % of people" if row.range else ""
    mean = f"mean of people {figure(row.mean)}" if row.mean is not None else ""
    parts = [row.time if time else "", mean, reach, row.note if row.quantity.startswith("Cmax") else ""]
    return Card(label=label, value=row.shown, unit=row.unit, more="; ".join(part for part in parts if part))
