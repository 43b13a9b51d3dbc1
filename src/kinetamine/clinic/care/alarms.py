"""The alarms of a session now: its readings, what people answered, and the time that has passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from kinetamine.clinic.alarms.events import Acknowledged, Reading, Silenced, Withdrawn
from kinetamine.clinic.alarms.limits import LimitSet
from kinetamine.clinic.alarms.machine import Before, State, outside, start
from kinetamine.clinic.care.sitting import Sitting
from kinetamine.clinic.session.wire import ACKNOWLEDGED, SILENCED
from kinetamine.errors import KinetamineError


def alarms(sitting: Sitting, now: datetime) -> State:
    """Every alarm as it stands, the ladder and the silences up to now."""
    found = at_once(sitting.readings, sitting.before, sitting.limits)
    answers = frozenset(_answers(sitting))
    times = [now, *(one.at for one in answers), *([] if found.now is None else [found.now])]
    return replace(found, events=found.events | answers, now=max(times))


def at_once(readings: Iterable[Reading | Withdrawn], before: Iterable[Before], limits: LimitSet) -> State:
    """What ``vitals.alarms_of`` gives, without a step for each reading: what stands depends on no order.

    A session with a monitor has hundreds of readings, and is looked at every few seconds; a step works out what it
    changed, which nobody asks for here.
    """
    known: dict[str, Reading | Withdrawn] = {}
    refused: set[str] = set()
    for event in readings:
        if isinstance(event, Reading) and event.value is not None and outside(limits, event.vital, event.value):
            refused.add(event.name)
        else:
            known.setdefault(event.name, event)
    times = [one.received_at if isinstance(one, Reading) else one.at for one in known.values()]
    return replace(
        start(limits, before),
        events=frozenset(known.values()),
        refused=frozenset(refused),
        now=max(times, default=None),
    )


def _answers(sitting: Sitting) -> Iterator[Acknowledged | Silenced]:
    """What people answered; one that cannot be read answers nothing."""
    for row in sitting.heard.standing(ACKNOWLEDGED, SILENCED):
        readings = row.content.get("readings")
        if not isinstance(readings, list):
            continue
        seen = frozenset(str(one) for one in readings)
        try:
            if row.happened == ACKNOWLEDGED:
                yield Acknowledged(name=row.client_id, readings=seen, by=row.made_by, at=row.made_at)
            else:
                seconds = float(row.content.get("seconds", 0.0))
                yield Silenced(name=row.client_id, readings=seen, seconds=seconds, by=row.made_by, at=row.made_at)
        except (KinetamineError, TypeError, ValueError):
            continue


def longest_silence_s(limits: LimitSet) -> dict[str, float]:
    """How long each priority may be silenced, in seconds."""
    return {priority.value: times.longest_silence_s.value for priority, times in limits.times.items()}
