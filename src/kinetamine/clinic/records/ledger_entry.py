"""A line of the controlled-drug ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Moment, Sealed


class LedgerEntry(Record):
    """What came, went, or was counted; never changed.

    Attributes:
        change_mg: positive where it came in.
        witness_id: who saw it, where somebody had to.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = ties(("corrects_id",), session_id="sessions", witness_id="users", corrects_id="ledger_entries")
    kind = "ledger_entry"
    append_only = True

    drug: Mapped[str] = mapped_column(NAME)
    lot: Mapped[str] = mapped_column(NAME)
    happened: Mapped[str] = mapped_column(NAME)
    happened_at: Mapped[datetime] = mapped_column(Moment)
    change_mg: Mapped[float]
    session_id: Mapped[str | None] = mapped_column(ID)
    witness_id: Mapped[str | None] = mapped_column(ID)
    note: Mapped[str | None] = mapped_column(Sealed("ledger_entries.note"))
    corrects_id: Mapped[str | None] = mapped_column(ID)
    why: Mapped[str | None] = mapped_column(Sealed("ledger_entries.why"))
