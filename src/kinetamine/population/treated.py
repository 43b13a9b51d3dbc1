"""A course for everybody: one problem of the engine for any of the people, each with parameters of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial

import numpy as np
from jaxtyping import Bool, Float, Int

from kinetamine.course import Course
from kinetamine.engine.maths import Number
from kinetamine.engine.model import ADULT_Y, SAME, Effect, Output, PKModel, Range, Values
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Modulation, Problem
from kinetamine.engine.regimen import Regimen
from kinetamine.errors import FieldError, OutsideStudiedRangeError
from kinetamine.population.matrix import Matrix, initial, modulations, parameters
from kinetamine.population.table import People

_PER_DOSE = "DOSE_RATIO"
"""A person's dose over the first person's: kinetics are linear, so concentrations follow it."""


class Treated:
    """People and the course that all of them are given.

    Attributes:
        typical: the course of the first person, without virtual people beside it.
        everybody: parameters by entry and name, as ``parameters`` gives them.
    """

    def __init__(self, course: Course, people: People, *, differences: bool = True) -> None:
        """Draw how people differ; nothing is solved.

        Raises:
            FieldError: covariates that change during the course.
            OutsideStudiedRangeError: somebody lies outside what the model was built on; ``studied`` says who.
        """
        if course.person_changes:
            raise FieldError("person_changes", len(course.person_changes), "none: everybody's covariates stay as drawn")
        _require_inside(course, people)
        self.people = people
        self.typical = replace(course, person=people.person(0), people=0, outside=True)
        self.everybody: Mapping[str, Matrix] = parameters(self.typical.problem(), people, differences=differences)

    @cached_property
    def times_h(self) -> Float[np.ndarray, " time"]:
        """The times asked for, or those at which bands are drawn."""
        if self.typical.times_h is not None:
            return np.asarray(self.typical.times_h, dtype=float)
        return np.unique(replace(self.typical.problem(), people=1).nodes_h())

    @cached_property
    def ratios(self) -> Float[np.ndarray, " person"] | None:
        """Everybody's dose over the first person's; None where one problem cannot hold them all."""
        return dose_ratios(self.typical, self.people)

    @property
    def used(self) -> tuple[object, ...]:
        """The entries of the library behind the numbers."""
        course = self.typical
        return (course.pk_model, *course.routes.values(), *course.chosen, *course.interactions)

    def alike(self, most: int, among: Int[np.ndarray, " row"] | None = None) -> Iterator[Int[np.ndarray, " row"]]:
        """Rows that one problem can hold: the same first pass, and doses in one ratio; no more than ``most``.

        Args:
            among: which rows; None: all.
        """
        size = most if self.ratios is not None else 1
        chosen = np.arange(len(self.people)) if among is None else among
        passes = np.array([one.first_pass for one in modulations(self.people, self.typical.pk_model)])[chosen]
        for one in np.unique(passes):
            rows = chosen[passes == one]
            yield from (rows[begin : begin + size] for begin in range(0, len(rows), size))

    def problem(self, rows: Int[np.ndarray, " row"]) -> Problem:
        """The problem of some people: the engine's "typical" person is the first of them."""
        some = self.people.rows(rows)
        mine = {name: {one: value[rows] for one, value in values.items()} for name, values in self.everybody.items()}
        problem = replace(self.typical, person=some.person(0), times_h=tuple(self.times_h)).problem()
        ratios = np.ones(1) if self.ratios is None else self.ratios[rows] / self.ratios[rows[0]]
        passes = modulations(some.rows(np.zeros(1, dtype=int)), problem.model)[0].first_pass
        return replace(
            problem,
            model=_kinetics(problem.model, mine, ratios),
            effects=tuple(_effect(one, mine[one.name], some) for one in problem.effects),
            people=len(some) - 1,
            modulation=Modulation(first_pass=passes),  # the clearance already holds interactions
        )


