"""What devices send, on its way into the records: many at once, and none acknowledged before it is on the disk.

Each delivery is judged by itself and undone by itself, but those that wait at the same time share one transaction: the
disk is waited for once for all of them. Whose they are is looked up in that transaction, so that a device that was
revoked, or a session that was closed, counts from that moment.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from kinetamine.clinic.access.act import Act
from kinetamine.clinic.access.member import Member
from kinetamine.clinic.access.policy import Action
from kinetamine.clinic.access.store import stored_or_put
from kinetamine.clinic.audit.row import REFUSED, Entry
from kinetamine.clinic.database import Database, Transaction
from kinetamine.clinic.records import Clinic, Device, Person, Session, SessionEvent, User
from kinetamine.clinic.refusals import (
    NoOpenSessionError,
    NotAllowedError,
    NotSignedInError,
    OtherPatientError,
    OtherSessionError,
    Refusal,
)

OPEN = "open"
MOST_AT_ONCE = 64
"""Deliveries that share a transaction."""
TOLERANCE = timedelta(seconds=60)
"""How far a device's clock may be behind this one's; assumed, ours."""
_KIND = SessionEvent.kind


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One reading, as it will be stored.

    Attributes:
        name: the device's own for it, the same when it is sent again.
        at: by the device's clock; without a zone, as on the clinic's wall.
        patients: identifiers, one of which must be the person's; empty: none was named.
    """

    name: str
    at: datetime
    content: Mapping[str, Any]
    patients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What one device sent at once: all of it is taken, or nothing.

    Attributes:
        macs: keyed hashes of its token, by every key in use.
        chair: where it believes to be; None: it does not say.
    """

    macs: tuple[str, ...]
    readings: tuple[Sent, ...]
    chair: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What is on the disk: readings that are new, and such that were there already."""

    stored: int
    again: int


@dataclass(frozen=True)
class _Known:
    """A device that was recognised."""

    device: Device
    user: User
    zone: ZoneInfo

    @property
    def member(self) -> Member:
        return Member(self.user.id, self.user.clinic_id, self.user.name)


@dataclass(eq=False)
class _Ticket:
    """A delivery that waits, and what becomes of it."""

    delivery: Delivery
    receipt: Receipt | None = None
    error: Exception | None = None
    member: Member | None = field(default=None)

    @property
    def is_done(self) -> bool:
        return self.receipt is not None or self.error is not None

    def take(self, transaction: Transaction) -> None:
        """Judge and store it; what is refused leaves nothing but a row on the audit."""
        said = len(transaction.entries)
        try:
            with transaction.session.begin_nested():
                self.receipt = self._taken(transaction)
        except Exception as error:  # noqa: BLE001 - the others' deliveries are not this one's
            self.receipt, self.error = None, error
            del transaction.entries[said:]
            transaction.log(_refused(self.member, error))

    def _taken(self, transaction: Transaction) -> Receipt:
        known = _recognised(transaction, self.delivery.macs)
        self.member = known.member
        act = Act(transaction, known.member, Action.ADD, _KIND)
        if self.delivery.chair not in {None, known.device.chair}:
            raise NotAllowedError(Action.ADD, _KIND, "this device belongs to another chair")
        stored = []
        if self.delivery.readings:
            sitting = _sitting(act, known, self.delivery.readings)
            stored = [stored_or_put(act, _event(one, sitting, known)) for one in self.delivery.readings]
        new = [one for one, again in stored if not again]
        ids = [one.id for one, _ in stored]
        act.log(ids[0] if len(ids) == 1 else "", new, ids=ids, again=len(stored) - len(new), device=known.device.id)
        return Receipt(len(new), len(stored) - len(new))


