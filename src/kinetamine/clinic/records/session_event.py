"""What happened in a session: never changed, and the same however often it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Json, Moment, Sealed


class SessionEvent(Record):
    """A reading, a change of rate, an alarm; ``made_at`` is the server's time.

    Attributes:
        client_id: made where the entry was made, so that sending it again stores it once.
        device_time: when it happened by the clock it was read from.
        happened: reading, start, rate, pause, stop, alarm and so on.
        corrects_id: the entry that this one replaces, and ``why``.
    """

    __tablename__ = "session_events"
    __table_args__ = ties(("client_id", "corrects_id"), session_id="sessions", corrects_id="session_events")
    kind = "session_event"
    append_only = True

    session_id: Mapped[str] = mapped_column(ID, index=True)
    client_id: Mapped[str] = mapped_column(ID)
    device_time: Mapped[datetime] = mapped_column(Moment)
    device: Mapped[str | None] = mapped_column(NAME)
    happened: Mapped[str] = mapped_column(NAME)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    note: Mapped[str | None] = mapped_column(Sealed("session_events.note"))
    corrects_id: Mapped[str | None] = mapped_column(ID)
    why: Mapped[str | None] = mapped_column(Sealed("session_events.why"))
