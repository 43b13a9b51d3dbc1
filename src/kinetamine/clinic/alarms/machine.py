"""The machine: (state, event) to (state, effects). What stands does not depend on the order in which events come.

An alarm latches with every reading that crosses a limit, until somebody who saw that reading acknowledges it. The
state keeps the events and derives all else, so a late reading, one sent twice, or an answer that overtakes its
question can neither raise nor clear what it should not. A rise that was one when it came in stays one, whatever turns
out later to have been read before the dose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from kinetamine.clinic.alarms.events import Acknowledged, Event, Passed, Reading, Silenced, Withdrawn
from kinetamine.clinic.alarms.limits import Limit, LimitSet, Priority, Side, Vital
from kinetamine.errors import FieldError

_Named = Reading | Acknowledged | Silenced | Withdrawn


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One limit that was crossed.

    Attributes:
        readings: names of all that crossed it, in time order; ``unanswered`` those nobody has acknowledged.
        present: whether the last reading of that sign still crosses it.
        sounds: whether it is to be heard now.
        called: who on the ladder has been called so far.
    """

    limit: Limit
    readings: tuple[str, ...]
    unanswered: tuple[str, ...]
    present: bool
    sounds: bool
    called: tuple[str, ...]
    first_at: datetime
    last_value: float

    @property
    def is_on_board(self) -> bool:
        """Whether it must be shown: unanswered, or answered and still so."""
        return bool(self.unanswered) or self.present


@dataclass(frozen=True, kw_only=True)
class Before:
    """The readings before the dose, by vital sign, as they were known from a time on, by the server's clock."""

    known_at: datetime
    values: tuple[tuple[Vital, float], ...]


@dataclass(frozen=True, kw_only=True)
class State:
    """All that has happened, under one set of limits.

    Attributes:
        before: the readings before the dose, in the order in which they became known; without them no rise can be
            judged.
        now: the latest time by the server's clock.
        refused: names of readings that cannot be, which were sent back.
    """

    limits: LimitSet
    before: tuple[Before, ...] = ()
    events: frozenset[_Named] = frozenset()
    now: datetime | None = None
    refused: frozenset[str] = field(default=frozenset())

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every accepted reading in time order, those withdrawn included."""
        return tuple(
            sorted((one for one in self.events if isinstance(one, Reading)), key=lambda one: (one.at, one.name))
        )

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """Every limit that was ever crossed, the most urgent first."""
        found = (_alarm(self, limit) for limit in self.limits.limits if limit.on)
        return tuple(sorted((one for one in found if one), key=lambda one: (one.limit.priority.rank, one.limit.name)))

    @cached_property
    def answered(self) -> frozenset[str]:
        """Names of all readings that somebody acknowledged or withdrew."""
        seen = (name for one in self.events if isinstance(one, Acknowledged) for name in one.readings)
        return frozenset(seen) | self.withdrawn

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """Names of all readings that were entered in error."""
        return frozenset(one.reading for one in self.events if isinstance(one, Withdrawn))

    @cached_property
    def silences(self) -> tuple[Silenced, ...]:
        """Every silence, in time order."""
        return tuple(
            sorted((one for one in self.events if isinstance(one, Silenced)), key=lambda one: (one.at, one.name))
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Of all events."""
        return frozenset(one.name for one in self.events)

    @property
    def board(self) -> tuple[Alarm, ...]:
        """The alarms that must be shown now."""
        return tuple(one for one in self.alarms if one.is_on_board)

    @property
    def unmeasured(self) -> tuple[Limit, ...]:
        """Limits on a rise that cannot be judged: no reading before the dose."""
        known = dict(self.before[-1].values) if self.before else {}
        return tuple(one for one in self.limits.limits if one.on and one.side is Side.RISE and one.vital not in known)


@dataclass(frozen=True)
class Raised:
    """A reading has crossed a limit: show it, and sound it."""

    limit: str
    priority: Priority
    reading: str


@dataclass(frozen=True)
class Called:
    """An alarm has stayed unanswered: call this role."""

    limit: str
    role: str


@dataclass(frozen=True)
class Hushed:
    """An alarm is not to be heard for now, or any more."""

    limit: str


@dataclass(frozen=True)
class Heard:
    """The silence of an alarm is over, and it is still unanswered."""

    limit: str


@dataclass(frozen=True)
class Refused:
    """An event that cannot be: ask again, in these words."""

    event: str
    reason: str


