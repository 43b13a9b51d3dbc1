"""Simulate everybody with the reference engine, in chunks: exact, for up to some thousand people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from jaxtyping import Bool, Float

from kinetamine.citation import Reference, collect
from kinetamine.course import Course
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, Output, PKModel, Values
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Modulation, Problem
from kinetamine.engine.trajectory import Series
from kinetamine.errors import FieldError, OutsideStudiedRangeError, UnknownNameError
from kinetamine.population.matrix import initial, modulations, parameters
from kinetamine.population.streams import require_whole
from kinetamine.population.table import People

_CHUNK = 200
_MOST = 20_000
"""People whom the reference engine is for; more would take hours."""
_PER_DOSE = "DOSE_RATIO"
"""A person's dose over the first person's: kinetics are linear, so concentrations follow it."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Outcome:
    """What became of everybody: one row a person, one column a time.

    Attributes:
        values: by series name; ``units`` likewise.
        used: the entries behind the numbers.
        contains: what spread the rows show, in words.
    """

    people: People
    times_h: Float[np.ndarray, " time"]
    values: Mapping[str, Float[np.ndarray, "person time"]]
    units: Mapping[str, str]
    used: tuple[object, ...]
    warnings: tuple[str, ...] = ()
    contains: str = "between people; not readings, and not the uncertainty of parameters"

    def __getitem__(self, name: str) -> Float[np.ndarray, "person time"]:
        """One series of everybody.

        Raises:
            UnknownNameError: there is none; the message offers the nearest.
        """
        if name not in self.values:
            raise UnknownNameError("series", name, self.values)
        return self.values[name]

    def __repr__(self) -> str:
        """What it holds, in one line."""
        return f"Outcome({len(self.people)} people; {', '.join(self.values)})"

    def band(self, name: str, low: float = 5.0, high: float = 95.0) -> tuple[np.ndarray, np.ndarray]:
        """Percentiles between people at each time."""
        lower, upper = np.percentile(self[name], [low, high], axis=0)
        return lower, upper

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every publication behind it, the population's included."""
        return collect((*self.used, self.people))


