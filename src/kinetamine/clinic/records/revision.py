"""What a record was before it was changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Base
from kinetamine.clinic.records.columns import Moment, Sealed, Words


class Revision(Base):
    """An earlier version of a record, who changed it and why; never changed itself.

    Attributes:
        names: the columns that were changed.
        content: all of the earlier version, sealed.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("kind", "record_id", "version"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clinic_id: Mapped[str] = mapped_column(ID, ForeignKey("clinics.id"))
    kind: Mapped[str] = mapped_column(NAME)
    record_id: Mapped[str] = mapped_column(ID)
    version: Mapped[int]
    names: Mapped[tuple[str, ...]] = mapped_column(Words)
    content: Mapped[str] = mapped_column(Sealed("revisions.content"))
    why: Mapped[str] = mapped_column(Sealed("revisions.why"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[str] = mapped_column(ID)