Effect = Raised | Called | Hushed | Heard | Refused


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Take in one event.

    The effects follow from what stands before and after. A critical reading is always accepted; what cannot be is
    refused, and the rest of the state stays as it is.
    """
    if isinstance(event, Passed):
        after = replace(state, now=_later(state.now, event.at))
        return after, _effects(state, after)
    if event.name in state.names:
        return _again(state, event)
    reason = _impossible(state, event)
    if reason:
        refused = state.refused | {event.name} if isinstance(event, Reading) else state.refused
        return replace(state, refused=refused), (Refused(event.name, reason),)
    clock = event.received_at if isinstance(event, Reading) else event.at
    after = replace(state, events=state.events | {event}, now=_later(state.now, clock))
    return after, _effects(state, after)


def start(limits: LimitSet, before: Iterable[Before] = ()) -> State:
    """Nothing has happened yet.

    Raises:
        FieldError: a reading before the dose cannot be.
    """
    known = tuple(sorted(before, key=lambda one: one.known_at))
    for vital, value in (pair for one in known for pair in one.values):
        if words := outside(limits, vital, value):
            raise FieldError(vital.value, value, words)
    return State(limits=limits, before=known)


def outside(limits: LimitSet, vital: Vital, value: float) -> str:
    """What was expected instead of a value that cannot be; empty for one that can, however critical."""
    possible = limits.range_of(vital)
    if possible.low.value <= value <= possible.high.value:
        return ""
    return f"{possible.low.value:g} to {possible.high.value:g} {vital.unit}: read again, and type it again"


def _again(state: State, event: _Named) -> tuple[State, tuple[Effect, ...]]:
    """The same event sent twice changes nothing, but for a reading that turns out to have come earlier."""
    known = next(one for one in state.events if one.name == event.name)
    if isinstance(known, Reading) and isinstance(event, Reading):
        if replace(event, received_at=known.received_at) != known:
            return state, (Refused(event.name, "another reading has that name"),)
        first = min(known, event, key=lambda one: one.received_at)
        after = replace(state, events=state.events - {known} | {first}, now=_later(state.now, event.received_at))
        return after, _effects(state, after)
    return state, () if known == event else (Refused(event.name, "another event has that name"),)


def _impossible(state: State, event: _Named) -> str:
    if isinstance(event, Reading) and event.value is not None:
        words = outside(state.limits, event.vital, event.value)
        return f"{event.vital}: given {event.value:g}, expected {words}" if words else ""
    if isinstance(event, Silenced):
        longest = state.limits.times[Priority.LOW].longest_silence_s.value
        return f"a silence of at most {longest:g} s" if event.seconds > longest else ""
    return ""


def _later(known: datetime | None, moment: datetime) -> datetime:
    return moment if known is None else max(known, moment)


def _alarm(state: State, limit: Limit) -> Alarm | None:
    valued = [one for one in state.readings if one.vital is limit.vital and one.value is not None]
    crossing = [one for one in valued if limit.crossed_by(one.value or 0.0, _lowest(state, limit, one.received_at))]
    if not crossing:
        return None
    unanswered = [one for one in crossing if one.name not in state.answered]
    standing = [one for one in valued if one.name not in state.withdrawn]
    last = standing[-1] if standing else None
    return Alarm(
        limit=limit,
        readings=tuple(one.name for one in crossing),
        unanswered=tuple(one.name for one in unanswered),
        present=last is not None and limit.crossed_by(last.value or 0.0, _lowest(state, limit, None)),
        sounds=any(not _is_silent(state, limit, one) for one in unanswered),
        called=_called(state, limit, unanswered),
        first_at=crossing[0].at,
        last_value=crossing[-1].value or 0.0,
    )


def _lowest(state: State, limit: Limit, since: datetime | None) -> float | None:
    """The lowest reading before the dose of all that have been known since then; None: of what is known now."""
    if limit.side is not Side.RISE:
        return None
    held = [one for one in state.before if since is None or one.known_at <= since][-1:]
    later = [one for one in state.before if since is not None and one.known_at > since]
    values = (value for one in (*held, *later) for vital, value in one.values if vital is limit.vital)
    return min(values, default=None)


def _is_silent(state: State, limit: Limit, reading: Reading) -> bool:
    """Whether a silence covers it now; one lasts no longer than its priority allows, whatever was asked."""
    longest = state.limits.times[limit.priority].longest_silence_s.value
    silences = (one for one in state.silences if reading.name in one.readings)
    now = state.now or reading.received_at
    return any(now < one.at + timedelta(seconds=min(one.seconds, longest)) for one in silences)


def _called(state: State, limit: Limit, unanswered: list[Reading]) -> tuple[str, ...]:
    """The ladder as far as it was climbed: one rung for each time that the oldest has waited so long."""
    if not unanswered or state.now is None:
        return ()
    waited = state.now - min(one.received_at for one in unanswered)
    rungs = int(waited.total_seconds() // state.limits.times[limit.priority].unanswered_s.value)
    return state.limits.ladder[: max(0, rungs)]


def _effects(before: State, after: State) -> tuple[Effect, ...]:
    known = {one.limit.name: one for one in before.alarms}
    return tuple(effect for alarm in after.alarms for effect in _change(known.get(alarm.limit.name), alarm))


def _change(old: Alarm | None, new: Alarm) -> list[Effect]:
    name = new.limit.name
    fresh = [one for one in new.unanswered if old is None or one not in old.readings]
    found: list[Effect] = [Raised(name, new.limit.priority, one) for one in fresh]
    found += [Called(name, role) for role in new.called if old is None or role not in old.called]
    if old is not None and old.sounds and not new.sounds:
        found.append(Hushed(name))
    if old is not None and not old.sounds and new.sounds and not fresh:
        found.append(Heard(name))
    return found
