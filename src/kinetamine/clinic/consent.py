"""Consent: which text was agreed to, by its hash, and what is in force at a time; the text itself is kept elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kinetamine.clinic.eligibility.rules import Treatment
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.errors import FieldError


class Purpose(StrEnum):
    """What a consent is for: approval or not changes what must be said."""

    LABELLED = "esketamine as labelled"
    OFF_LABEL = "off-label ketamine or esketamine"


def purpose_of(treatment: Treatment) -> Purpose:
    """Which consent a treatment needs."""
    return Purpose.LABELLED if treatment.is_labelled else Purpose.OFF_LABEL


def fingerprint(text: bytes) -> str:
    """SHA-256 of a text as it was shown, to the last byte."""
    return hashlib.sha256(text).hexdigest()


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """One version of a text.

    Attributes:
        language: a tag such as ``en`` or ``de-CH``.
        sha256: of the text as shown.
        valid_from, retired_at: who agrees outside these times agreed to a text that was not current.
    """

    name: str
    version: int
    purpose: Purpose
    language: str
    sha256: str
    valid_from: datetime
    retired_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what is no hash, and a text that ends before it begins."""
        digits = set("0123456789abcdef")
        if len(self.sha256) != 64 or not set(self.sha256) <= digits:
            raise FieldError("sha256", self.sha256, "64 hexadecimal digits in small letters")
        if self.version < 1:
            raise FieldError("version", self.version, "1 or more")
        object.__setattr__(self, "valid_from", in_utc("valid_from", self.valid_from))
        if self.retired_at is None:
            return
        object.__setattr__(self, "retired_at", in_utc("retired_at", self.retired_at))
        if self.retired_at <= self.valid_from:
            raise FieldError("retired_at", self.retired_at.isoformat(), f"after {self.valid_from.isoformat()}")

    def is_current(self, at: datetime) -> bool:
        """Whether somebody may agree to it at that time."""
        return self.valid_from <= at and (self.retired_at is None or at < self.retired_at)


@dataclass(frozen=True, kw_only=True)
class Given:
    """A person agreed to a text.

    Attributes:
        name: of this act, from the client; the same act sent twice counts once.
        sha256: of what was shown, taken when it was shown.
    """

    name: str
    person: str
    text: ConsentText
    sha256: str
    signature: Signature

    def __post_init__(self) -> None:
        """Refuse agreement to another text than the one that was shown, or to one that is not current."""
        if self.sha256 != self.text.sha256:
            expected = f"{self.text.sha256}, the hash of {self.text.name} version {self.text.version}"
            raise FieldError("sha256", self.sha256, expected)
        if not self.text.is_current(self.signature.at):
            expected = f"a time at which {self.text.name} version {self.text.version} is current"
            raise FieldError("at", self.signature.at.isoformat(), expected)

    @property
    def purpose(self) -> Purpose:
        """What it is for."""
        return self.text.purpose


@dataclass(frozen=True, kw_only=True)
class Revoked:
    """A person took consent back; nobody needs to give a reason for that."""

    name: str
    person: str
    purpose: Purpose
    signature: Signature


@dataclass(frozen=True, kw_only=True)
class InForce:
    """What holds at a time.

    Attributes:
        given: the consent that holds; None where there is none.
        reason: in one sentence, why it holds or why none does.
        newer: a later version of the text that the person has not seen.
    """

    purpose: Purpose
    at: datetime
    given: Given | None
    reason: str
    newer: ConsentText | None = None


def in_force(
    person: str,
    purpose: Purpose,
    acts: Iterable[Given | Revoked],
    at: datetime,
    texts: Iterable[ConsentText] = (),
) -> InForce:
    """The consent of a person for a purpose at a time, in whatever order the acts are handed over.

    At one instant taking back comes after giving: where two acts cannot be told apart in time, there is no consent.

    Raises:
        FieldError: two acts of one name differ.
    """
    moment = in_utc("at", at)
    require_words("person", person)
    acted = [one for one in _once(acts) if one.person == person and one.purpose is purpose]
    before = sorted((one for one in acted if one.signature.at <= moment), key=_order)
    if not before:
        return InForce(purpose=purpose, at=moment, given=None, reason=f"No consent to {purpose} by then.")
    last = before[-1]
    if isinstance(last, Revoked):
        reason = f"Taken back on {last.signature.at.isoformat()}."
        return InForce(purpose=purpose, at=moment, given=None, reason=reason)
    reason = f"Given on {last.signature.at.isoformat()} to {last.text.name} version {last.text.version}."
    return InForce(purpose=purpose, at=moment, given=last, reason=reason, newer=_newer(last.text, texts, moment))


def _order(act: Given | Revoked) -> tuple[datetime, bool, str]:
    return act.signature.at, isinstance(act, Revoked), act.name


def _once(acts: Iterable[Given | Revoked]) -> list[Given | Revoked]:
    found: dict[str, Given | Revoked] = {}
    for act in acts:
        if found.setdefault(act.name, act) != act:
            raise FieldError(f"consent act {act.name}", "two that differ", "one act for each name")
    return list(found.values())


def _newer(text: ConsentText, texts: Iterable[ConsentText], at: datetime) -> ConsentText | None:
    """The latest version of the same text that is current and was not seen."""
    later = [
        one
        for one in texts
        if (one.name, one.purpose, one.language) == (text.name, text.purpose, text.language)
        and one.version > text.version
        and one.is_current(at)
    ]
    return max(later, key=lambda one: one.version, default=None)
