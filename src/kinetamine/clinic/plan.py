"""A series in the clinic's words, every dose of it spelled out, and what is predicted for this person; not an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from kinetamine.clinic.bands import Band, band_of
from kinetamine.clinic.eligibility.rules import Treatment
from kinetamine.clinic.measured import Measured
from kinetamine.course import FAST, Course, parse_regimen, simulate
from kinetamine.engine.dose import Dose
from kinetamine.engine.regimen import Regimen
from kinetamine.engine.schedule import DAY_H
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import FieldError
from kinetamine.report.given import Given, given

WATCHED_H = 4.0
"""The label's duration of the pressure rise: so long is every session predicted."""
_STEP_H = 1.0 / 12.0
_PEOPLE = 100
READINGS = ("systolic", "diastolic", "heart_rate", "cadss")
"""What is predicted for a session and can be held against readings."""
_EXPOSURES = ("ketamine_venous", "s_ketamine_venous", "r_ketamine_venous", "ketamine_arterial", "s_ketamine_arterial")
"""Where blood would be drawn, the first that the model predicts."""
_NEEDED = ("dissociation", "blood_pressure")


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A part of a series.

    Attributes:
        name: induction, maintenance, or what the clinic calls it.
        words: doses in the regimen language.
        first_day: of the series, from 1, on which the phase begins.
    """

    name: str
    words: str
    first_day: int = 1

    def __post_init__(self) -> None:
        """Refuse a phase before the series begins."""
        if self.first_day < 1:
            raise FieldError("first_day", self.first_day, "1 or more")

    @property
    def regimen(self) -> Regimen:
        """Its doses on the clock of the series.

        Raises:
            FieldError: the words cannot be understood.
        """
        return parse_regimen(self.words).delayed((self.first_day - 1) * DAY_H)


@dataclass(frozen=True, kw_only=True)
class PlannedDose:
    """One session of the series.

    Attributes:
        number: from 1; ``day`` of the series, from 1.
        dose: as prescribed; ``given`` as it was understood, one row a device.
        stated_mg: of the stated form and salt; ``base_mg`` of base.
    """

    number: int
    phase: str
    day: int
    start_h: float
    dose: Dose
    given: tuple[Given, ...]
    stated_mg: float
    base_mg: float


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A series for one person; times from the first dose, dates are the clinic's.

    Attributes:
        others: covariates beyond those that must be measured, such as ``hepatic``, ``comedication`` or
            ``previous_sessions``.
        outside: predict outside the studied range all the same; the warnings say so.
    """

    treatment: Treatment
    phases: tuple[Phase, ...]
    measured: Measured
    others: tuple[tuple[str, object], ...] = ()
    outside: bool = False

    def __post_init__(self) -> None:
        """Refuse a plan without doses, one that overlaps itself, and doses of another treatment."""
        if not self.phases:
            raise FieldError("phases", self.phases, "at least one phase")
        for before, after in zip(self.phases, self.phases[1:], strict=False):
            if after.regimen.doses[0].time_h <= before.regimen.doses[-1].time_h:
                raise FieldError(
                    f"phase {after.name}", f"day {after.first_day}", f"a day after the last of {before.name}"
                )
        for dose in self.regimen:
            asked = (self.treatment.form, self.treatment.route)
            if (dose.form, dose.route) != asked:
                raise FieldError("phases", f"{dose.form} {dose.route}", " ".join(asked))

    @property
    def regimen(self) -> Regimen:
        """All phases on one clock."""
        return Regimen(tuple(dose for phase in self.phases for dose in phase.regimen))

    @property
    def course(self) -> Course:
        """What the simulator is asked: acute effects on a close grid through every session."""
        times = {round(dose.time_h + step * _STEP_H, 9) for dose in self.regimen for step in _steps(dose)}
        return Course(
            person=self.measured.person(**dict(self.others)),
            regimen=self.regimen,
            title=f"{self.treatment.form} for {self.treatment.use}",
            effects=_NEEDED,
            outcomes=(),
            times_h=tuple(sorted({0.0, *times})),
            people=_PEOPLE,
            engine=FAST,
            outside=self.outside,
        )

    @property
    def doses(self) -> tuple[PlannedDose, ...]:
        """Every session, the devices of one dose together."""
        phases = [phase.name for phase in self.phases for _ in phase.regimen]
        rows = [tuple(same) for _, same in groupby(given(self.course), key=lambda row: row.number)]
        person = self.measured.person()
        return tuple(
            PlannedDose(
                number=number,
                phase=phase,
                day=parts[0].day,
                start_h=dose.time_h,
                dose=dose,
                given=parts,
                stated_mg=dose.mg(person),
                base_mg=sum(part.base_mg for part in parts),
            )
            for number, (phase, dose, parts) in enumerate(zip(phases, self.regimen, rows, strict=True), start=1)
        )


@dataclass(frozen=True, kw_only=True)
class SessionPrediction:
    """What the model expects of one session.

    Attributes:
        exposure: name of the concentration, with where the blood is drawn; ``peak`` and ``auc`` of the typical person.
        bands: by quantity.
        warnings: what a reader must know, the model's own remarks included.
    """

    number: int
    exposure: str
    peak_ng_per_ml: float
    auc_ng_h_per_ml: float
    bands: Mapping[str, Band]
    model: str
    version: str
    warnings: tuple[str, ...]


def predict(plan: Plan) -> tuple[SessionPrediction, ...]:
    """The prediction for every session of a plan, in order.

    Raises:
        OutsideStudiedRangeError: person or doses lie outside what the model was built on, and ``outside`` is not set.
        SolverError: a computation failed its own check.
    """
    trajectory = simulate(plan.course)
    return tuple(_session(trajectory, number, dose.time_h) for number, dose in enumerate(plan.regimen, start=1))


def _steps(dose: Dose) -> range:
    return range(round((WATCHED_H + dose.end_h - dose.time_h) / _STEP_H) + 1)


def _session(trajectory: Trajectory, number: int, start_h: float) -> SessionPrediction:
    end_h = start_h + WATCHED_H + _STEP_H
    name = next(one for one in _EXPOSURES if one in trajectory)
    inside = (trajectory.times_h >= start_h) & (trajectory.times_h <= end_h)
    level = trajectory[name].typical[inside]
    return SessionPrediction(
        number=number,
        exposure=name,
        peak_ng_per_ml=float(level.max()),
        auc_ng_h_per_ml=float(np.trapezoid(level, trajectory.times_h[inside])),
        bands={one: band_of(trajectory[one], trajectory.times_h, start_h, end_h) for one in READINGS},
        model=trajectory.attributes["model"],
        version=trajectory.version,
        warnings=trajectory.warnings,
    )
