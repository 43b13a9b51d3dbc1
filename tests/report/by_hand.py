"""Courses made by hand, whose areas, peaks and half-lives are known in closed form."""

from __future__ import annotations

import math

import numpy as np

from kinetamine.citation import Reference
from kinetamine.course import Course
from kinetamine.engine.dose import Dose
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout
from kinetamine.engine.person import Person
from kinetamine.engine.regimen import Regimen
from kinetamine.engine.trajectory import Series, Trajectory

RATE_PER_H = math.log(2.0) / 3.0
"""Half-life 3 h."""
CMAX = 200.0
STARTS_H = (0.0, 72.0)
PEOPLE = np.linspace(0.5, 1.5, 101)
"""Each virtual person's multiple of the typical curve."""
TEXTBOOK = Reference(
    key="textbook_2016",
    authors="Gabrielsson, J and Weiner, D",
    title="PK & PD",
    journal="J <Test>",
    year=2016,
    doi="10.1/a<b",
)


def bolus(times_h: np.ndarray) -> np.ndarray:
    """CMAX at each start, falling with RATE_PER_H; carry-over is below 1e-5 of it."""
    return sum(
        (np.where(times_h > start, CMAX * np.exp(-RATE_PER_H * (times_h - start).clip(0)), 0.0) for start in STARTS_H),
        np.zeros_like(times_h),
    )


def times() -> np.ndarray:
    """Dense after each start, and long enough for both tails."""
    after = np.concatenate([[0.0, 1e-6], np.linspace(0.02, 30.0, 700)])
    return np.unique(np.concatenate([*(start + after for start in STARTS_H), [STARTS_H[-1] + 24.0 * 30]]))


def _series(name: str, title: str, unit: str, stage: str, typical: np.ndarray, sd: float | None = None) -> Series:
    return Series(name, title, unit, stage, typical, PEOPLE[:, None] * typical, sd)


def _entry() -> Effect:
    given = Estimate(1.5, "1/h", TEXTBOOK, "p. 1", Provenance.UNVERIFIED, "recalled <b>boldly</b>")
    readout = Readout(name="systolic_rise", title="Rise", unit="mmHg", of=lambda _x, _c, _p: 0.0)
    return Effect(
        name="toy",
        title="A toy effect",
        stage="acute",
        references=(TEXTBOOK,),
        parameters={"KE0": given},
        drivers=(),
        readouts=(readout,),
    )


def make(title: str = "By hand", warnings: tuple[str, ...] = ()) -> tuple[Trajectory, Course]:
    """A trajectory of boluses with known curves, and the course that asked for it."""
    when = times()
    level = bolus(when)
    score = 40.0 - 20.0 * (1.0 - np.exp(-when / 6.0))
    series = [
        _series("ketamine_venous", "Ketamine, venous", "ng/mL", "plasma", level),
        _series("nmda_occupancy", "NMDA receptor occupancy", "fraction", "receptor", level / 1000.0),
        _series("cadss", "Dissociation (CADSS)", "points", "acute", level / 10.0, 3.0),
        _series("systolic_rise", "Rise of systolic pressure", "mmHg", "acute", level / 10.0, 11.0),
        _series("tingling", "Tingling of the toes", "points", "acute", level / 50.0),
        Series("madrs", "Depression (MADRS)", "points", "mood", score, 40.0 - PEOPLE[:, None] * (40.0 - score), 5.0),
        Series("madrs_drug", "MADRS fall beyond placebo", "points", "mood", 0.8 * (40.0 - score)),
    ]
    doses = tuple(Dose(amount=35.0, route="intravenous", time_h=start) for start in STARTS_H)
    course = Course(person=Person(weight_kg=70.0), regimen=Regimen(doses), title=title)
    trajectory = Trajectory(
        times_h=when,
        series={one.name: one for one in series},
        person=course.person,
        events=course.doses,
        used=(_entry(),),
        warnings=warnings,
        seed=7,
        version="0.0.1",
        attributes={"title": title, "model": "by_hand"},
    )
    return trajectory, course
