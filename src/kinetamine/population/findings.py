"""What a study found: bands over time, one row a person, shares with their intervals; and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Float

from kinetamine.citation import Reference, collect
from kinetamine.engine.vector.method import Method
from kinetamine.engine.vector.sketch import Sketch
from kinetamine.errors import UnknownNameError
from kinetamine.population.accuracy import Accuracy
from kinetamine.population.batch import REFERENCE
from kinetamine.population.endpoints import BY_REFERENCE, EXTRAPOLATED, START, extreme
from kinetamine.population.study import FALLING, QUANTILES, Study

_TAIL = 0.025
CONTAINS = "between people; not readings, and not the uncertainty of parameters"
CONTAINS_READINGS = "between people; of readings, in columns that say so alone; not the uncertainty of parameters"


@dataclass(frozen=True)
class Share:
    """How many of so many, and between what the share of all such people lies with 95 % confidence.

    The interval says how well so many virtual people tell the model's own share; not how well the model is known.
    """

    count: int
    people: int

    @property
    def value(self) -> float:
        """From 0 to 1; no number where there is nobody."""
        return self.count / self.people if self.people else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """After Clopper and Pearson: never narrower than it says."""
        from scipy.special import betaincinv  # noqa: PLC0415 - SciPy, only once there is something to compute

        k, n = self.count, self.people
        low = float(betaincinv(k, n - k + 1, _TAIL)) if k else 0.0
        high = float(betaincinv(k + 1, n - k, 1.0 - _TAIL)) if k < n else 1.0
        return low, high


@dataclass(frozen=True, kw_only=True, repr=False)
class Findings:
    """What became of the people of a study.

    Attributes:
        drawn: how many people were drawn so far; ``study.people`` once all is done.
        simulated: how many of them lay inside what the models were built on; the others are left out.
        sketch: counts of values at each time, of each watched output.
        column: gives one column of the endpoints, a number or word for each person simulated.
        engine: which engine answered; ``notes`` say why it was not the fast one, and what fell back.
        method: of that engine, where it is not the reference.
    """

    study: Study
    drawn: int
    simulated: int
    sketch: Sketch
    column: Callable[[str], np.ndarray]
    accuracy: Accuracy
    engine: str
    method: Method
    notes: tuple[str, ...] = ()

    @property
    def contains(self) -> str:
        """What spread the numbers show, in words."""
        return CONTAINS_READINGS if self.study.readings else CONTAINS

    def __repr__(self) -> str:
        """What it holds, in one line."""
        state = "" if self.complete else f", {self.drawn} drawn so far"
        return f"Findings({self.simulated} of {self.study.people} people{state}; {', '.join(self.study.watched)})"

    @property
    def complete(self) -> bool:
        """Whether everybody was simulated, and not only part of them."""
        return self.drawn == self.study.people

    @property
    def left_out(self) -> int:
        """How many lay outside what the models were built on."""
        return self.drawn - self.simulated

    @property
    def times_h(self) -> Float[np.ndarray, " time"]:
        """When bands are drawn."""
        return self.study.times_h

    def bands(self, name: str, levels: Sequence[float] = QUANTILES) -> Float[np.ndarray, "level time"]:
        """Quantiles between people at each time, to within ``resolution``.

        Raises:
            UnknownNameError: the output was not watched.
        """
        return self.sketch.of(self._place(name)).quantiles(levels)[..., 0]

    def resolution(self, name: str) -> float:
        """What a quantile may be off at most, at any time."""
        return float(self.sketch.resolution[:, self._place(name)].max())

    def share(self, column: str, met: Callable[[np.ndarray], np.ndarray]) -> Share:
        """How many people meet a condition on a column of the endpoints."""
        return Share(int(np.count_nonzero(met(self.column(column)))), self.simulated)

    def reached(self) -> Mapping[str, Share]:
        """Of each threshold of the study, how many people come to it at any time; from above for ``FALLING``."""
        return {
            name: self.share(extreme(name), partial(_reaches, name, at)) for name, at in self.study.thresholds.items()
        }

    def remarks(self) -> tuple[str, ...]:
        """What the endpoints say of how people were simulated."""
        if not self.simulated:
            return ()
        found = []
        if self.engine != REFERENCE and (rescued := int(np.count_nonzero(self.column(BY_REFERENCE)))):
            found.append(
                f"{rescued} of {self.simulated} people were solved by the reference engine, as the other failed"
            )
        if self.study.course.outside and (beyond := int(np.count_nonzero(self.column(EXTRAPOLATED)))):
            model = self.study.typical.pk_model.name
            found.append(
                f"OUTSIDE THE STUDIED RANGE: {beyond} of {self.simulated} people lie outside what {model} was built on"
            )
        return (*found, *self._same_before())

    def _same_before(self) -> Iterator[str]:
        """Scores that all begin with alike, as nobody drew them; parts of a score begin with none."""
        for name in self.study.watched if self.simulated > 1 else ():
            if self.study.predicted[name][1:] == ("points", "mood"):
                start = self.column(f"{name}_{START}")
                if start[0] > 0.0 and np.allclose(start, start[0]):
                    yield f"{name} before treatment is {start[0]:.3g} for everybody: the population does not draw it"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know."""
        found = [*self.study.typical.warnings(), *self.notes]
        if self.left_out:
            found.append(
                f"{self.left_out} of {self.drawn} people of {self.study.population} lie outside what "
                f"{self.study.typical.pk_model.name} was built on and are left out"
            )
        if not self.complete:
            found.append(f"stopped early: {self.drawn} of {self.study.people} people were drawn")
        return tuple(dict.fromkeys(found))

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every publication behind it, the population's included."""
        course = self.study.typical
        used = (course.pk_model, *course.routes.values(), *course.chosen, *course.interactions)
        return collect((*used, self.study.draw(0, 1)))

    def metadata(self) -> dict[str, object]:
        """How it was made, for whoever keeps the numbers."""
        return {
            "nature": "model prediction, not a measurement",
            "contains": self.contains,
            "population": self.study.population,
            "outputs": list(self.study.watched),
            "readings": self.study.readings,
            "people_asked": self.study.people,
            "people_drawn": self.drawn,
            "people_simulated": self.simulated,
            "seed": self.study.seed,
            "engine": self.engine,
            "precision": self.study.precision,
            "tolerance": self.study.tolerance,
            "error": self.accuracy.worst,
            "error_by_output": dict(self.accuracy.errors),
            "checked_people": list(self.accuracy.people),
            "complete": self.complete,
            "warnings": list(self.warnings),
        }

    def _place(self, name: str) -> int:
        if name not in self.study.watched:
            raise UnknownNameError("watched output", name, self.study.watched)
        return self.study.watched.index(name)


def _reaches(name: str, at: float, extremes: np.ndarray) -> np.ndarray:
    return np.asarray(extremes <= at if name in FALLING else extremes >= at)
