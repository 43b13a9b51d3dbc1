"""Simulate everybody with the reference engine, in chunks: exact, for up to some thousand people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.citation import Reference, collect
from kinetamine.course import Course
from kinetamine.engine.trajectory import Series
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.streams import require_whole
from kinetamine.population.table import People
from kinetamine.population.treated import Treated

_CHUNK = 200
_MOST = 20_000
"""People whom the reference engine is for; more would take hours."""


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
    treated = Treated(course, people, differences=differences)
    found: dict[str, np.ndarray] = {}
    units: dict[str, str] = {}
    warnings = list(treated.typical.warnings())
    for rows in treated.alike(chunk):
        trajectory = solve(treated.problem(rows))
        warnings += trajectory.warnings
        units |= {one.name: one.unit for one in trajectory}
        for one in trajectory:
            found.setdefault(one.name, np.empty((len(people), len(treated.times_h))))[rows] = _rows(one)
    return Outcome(
        people=people,
        times_h=treated.times_h,
        values=found,
        units=units,
        used=treated.used,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _rows(series: Series) -> Float[np.ndarray, "person time"]:
    first = series.typical[None]
    return first if series.people is None else np.vstack((first, series.people))
