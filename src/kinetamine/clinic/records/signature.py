"""A signature under one version of a record."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties


class Signature(Record):
    """Somebody's name under one version of a record, and what they meant by it; a later version is not signed."""

    __tablename__ = "signatures"
    __table_args__ = (
        *ties(),
        UniqueConstraint("clinic_id", "signed_kind", "signed_id", "signed_version", "made_by"),
    )
    kind = "signature"
    append_only = True

    signed_kind: Mapped[str] = mapped_column(NAME)
    signed_id: Mapped[str] = mapped_column(ID)
    signed_version: Mapped[int]
    meaning: Mapped[str] = mapped_column(NAME)
