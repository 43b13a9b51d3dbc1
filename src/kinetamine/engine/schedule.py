"""When doses are given: on named days, every so many hours, or on fixed days of the treatment weeks.

Day 1 is the first day of the regimen, and weeks are counted from it. Twice weekly means days 1 and 4 of
each week, three times weekly days 1, 3 and 5. A schedule that follows another one starts at its own first
place after the last dose so far, and the week that has begun counts: 56 mg on day 1, then 84 mg twice
weekly for 4 weeks is one dose and seven, as the label of the nasal spray has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, takewhile

DAY_H = 24.0
WEEK_H = 168.0
# Sums of intervals such as 1/3 h must not lose or gain a dose at the end of a span.
_TOLERANCE_H = 1e-6
MOST_DOSES = 5000
"""No course has more; one that would is a slip of the keyboard."""

WEEKDAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4)}
"""Days of the week, counted from 0, by doses a week: evenly spread and the same every week."""


@dataclass(frozen=True)
class OnDays:
    """On these days of the regimen, the first being 1."""

    days: tuple[int, ...]

    def times(self, last_h: float | None, free_h: float) -> Iterator[float]:  # noqa: ARG002 - named days are fixed
        """The start of each day."""
        return iter([(day - 1) * DAY_H for day in self.days])

    def end_of(self, first_h: float, span_h: float) -> float:
        """Counted from the first day named."""
        return first_h + span_h


@dataclass(frozen=True)
class Every:
    """At a fixed interval, from the last dose so far."""

    interval_h: float

    def times(self, last_h: float | None, free_h: float) -> Iterator[float]:
        """One interval after another."""
        first = 0.0 if last_h is None else max(last_h + self.interval_h, free_h)
        return (first + repeat * self.interval_h for repeat in count())

    def end_of(self, first_h: float, span_h: float) -> float:
        """Counted from the first dose."""
        return first_h + span_h


@dataclass(frozen=True)
class Weekly:
    """On the same days of every week, or of every second, third ... week."""

    weekdays: tuple[int, ...]
    weeks: int = 1

    def times(self, last_h: float | None, free_h: float) -> Iterator[float]:
        """Those later than the last dose so far, from the week it is in."""
        start = 0.0 if last_h is None else last_h // WEEK_H * WEEK_H
        places = (start + turn * self.weeks * WEEK_H + day * DAY_H for turn in count() for day in self.weekdays)
        return (place for place in places if last_h is None or (place > last_h and place >= free_h))

    def end_of(self, first_h: float, span_h: float) -> float:
        """Counted from the start of the week that the first dose is in."""
        return first_h // WEEK_H * WEEK_H + span_h


Pattern = OnDays | Every | Weekly
"""The places, in hours from the start of the regimen, where doses may go.

``times`` gives those after the last dose so far, which has ended by ``free_h``; ``end_of`` a span that holds a dose.
"""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A pattern and how much of it: a number of doses, a span, or neither."""

    pattern: Pattern
    doses: int | None = None
    span_h: float | None = None

    @property
    def ends(self) -> bool:
        """Whether it says by itself when to stop."""
        return self.doses is not None or self.span_h is not None or isinstance(self.pattern, OnDays)

    def times(self, last_h: float | None = None, free_h: float = 0.0, at_least: int = 1) -> tuple[float, ...]:
        """The times of the doses; a schedule that does not say when to stop gives as many as there must be."""
        places = islice(self.pattern.times(last_h, free_h), MOST_DOSES + 1)
        if self.doses is not None:
            return tuple(islice(places, self.doses))
        if self.span_h is not None:
            first = next(places)
            end = self.pattern.end_of(first, self.span_h) - _TOLERANCE_H
            return (first, *takewhile(lambda place: place < end, places))
        return tuple(places if self.ends else islice(places, at_least))
