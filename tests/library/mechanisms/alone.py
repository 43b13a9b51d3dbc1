"""What the tests of the mechanisms share: one infusion, and the relief that one mechanism makes of it."""

from __future__ import annotations

from functools import cache

from kinetamine.course import Course, simulate
from kinetamine.engine.person import Person
from kinetamine.engine.trajectory import Trajectory

Numbers = tuple[tuple[str, float], ...]
INFUSION = "0.5 mg/kg iv over 40 min"


@cache
def course(mechanism: str, regimen: str = INFUSION, numbers: Numbers = ()) -> Trajectory:
    """Depression after a regimen; numbers are those of the mechanism."""
    return simulate(
        Course(
            regimen=regimen,  # type: ignore[arg-type]
            person=Person(weight_kg=70.0),
            mechanism=mechanism,  # type: ignore[arg-type]
            effects=(),
            people=0,
            follow_up_days=7.0,
            parameters=tuple((f"mechanism.{name}", value) for name, value in numbers),
        )
    )


def relief(mechanism: str, time_h: float = 24.0, regimen: str = INFUSION, numbers: Numbers = ()) -> float:
    """Relief so long after the first dose."""
    return course(mechanism, regimen, numbers).at("relief", time_h)
