"""What whoever runs the server does at its console: found a clinic, and name the first of its people."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import select

from kinetamine.clinic.access import content
from kinetamine.clinic.access.member import Member
from kinetamine.clinic.access.whole import Whole, whole
from kinetamine.clinic.audit import content as prints
from kinetamine.clinic.audit.row import Entry
from kinetamine.clinic.database import Database, Transaction
from kinetamine.clinic.records import Clinic, Device, Person, Record, User
from kinetamine.clinic.refusals import NoSuchRecordError
from kinetamine.errors import FieldError

R = TypeVar("R", bound=Record)

OPERATOR = "operator"
"""Who it was, on the audit: somebody with the server's keys."""


def add_clinic(database: Database, code: str, name: str, time_zone: str = "UTC") -> Clinic:
    """A new clinic, without anybody in it.

    Raises:
        FieldError: the code is taken.
    """
    with database.transaction() as transaction:
        if transaction.session.scalar(select(Clinic.id).where(Clinic.code == code)):
            raise FieldError("code", code, "one that no clinic has yet")
        clinic = Clinic(code=code, name=name, time_zone=time_zone)
        clinic.id = clinic.clinic_id = str(uuid4())
        return _put(transaction, clinic)


def add_user(database: Database, clinic_code: str, name: str, shown_as: str, roles: tuple[str, ...]) -> Member:
    """A new user of a clinic, who cannot sign in before credentials are set.

    Raises:
        NoSuchRecordError: there is no such clinic.
        FieldError: the name is taken.
    """
    with database.transaction() as transaction:
        clinic_id = transaction.session.scalar(select(Clinic.id).where(Clinic.code == clinic_code))
        if clinic_id is None:
            raise NoSuchRecordError("clinic", clinic_code)
        taken = select(User.id).where(User.clinic_id == clinic_id, User.name == name)
        if transaction.session.scalar(taken):
            raise FieldError("name", name, "one that no user of the clinic has yet")
        user = User(name=name, shown_as=shown_as, roles=roles, active=True, clinic_id=clinic_id, id=str(uuid4()))
        _put(transaction, user)
        return Member(user.id, clinic_id, name)


def add_device(database: Database, member: Member, name: str, chair: str, mac: str) -> Device:
    """A new device, whose entries are by a user that ``add_user`` made.

    Raises:
        FieldError: the name is taken.
    """
    with database.transaction() as transaction:
        taken = select(Device.id).where(Device.clinic_id == member.clinic_id, Device.name == name)
        if transaction.session.scalar(taken):
            raise FieldError("name", name, "one that no device of the clinic has yet")
        device = Device(user_id=member.user_id, name=name, chair=chair, mac=mac, active=True, id=str(uuid4()))
        device.clinic_id = member.clinic_id
        return _put(transaction, device)


def export_person(database: Database, clinic_code: str, number: str) -> Whole:
    """The whole record of one person, with the audit's rows about it; taking it away is on the audit.

    Raises:
        NoSuchRecordError: there is no such clinic, or nobody of that number in it.
    """
    with database.transaction() as transaction:
        clinic_id = transaction.session.scalar(select(Clinic.id).where(Clinic.code == clinic_code))
        if clinic_id is None:
            raise NoSuchRecordError("clinic", clinic_code)
        query = select(Person).where(Person.clinic_id == clinic_id, Person.number == number)
        person = transaction.session.scalar(query)
        if person is None:
            raise NoSuchRecordError("person", number)
        found = whole(transaction.session, person, with_audit=True)
        about = {"clinic_id": clinic_id, "record_id": person.id}
        detail = {"found": found.counts}
        transaction.log(Entry(actor=OPERATOR, action="export", kind=Person.kind, **about, detail=detail))
        return found


def note(database: Database, action: str, **detail: Any) -> None:
    """Something done to the database as a whole: a backup, one put back, a change of keys."""
    with database.transaction() as transaction:
        transaction.log(Entry(actor=OPERATOR, action=action, kind="database", detail=detail))


def _put(transaction: Transaction, record: R) -> R:
    record.version, record.made_at, record.made_by = 1, transaction.now, OPERATOR
    content.check(record)
    transaction.session.add(record)
    transaction.session.flush()
    transaction.log(
        Entry(
            actor=OPERATOR,
            action="add",
            kind=record.kind,
            clinic_id=record.clinic_id,
            record_id=record.id,
            detail=prints.fingerprints([record], transaction.keys.audit),
        )
    )
    return record
