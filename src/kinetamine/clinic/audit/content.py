"""What a stored row holds, as plain values, and what it is known by in the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records import Base
from kinetamine.clinic.records.columns import canonical, each_once, written

_ALTERED_SILENTLY = {"credentials": ("step",)}
"""Columns that change with every use, and say nothing about anybody."""


def content(record: Base) -> dict[str, Any]:
    """All of a row, in values that JSON can write; what is empty is left out, so that a new column changes nothing."""
    left_out = _ALTERED_SILENTLY.get(record.__tablename__, ())
    values = {name: _plain(getattr(record, name)) for name in record.__table__.columns.keys() if name not in left_out}  # noqa: SIM118 - no mapping
    return {name: value for name, value in values.items() if value is not None}


def place(record: Base) -> str:
    """Table and primary key."""
    keys = [str(getattr(record, column.name)) for column in record.__table__.primary_key]
    return "/".join([record.__tablename__, *keys])


def fingerprint(record: Base, ring: KeyRing, key: str | None = None) -> str:
    """What its content is known by; keyed, so that nobody can guess from it what the row holds."""
    return f"{key or ring.current.name}:{ring.mac('record', canonical(content(record)).encode(), key)[:40]}"


def fingerprints(records: Iterable[Base], ring: KeyRing) -> Mapping[str, Any]:
    """A detail for the audit: how what was just written may be known again."""
    prints = {place(one): fingerprint(one, ring) for one in records}
    return {"fingerprints": prints} if prints else {}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, tuple):
        return each_once(value)
    return value
