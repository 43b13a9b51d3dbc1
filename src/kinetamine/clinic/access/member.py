"""Who asks, and the proof that they are still there."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records.columns import canonical, written

PROOF_LASTS = timedelta(minutes=2)


@dataclass(frozen=True)
class Member:
    """Somebody signed in; their roles are read anew with every call, so that taking one away takes effect at once."""

    user_id: str
    clinic_id: str
    name: str


@dataclass(frozen=True)
class Proof:
    """That somebody gave their password and a code again, a moment ago; made by ``accounts`` alone."""

    user_id: str
    at: datetime
    mac: str

    @classmethod
    def made(cls, user_id: str, at: datetime, ring: KeyRing) -> Proof:
        """A proof that cannot be made without the key."""
        return cls(user_id, at, ring.mac("proof", canonical([user_id, written(at)]).encode()))

    def holds(self, user_id: str, now: datetime, ring: KeyRing) -> bool:
        """Whether it is this person's, genuine and fresh."""
        genuine = hmac.compare_digest(self.mac.encode(), Proof.made(self.user_id, self.at, ring).mac.encode())
        return genuine and self.user_id == user_id and timedelta() <= now - self.at <= PROOF_LASTS