class Intake:
    """The way in, for several threads."""

    def __init__(self, database: Database, at_once: int = MOST_AT_ONCE) -> None:
        """``at_once``: how many deliveries may share a transaction; 1 for none."""
        self._database, self._at_once = database, at_once
        self._waiting: deque[_Ticket] = deque()
        self._lead = threading.Lock()
        self._seen: set[str] = set()

    def require_device(self, macs: Sequence[str]) -> None:
        """Before anything that it sent is looked at: that there is such a device; ``take`` says whether there still is.

        Raises:
            NotSignedInError: there is none.
        """
        if not self._seen.isdisjoint(macs):
            return
        with self._database.unlogged() as transaction, suppress(NotSignedInError):
            _recognised(transaction, macs)
            self._seen.update(macs)
            return
        with self._database.transaction() as transaction:
            transaction.log(_refused(None, NotSignedInError()))
        raise NotSignedInError

    def refused(self, member: Member) -> NotAllowedError:
        """Somebody who is signed in, and no device."""
        error = NotAllowedError(Action.ADD, _KIND, "this address is for devices")
        with self._database.transaction() as transaction:
            transaction.log(_refused(member, error))
        error.is_logged = True
        return error

    def take(self, delivery: Delivery) -> Receipt:
        """Store it; returns once it is on the disk.

        Raises:
            Refusal: the device is none, or no longer; or the readings belong to no session here.
        """
        ticket = _Ticket(delivery)
        self._waiting.append(ticket)
        with self._lead:
            while not ticket.is_done:
                self._take_waiting()
        if ticket.error is not None:
            if isinstance(ticket.error, NotSignedInError):
                self._seen.difference_update(delivery.macs)
            raise ticket.error
        assert ticket.receipt is not None  # noqa: S101 - it is done
        return ticket.receipt

    def _take_waiting(self) -> None:
        """Those that came first, in one transaction; if that fails, none of them was taken."""
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._at_once))]
        try:
            with self._database.transaction() as transaction:
                for ticket in batch:
                    ticket.take(transaction)
        except Exception as error:  # noqa: BLE001 - each is told by its own thread
            for ticket in batch:
                ticket.receipt, ticket.error = None, error


def _recognised(transaction: Transaction, macs: Sequence[str]) -> _Known:
    query = (
        select(Device, User, Clinic.time_zone)
        .join(User, (User.clinic_id == Device.clinic_id) & (User.id == Device.user_id))
        .join(Clinic, Clinic.id == Device.clinic_id)
        .where(Device.mac.in_(macs))
    )
    found = transaction.session.execute(query).first()
    if found is None or not found[0].active or not found[1].active:
        raise NotSignedInError
    return _Known(found[0], found[1], ZoneInfo(found[2]))


def _sitting(act: Act, known: _Known, readings: Sequence[Sent]) -> Session:
    """The session that is open at the device's chair, if all readings can be of it.

    Raises:
        ReadingRefused: there is not one, it is somebody else's, or it was opened later.
    """
    chair, whole = known.device.chair, act.transaction.session
    sittings = act.query(Session).where(Session.chair == chair, Session.state == OPEN)
    found = list(whole.scalars(sittings.limit(2)))
    if len(found) != 1:
        raise NoOpenSessionError(chair, len(found))
    (sitting,) = found
    named = [one.patients for one in readings if one.patients]
    if named:
        number = whole.scalar(
            select(Person.number).where(Person.clinic_id == sitting.clinic_id, Person.id == sitting.person_id)
        )
        if any(number not in one and sitting.person_id not in one for one in named):
            raise OtherPatientError(chair)
    before = select(func.max(Session.ended_at)).where(
        Session.clinic_id == sitting.clinic_id, Session.chair == chair, Session.id != sitting.id
    )
    ended = whole.scalar(before)
    opened = sitting.made_at if ended is None else max(sitting.made_at, ended)
    for one in readings:
        at = _aware(one.at, known.zone)
        if at < opened - TOLERANCE:
            raise OtherSessionError(chair, f"{at:%Y-%m-%d %H:%M:%S%z}", f"{opened:%Y-%m-%d %H:%M:%S%z}")
    return sitting


def _event(sent: Sent, sitting: Session, known: _Known) -> SessionEvent:
    return SessionEvent(
        session_id=sitting.id,
        client_id=str(uuid5(UUID(known.device.id), sent.name)),  # names of two devices do not meet
        device_time=_aware(sent.at, known.zone),
        device=known.device.name,
        happened="reading",
        content=dict(sent.content),
    )


def _aware(at: datetime, zone: ZoneInfo) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


def _refused(member: Member | None, error: Exception) -> Entry:
    status = error.status if isinstance(error, Refusal) else 503
    return Entry(
        actor="" if member is None else member.user_id,
        action=Action.ADD,
        kind=_KIND,
        clinic_id="" if member is None else member.clinic_id,
        outcome=REFUSED,
        detail={"status": status, "reason": type(error).__name__},
    )
