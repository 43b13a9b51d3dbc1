"""One arm of a comparison: how it is told apart, and what was found of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kinetamine.course import Course
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.doses import doses_of
from kinetamine.report.mood import first_words
from kinetamine.report.palette import CYCLE
from kinetamine.report.panels import DAY_H, Panel
from kinetamine.report.sessions import sessions
from kinetamine.report.summary import measured_blood
from kinetamine.report.words import is_outside, person_words
from kinetamine.web.problems import Problem
from kinetamine.web.simulations.arm_numbers import KeyNumber, key_numbers
from kinetamine.web.simulations.arm_panels import quantity_panels

LOOKS = (
    (CYCLE[0], "solid"),
    (CYCLE[1], "dashed"),
    (CYCLE[2], "dotted"),
    (CYCLE[3], "dashdot"),
    ("metabolite2", "longdash"),
    ("mechanism", "longdashdot"),
)
"""Colour and line of each arm by place: no two share either, so that colour is never alone.

Colours are the cycle's as long as they are far apart; its fifth and sixth are close to the second and third.
"""


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """What was found of one course.

    Attributes:
        enantiomer: S or R where only that one is followed, else empty.
        starts_d: days at which sessions begin.
        since: what times are counted from, in words.
    """

    sentence: str
    person: str
    model: str
    outside: bool
    people: int
    seed: int
    dose_mg: float
    enantiomer: str
    starts_d: tuple[float, ...]
    since: str
    warnings: tuple[str, ...]
    panels: Mapping[str, Panel]
    numbers: Mapping[str, KeyNumber]


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One arm by its place; ``found`` or else ``problem``.

    Attributes:
        changed: keys of the course that it changes.
        band: whether its band is drawn.
    """

    index: int
    name: str
    band: bool = False
    changed: tuple[str, ...] = ()
    found: Simulated | None = None
    problem: Problem | None = None

    @property
    def look(self) -> tuple[str, str]:
        """Colour by what the palette calls it, and the kind of line."""
        return LOOKS[self.index]

    def having(self, found: Simulated) -> Arm:
        """The same with what was found."""
        return replace(self, found=found)

    def failing(self, problem: Problem) -> Arm:
        """The same with what is wrong with it."""
        return replace(self, problem=problem)

    def to_json(self) -> dict[str, Any]:
        """Plain values, without panels and numbers."""
        role, style = self.look
        said = {"index": self.index, "name": self.name, "role": role, "style": style, "problem": self.problem}
        if self.found is None:
            return said
        one = self.found
        return said | {
            "sentence": one.sentence,
            "person": one.person,
            "model": one.model,
            "outside": one.outside,
            "people": one.people,
            "seed": one.seed,
            "starts_d": list(one.starts_d),
            "warnings": list(one.warnings),
        }


def simulated(course: Course, trajectory: Trajectory) -> Simulated:
    """Of a simulated course what a comparison shows, small enough to be kept."""
    doses, found = doses_of(course), sessions(trajectory)
    blood = [one.name for one in measured_blood(trajectory)] if trajectory.events else []
    alone = {name[0].upper() for name in blood if name.startswith(("s_", "r_"))}
    return Simulated(
        sentence=doses.sentence,
        person=person_words(course.person),
        model=trajectory.attributes.get("model" if trajectory.events else "comparator", ""),
        outside=is_outside(trajectory),
        people=course.people,
        seed=course.seed,
        dose_mg=doses.total_mg,
        enantiomer=alone.pop() if len(alone) == 1 else "",
        starts_d=tuple(round(one.start_h / DAY_H, 5) for one in found),
        since=first_words(trajectory),
        warnings=tuple(trajectory.warnings),
        panels={panel.key: panel for panel in quantity_panels(trajectory)},
        numbers={one.key: one for one in key_numbers(trajectory, doses, found)},
    )
