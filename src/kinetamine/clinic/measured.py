"""What was measured of a person before a plan: every value given, none assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinetamine.clinic.instants import in_utc
from kinetamine.engine.person import Person


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The values on which a dose and its prediction rest, and when they were taken.

    A simulated person has defaults for most of them; one who is treated has none.
    """

    weight_kg: float
    age_y: float
    systolic_mmhg: float
    diastolic_mmhg: float
    heart_rate_bpm: float
    taken_at: datetime

    def __post_init__(self) -> None:
        """Refuse what no human is, and a time without a zone."""
        object.__setattr__(self, "taken_at", in_utc("taken_at", self.taken_at))
        self.person()

    def person(self, **others: object) -> Person:
        """The person to simulate; ``others`` are further covariates that are known, such as ``hepatic``.

        Raises:
            FieldError: a value is impossible, or there is no such covariate.
        """
        values = {name: value for name, value in vars(self).items() if name != "taken_at"}
        return Person().with_covariates(**values).with_covariates(**others)
