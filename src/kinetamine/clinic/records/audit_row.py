"""A row of the audit: who did or tried what, chained to the row before."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Base


class AuditRow(Base):
    """One row; never changed, never deleted.

    Attributes:
        seq: 1, 2, 3 without a gap.
        at: the server's time, as the text that is signed.
        detail: JSON in its one form; names of fields and ids, never what they hold.
        key: name of the key that signed it.
        previous: the ``mac`` of the row before.
        mac: HMAC over everything else in the row.
    """

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    clinic_id: Mapped[str] = mapped_column(ID, index=True)
    actor: Mapped[str] = mapped_column(ID)
    action: Mapped[str] = mapped_column(NAME)
    kind: Mapped[str] = mapped_column(NAME)
    record_id: Mapped[str] = mapped_column(ID)
    outcome: Mapped[str] = mapped_column(NAME)
    detail: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(NAME)
    previous: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))
