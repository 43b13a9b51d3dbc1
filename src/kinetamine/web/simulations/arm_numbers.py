"""Key numbers of each arm beside each other, and how they differ from those of the first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.doses import Doses
from kinetamine.report.mood import scores
from kinetamine.report.relapse import RELAPSE
from kinetamine.report.rows import Row
from kinetamine.report.sessions import Session
from kinetamine.report.summary import COURSE, summary
from kinetamine.report.words import figure

if TYPE_CHECKING:
    from kinetamine.web.simulations.arm import Arm

_LEVEL = re.compile(
    r"^(Cmax|AUC over the course), (venous|arterial)(?: \(estimated\))? (?:[SR]-)?(ketamine|norketamine)$"
)
_LEVELS = {
    ("Cmax", "venous", "ketamine"): "Peak ketamine, venous",
    ("Cmax", "arterial", "ketamine"): "Peak ketamine, arterial",
    ("AUC over the course", "venous", "ketamine"): "AUC of ketamine, venous",
    ("AUC over the course", "venous", "norketamine"): "AUC of norketamine, venous",
}
_ACUTE = {
    "Peak NMDA receptor occupancy": "Peak NMDA receptor occupancy",
    "Peak CADSS": "Peak dissociation (CADSS)",
    "Deepest sedation (MOAA/S)": "Deepest sedation (MOAA/S, 5 is awake)",
    "Largest rise of systolic pressure": "Largest rise of systolic pressure",
    "Probability of a systolic rise of 40 mmHg or more": "Chance of a systolic rise of 40 mmHg or more",
}
_TWINS = ("phq9", "pcl5")
"""Self-report twins of a scale that is shown already."""
_TIMES = (
    ("first_day", r"24 h after the (?:first|start)", "24 h after the first dose"),
    ("week", r"7 days after", "7 days after the first dose"),
    ("last_day", r"24 h after the last", "24 h after the last dose"),
    ("month", r"28 days after", "28 days after the first dose"),
)
_CHANCE_TIMES = ("last_day", "month")
_STILL_WELL, _MEDIAN, _BEYOND = "Still well", "Median time to relapse", "Still well at the end"
_SAME = "same"


@dataclass(frozen=True, kw_only=True)
class KeyNumber:
    """One number of one arm.

    Attributes:
        value: None where only a bound is known; ``shown`` then says it.
        ratio: whether a ratio of two such numbers means anything.
        chance: a share of people in per cent; differences are in percentage points.
        time: when, as its own arm counts.
    """

    key: str
    group: str
    label: str
    unit: str
    value: float | None
    shown: str
    range: tuple[float, float] | None = None
    shown_range: str = ""
    time: str = ""
    ratio: bool = True
    chance: bool = False


def key_numbers(trajectory: Trajectory, doses: Doses, found: Sequence[Session]) -> Iterator[KeyNumber]:
    """What is compared of one arm: dose, levels, acute effects, scores with their odds, relapse."""
    rows = summary(trajectory)
    yield KeyNumber(
        key="dose",
        group="Dose and levels in blood",
        label="Dose in all",
        unit="mg of base",
        value=doses.total_mg,
        shown=figure(doses.total_mg) if doses.total_mg else "none",
        time=f"in {len(found)} sessions" if len(found) > 1 else "",
    )
    yield from _levels(rows)
    yield from _acute(rows)
    for series in scores(trajectory):
        if series.name not in _TWINS:
            yield from _score(series.title, rows, several=len(found) > 1)
    yield from _relapse(rows)


def _levels(rows: Sequence[Row]) -> Iterator[KeyNumber]:
    for row in rows:
        named = _LEVEL.match(row.quantity) if row.section == COURSE else None
        label = _LEVELS.get((named[1], named[2], named[3])) if named else None
        if label is not None:
            yield _number(row, "Dose and levels in blood", label, ratio=True)


def _acute(rows: Sequence[Row]) -> Iterator[KeyNumber]:
    for row in rows:
        label = _ACUTE.get(row.quantity) if row.section == COURSE else None
        if label is not None:
            yield _number(row, "Acute effects", label, ratio=not label.startswith(("Deepest", "Chance")))


def _score(title: str, rows: Sequence[Row], *, several: bool) -> Iterator[KeyNumber]:
    """The score at four times, then response and remission, each the first way of several."""
    for place, (key, pattern, words) in enumerate(_TIMES):
        row = _at(rows, title, pattern) or (None if several or key != "last_day" else _at(rows, title, _TIMES[0][1]))
        if row is not None:
            yield _number(row, title, f"Score {words}", key=f"{title} {place}", ratio=False)
    for kind in ("Response", "Remission"):
        quantity = next(
            (row.quantity for row in rows if row.quantity.startswith(kind) and row.quantity.endswith(title)), ""
        )
        for key, pattern, words in _TIMES:
            row = _at(rows, quantity, pattern) if quantity and key in _CHANCE_TIMES else None
            if quantity and row is None and key == "last_day" and not several:
                row = _at(rows, quantity, _TIMES[0][1])
            if row is not None:
                label = f"{quantity.removesuffix(f', {title}')}, {words}"
                yield _number(row, title, label, ratio=False)


def _at(rows: Sequence[Row], quantity: str, pattern: str) -> Row | None:
    return next((row for row in rows if row.quantity == quantity and re.match(pattern, row.time)), None)


def _relapse(rows: Sequence[Row]) -> Iterator[KeyNumber]:
    """Share still well after four weeks and the median, or the time that it lies beyond."""
    for row in rows:
        if row.section == RELAPSE and row.quantity == _STILL_WELL and row.time.startswith("4 weeks"):
            yield _number(row, "After the last session, of those who responded", f"Still well {row.time}", ratio=False)
        if row.section == RELAPSE and row.quantity.startswith((_MEDIAN, _BEYOND)):
            beyond = row.quantity.startswith(_BEYOND)
            yield KeyNumber(
                key="median",
                group="After the last session, of those who responded",
                label="Median time to relapse",
                unit="days",
                value=None if beyond else row.value,
                shown=f"> {row.time.partition(' ')[0]}" if beyond else row.shown,
                time=row.time,
            )


def _number(row: Row, group: str, label: str, *, ratio: bool, key: str = "") -> KeyNumber:
    return KeyNumber(
        key=key or label,
        group=group,
        label=label,
        unit=row.unit,
        value=row.value,
        shown=row.shown,
        range=row.range,
        shown_range=row.shown_range,
        time=row.time,
        ratio=ratio,
        chance=row.unit.startswith("% of people") or row.unit.startswith("% of responders"),
    )


def table(arms: Sequence[Arm]) -> list[dict[str, Any]]:
    """Groups of rows, a cell for each arm; None where an arm has no such number."""
    having = [{} if arm.found is None else arm.found.numbers for arm in arms]
    return [{"title": group, "rows": [_row(key, having) for key in keys]} for group, keys in _grouped(having).items()]


def _grouped(having: Sequence[Mapping[str, KeyNumber]]) -> dict[str, list[str]]:
    """Keys by group, both in the order of the first arm that has them."""
    found: dict[str, list[str]] = {}
    for key in in_order(having):
        one = next(numbers[key] for numbers in having if key in numbers)
        found.setdefault(one.group, []).append(key)
    return found


def in_order(having: Sequence[Mapping[str, object]]) -> list[str]:
    """Keys as the arms have them, each new one behind the one that it follows in its own arm."""
    found: list[str] = []
    for one in having:
        before = -1
        for key in one:
            if key in found:
                before = found.index(key)
            else:
                before += 1
                found.insert(before, key)
    return found


def _row(key: str, having: Sequence[Mapping[str, KeyNumber]]) -> dict[str, Any]:
    cells = [numbers.get(key) for numbers in having]
    like = next(one for one in cells if one is not None)
    return {
        "key": key,
        "label": like.label,
        "unit": like.unit,
        "difference_unit": "percentage points" if like.chance else like.unit,
        "cells": [_cell(one, cells[0], first=place == 0) for place, one in enumerate(cells)],
    }


def _cell(one: KeyNumber | None, base: KeyNumber | None, *, first: bool) -> dict[str, Any] | None:
    if one is None:
        return None
    said: dict[str, Any] = {
        "value": one.value,
        "shown": one.shown,
        "range": None if one.range is None else list(one.range),
        "shown_range": one.shown_range,
        "time": one.time,
    }
    return said if first or base is None else said | _compared(one, base)


def _compared(one: KeyNumber, base: KeyNumber) -> dict[str, Any]:
    """Difference and ratio, as numbers and as printed."""
    if one.value is None or base.value is None:
        return {}
    difference = one.value - base.value
    said: dict[str, Any] = {"difference": difference, "shown_difference": _signed(one, base)}
    if one.ratio and base.value > 0.0 and one.value > 0.0:
        ratio = one.value / base.value
        said |= {"ratio": ratio}
        if said["shown_difference"] != _SAME:
            said |= {"shown_ratio": f"×{figure(ratio) if ratio >= 10.0 else f'{ratio:.2f}'}"}
    return said


def _signed(one: KeyNumber, base: KeyNumber) -> str:
    """Between the numbers as printed, so that a reader finds the same; no finer than the larger of them."""
    if one.shown == base.shown:
        return _SAME
    difference = _printed(one) - _printed(base)
    largest = max(abs(_printed(one)), abs(_printed(base)))
    places = 0 if one.chance else max(0, 2 - math.floor(math.log10(largest)))
    text = f"{abs(difference):.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("+" if difference > 0.0 else "−") + (text if float(text) else "<1")


def _printed(one: KeyNumber) -> float:
    """The number as a reader reads it; where only a bound is printed, as it is."""
    try:
        return float(one.shown.replace("−", "-"))
    except ValueError:
        return one.value or 0.0


def same_everywhere(arm: Arm, first: Arm) -> bool:
    """Whether no number of an arm differs from the first one's."""
    if arm.found is None or first.found is None or arm.found.numbers.keys() != first.found.numbers.keys():
        return False
    numbers = first.found.numbers
    return all(one.shown == numbers[key].shown for key, one in arm.found.numbers.items())
