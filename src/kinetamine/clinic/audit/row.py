"""One row of the audit: what it says, its one form, and its signature."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records import AuditRow
from kinetamine.clinic.records.columns import canonical

START = "0" * 64
"""What the first row has for the one before it."""
DONE, REFUSED = "done", "refused"
_SIGNED = (
    "seq", "at", "clinic_id", "actor", "action", "kind", "record_id", "outcome", "detail", "key", "previous",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody did or tried.

    Attributes:
        detail: names of fields, ids and counts; never what a field holds.
    """

    actor: str
    action: str
    kind: str
    clinic_id: str = ""
    record_id: str = ""
    outcome: str = DONE
    detail: Mapping[str, Any] = field(default_factory=dict)


def made(entry: Entry, *, seq: int, at: str, previous: str, ring: KeyRing) -> AuditRow:
    """The entry as a signed row."""
    row = AuditRow(
        seq=seq,
        at=at,
        clinic_id=entry.clinic_id,
        actor=entry.actor,
        action=entry.action,
        kind=entry.kind,
        # What was asked for may be a forged id of any length and content: it must not break the log of it.
        record_id=_tame(entry.record_id),
        outcome=entry.outcome,
        detail=canonical(entry.detail),
        key=ring.current.name,
        previous=previous,
    )
    row.mac = mac(row, ring)
    return row


def mac(row: AuditRow, ring: KeyRing) -> str:
    """The signature over all the rest of the row, under the key that it names."""
    content = canonical({name: getattr(row, name) for name in _SIGNED})
    return ring.mac("row", content.encode(), row.key)


def genuine(row: AuditRow, ring: KeyRing) -> bool:
    """Whether the row is as it was signed."""
    return hmac.compare_digest(mac(row, ring).encode(), str(row.mac).encode())


def detail(row: AuditRow) -> dict[str, Any]:
    """The row's detail, read; empty where it is not JSON."""
    try:
        read = json.loads(row.detail)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _tame(text: str) -> str:
    """Short and printable ids as they are; others by their hash."""
    if len(text) <= 36 and text.isprintable():
        return text
    return "?" + hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]
