"""A person's enrolment for a course."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Json, Moment, Sealed


class Enrolment(Record):
    """A person in a programme, for one condition.

    Attributes:
        eligibility: the findings that were decided on, and by which version of the rules.
    """

    __tablename__ = "enrolments"
    __table_args__ = ties(person_id="people")
    kind = "enrolment"
    owner = "person_id"

    person_id: Mapped[str] = mapped_column(ID, index=True)
    condition: Mapped[str] = mapped_column(NAME)
    programme: Mapped[str] = mapped_column(NAME)
    state: Mapped[str] = mapped_column(NAME)
    eligibility: Mapped[dict[str, Any]] = mapped_column(Json)
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    notes: Mapped[str | None] = mapped_column(Sealed("enrolments.notes"))
