"""A filled-in scale, with every answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Json, Moment, Sealed


class Score(Record):
    """A filled-in scale; a correction is another one that points at it.

    Attributes:
        method: version of the scale and fingerprint of its scoring.
        recall: the time it asked about.
        items: every answer.
        total: None where an answer is missing or the scale has none.
    """

    __tablename__ = "scores"
    __table_args__ = ties(("corrects_id",), person_id="people", session_id="sessions", corrects_id="scores")
    kind = "score"
    append_only = True
    owner = "person_id"

    person_id: Mapped[str] = mapped_column(ID, index=True)
    session_id: Mapped[str | None] = mapped_column(ID)
    scale: Mapped[str] = mapped_column(NAME)
    method: Mapped[str] = mapped_column(NAME)
    recall: Mapped[str] = mapped_column(NAME)
    rater: Mapped[str] = mapped_column(NAME)
    answered_at: Mapped[datetime] = mapped_column(Moment)
    items: Mapped[dict[str, Any]] = mapped_column(Json)
    total: Mapped[int | None]
    category: Mapped[str | None] = mapped_column(NAME)
    corrects_id: Mapped[str | None] = mapped_column(ID)
    why: Mapped[str | None] = mapped_column(Sealed("scores.why"))
