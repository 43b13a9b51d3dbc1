"""Failed attempts to sign in, by name, whether or not there is anybody of that name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import Base
from kinetamine.clinic.records.columns import Moment


class Attempt(Base):
    """How often a name failed in a row.

    Attributes:
        name: keyed hash of clinic and name: a list of names that were tried is of no use to anybody.
        until: no further attempt is looked at before.
    """

    __tablename__ = "attempts"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    until: Mapped[datetime | None] = mapped_column(Moment)
