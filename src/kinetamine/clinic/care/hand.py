"""Whose hand it is: the account, the role in which it acts, and the time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kinetamine.clinic.accounts import Badge
from kinetamine.clinic.signature import PHYSICIAN, Signature


def hand(badge: Badge, at: datetime) -> Signature:
    """The signature of whoever is signed in."""
    return Signature(by=badge.member.user_id, role=acting_as(badge.roles), at=at)


def acting_as(roles: Collection[str]) -> str:
    """The role under an act: physician where somebody is one, otherwise the first by name."""
    return PHYSICIAN if PHYSICIAN in roles else min(roles)
