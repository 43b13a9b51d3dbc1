"""What a device sent, whatever the format: readings, and what of it was not taken; and the answer to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.instants import of_our_time
from kinetamine.errors import FieldError

MOST_READINGS = 500
"""In one message; assumed, ours: a monitor that was cut off for 40 minutes has as many, read every five seconds."""
_LONGEST_NAME, _LONGEST_REASON = 200, 200


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read at one time.

    Attributes:
        name: what the device calls it, the same when it is sent again.
        at: by the device's clock; without a zone, as on the clinic's wall.
        values: in the units of ``Vital``; ``absent``: why there is none.
        patients: identifiers of the patient that the message names, any of which may be ours; empty: it names none.
    """

    name: str
    at: datetime
    values: tuple[tuple[Vital, float], ...] = ()
    absent: tuple[tuple[Vital, str], ...] = ()
    patients: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse one without a name, one of another century, and a sign twice."""
        if not self.name.strip() or len(self.name) > _LONGEST_NAME:
            raise FieldError("id", self.name[:40], f"1 to {_LONGEST_NAME} letters, the same when it is sent again")
        of_our_time("at", self.at)
        signs = [sign for sign, _ in (*self.values, *self.absent)]
        if len(set(signs)) < len(signs):
            raise FieldError("values", [one.value for one in signs], "each vital sign once")
        object.__setattr__(self, "absent", tuple((sign, _short(reason)) for sign, reason in self.absent))


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message.

    Attributes:
        chair: where the device believes it is; None: it does not say.
        not_taken: what this software has no place for, each by its name.
    """

    readings: tuple[Reading, ...]
    chair: str | None = None
    not_taken: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse more than is taken at once, and a reading that stands twice."""
        if len(self.readings) > MOST_READINGS:
            raise FieldError("readings", len(self.readings), f"at most {MOST_READINGS} in one message")
        names = Counter((one.name, one.at) for one in self.readings)
        twice = [name for (name, _), count in names.items() if count > 1]
        if twice:
            raise FieldError("id", twice[0], "each reading of a message under a name of its own")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a message.

    Attributes:
        status: as HTTP has it; 200: whatever is not under ``refused`` or ``not_taken`` is on the disk.
        stored: readings that are new; ``again``: that were here already.
        refused: values that cannot be, each by its name.
        message: what was wrong; empty: nothing.
        kind: name of the error, for programs.
        later: the same message may be taken later.
    """

    status: int = 200
    stored: int = 0
    again: int = 0
    refused: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    message: str = ""
    kind: str = ""
    later: bool = False

    @property
    def taken(self) -> bool:
        """Whether it was."""
        return self.status == 200

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that a person should read of it."""
        said = (self.message,) if self.message else ()
        return (
            *said,
            *(f"refused: {one}" for one in self.refused),
            *(f"not taken: {one}" for one in self.not_taken),
        )


def told(names: Iterable[str]) -> tuple[str, ...]:
    """Names of what was not taken, each once, in order."""
    return tuple(dict.fromkeys(names))


def _short(reason: str) -> str:
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in reason).split())
    return words[:_LONGEST_REASON] or "no reason given"
