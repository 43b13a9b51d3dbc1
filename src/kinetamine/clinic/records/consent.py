"""A consent: to which text, and whether it still stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties
from kinetamine.clinic.records.columns import Moment, Sealed


class Consent(Record):
    """A person's consent to one version of one text; revoking it is a change that keeps the original.

    Attributes:
        digest: SHA-256 of the text that was read.
    """

    __tablename__ = "consents"
    __table_args__ = ties(person_id="people")
    kind = "consent"
    owner = "person_id"

    person_id: Mapped[str] = mapped_column(ID, index=True)
    text: Mapped[str] = mapped_column(NAME)
    text_version: Mapped[str] = mapped_column(NAME)
    digest: Mapped[str] = mapped_column(NAME)
    given_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    notes: Mapped[str | None] = mapped_column(Sealed("consents.notes"))