def simulate(course: Course, people: People, *, chunk: int = _CHUNK, differences: bool = True) -> Outcome:
    """Give everybody the course's treatment.

    Args:
        course: treatment and choice of models; its person, number of people and seed are not used.
        chunk: how many at a time; changes nothing but the time it takes, and rounding in the last digits.
        differences: whether people differ in what no covariate tells.

    Raises:
        FieldError: too many people, or covariates that change during the course.
        OutsideStudiedRangeError: somebody lies outside what the model was built on; ``studied`` says who.
    """
    from kinetamine.engine.solve import simulate as solve  # noqa: PLC0415 - SciPy, only once there is work to do

    if len(people) > _MOST:
        raise FieldError("people", len(people), f"at most {_MOST} for the reference engine")
    require_whole("chunk", chunk, 1)
    if course.person_changes:
        raise FieldError("person_changes", len(course.person_changes), "none: everybody's covariates stay as drawn")
    _require_inside(course, people)
    typical = replace(course, person=people.person(0), people=0, outside=True)
    times_h = _times(typical)
    found: dict[str, np.ndarray] = {}
    units: dict[str, str] = {}
    warnings = list(typical.warnings())
    everybody = parameters(typical.problem(), people, differences=differences)
    for rows in _alike(typical, people, chunk):
        trajectory = solve(_part(typical, people, rows, times_h, everybody))
        warnings += trajectory.warnings
        units |= {one.name: one.unit for one in trajectory}
        for one in trajectory:
            found.setdefault(one.name, np.empty((len(people), len(times_h))))[rows] = _rows(one)
    return Outcome(
        people=people,
        times_h=times_h,
        values=found,
        units=units,
        used=(typical.pk_model, *typical.routes.values(), *typical.chosen, *typical.interactions),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def studied(course: Course, people: People) -> Bool[np.ndarray, " person"]:
    """Who lies inside what the model was built on; ``people.rows(numpy.flatnonzero(...))`` keeps those."""
    return np.array([not replace(course, person=person, people=0).outside_reasons() for person in people])


def _require_inside(course: Course, people: People) -> None:
    if course.outside:
        return
    outside = np.flatnonzero(~studied(course, people))
    if len(outside):
        first = int(outside[0])
        reason = replace(course, person=people.person(first), people=0).outside_reasons()[0]
        who = f"{len(outside)} of {len(people)} people, the first of them person {people.first + first}"
        raise OutsideStudiedRangeError([f"{who}: {reason}"])


def _times(course: Course) -> Float[np.ndarray, " time"]:
    """The times asked for, or those at which bands are drawn."""
    if course.times_h is not None:
        return np.asarray(course.times_h, dtype=float)
    return np.unique(replace(course.problem(), people=1).nodes_h())


def _ratios(course: Course, people: People) -> Float[np.ndarray, " person"] | None:
    """Everybody's dose over the first person's; None where it differs from dose to dose."""
    first = np.array([event.amount_mg for event in course.doses])
    if course.regimen is None or not first.any():
        return np.ones(len(people))
    given = first > 0.0
    found = np.empty(len(people))
    for row, person in enumerate(people):
        ratio = np.array([event.amount_mg for event in course.regimen.events(person)])[given] / first[given]
        if np.ptp(ratio) > 1e-12 * ratio[0]:
            return None
        found[row] = ratio[0]
    absorbed = {event.route for event in course.doses} & set(course.pk_model.absorption)
    return None if absorbed and np.ptp(found) > 0.0 else found  # a model's own absorption may depend on the amount


def _alike(course: Course, people: People, chunk: int) -> Iterator[np.ndarray]:
    """Rows that one problem can hold: the same first pass, and doses in one ratio; in chunks."""
    size = chunk if _ratios(course, people) is not None else 1
    passes = np.array([one.first_pass for one in modulations(people, course.pk_model)])
    for one in np.unique(passes):
        rows = np.flatnonzero(passes == one)
        yield from (rows[begin : begin + size] for begin in range(0, len(rows), size))


Everybody = Mapping[str, Mapping[str, Float[np.ndarray, " person"]]]
"""Parameters by entry and name, as ``parameters`` gives them."""


def _part(course: Course, people: People, rows: np.ndarray, times_h: np.ndarray, everybody: Everybody) -> Problem:
    """The problem of some people: the engine's "typical" person is the first of them."""
    some = people.rows(rows)
    mine = {name: {one: value[rows] for one, value in values.items()} for name, values in everybody.items()}
    own = replace(course, person=some.person(0), times_h=tuple(times_h))
    problem = own.problem()
    ratios = _ratios(own, some)
    passes = modulations(some, problem.model)[0].first_pass
    return replace(
        problem,
        model=_kinetics(problem.model, mine, np.ones(len(some)) if ratios is None else ratios),
        effects=tuple(_effect(one, mine[one.name], some) for one in problem.effects),
        people=len(some) - 1,
        modulation=Modulation(first_pass=passes),  # the clearance already holds interactions
    )


def _rows(series: Series) -> Float[np.ndarray, "person time"]:
    first = series.typical[None]
    return first if series.people is None else np.vstack((first, series.people))


def _kinetics(model: PKModel, mine: Everybody, ratios: Float[np.ndarray, " person"]) -> PKModel:
    """The model with everybody's parameters in place of the typical ones; doses in proportion."""

    def individual(_p: Values, _person: Person, species: str) -> dict[str, Number]:
        return {**mine[f"{model.name}:{species}"], _PER_DOSE: ratios}

    outputs = tuple(replace(one, mg_per_l=partial(_in_proportion, one)) for one in model.outputs)
    return replace(model, individual=individual, outputs=outputs, variability={}, covariance={})


def _in_proportion(output: Output, a: Values, p: Values) -> Number:
    return output.mg_per_l(a, p) * getattr(p, _PER_DOSE)


def _effect(effect: Effect, mine: Mapping[str, Float[np.ndarray, " person"]], people: People) -> Effect:
    """The effect with everybody's parameters and starting states."""
    return replace(
        effect,
        individual=lambda _p, _person: dict(mine),
        states=lambda p, _person: dict(initial(effect, vars(p), people)),
        variability={},
        covariance={},
    )
