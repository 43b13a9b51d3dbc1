"""When readings and scores are due: a protocol as data; what is done, late, missed or still to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kinetamine.clinic.basis import PROJECT, SPRAVATO_DOSING, Basis
from kinetamine.clinic.session.entries import Read, Scored
from kinetamine.clinic.session.state import Phase, SessionState
from kinetamine.clinic.session.timeline import Standing
from kinetamine.engine.model import Provenance
from kinetamine.errors import FieldError


class Status(StrEnum):
    """What became of one due entry."""

    TO_COME = "to come"
    DUE = "due now"
    LATE = "late"
    MISSED = "missed"
    DONE = "done"
    DONE_LATE = "done late"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One entry that is due.

    Attributes:
        what: vital signs that all must be read, or the name of one scale.
        minute: after the first drug; below 0 before it.
        early_min, late_min: how far from its minute it still counts as done in time.
        missed_min: after so long it counts as missed.
    """

    name: str
    what: tuple[str, ...]
    minute: float
    basis: Basis
    early_min: float = 5.0
    late_min: float = 5.0
    missed_min: float = 15.0

    def __post_init__(self) -> None:
        """Refuse a slot that is missed before it is late."""
        if not 0.0 <= self.late_min <= self.missed_min:
            raise FieldError("missed_min", self.missed_min, f"at least late_min, {self.late_min:g} min")


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """All slots of a session, in order; each name once."""

    name: str
    version: str
    slots: tuple[Slot, ...]

    def __post_init__(self) -> None:
        """Keep them in the order of time; refuse two of one name."""
        if len({slot.name for slot in self.slots}) < len(self.slots):
            raise FieldError("slots", [slot.name for slot in self.slots], "each name once")
        object.__setattr__(self, "slots", tuple(sorted(self.slots, key=lambda slot: (slot.minute, slot.name))))


@dataclass(frozen=True, kw_only=True)
class Due:
    """One slot at a time.

    Attributes:
        at: when it is due; None while no drug has been given and it counts from then.
        done_by: name of the entry that fills it.
    """

    slot: Slot
    at: datetime | None
    status: Status
    done_by: str = ""


def due(protocol: Protocol, state: SessionState) -> tuple[Due, ...]:
    """Every slot, as it stands at the time of the state; an entry fills the slot that it is nearest to, and no other.

    A pause moves nothing: effects do not wait for the pump.
    """
    filled = _matched(protocol, state)
    return tuple(_judge(slot, state, filled.get(slot.name)) for slot in protocol.slots)


def _matched(protocol: Protocol, state: SessionState) -> dict[str, Standing]:
    """By slot the entry that fills it: nearest pairs first, so that a reading on time is never another's late one."""
    windows = [(place, slot, _at(slot, state), *_window(slot, state)) for place, slot in enumerate(protocol.slots)]
    pairs = sorted(
        (abs((one.at - at).total_seconds()), place, one.at, one.entry.name)
        for place, slot, at, first, last in windows
        for one in (*state.readings, *state.scores)
        if first <= one.at <= last and _holds(one, slot.what)
    )
    filled: dict[str, Standing] = {}
    used: set[str] = set()
    seen = {one.entry.name: one for one in (*state.readings, *state.scores)}
    for _, place, _, name in pairs:
        slot = protocol.slots[place]
        if slot.name not in filled and name not in used:
            filled[slot.name] = seen[name]
            used.add(name)
    return filled


def _at(slot: Slot, state: SessionState) -> datetime:
    """When it is due; before any drug, as if that were given now."""
    return (state.started_at or state.at) + timedelta(minutes=slot.minute)


def _window(slot: Slot, state: SessionState) -> tuple[datetime, datetime]:
    """From when to when an entry may fill it: what is due before the drug cannot be done after it."""
    at, zero = _at(slot, state), state.started_at or state.at
    first, last = at - timedelta(minutes=slot.early_min), at + timedelta(minutes=slot.missed_min)
    return first, min(last, zero) if slot.minute < 0.0 else last


def _judge(slot: Slot, state: SessionState, found: Standing | None) -> Due:
    at = None if state.started_at is None else _at(slot, state)
    if found is not None:
        late = at is not None and found.at > at + timedelta(minutes=slot.late_min)
        status = Status.DONE_LATE if late and slot.minute >= 0.0 else Status.DONE
        return Due(slot=slot, at=at, status=status, done_by=found.entry.name)
    if at is None:
        return Due(slot=slot, at=None, status=Status.DUE if slot.minute < 0.0 else Status.TO_COME)
    return Due(slot=slot, at=at, status=_open(slot, at, _window(slot, state)[1], state))


def _open(slot: Slot, at: datetime, last: datetime, state: SessionState) -> Status:
    if state.phase is Phase.LEFT or state.at > last:
        return Status.MISSED
    if state.at > at + timedelta(minutes=slot.late_min):
        return Status.LATE
    return Status.DUE if state.at >= at - timedelta(minutes=slot.early_min) else Status.TO_COME


def _holds(one: Standing, what: Iterable[str]) -> bool:
    if isinstance(one.what, Scored):
        return set(what) == {one.what.scale}
    return isinstance(one.what, Read) and set(what) <= {name for name, _ in one.what.values}


_BY_LABEL = Basis(SPRAVATO_DOSING, "monitoring: pressure before, at 40 minutes and as warranted; pulse oximetry")
_OURS = Basis(PROJECT, "session", Provenance.ASSUMED, "ours, for a clinic to set")
_ALL = ("systolic", "diastolic", "heart_rate", "spo2")

SPRAY_SESSION = Protocol(
    name="esketamine nasal spray",
    version="1",
    slots=(
        Slot(name="before", what=_ALL, minute=-10.0, basis=_BY_LABEL, early_min=30.0, missed_min=10.0),
        Slot(name="peak", what=_ALL, minute=40.0, basis=_BY_LABEL),
        Slot(name="alertness", what=("moaas",), minute=45.0, basis=_OURS, early_min=20.0, missed_min=30.0),
        Slot(name="before leaving", what=_ALL, minute=115.0, basis=_BY_LABEL, early_min=20.0, missed_min=60.0),
    ),
)
"""Pressure at the label's times, with the oxygen that it asks for at every session; the rest is ours."""

INFUSION_SESSION = Protocol(
    name="infusion over 40 minutes",
    version="2",
    slots=(
        Slot(name="before", what=_ALL, minute=-10.0, basis=_OURS, early_min=30.0, missed_min=10.0),
        *(
            Slot(name=f"minute {minute}", what=_ALL, minute=float(minute), basis=_OURS)
            for minute in (15, 30, 40, 60, 90, 120)
        ),
        Slot(name="dissociation", what=("cadss",), minute=45.0, basis=_OURS, early_min=10.0, missed_min=30.0),
        Slot(name="before leaving", what=_ALL, minute=155.0, basis=_OURS, early_min=20.0, missed_min=60.0),
    ),
)
"""No source gives times for an infusion in a clinic: these are ours, every quarter of an hour while it runs.

Nobody leaves before two hours after its end, minute 160.
"""
