"""What is stored, one file for each thing. Only ``access`` reads and writes it."""

from __future__ import annotations

from kinetamine.clinic.records.attempt import Attempt
from kinetamine.clinic.records.audit_row import AuditRow
from kinetamine.clinic.records.base import Base, Record
from kinetamine.clinic.records.clinic import Clinic
from kinetamine.clinic.records.consent import Consent
from kinetamine.clinic.records.credential import Credential
from kinetamine.clinic.records.device import Device
from kinetamine.clinic.records.enrolment import Enrolment
from kinetamine.clinic.records.ledger_entry import LedgerEntry
from kinetamine.clinic.records.order import Order
from kinetamine.clinic.records.person import Person
from kinetamine.clinic.records.revision import Revision
from kinetamine.clinic.records.score import Score
from kinetamine.clinic.records.session import Session
from kinetamine.clinic.records.session_event import SessionEvent
from kinetamine.clinic.records.sign_in import SignIn
from kinetamine.clinic.records.signature import Signature
from kinetamine.clinic.records.task import Task
from kinetamine.clinic.records.user import Role, User

__all__ = [
    "APPEND_ONLY",
    "KINDS",
    "Attempt",
    "AuditRow",
    "Base",
    "Clinic",
    "Consent",
    "Credential",
    "Device",
    "Enrolment",
    "LedgerEntry",
    "Order",
    "Person",
    "Record",
    "Revision",
    "Role",
    "Score",
    "Session",
    "SessionEvent",
    "SignIn",
    "Signature",
    "Task",
    "User",
]

KINDS: dict[str, type[Record]] = {
    one.kind: one
    for one in (
        Clinic,
        User,
        Person,
        Enrolment,
        Consent,
        Order,
        Session,
        SessionEvent,
        Score,
        LedgerEntry,
        Task,
        Signature,
        Device,
    )
}
"""Everything that roles may or may not see, by name."""

APPEND_ONLY = (*(one.__tablename__ for one in KINDS.values() if one.append_only), "revisions", "audit")
"""Tables whose rows the database itself refuses to change or delete."""
