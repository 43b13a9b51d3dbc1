"""What happens to a person, as the engine sees it: doses, resets and covariate changes in time order."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kinetamine.errors import FieldError


class Form(StrEnum):
    """Which molecule the milligrams are of."""

    RACEMIC = "racemic ketamine"
    ESKETAMINE = "esketamine"
    ARKETAMINE = "arketamine"

    @property
    def parts(self) -> dict[str, float]:
        """Fraction of the amount that is the S- and the R-enantiomer."""
        if self is Form.RACEMIC:
            return {"S": 0.5, "R": 0.5}
        return {"S": 1.0} if self is Form.ESKETAMINE else {"R": 1.0}


class EventId(IntEnum):
    """NONMEM's EVID."""

    OBSERVATION = 0
    DOSE = 1
    OTHER = 2
    RESET = 3
    RESET_AND_DOSE = 4


class Modelled(IntEnum):
    """NONMEM's negative RATE: the model, not the record, says how fast."""

    RATE = -1
    DURATION = -2


@dataclass(frozen=True, kw_only=True)
class Event:
    """One record with NONMEM's meaning; the clinic's words and the CSV both end here.

    Attributes:
        time_h: since the first record.
        amount_mg: mg of ketamine base, of ``form``; 0 for an infusion at steady state that never ends.
        route: name of a library route; or else
        compartment: name of a compartment (a depot or a compartment of the model) that takes the dose directly.
        rate_mg_per_h: 0 a bolus (or ``duration_h`` given), >0 an infusion whose duration follows from the
            bioavailable amount, or a member of ``Modelled``.
        duration_h: an infusion of this length whatever the bioavailability; None when the rate says it.
        interval_h, additional, steady_state: II, ADDL and SS.
        occasion: OCC; drives between-occasion effects, never inferred.
        row: row of the table it came from, for messages; 0 when it came from words.
    """

    time_h: float
    evid: EventId = EventId.DOSE
    amount_mg: float = 0.0
    form: Form = Form.RACEMIC
    route: str | None = None
    compartment: str | None = None
    rate_mg_per_h: float = 0.0
    duration_h: float | None = None
    interval_h: float = 0.0
    additional: int = 0
    steady_state: int = 0
    occasion: int = 1
    row: int = 0

    def __post_init__(self) -> None:
        """Refuse what no record means; an event table has said so with row and column before."""
        for name in ("time_h", "amount_mg", "interval_h"):
            if not (math.isfinite(getattr(self, name)) and getattr(self, name) >= 0.0):
                raise FieldError(name, getattr(self, name), "a finite number, not negative")
        if not self.is_dose:
            return
        endless = self.steady_state == 1 and self.interval_h == 0.0
        if endless != (self.amount_mg == 0.0) or (endless and self.rate_mg_per_h <= 0.0):
            expected = "an amount above 0; none only for SS=1 with II=0 and RATE above 0, an infusion without end"
            raise FieldError("amount_mg", self.amount_mg, expected)

    @property
    def length_h(self) -> float:
        """How long the pump runs, by the record alone; 0 for a bolus."""
        if self.duration_h is not None:
            return self.duration_h
        return self.amount_mg / self.rate_mg_per_h if self.rate_mg_per_h > 0.0 else 0.0

    @property
    def starts_h(self) -> tuple[float, ...]:
        """When drug is given, ADDL repetitions included; empty for a record that gives none."""
        repeats = range(self.additional + 1) if self.is_dose else ()
        return tuple(self.time_h + repeat * self.interval_h for repeat in repeats)

    @property
    def is_dose(self) -> bool:
        """Whether the record gives drug."""
        return self.evid in {EventId.DOSE, EventId.RESET_AND_DOSE}

    @property
    def resets(self) -> bool:
        """Whether the record empties the system first."""
        return self.evid in {EventId.RESET, EventId.RESET_AND_DOSE}


def administrations(events: Iterable[Event]) -> tuple[tuple[float, float], ...]:
    """Start and end (h) of everything that is given, repetitions included, in time order."""
    return tuple(sorted((start, start + event.length_h) for event in events for start in event.starts_h))
