"""One session as it stands: its record and every row of it, understood once and judged at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from kinetamine.clinic.access import Records
from kinetamine.clinic.alarms.events import Reading, Withdrawn
from kinetamine.clinic.alarms.limits import LimitSet
from kinetamine.clinic.alarms.machine import Before
from kinetamine.clinic.care import ordered, predictions
from kinetamine.clinic.care.every import every
from kinetamine.clinic.limits_in_use import AS_PUBLISHED, InUse
from kinetamine.clinic.plan import SessionPrediction
from kinetamine.clinic.records import Order, Session, SessionEvent
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.rems import UNDER_REMS, Duty, duty_of
from kinetamine.clinic.session.entries import DeviceUsed
from kinetamine.clinic.session.ordered import Ordered
from kinetamine.clinic.session.schedule import INFUSION_SESSION, SPRAY_SESSION, Due, Protocol, due
from kinetamine.clinic.session.state import SessionState, state_at
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.clinic.session.vitals import alarm_events, known_before
from kinetamine.clinic.session.wire import GIVEN, Heard, heard

OPEN, CLOSED = "open", "closed"
PROTOCOLS = {one.name: one for one in (INFUSION_SESSION, SPRAY_SESSION)}
"""What is due when, by name."""


@dataclass(frozen=True, eq=False)
class Sitting:
    """A session and its rows; with more rows it is another one.

    Attributes:
        rows: in no order; each once.
        in_use: the limits that it is judged by.
    """

    session: Session
    rows: tuple[SessionEvent, ...] = ()
    in_use: InUse = AS_PUBLISHED

    def merged(self, rows: tuple[SessionEvent, ...]) -> Sitting:
        """With rows that were written since; the same where there is none."""
        known = {one.id for one in self.rows}
        new = tuple(one for one in rows if one.id not in known and one.session_id == self.session.id)
        return replace(self, rows=(*self.rows, *new)) if new else self

    @property
    def limits(self) -> LimitSet:
        """Those of alarms."""
        return self.in_use.alarms

    @property
    def is_open(self) -> bool:
        """Whether somebody sits in the chair."""
        return bool(self.session.state == OPEN)

    @cached_property
    def heard(self) -> Heard:
        """The rows, understood."""
        return heard(self.rows)

    @cached_property
    def timeline(self) -> Timeline:
        """What was entered."""
        return Timeline().merged(self.heard.entries)

    @cached_property
    def readings(self) -> tuple[Reading | Withdrawn, ...]:
        """What the alarms hear."""
        return alarm_events(self.timeline)

    @cached_property
    def before(self) -> tuple[Before, ...]:
        """What they count a rise from."""
        return known_before(self.timeline, self.limits)

    @cached_property
    def prediction(self) -> SessionPrediction | None:
        """What the order's model expects; None where nothing was predicted."""
        return predictions.of(self.session.details)

    @cached_property
    def ordered(self) -> Ordered | None:
        """What was ordered; None where nothing was."""
        return ordered.of(self.session.details)

    @property
    def protocol(self) -> Protocol:
        """What is due when."""
        return PROTOCOLS.get(self.session.details.get("protocol", ""), INFUSION_SESSION)

    @property
    def duty(self) -> Duty:
        """Whether its monitoring record must be sent: by what is given, whichever protocol it is watched by."""
        return duty_of(*self._given, outpatient=bool(self.session.details.get("outpatient", True)))

    @property
    def _given(self) -> tuple[str, str]:
        """Drug and route: a spray that was used, whatever was ordered; else the order; without one, what is watched."""
        order = self.session.details.get(ordered.ORDER)
        if any(isinstance(one.what, DeviceUsed) for one in self.timeline.standing):
            return UNDER_REMS
        if order:
            return order["drug"], order["route"]
        return UNDER_REMS if self.protocol is SPRAY_SESSION else ("", "")

    @property
    def opened_at(self) -> datetime | None:
        """When the chair was taken; None where it never was: written down afterwards, as a whole."""
        was_open = self.is_open or self.session.version > 1
        return self.session.made_at if was_open else None

    def state(self, now: datetime) -> SessionState:
        """What it comes to; after the end, as it was then."""
        ended = self.session.ended_at
        at = now if ended is None else max(ended, self._last)
        return state_at(self.timeline, at, ordered=self.ordered, opened_at=self.opened_at)

    def due(self, now: datetime) -> tuple[Due, ...]:
        """What is due, late, missed or done."""
        return due(self.protocol, self.state(now))

    @cached_property
    def _last(self) -> datetime:
        """When the last thing happened."""
        return max((one.at for one in self.timeline.standing), default=self.session.made_at)


def load(records: Records, session_id: str, in_use: InUse = AS_PUBLISHED) -> Sitting:
    """A session from the records.

    Raises:
        Refusal: there is none, or it is not for this person.
    """
    return Sitting(records.get(Session, session_id), rows_of(records, session_id), in_use)


def keep_up(records: Records, sitting: Sitting, rows: Sequence[SessionEvent], now: datetime) -> Session:
    """Bring a session's record up to what was entered: its first drug, its end, and what its order says by then.

    What was stored is kept by itself before: whoever is stopped in between sends it again, and this is done then. Of
    two who do it at once the second looks again.

    Args:
        sitting: with these rows.

    Raises:
        Refusal: it is not for this person.
    """
    while behind := _behind(records, sitting, rows, now):
        try:
            why = "as it was entered"
            return records.change(Session, sitting.session.id, sitting.session.version, why, **behind)
        except ConflictError:
            sitting = load(records, sitting.session.id, sitting.in_use)
    return sitting.session


def _behind(records: Records, sitting: Sitting, rows: Sequence[SessionEvent], now: datetime) -> dict[str, Any]:
    """Fields that do not say what was entered."""
    session, state = sitting.session, sitting.state(now)
    entered: dict[str, Any] = {"started_at": state.started_at}
    if not sitting.is_open and state.left_at is not None:
        entered["ended_at"] = state.left_at
    drug = any(one.happened in GIVEN for one in rows)
    if drug and session.order_id is not None and not ordered.is_agreed(session.details):
        written = ordered.written(records.get(Order, session.order_id))
        entered["details"] = session.details | {ordered.ORDER: written}
    return {name: value for name, value in entered.items() if value != getattr(session, name)}


def rows_of(records: Records, session_id: str) -> tuple[SessionEvent, ...]:
    """Every row of a session.

    Raises:
        Refusal: it is not for this person.
    """
    return every(records, SessionEvent, session_id=session_id)
