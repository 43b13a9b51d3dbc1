"""A clinic: everything else belongs to one."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import NAME, Record


class Clinic(Record):
    """A clinic; its ``clinic_id`` is its own ``id``, so that it is seen from within alone.

    Attributes:
        code: short name that its people sign in under.
    """

    __tablename__ = "clinics"
    __table_args__ = (
        UniqueConstraint("clinic_id", "id"),
        UniqueConstraint("code"),
        ForeignKeyConstraint(["clinic_id"], ["clinics.id"]),
    )
    kind = "clinic"

    code: Mapped[str] = mapped_column(NAME)
    name: Mapped[str] = mapped_column(NAME)
    time_zone: Mapped[str] = mapped_column(NAME)
