"""How far a population run is from the reference solver, measured on some of its people, drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.population.batch import Batch, Runner, nobody
from kinetamine.population.streams import uniforms
from kinetamine.population.table import People

CHECKED = 6
"""People solved by both: the reference solver needs as long for them as the population engine for thousands."""
_OF_PEAK = 1e-3
"""Errors are relative, but not to less than this part of the largest value of that person's output,"""
_NOTHING = 1e-6
"""nor to less than this, in the output's unit."""


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
        return float(np.max(list(self.errors.values()), initial=0.0))

    def __str__(self) -> str:
        """In one sentence."""
        if not self.errors:
            return "solved by the reference solver"
        name = list(self.errors)[int(np.argmax(list(self.errors.values())))]  # no number counts as the largest
        return f"error at most {self.worst:.1e} ({name}), {len(self.people)} people against the reference solver"


def check(runner: Runner, count: int = CHECKED) -> Accuracy:
    """Solve one chunk as the study does, and some people of it by the reference solver; both drawn by lot.

    Raises:
        OutsideStudiedRangeError: there is nobody to take.
        SolverError: somebody could not be solved.
    """
    if runner.why_reference:
        return Accuracy(people=(), errors={})
    of_chunk, *of_rows = uniforms(runner.study.seed, "accuracy", count + 1)
    people = _chunk(runner, float(of_chunk))
    rows = runner.taken(people)
    chosen = np.unique(rows[(np.array(of_rows) * len(rows)).astype(int)])
    errors = dict.fromkeys(runner.study.watched, 0.0)
    for batch in runner.batches(people):
        for name, error in _errors(runner, people, batch, chosen).items():
            errors[name] = float(np.maximum(errors[name], error))  # no number stays no number
    return Accuracy(people=tuple(int(one) for one in chosen + people.first), errors=errors)


def _chunk(runner: Runner, lot: float) -> People:
    """A chunk by lot, or the next one that holds anybody who is taken."""
    chunks = runner.study.chunks
    drawn = int(lot * len(chunks))
    for first, count in (*chunks[drawn:], *chunks[:drawn]):
        people = runner.study.draw(first, count)
        if len(runner.taken(people)):
            return people
    raise nobody(runner.study)


def _errors(runner: Runner, people: People, batch: Batch, chosen: np.ndarray) -> dict[str, float]:
    """The largest error of each output, of those of a batch who were chosen."""
    rows = batch.numbers - people.first
    here = np.flatnonzero(np.isin(rows, chosen))
    if not len(here):
        return {}
    exact = runner.exact(runner.treated(people).problem(rows[here]))
    return {name: error(batch.result[name][here], exact[name]) for name in exact.names}


def error(found: Float[np.ndarray, "person time"], exact: Float[np.ndarray, "person time"]) -> float:
    """The largest error of one output, relative to its value or else to a small part of its peak."""
    peak = np.abs(exact).max(axis=1, keepdims=True)
    size = np.maximum(np.maximum(np.abs(exact), _OF_PEAK * peak), _NOTHING)
    return float(np.max(np.abs(found - exact) / size, initial=0.0))
