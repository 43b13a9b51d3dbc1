"""What a monitor would show of a virtual person during a session: the model's course, with the scatter of readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from kinetamine.clinic.alarms.limits import OPENMRS, Vital
from kinetamine.clinic.measured import Measured
from kinetamine.course import FAST, Course, parse_regimen, simulate
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import FieldError

_PREDICTED = (Vital.SYSTOLIC, Vital.DIASTOLIC, Vital.HEART_RATE)
_PEOPLE = 100
_STEP_H = 1.0 / 60.0
_WATCHED_H = 6.0


def _assumed(value: float, unit: str) -> Estimate:
    return Estimate(value, unit, OPENMRS, "no source", Provenance.ASSUMED, "ours, for a demonstration: no model has it")


UNPREDICTED = {
    Vital.SPO2: (_assumed(97.0, "%"), _assumed(0.7, "%")),
    Vital.RESPIRATORY_RATE: (_assumed(14.0, "breaths/min"), _assumed(1.2, "breaths/min")),
}
"""What no model of ours says anything about: a level and its scatter, steady from beginning to end."""


@dataclass(frozen=True, kw_only=True)
class Virtual:
    """Who is simulated, and what they are given.

    Attributes:
        regimen: one dose, in the regimen language.
        seed: chooses one of the model's virtual people, and the scatter of their readings.
    """

    regimen: str
    weight_kg: float = 70.0
    age_y: float = 44.0
    systolic_mmhg: float = 128.0
    diastolic_mmhg: float = 80.0
    heart_rate_bpm: float = 70.0
    seed: int = 1


@dataclass(frozen=True)
class Simulated:
    """A course that can be read at any minute.

    Attributes:
        model: which it is, and its version.
    """

    model: str
    times_min: np.ndarray
    people: dict[Vital, np.ndarray] = field(repr=False)
    scatter: dict[Vital, float]
    person: int
    seed: int

    def at(self, minute: float, number: int) -> dict[Vital, float]:
        """The reading of that number, so many minutes after the dose began; whole numbers, as monitors show them."""
        noise = np.random.default_rng((self.seed, number)).standard_normal(len(Vital))
        found = {}
        for place, sign in enumerate((*_PREDICTED, *UNPREDICTED)):
            if sign in self.people:
                level = float(np.interp(max(0.0, minute), self.times_min, self.people[sign][self.person]))
                spread = self.scatter[sign]
            else:
                level, spread = (one.value for one in UNPREDICTED[sign])
            found[sign] = float(round(level + spread * float(noise[place])))
        found[Vital.SPO2] = min(100.0, found[Vital.SPO2])
        found[Vital.DIASTOLIC] = min(found[Vital.DIASTOLIC], found[Vital.SYSTOLIC] - 1.0)
        return found


def simulated(virtual: Virtual) -> Simulated:
    """The course of one virtual person.

    Raises:
        FieldError: the regimen is more than one dose, or something about the person is wrong.
        SolverError: a computation failed its own check.
    """
    regimen = parse_regimen(virtual.regimen)
    if len(regimen.doses) != 1:
        raise FieldError("regimen", virtual.regimen, "one dose, as of one session")
    if virtual.seed < 0:
        raise FieldError("seed", virtual.seed, "0 or more")
    measured = Measured(
        weight_kg=virtual.weight_kg,
        age_y=virtual.age_y,
        systolic_mmhg=virtual.systolic_mmhg,
        diastolic_mmhg=virtual.diastolic_mmhg,
        heart_rate_bpm=virtual.heart_rate_bpm,
        taken_at=datetime.now(UTC),
    )
    course = Course(
        person=measured.person(),
        regimen=regimen,
        title="simulated monitor",
        effects=("blood_pressure",),
        outcomes=(),
        times_h=tuple(np.arange(0.0, _WATCHED_H, _STEP_H).tolist()),
        people=_PEOPLE,
        engine=FAST,
    )
    return _read(simulate(course), virtual.seed)


def _read(trajectory: Trajectory, seed: int) -> Simulated:
    people = {sign: trajectory[sign.value].people for sign in _PREDICTED}
    return Simulated(
        model=f"{trajectory.attributes['model']} {trajectory.version}",
        times_min=60.0 * trajectory.times_h,
        people={sign: values for sign, values in people.items() if values is not None},
        scatter={sign: trajectory[sign.value].residual_sd or 0.0 for sign in _PREDICTED},
        person=seed % _PEOPLE,
        seed=seed,
    )
