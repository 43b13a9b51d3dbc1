"""Instants: always with a zone, kept in UTC; a clock without a zone is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kinetamine.errors import FieldError

YEARS = range(2000, 2100)
"""A clock may be wrong, and is kept; one of another century is broken, and no zone can move the last year there is."""


def in_utc(field: str, moment: datetime) -> datetime:
    """The same instant in UTC.

    Raises:
        FieldError: it has no zone, so nobody can say which instant it is.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise FieldError(field, moment.isoformat(), "a time with its zone, such as 2026-03-01T09:30:00+01:00")
    return moment.astimezone(UTC)


def of_our_time(field: str, moment: datetime) -> datetime:
    """The same moment.

    Raises:
        FieldError: it is of a year that no clock here can mean.
    """
    if moment.year not in YEARS:
        raise FieldError(field, moment.isoformat(), f"a year from {YEARS[0]} to {YEARS[-1]}")
    return moment


def minutes_between(first: datetime, second: datetime) -> float:
    """From the first to the second, in minutes; negative where the second is earlier."""
    return (second - first) / timedelta(minutes=1)
