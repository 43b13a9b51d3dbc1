"""Somebody who is treated."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import NAME, Record, ties
from kinetamine.clinic.records.columns import Sealed


class Person(Record):
    """Somebody who is treated; what identifies them is sealed."""

    __tablename__ = "people"
    __table_args__ = ties(("number",))
    kind = "person"
    owner = "id"

    number: Mapped[str] = mapped_column(NAME)
    name: Mapped[str] = mapped_column(Sealed("people.name"))
    born_on: Mapped[str] = mapped_column(Sealed("people.born_on"))
    contact: Mapped[str | None] = mapped_column(Sealed("people.contact"))
    sex: Mapped[str] = mapped_column(NAME)
    weight_kg: Mapped[float | None]
    notes: Mapped[str | None] = mapped_column(Sealed("people.notes"))
