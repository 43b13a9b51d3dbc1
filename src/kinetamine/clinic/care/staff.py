"""Whoever works here, by name."""

from __future__ import annotations

from kinetamine.clinic.access import Records
from kinetamine.clinic.care.every import every
from kinetamine.clinic.records import User


def names(records: Records) -> dict[str, str]:
    """What everybody is called, by id; those too who left."""
    return {one.id: one.shown_as for one in every(records, User)}
