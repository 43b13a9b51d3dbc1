"""From a session's entries to its alarms: what is sent back, what is judged, and the readings before the dose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from kinetamine.clinic.alarms.events import Reading, Withdrawn
from kinetamine.clinic.alarms.limits import LimitSet, Vital
from kinetamine.clinic.alarms.machine import Before, State, outside, start, step
from kinetamine.clinic.session.entries import Correction, Drug, EnteredInError, Entry, Read, Scored, What
from kinetamine.clinic.session.state import SessionState, state_at
from kinetamine.clinic.session.timeline import Standing, Timeline

_SCALES = {"moaas": Vital.ALERTNESS}
"""Scales that are watched like a vital sign."""


def sent_back(what: What, limits: LimitSet) -> tuple[str, ...]:
    """What must be read again because it cannot be; empty for everything that can, however critical.

    To be asked before an entry is taken in; one that slipped through is refused by the alarms all the same.
    """
    told = what.what if isinstance(what, Correction) else what
    found = ((sign, outside(limits, sign, value)) for sign, value, _ in _values(told) if value is not None)
    return tuple(f"{sign.replace('_', ' ')}: expected {words}" for sign, words in found if words)


def before_dose(state: SessionState) -> dict[Vital, float]:
    """The last value of every vital sign up to the first drug: what a rise is counted from.

    Of a device whose clock may be behind, what came after the drug may have been read after it: it counts where there
    is nothing else.
    """
    start = state.started_at
    unsure = {
        one.entry.name
        for one in state.readings
        if one.entry.name in state.behind and start is not None and one.entry.received_at > start
    }
    found: dict[Vital, float] = {}
    for sign in Vital:
        values = [
            (entry not in unsure, at, value) for at, value, entry in state.values(sign) if start is None or at <= start
        ]
        if values:
            found[sign] = max(values)[-1]
    return found


def known_before(timeline: Timeline, limits: LimitSet) -> tuple[Before, ...]:
    """The readings before the dose as they became known, once a drug was: until then the next reading is another one.

    Folded anew only for what can change them: a session with a monitor has thousands of readings.
    """
    last_drug = max((_at(one) for one in timeline.entries if isinstance(_said(one), Drug)), default=None)
    changed = {one.what.of for one in timeline.entries if isinstance(one.what, Correction | EnteredInError)}
    bearing = [
        one
        for one in timeline.entries
        if not isinstance(one.what, Read | Scored) or one.name in changed or (last_drug and _at(one) <= last_drug)
    ]
    found: list[Before] = []
    known: frozenset[Entry] = frozenset()
    started_at: datetime | None = None
    for received_at, arrived in groupby(sorted(bearing, key=_received_at), key=_received_at):
        new = frozenset(arrived)
        known |= new
        if any(_can_move(one, started_at) for one in new):
            state = state_at(Timeline(known), received_at)
            started_at = state.started_at
            values = before_dose(state).items() if started_at else ()
            possible = tuple((sign, value) for sign, value in values if not outside(limits, sign, value))
            found.append(Before(known_at=received_at, values=possible))
    return tuple(found)


def alarm_events(timeline: Timeline) -> tuple[Reading | Withdrawn, ...]:
    """Every reading of a session, and a withdrawal of each that was corrected or entered in error.

    A corrected value is a reading of its own under the name of its correction, so that it alarms by itself.
    """
    strays = (event for one in (*timeline.conflicts, *timeline.orphans) for event in _stray(one, timeline))
    return (*(event for standing in timeline.everything for event in _events(standing)), *strays)


def alarms_of(timeline: Timeline, limits: LimitSet) -> State:
    """The alarms of a session as its entries alone make them; what people answered is added by further steps."""
    alarms = start(limits, known_before(timeline, limits))
    for event in alarm_events(timeline):
        alarms, _ = step(alarms, event)
    return alarms


def unanswered(alarms: State) -> tuple[str, ...]:
    """The limits that were crossed and that nobody has acknowledged, in words, for the gate before leaving."""
    return tuple(alarm.limit.text for alarm in alarms.board if alarm.unanswered)


def present(alarms: State) -> tuple[str, ...]:
    """The limits that the last reading of a sign still crosses, acknowledged or not, in words, for the same gate."""
    return tuple(alarm.limit.text for alarm in alarms.board if alarm.present)


def _received_at(entry: Entry) -> datetime:
    return entry.received_at


def _at(entry: Entry) -> datetime:
    """When it was, by its own words, and at the latest when it was received."""
    return min(entry.at, entry.received_at)


def _said(entry: Entry) -> What:
    """What it says, as an entry of its own or as the correction of another."""
    return entry.what.what if isinstance(entry.what, Correction) else entry.what


def _can_move(entry: Entry, started_at: datetime | None) -> bool:
    """Whether it can change when the drug began, or what was read before."""
    if isinstance(entry.what, Read | Scored):
        return started_at is not None and _at(entry) <= started_at
    return isinstance(entry.what, Drug | Correction | EnteredInError)


def _events(standing: Standing) -> Iterator[Reading | Withdrawn]:
    """The original and every correction, each withdrawn by the change that follows it."""
    told: list[tuple[Entry, What]] = [(standing.entry, standing.entry.what)]
    for change in standing.history:
        yield from (_withdrawal(name, change) for name in _names(told[-1]))
        if isinstance(change.what, Correction):
            told.append((change, change.what.what))
    for entry, what in told:
        at = standing.at if entry is told[-1][0] else standing.entry.at
        for sign, value, absent in _values(what):
            yield Reading(
                name=f"{entry.name}/{sign}",
                vital=sign,
                value=value,
                at=at,
                received_at=entry.received_at,
                absent=absent,
            )


def _stray(entry: Entry, timeline: Timeline) -> Iterator[Reading]:
    """What counts for nothing in the state is heard all the same; an orphan under the name that it will have."""
    name = entry.name if entry in timeline.orphans else f"{entry.name}@{entry.received_at.isoformat()}"
    for sign, value, absent in _values(_said(entry)):
        yield Reading(
            name=f"{name}/{sign}", vital=sign, value=value, at=entry.at, received_at=entry.received_at, absent=absent
        )


def _names(told: tuple[Entry, What]) -> Iterator[str]:
    return (f"{told[0].name}/{sign}" for sign, _, _ in _values(told[1]))


def _withdrawal(reading: str, change: Entry) -> Withdrawn:
    reason = change.what.reason if isinstance(change.what, Correction | EnteredInError) else ""
    return Withdrawn(
        name=f"{change.name}/{reading}", reading=reading, reason=reason, by=change.by, at=change.received_at
    )


def _values(what: What) -> Iterator[tuple[Vital, float | None, str]]:
    known = {sign.value for sign in Vital}
    if isinstance(what, Read):
        yield from ((Vital(name), value, "") for name, value in what.values if name in known)
        yield from ((Vital(name), None, reason) for name, reason in what.absent if name in known)
    elif isinstance(what, Scored) and what.scale in _SCALES and (total := what.score().total) is not None:
        yield _SCALES[what.scale], float(total), ""
