"""Deliveries that share a transaction: what is known of all of them, asked for once, and the judgement of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from kinetamine.clinic.access import content, policy
from kinetamine.clinic.access.delivery import Delivery, Receipt, Sent
from kinetamine.clinic.access.member import Member
from kinetamine.clinic.access.policy import Action
from kinetamine.clinic.access.store import same
from kinetamine.clinic.audit import content as prints
from kinetamine.clinic.audit.row import Entry
from kinetamine.clinic.database import Transaction
from kinetamine.clinic.records import Clinic, Device, Person, Session, SessionEvent, User
from kinetamine.clinic.refusals import (
    NoOpenSessionError,
    NotAllowedError,
    NotSignedInError,
    OtherPatientError,
    OtherSessionError,
)
from kinetamine.clinic.session.state import MOST_BEHIND_S

OPEN = "open"
READING = "reading"
TOLERANCE = timedelta(seconds=MOST_BEHIND_S.value)
"""How far a device's clock may be behind this one's."""
KIND = SessionEvent.kind


@dataclass(frozen=True)
class Known:
    """A device that was recognised."""

    device: Device
    user: User
    zone: ZoneInfo

    @property
    def member(self) -> Member:
        """Whom its entries are by."""
        return Member(self.user.id, self.user.clinic_id, self.user.name)

    @property
    def place(self) -> tuple[str, str]:
        """Clinic and chair."""
        return self.device.clinic_id, self.device.chair


class Batch:
    """One transaction's worth of deliveries."""

    def __init__(
        self, transaction: Transaction, deliveries: Sequence[Delivery], opened: MutableMapping[str, datetime]
    ) -> None:
        """Look up what all of them need; ``opened``: since when the sessions that were seen before can be meant."""
        self._transaction, self._opened = transaction, opened
        self._known = recognised(transaction, [mac for one in deliveries for mac in one.macs])
        places = {one.place for one in self._known.values()}
        self._sittings: dict[tuple[str, str], list[Session]] = defaultdict(list)
        query = select(Session).where(
            Session.clinic_id.in_({clinic for clinic, _ in places}),
            Session.chair.in_({chair for _, chair in places}),
            Session.state == OPEN,
        )
        for one in transaction.session.scalars(query) if places else ():
            self._sittings[one.clinic_id, one.chair].append(one)
        self._stored: dict[tuple[str, str], SessionEvent] = {}
        names = {
            client_id(known, one)
            for delivery in deliveries
            if (known := self._device(delivery)) is not None
            for one in delivery.readings
        }
        if names:
            stored = select(SessionEvent).where(
                SessionEvent.clinic_id.in_({clinic for clinic, _ in places}), SessionEvent.client_id.in_(names)
            )
            self._stored = {(one.clinic_id, one.client_id): one for one in transaction.session.scalars(stored)}

    def member(self, delivery: Delivery) -> Member | None:
        """Whom a delivery is by, if anybody."""
        known = self._device(delivery)
        return None if known is None else known.member

    def take(self, delivery: Delivery) -> Receipt:
        """Judge a delivery and put it among what will be written; on a refusal nothing of it is.

        Raises:
            Refusal: the device is none, or the readings belong to no session here.
            FieldError: a reading cannot be stored.
        """
        known = self._device(delivery)
        if known is None:
            raise NotSignedInError
        if policy.scope(known.user.roles, KIND, Action.ADD) is None:
            raise NotAllowedError(Action.ADD, KIND)
        if delivery.chair not in {None, known.device.chair}:
            raise NotAllowedError(Action.ADD, KIND, "this device belongs to another chair")
        sitting = self._sitting(known, delivery.readings) if delivery.readings else None
        judged = [self._judged(one, sitting, known) for one in delivery.readings if sitting is not None]
        new = [one for one, again in judged if not again]
        self._write(new)
        ids = [one.id for one, _ in judged]
        again = len(ids) - len(new)
        detail = {"ids": ids, "again": again, "device": known.device.id}
        self._transaction.log(
            Entry(
                actor=known.user.id,
                action=Action.ADD,
                kind=KIND,
                clinic_id=known.user.clinic_id,
                record_id=ids[0] if len(ids) == 1 else "",
                detail=detail | dict(prints.fingerprints(new, self._transaction.keys.audit)),
            )
        )
        return Receipt(len(new), again, "" if sitting is None else sitting.id, tuple(new))

    def _device(self, delivery: Delivery) -> Known | None:
        return next((self._known[mac] for mac in delivery.macs if mac in self._known), None)

    def _sitting(self, known: Known, readings: Sequence[Sent]) -> Session:
        """The session that is open at the device's chair, if all readings can be of it.

        Raises:
            Refusal: there is not one, it is somebody else's, or it was opened later.
        """
        chair, found = known.device.chair, self._sittings.get(known.place, [])
        if len(found) != 1:
            raise NoOpenSessionError(chair, len(found))
        (sitting,) = found
        named = [one.patients for one in readings if one.patients]
        if named:
            number = self._transaction.session.scalar(
                select(Person.number).where(Person.clinic_id == sitting.clinic_id, Person.id == sitting.person_id)
            )
            if any(number not in one and sitting.person_id not in one for one in named):
                raise OtherPatientError(chair)
        opened = self._since(sitting)
        for one in readings:
            at = aware(one.at, known.zone)
            if at < opened - TOLERANCE:
                raise OtherSessionError(chair, f"{at:%Y-%m-%d %H:%M:%S%z}", f"{opened:%Y-%m-%d %H:%M:%S%z}")
        return sitting

    def _since(self, sitting: Session) -> datetime:
        """From when a reading at the chair can be of this session: since it is there, and the one before has ended."""
        if sitting.id not in self._opened:
            ended = self._transaction.session.scalar(
                select(func.max(Session.ended_at)).where(
                    Session.clinic_id == sitting.clinic_id, Session.chair == sitting.chair, Session.id != sitting.id
                )
            )
            self._opened[sitting.id] = sitting.made_at if ended is None else max(sitting.made_at, ended)
        return self._opened[sitting.id]

    def _judged(self, sent: Sent, sitting: Session, known: Known) -> tuple[SessionEvent, bool]:
        """The event, and whether it was there already.

        Raises:
            ConflictError: another was sent under its name.
        """
        event = SessionEvent(
            session_id=sitting.id,
            client_id=client_id(known, sent),
            device_time=aware(sent.at, known.zone),
            device=known.device.name,
            happened=READING,
            content=dict(sent.content),
        )
        stored = self._stored.get((known.user.clinic_id, event.client_id))
        if stored is not None:
            return same(stored, event), True
        event.id, event.clinic_id, event.version = str(uuid4()), known.user.clinic_id, 1
        event.made_at, event.made_by = self._transaction.now, known.user.id
        event.changed_at = event.changed_by = None
        content.check(event)
        return event, False

    def _write(self, events: Sequence[SessionEvent]) -> None:
        """Among what is written with the whole; a name that comes twice in one delivery is written once."""
        self._transaction.session.add_all(events)
        self._stored |= {(one.clinic_id, one.client_id): one for one in events}


def recognised(transaction: Transaction, macs: Sequence[str]) -> dict[str, Known]:
    """Devices that are still devices, by the hash of their token."""
    query = (
        select(Device, User, Clinic.time_zone)
        .join(User, (User.clinic_id == Device.clinic_id) & (User.id == Device.user_id))
        .join(Clinic, Clinic.id == Device.clinic_id)
        .where(Device.mac.in_(macs))
    )
    found = (Known(device, user, ZoneInfo(zone)) for device, user, zone in transaction.session.execute(query))
    return {one.device.mac: one for one in found if one.device.active and one.user.active}


def client_id(known: Known, sent: Sent) -> str:
    """Of a device's own name for a reading; those of two devices do not meet."""
    return str(uuid5(UUID(known.device.id), sent.name))


def aware(at: datetime, zone: ZoneInfo) -> datetime:
    """With a zone: the clinic's, where it has none."""
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)
