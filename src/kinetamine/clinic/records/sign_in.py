"""A sign-in: who, since when, and last seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, Base
from kinetamine.clinic.records.columns import Moment


class SignIn(Base):
    """A sign-in; its token is known to the browser alone, here is only a keyed hash."""

    __tablename__ = "sign_ins"

    mac: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ID, ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
