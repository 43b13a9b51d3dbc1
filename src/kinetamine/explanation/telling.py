"""What the steps are told from, and numbers, times and names in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kinetamine.course import Course
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.rows import Row, spread
from kinetamine.report.sessions import Session, sessions
from kinetamine.report.summary import summary
from kinetamine.report.words import shown_unit

DAY_H = 24.0
_NOTHING = 1e-9
"""Below this a number is what a solver leaves of nothing."""


@dataclass(frozen=True)
class Facts:
    """One simulated course, as the steps ask about it."""

    course: Course
    trajectory: Trajectory

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The visits."""
        return sessions(self.trajectory)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The summary."""
        return summary(self.trajectory)

    @property
    def first(self) -> Session:
        """The first visit."""
        return self.sessions[0]

    @property
    def last_h(self) -> float:
        """When the last visit began."""
        return self.sessions[-1].start_h

    @property
    def end_h(self) -> float:
        """Until when was simulated."""
        return float(self.trajectory.times_h[-1])

    @property
    def is_drug(self) -> bool:
        """Whether ketamine is given."""
        return bool(self.trajectory.events)

    def has(self, *names: str) -> bool:
        """Whether all of these were simulated."""
        return all(name in self.trajectory for name in names)

    def at(self, name: str, time_h: float) -> float:
        """The typical person's value, in the unit that people read; the last where the simulation ends before."""
        return self._factor(name) * self.trajectory.at(name, min(max(time_h, 0.0), self.end_h))

    def peak(self, name: str, session: Session | None = None, *, lowest: bool = False) -> tuple[float, float]:
        """The typical person's extreme over the course or from one session to the next, and its time."""
        trajectory, sign = self.trajectory, -1.0 if lowest else 1.0
        inside = session.interval(trajectory) if session else np.arange(len(trajectory.times_h))
        values = sign * trajectory[name].typical[inside]
        at = int(values.argmax())
        return sign * self._factor(name) * float(values[at]), float(trajectory.times_h[inside][at])

    def reach(self, name: str, session: Session, *, lowest: bool = False) -> tuple[float, float] | None:
        """Between which values nine in ten people have their extreme; None without virtual people."""
        series = self.trajectory[name]
        if series.people is None:
            return None
        sign = -1.0 if lowest else 1.0
        own = sign * (sign * series.people[:, session.interval(self.trajectory)]).max(axis=1)
        return spread(self._factor(name) * own)

    def falls_below(self, name: str, level: float, after_h: float) -> float | None:
        """When the typical value is below a level, in the unit that people read, for good until the next session."""
        session = max((one for one in self.sessions if one.start_h <= after_h + 1e-9), key=lambda one: one.start_h)
        inside = session.interval(self.trajectory)
        times, values = self.trajectory.times_h[inside], self._factor(name) * self.trajectory[name].typical[inside]
        late = np.flatnonzero((values > level) & (times >= after_h - 1e-9))
        if not len(late):
            return after_h
        return float(times[late[-1] + 1]) if late[-1] + 1 < len(times) else None

    def row(self, quantity: str, time: str = "") -> Row | None:
        """The first row of the summary whose quantity and time begin so."""
        found = (one for one in self.rows if one.quantity.startswith(quantity) and one.time.startswith(time))
        return next(found, None)

    def row_at(self, quantity: str, time_h: float) -> Row | None:
        """The row of that quantity at a time."""
        found = (one for one in self.rows if one.quantity == quantity and one.time_h is not None)
        return next((one for one in found if abs((one.time_h or 0.0) - time_h) < 1.0), None)

    def _factor(self, name: str) -> float:
        return shown_unit(self.trajectory[name].unit)[0]


def parent_in_blood(facts: Facts) -> Series | None:
    """The series of ketamine that a blood sample would show; venous before arterial, totals before one enantiomer."""
    plasma = [one for one in facts.trajectory if one.stage == "plasma"]
    names = [one for one in plasma if one.name.removeprefix("s_").startswith("ketamine_")]
    ordered = sorted(names, key=lambda one: (one.name.startswith("s_"), not one.name.endswith("_venous")))
    return ordered[0] if ordered else None


def plain(value: float) -> str:
    """Two figures where there are more, whole numbers from 10 on: as people say it."""
    size = abs(value)
    if size < _NOTHING:
        return "0"
    if size >= 100.0:
        step = 10.0 ** (math.floor(math.log10(size)) - 1)
        return f"{round(value / step) * step:.0f}"
    if size >= 10.0:
        return f"{value:.0f}"
    return f"{value:.1f}".removesuffix(".0") if size >= 0.95 else f"{value:.2g}"


def lasting(hours: float) -> str:
    """A length of time in words; minutes to the next five where there are many."""
    minutes = hours * 60.0
    if minutes < 1.5:
        return "a minute"
    if minutes < 20.0:
        return f"{minutes:.0f} minutes"
    if minutes < 115.0:
        return f"{5 * round(minutes / 5.0)} minutes"
    if hours < 47.0:
        return _several(hours, "hour")
    return _several(hours / DAY_H, "day")


def _several(value: float, noun: str) -> str:
    said = f"{value:.1f}".removesuffix(".0") if value < 4.0 else f"{value:.0f}"
    return f"{said} {noun}{'' if said == '1' else 's'}"


def of_people(percent: float) -> str:
    """A share as a count of a hundred people."""
    if percent < 1.0:
        return "fewer than 1 of 100 people"
    return f"{percent:.0f} of 100 people"


def between(reach: tuple[float, float] | None, unit: str = "") -> str:
    """``; between 2 and 5 points in nine people of ten``; empty without people."""
    if reach is None or reach[1] - reach[0] <= 1e-9:
        return ""
    return f"; between {plain(reach[0])} and {plain(reach[1])}{f' {unit}' if unit else ''} in nine people of ten"


def listed(words: Iterable[str]) -> str:
    """``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def sentences(*given: str | None) -> tuple[str, ...]:
    """Those that have something to say."""
    return tuple(one for one in given if one)


def rounded(values: Sequence[float]) -> tuple[float, ...]:
    """Six significant figures."""
    return tuple(float(f"{one:.6g}") for one in values)
