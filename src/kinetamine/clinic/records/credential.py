"""How somebody proves who they are; no role can read it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, Base
from kinetamine.clinic.records.columns import Moment, Sealed


class Credential(Base):
    """Password and second factor.

    Attributes:
        password: argon2 hash.
        totp: secret of the second factor.
        step: the last time step that a code was taken from; none is taken twice.
    """

    __tablename__ = "credentials"

    user_id: Mapped[str] = mapped_column(ID, ForeignKey("users.id"), primary_key=True)
    password: Mapped[str] = mapped_column(String(200))
    totp: Mapped[str] = mapped_column(Sealed("credentials.totp"))
    step: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(Moment)
