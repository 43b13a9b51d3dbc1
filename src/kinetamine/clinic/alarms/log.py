"""The log of alarms: what was raised, who answered after how long, who silenced; so that limits can be tuned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinetamine.clinic.alarms.events import Acknowledged, Reading, Withdrawn
from kinetamine.clinic.alarms.limits import Priority
from kinetamine.clinic.alarms.machine import State


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """One reading that crossed one limit.

    Attributes:
        answered_by, answered_at: the first acknowledgement that covers it; nobody and None while there is none.
        withdrawn: why the reading was an error; empty where it was none.
    """

    limit: str
    priority: Priority
    reading: Reading
    answered_by: str
    answered_at: datetime | None
    withdrawn: str

    @property
    def waited_s(self) -> float | None:
        """From its arrival to the answer; 0 where the answer's clock is behind."""
        if self.answered_at is None:
            return None
        return max(0.0, (self.answered_at - self.reading.received_at).total_seconds())


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often a limit alarmed, and how often for nothing: for tuning."""

    limit: str
    raised: int
    withdrawn: int
    unanswered: int


def rows(state: State) -> tuple[LogRow, ...]:
    """Everything that was ever raised, in time order; nothing leaves it."""
    by_name = {one.name: one for one in state.readings}
    found = [
        _row(state, alarm.limit.name, alarm.limit.priority, by_name[name])
        for alarm in state.alarms
        for name in alarm.readings
    ]
    return tuple(sorted(found, key=lambda row: (row.reading.at, row.priority.rank, row.limit, row.reading.name)))


def tallies(state: State) -> tuple[Tally, ...]:
    """One row for each limit that alarmed, the busiest first."""
    logged = rows(state)
    names = sorted({row.limit for row in logged}, key=lambda name: (-sum(row.limit == name for row in logged), name))
    return tuple(_tally(name, [row for row in logged if row.limit == name]) for name in names)


def _tally(limit: str, own: list[LogRow]) -> Tally:
    return Tally(
        limit=limit,
        raised=len(own),
        withdrawn=sum(bool(row.withdrawn) for row in own),
        unanswered=sum(row.answered_at is None and not row.withdrawn for row in own),
    )


def _row(state: State, limit: str, priority: Priority, reading: Reading) -> LogRow:
    answers = [one for one in state.events if isinstance(one, Acknowledged) and reading.name in one.readings]
    first = min(answers, key=lambda one: (one.at, one.name), default=None)
    errors = [one for one in state.events if isinstance(one, Withdrawn) and one.reading == reading.name]
    return LogRow(
        limit=limit,
        priority=priority,
        reading=reading,
        answered_by=first.by if first else "",
        answered_at=first.at if first else None,
        withdrawn=min(errors, key=lambda one: (one.at, one.name)).reason if errors else "",
    )
