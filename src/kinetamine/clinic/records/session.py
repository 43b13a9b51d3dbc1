"""A session: one person in one chair."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Json, Moment


class Session(Record):
    """A session at the clinic; what happens in it are its events."""

    __tablename__ = "sessions"
    __table_args__ = (
        *ties(person_id="people", order_id="orders"),
        Index("ix_sessions_clinic_id_chair_state", "clinic_id", "chair", "state"),
    )
    kind = "session"
    owner = "person_id"

    person_id: Mapped[str] = mapped_column(ID, index=True)
    order_id: Mapped[str | None] = mapped_column(ID)
    chair: Mapped[str] = mapped_column(NAME)
    state: Mapped[str] = mapped_column(NAME)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    details: Mapped[dict[str, Any]] = mapped_column(Json)
