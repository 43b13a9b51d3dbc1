"""How far a population run is from the reference solver, measured on some of its people, drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.engine.vector.result import Result
from kinetamine.population.batch import Runner, by_reference
from kinetamine.population.streams import uniforms

CHECKED = 6
"""People solved by both: the reference solver needs as long for them as the population engine for thousands."""
_OF_PEAK = 1e-3
"""Errors are relative, but not to less than this part of the largest value of that person's output."""


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """The largest error of each watched output, over times and the people checked.

    Attributes:
        people: their numbers in the population.
    """

    people: tuple[int, ...]
    errors: Mapping[str, float]

    @property
    def worst(self) -> float:
        """Of all outputs; zero where nobody was checked, as the reference solver did everything."""
        return max(self.errors.values(), default=0.0)

    def __str__(self) -> str:
        """In one sentence."""
        if not self.errors:
            return "solved by the reference solver"
        name = max(self.errors, key=lambda one: self.errors[one])
        return f"error at most {self.worst:.1e} ({name}), {len(self.people)} people against the reference solver"


def check(runner: Runner, count: int = CHECKED) -> Accuracy:
    """Solve some people of one chunk twice, both drawn by lot.

    Raises:
        SolverError: somebody could not be solved.
    """
    if runner.why_reference:
        return Accuracy(people=(), errors={})
    study = runner.study
    of_chunk, *of_rows = uniforms(study.seed, "accuracy", count + 1)
    people = study.draw(*study.chunks[int(of_chunk * len(study.chunks))])
    inside = runner.inside(people)
    rows = np.unique(inside[(np.array(of_rows) * len(inside)).astype(int)]) if len(inside) else inside
    treated = runner.treated(people)
    errors = dict.fromkeys(study.watched, 0.0)
    for alike in treated.alike(count, rows):
        problem = treated.problem(alike)
        for name, error in compare(runner.solve(problem), by_reference(problem, study.watched)).items():
            errors[name] = max(errors[name], error)
    return Accuracy(people=tuple(int(one) for one in rows + people.first), errors=errors)


def compare(found: Result, exact: Result) -> dict[str, float]:
    """The largest error of each output."""
    return {name: _error(found[name], exact[name]) for name in found.names}


def _error(found: Float[np.ndarray, "person time"], exact: Float[np.ndarray, "person time"]) -> float:
    size = np.maximum(np.abs(exact), _OF_PEAK * np.abs(exact).max(axis=1, keepdims=True))
    return float(np.max(np.abs(found - exact) / np.maximum(size, np.finfo(float).tiny), initial=0.0))
