"""What happens to the alarms of one person: readings come in, people answer, time passes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.errors import FieldError


def utc(field: str, moment: datetime) -> datetime:
    """The same instant in UTC; kept here, too, so that this package needs nothing of the clinic.

    Raises:
        FieldError: it has no zone.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise FieldError(field, moment.isoformat(), "a time with its zone")
    return moment.astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One value of one vital sign.

    Attributes:
        name: from the client; the same reading sent twice counts once.
        value: None where the device got none; ``absent`` then says why. That clears no alarm.
        at: by the device's clock; ``received_at`` by the server's.
    """

    name: str
    vital: Vital
    value: float | None
    at: datetime
    received_at: datetime
    absent: str = ""

    def __post_init__(self) -> None:
        """Both times in UTC; a missing value needs its reason."""
        _settle(self, "at", "received_at")
        if (self.value is None) != bool(self.absent.strip()):
            raise FieldError(
                "absent", self.absent, "the reason where there is no value, and nothing where there is one"
            )


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """Somebody has seen alarms.

    Attributes:
        readings: names of the readings that were on the screen; what arrives later is not answered by it.
        at: by the server's clock, as of every act of a person here.
    """

    name: str
    readings: frozenset[str]
    by: str
    at: datetime

    def __post_init__(self) -> None:
        """The time in UTC."""
        _settle(self, "at")


@dataclass(frozen=True, kw_only=True)
class Silenced:
    """Somebody has turned the sound of alarms off for a while; the alarms stay, and others sound.

    Attributes:
        readings: names of those on the screen.
    """

    name: str
    readings: frozenset[str]
    seconds: float
    by: str
    at: datetime

    def __post_init__(self) -> None:
        """The time in UTC; a silence has a length."""
        _settle(self, "at")
        if not 0.0 < self.seconds < float("inf"):
            raise FieldError("seconds", self.seconds, "more than 0 seconds, and an end")


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A reading was entered in error, and somebody says why; its alarm stays among all that were raised."""

    name: str
    reading: str
    reason: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        """The time in UTC; no reason, no withdrawal."""
        _settle(self, "at")
        if not self.reason.strip():
            raise FieldError("reason", self.reason, "why the reading was an error")


@dataclass(frozen=True, kw_only=True)
class Passed:
    """The server's clock, told to the machine: silences end by it, and unanswered alarms climb."""

    at: datetime

    def __post_init__(self) -> None:
        """The time in UTC."""
        _settle(self, "at")


Event = Reading | Acknowledged | Silenced | Withdrawn | Passed


def _settle(event: object, *fields: str) -> None:
    for field in fields:
        object.__setattr__(event, field, utc(field, getattr(event, field)))
