"""An order: what is to be given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Json, Moment


class Order(Record):
    """A dose as it is to be given; signed and checked by ``Signature``.

    Attributes:
        regimen: in the clinic's words.
        details: what it was worked out from, the model and its version included.
    """

    __tablename__ = "orders"
    __table_args__ = ties(person_id="people", enrolment_id="enrolments")
    kind = "order"
    owner = "person_id"

    person_id: Mapped[str] = mapped_column(ID, index=True)
    enrolment_id: Mapped[str | None] = mapped_column(ID)
    regimen: Mapped[str] = mapped_column(NAME)
    drug: Mapped[str] = mapped_column(NAME)
    route: Mapped[str] = mapped_column(NAME)
    dose_mg: Mapped[float]
    weight_kg: Mapped[float]
    planned_at: Mapped[datetime | None] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(NAME)
    details: Mapped[dict[str, Any]] = mapped_column(Json)
