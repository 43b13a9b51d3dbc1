"""What a device sent at once, as it will be stored; and the receipt for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kinetamine.clinic.records import SessionEvent


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One reading.

    Attributes:
        name: the device's own for it, the same when it is sent again.
        at: by the device's clock; without a zone, as on the clinic's wall.
        patients: identifiers, one of which must be the person's; empty: none was named.
    """

    name: str
    at: datetime
    content: Mapping[str, Any]
    patients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """All of it is taken, or nothing.

    Attributes:
        macs: keyed hashes of the device's token, by every key in use.
        chair: where it believes to be; None: it does not say.
    """

    macs: tuple[str, ...]
    readings: tuple[Sent, ...]
    chair: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What is on the disk: readings that are new, and such that were there already.

    Attributes:
        session_id: where they went; empty where nothing was sent.
        rows: the new ones.
    """

    stored: int
    again: int
    session_id: str = field(default="", compare=False, repr=False)
    rows: tuple[SessionEvent, ...] = field(default=(), compare=False, repr=False)
