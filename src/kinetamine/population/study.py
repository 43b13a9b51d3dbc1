"""What is asked of a population: who is given which course, what is watched in them, and how exactly."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from jaxtyping import Float

import kinetamine
from kinetamine.course import Course
from kinetamine.engine.events import administrations
from kinetamine.engine.model import Effect
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.draw import people as draw
from kinetamine.population.streams import require, require_whole
from kinetamine.population.table import People
from kinetamine.population.treated import studied

DEFAULT_POPULATION = "trd_trials"
Precision = Literal["double", "mixed"]
"""Of the fast method's steps."""
WATCHED = (
    "ketamine_arterial",
    "ketamine_venous",
    "s_ketamine_venous",
    "norketamine_venous",
    "nmda_occupancy",
    "cadss",
    "systolic_rise",
    "diastolic_rise",
    "relief",
    "madrs",
    "hama",
    "caps5",
    "ssi",
    "pain_nrs",
)
"""What is watched unless the study says otherwise, of what its course predicts."""
FALLING = frozenset({"sedation", "interneuron_rate", "madrs", "phq9", "hama", "caps5", "pcl5", "ssi", "pain_nrs"})
"""Readouts of which less is the larger effect: their lowest value is kept, and a threshold is reached from above."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
CHUNK = 1024
"""People simulated together. It settles who shares a step, so it belongs to the study and not to the machine."""
MOST_CHUNK = 65_536
SAME_H = 1e-6
_AFTER_H = ((2.0, "2 h"), (24.0, "24 h"), (168.0, "7 d"), (672.0, "28 d"))


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A time at which scores are read, with a short name that columns and tables carry."""

    time_h: float
    name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Study:
    """A course given to many virtual people.

    Attributes:
        course: treatment and choice of models; its person, number of people and seed are not used.
        population: name of a population of the library.
        first: number of the first person; person 7 of a seed is the same in every study.
        outputs: which levels and readouts are watched; None: those of ``WATCHED`` that the course predicts.
        thresholds: by output, the value whose being reached at any time is counted: from above for ``FALLING``.
        tolerance: largest error of a watched output against the reference solver, as ``accuracy`` measures it.
        chunk: people simulated together; who shares a chunk may share steps, so it is part of the study.
        differences: whether people differ in what no covariate tells.
        readings: whether scores are also given as somebody would read them, with the error of a reading.
        precision: "mixed" takes steps in single precision: faster, less exact, and checked as any other.
    """

    course: Course
    population: str = DEFAULT_POPULATION
    people: int = 10_000
    seed: int = 1
    first: int = 0
    outputs: tuple[str, ...] | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    tolerance: float = 1e-3
    chunk: int = CHUNK
    differences: bool = True
    readings: bool = False
    precision: Precision = "double"

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing, and names that the course does not predict.

        Raises:
            InputError: in one sentence.
        """
        require(self.people, self.seed, self.first)
        require_whole("chunk", self.chunk, 8, MOST_CHUNK)
        if not 0.0 < self.tolerance < 1.0:
            raise FieldError("tolerance", self.tolerance, "a share above 0 and below 1, such as 0.001")
        if self.precision not in get_args(Precision):
            raise FieldError("precision", self.precision, " or ".join(get_args(Precision)))
        if self.course.person_changes:
            raise FieldError("person_changes", len(self.course.person_changes), "none: covariates stay as drawn")
        known = self.predicted  # refuses what is wrong in the course and the population, too
        for name in (*(self.outputs or ()), *self.thresholds):
            if name not in known:
                raise UnknownNameError("output", name, known)
        for name, value in self.thresholds.items():
            low, high = self.bounds(name)
            if not (np.isfinite(value) and low <= value <= high):
                expected = f"a finite number from {low:g} to {high:g}, unit: {known[name][1]}"
                raise FieldError(f"threshold of {name}", value, expected)

    @cached_property
    def key(self) -> str:
        """What makes a study the same: everything it asks for, and the version of the software."""
        asked = json.dumps([kinetamine.__version__, self.asked], sort_keys=True)
        return hashlib.sha256(asked.encode()).hexdigest()

    @property
    def asked(self) -> dict[str, str]:
        """Everything it asks for, as Python writes it, whatever the course says of one person."""
        course = replace(self.course, person=Person(), people=0, seed=0)
        asked = {one.name: getattr(self, one.name) for one in fields(self)}
        asked |= {"course": course, "thresholds": dict(sorted(self.thresholds.items()))}
        return {name: repr(value) for name, value in asked.items()}

    def __getstate__(self) -> dict[str, object]:
        """What it asks for, and nothing that follows from it: so it travels to other processes."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def typical(self) -> Course:
        """The course of one person alone: the first who lies inside what the models were built on, if there is one."""
        some = self.draw(0, min(self.chunk, self.people))
        row = int(np.argmax(studied(self.course, some)))
        return replace(self.course, person=some.person(row), people=0, outside=True)

    @cached_property
    def problem(self) -> Problem:
        """The problem of that person."""
        return self.typical.problem()

    @cached_property
    def times_h(self) -> Float[np.ndarray, " time"]:
        """When bands are drawn: a grid dense after doses, the milestones, and the times that the course asks for."""
        nodes = np.unique(replace(self.problem, people=1).nodes_h())
        other = [one.time_h for one in self.milestones if np.abs(nodes - one.time_h).min() > SAME_H]
        return np.sort(np.append(nodes, other))

    @cached_property
    def predicted(self) -> dict[str, tuple[str, str, str]]:
        """Title, unit and stage of every output of the course."""
        from kinetamine.engine.solve import titles  # noqa: PLC0415 - SciPy, only once there is work to do

        return titles(self.problem)

    @cached_property
    def watched(self) -> tuple[str, ...]:
        """The outputs that are kept, in the order of the chain."""
        wanted = {*(self.outputs or WATCHED), *self.thresholds}
        if self.outputs is None and "ketamine_venous" in self.predicted:
            wanted -= {"s_ketamine_venous"} - set(self.thresholds)  # half of what is shown already
        found = tuple(name for name in self.predicted if name in wanted)
        return found or tuple(self.predicted)

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """When scores are read."""
        return tuple(self._milestones())

    @property
    def chunks(self) -> list[tuple[int, int]]:
        """First person and number of people of each chunk, counted from the study's first."""
        return [(first, min(self.chunk, self.people - first)) for first in range(0, self.people, self.chunk)]

    @cached_property
    def sources(self) -> dict[str, Effect]:
        """The effect that each readout comes from, by name."""
        return {readout.name: effect for effect in self.problem.effects for readout in effect.readouts}

    def bounds(self, name: str) -> tuple[float, float]:
        """What an output cannot leave; a level in plasma is not negative."""
        readouts = self.sources[name].readouts if name in self.sources else ()
        return next((one.bounds for one in readouts if one.name == name), (0.0, math.inf))

    def draw(self, first: int, count: int) -> People:
        """People by their place in the study."""
        return draw(self.population, count, self.seed, self.first + first)

    def _milestones(self) -> Iterator[Milestone]:
        given = administrations(self.problem.events) or self.problem.contacts or ((0.0, 0.0),)
        first, last, end = given[0][0], given[-1][0], self._end_h
        what = "the first dose" if self.problem.events else "the start"
        for after, words in _AFTER_H:
            if first + after <= end + SAME_H:
                yield Milestone(time_h=first + after, name=words.replace(" ", ""), words=f"{words} after {what}")
        if last > first and last + 24.0 <= end + SAME_H:
            words = f"24 h after {what.replace('first', 'last')}"
            yield Milestone(time_h=last + 24.0, name="24h_after_last", words=words)
        yield Milestone(time_h=end, name="end", words=f"at the end, day {end / 24.0:.0f}")

    @cached_property
    def _end_h(self) -> float:
        return float(replace(self.problem, people=1).nodes_h()[-1])
