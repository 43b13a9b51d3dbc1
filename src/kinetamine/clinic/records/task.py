"""Something that somebody has to do by a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Moment, Sealed


class Task(Record):
    """Something to do: whose it is, by when, and what became of it."""

    __tablename__ = "tasks"
    __table_args__ = ties(person_id="people", assigned_to="users")
    kind = "task"
    owner = "person_id"

    person_id: Mapped[str | None] = mapped_column(ID, index=True)
    what: Mapped[str] = mapped_column(NAME)
    priority: Mapped[str] = mapped_column(NAME)
    due_at: Mapped[datetime] = mapped_column(Moment)
    assigned_to: Mapped[str | None] = mapped_column(ID)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(Sealed("tasks.outcome"))
