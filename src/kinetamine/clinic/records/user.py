"""Somebody who signs in, and in which roles."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Words


class Role(StrEnum):
    """What somebody is at the clinic."""

    PHYSICIAN = "physician"
    NURSE = "nurse"
    MONITOR = "monitor"
    THERAPIST = "therapist"
    AUDITOR = "auditor"
    ADMIN = "admin"
    PATIENT = "patient"
    DEVICE = "device"


class User(Record):
    """Somebody who signs in; passwords are kept apart, in ``Credential``.

    Attributes:
        name: what they type to sign in; one of its kind in the clinic.
        person_id: a patient's own record.
    """

    __tablename__ = "users"
    __table_args__ = ties(("name",), person_id="people")
    kind = "user"

    name: Mapped[str] = mapped_column(NAME)
    shown_as: Mapped[str] = mapped_column(NAME)
    roles: Mapped[tuple[str, ...]] = mapped_column(Words)
    active: Mapped[bool]
    person_id: Mapped[str | None] = mapped_column(ID)