def studied(course: Course, people: People) -> Bool[np.ndarray, " person"]:
    """Who lies inside what the model was built on; ``people.rows(numpy.flatnonzero(...))`` keeps those."""
    first = replace(course, person=people.person(0), people=0)
    inside = np.ones(len(people), dtype=bool)
    if first.built_on.kinds_outside(first.doses) or first.treatments_outside():
        return ~inside
    age, weight, dose = first.built_on.limits
    amounts = doses_mg(first, people)
    given = amounts[:, amounts[0] > 0.0]
    inside &= _within(people["age_y"], age) & np.all(_within(given, dose), axis=1)
    if "weight_kg" in people.numbers:
        inside &= _within(people["weight_kg"], weight)
    return inside & ~(people["age_y"] < ADULT_Y[0]) if first.adults_only else inside


def _within(given: np.ndarray, limits: Range) -> Bool[np.ndarray, ...]:
    if limits is None:
        return np.ones(given.shape, dtype=bool)
    return np.asarray((limits[0] - SAME <= given) & (given <= limits[1] + SAME))


def doses_mg(course: Course, people: People) -> Float[np.ndarray, "person dose"]:
    """Everybody's doses in mg of base, by dose record.

    Doses are stated in mg or in mg/kg, so that two weights tell them all; the lightest and the heaviest do, so that
    a dose that is absurd for somebody is refused.
    """
    events = course.doses
    if course.regimen is None or not events or "weight_kg" not in people.numbers:
        return np.tile([event.amount_mg for event in events], (len(people), 1))
    weights = people["weight_kg"]
    ends = [int(weights.argmin()), int(weights.argmax())]
    low, high = (_amounts(course.regimen, people.person(row)) for row in ends)
    share = (weights - weights[ends[0]]) / max(float(np.ptp(weights)), SAME)
    return np.asarray(low + share[:, None] * (high - low))


def _amounts(regimen: Regimen, person: Person) -> Float[np.ndarray, " dose"]:
    return np.array([event.amount_mg for event in regimen.events(person)])


def dose_ratios(course: Course, people: People) -> Float[np.ndarray, " person"] | None:
    """Everybody's dose over the first person's; None where it differs from dose to dose."""
    amounts = doses_mg(course, people)
    given = amounts[:, amounts[0] > 0.0] if amounts.size else amounts
    if not given.size:
        return np.ones(len(people))
    ratios = given / given[0]
    if np.any(np.ptp(ratios, axis=1) > 1e-12 * ratios[:, 0]):
        return None
    absorbed = {event.route for event in course.doses} & set(course.pk_model.absorption)
    # A model's own absorption may depend on the amount.
    return None if absorbed and np.ptp(ratios[:, 0]) > SAME else np.asarray(ratios[:, 0])


def _require_inside(course: Course, people: People) -> None:
    if course.outside:
        return
    outside = np.flatnonzero(~studied(course, people))
    if len(outside):
        first = int(outside[0])
        reason = replace(course, person=people.person(first), people=0).outside_reasons()[0]
        who = f"{len(outside)} of {len(people)} people, the first of them person {people.first + first}"
        raise OutsideStudiedRangeError([f"{who}: {reason}"])


def _kinetics(model: PKModel, mine: Mapping[str, Matrix], ratios: Float[np.ndarray, " person"]) -> PKModel:
    """The model with everybody's parameters in place of the typical ones; doses in proportion."""

    def individual(_p: Values, _person: Person, species: str) -> dict[str, Number]:
        return {**mine[f"{model.name}:{species}"], _PER_DOSE: ratios}

    outputs = tuple(replace(one, mg_per_l=partial(_in_proportion, one)) for one in model.outputs)
    return replace(model, individual=individual, outputs=outputs, variability={}, covariance={})


def _in_proportion(output: Output, a: Values, p: Values) -> Number:
    return output.mg_per_l(a, p) * getattr(p, _PER_DOSE)


def _effect(effect: Effect, mine: Matrix, people: People) -> Effect:
    """The effect with everybody's parameters and starting states."""
    return replace(
        effect,
        individual=lambda _p, _person: dict(mine),
        states=lambda p, _person: dict(initial(effect, vars(p), people)),
        variability={},
        covariance={},
    )
