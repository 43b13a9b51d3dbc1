"""Consent as it was given and taken back: each is a record, which names the text by version and hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kinetamine.clinic import texts
from kinetamine.clinic.access import Records
from kinetamine.clinic.consent import Given, InForce, Purpose, Revoked, in_force, purpose_of
from kinetamine.clinic.eligibility.rules import Treatment
from kinetamine.clinic.records import Consent, Person
from kinetamine.clinic.signature import Signature
from kinetamine.clinic.texts import Text
from kinetamine.errors import FieldError

_STAFF = "staff"
"""The role under an act that was read back: the record says which account wrote it down."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A consent on record.

    Attributes:
        text: None where this software holds no text of that name, version and hash.
    """

    record: Consent
    text: Text | None

    @property
    def purpose(self) -> Purpose | None:
        """What it is for, where its text is known."""
        return None if self.text is None else self.text.about.purpose


def of(records: Records, person_id: str) -> tuple[Kept, ...]:
    """Everything that a person agreed to, the latest first."""
    found = records.find(Consent, person_id=person_id)
    kept = [Kept(record=one, text=_text(one)) for one in found]
    return tuple(sorted(kept, key=lambda one: one.record.given_at, reverse=True))


def give(
    records: Records, person_id: str, purpose: Purpose, shown: str, by: Signature, notes: str | None = None
) -> Consent:
    """Record that a person agreed to the text that was shown, at the time of the signature.

    Args:
        shown: SHA-256 of what was on the screen or on paper.

    Raises:
        FieldError: it was another text than the current one.
        Refusal: there is no such person, or the role does not allow it.
    """
    records.get(Person, person_id)
    text = texts.current(purpose, by.at)
    act = Given(name="new", person=person_id, text=text.about, sha256=shown, signature=by)
    return records.add(
        Consent(
            person_id=person_id,
            text=act.text.name,
            text_version=str(act.text.version),
            digest=act.sha256,
            given_at=act.signature.at,
            notes=notes,
        )
    )


def take_back(records: Records, consent_id: str, version: int, at: datetime, said: str | None = None) -> Consent:
    """Record that it was taken back; what was given stays on record. Nobody needs to give a reason for that.

    Raises:
        FieldError: it was taken back already, or had not been given by then.
    """
    held = records.get(Consent, consent_id)
    if held.revoked_at is not None:
        raise FieldError("revoked_at", held.revoked_at.isoformat(), "a consent that was not taken back yet")
    if at < held.given_at:
        raise FieldError("revoked_at", at.isoformat(), f"a time after it was given, {held.given_at.isoformat()}")
    return records.change(Consent, consent_id, version, said or "taken back by the person", revoked_at=at)


def standing(records: Records, person_id: str, treatment: Treatment, at: datetime | None = None) -> InForce:
    """The consent that a treatment needs, as it holds at a time: now, where none is named."""
    return standing_of(of(records, person_id), person_id, purpose_of(treatment), at)


def standing_of(kept: tuple[Kept, ...], person_id: str, purpose: Purpose, at: datetime | None = None) -> InForce:
    """The same of consents that were read already."""
    moment = at or datetime.now(UTC)
    known = tuple(one.about for one in texts.every())
    return in_force(person_id, purpose, [act for one in kept for act in _acts(one)], moment, known)


def _text(record: Consent) -> Text | None:
    found = texts.named(record.text, record.text_version)
    return found if found is not None and found.about.sha256 == record.digest else None


def _acts(kept: Kept) -> Iterator[Given | Revoked]:
    """What was given, and that it was taken back; a text that is not known here counts for nothing."""
    record, text = kept.record, kept.text
    if text is None:
        return
    person = record.person_id
    given = Signature(by=record.made_by, role=_STAFF, at=record.given_at)
    yield Given(name=record.id, person=person, text=text.about, sha256=record.digest, signature=given)
    if record.revoked_at is not None:
        back = Signature(by=record.changed_by or record.made_by, role=_STAFF, at=record.revoked_at)
        yield Revoked(name=f"{record.id} taken back", person=person, purpose=text.about.purpose, signature=back)
