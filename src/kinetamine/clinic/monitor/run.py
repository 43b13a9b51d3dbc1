"""The monitor's own clock: a reading every few seconds, sent as soon as it can be."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.monitor.sender import Sender
from kinetamine.errors import FieldError


class Shown(Protocol):
    """Whatever a monitor shows."""

    def at(self, minute: float, number: int) -> dict[Vital, float]:
        """The reading of that number, so many minutes after the dose began."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How fast, and how long.

    Attributes:
        before_min: simulated minutes before the dose.
        speed: simulated minutes in a minute; readings bear the true time all the same.
    """

    every_s: float = 5.0
    minutes: float = 130.0
    before_min: float = 10.0
    speed: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what is none.

        Raises:
            FieldError: and which.
        """
        for name in ("every_s", "minutes", "speed"):
            if not 0.0 < getattr(self, name) < 1e6:
                raise FieldError(name, getattr(self, name), "more than 0")
        if not 0.0 <= self.before_min < 1e6:
            raise FieldError("before_min", self.before_min, "0 or more")

    @property
    def readings(self) -> int:
        """How many there will be."""
        return int(self.minutes * 60.0 / (self.every_s * self.speed)) + 1

    def minute(self, number: int) -> float:
        """Of the session, simulated; negative before the dose."""
        return number * self.every_s * self.speed / 60.0 - self.before_min


def run(
    sender: Sender,
    course: Shown,
    pace: Pace,
    say: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Read and send until the course is over or the keyboard ends it; what is kept then is tried once more."""
    begin = time.monotonic()
    try:
        for number in range(pace.readings):
            sleep(max(0.0, begin + number * pace.every_s - time.monotonic()))
            sender.read(datetime.now(UTC), course.at(pace.minute(number), number))
            sender.send(say)
    except KeyboardInterrupt:
        say("stopped")
    sender.send(say)
