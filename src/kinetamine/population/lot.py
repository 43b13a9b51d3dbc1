"""Some chunks of a study in one piece of work: what a thread, a process or another machine does and hands back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kinetamine.engine.vector.method import Method
from kinetamine.engine.vector.sketch import Edges, Sketch
from kinetamine.errors import OutsideStudiedRangeError
from kinetamine.population.batch import Runner
from kinetamine.population.endpoints import endpoints
from kinetamine.population.study import Study

PILOT = 256
"""The first people of a study: the bins in which all others are counted are laid around what they show."""
Chunks = Sequence[tuple[int, int]]
"""First person, counted from the study's first, and number of people of each."""


@dataclass(frozen=True)
class Lot:
    """What came of some chunks.

    Attributes:
        first, count: the people drawn, counted from the study's first.
        sketch: their values at each time, of each watched output.
        table: their endpoints by column, a row a person simulated.
    """

    first: int
    count: int
    sketch: Sketch
    table: dict[str, np.ndarray]

    @property
    def simulated(self) -> int:
        """How many lay inside what the models were built on."""
        return len(next(iter(self.table.values()))) if self.table else 0


def edges_for(runner: Runner) -> Edges:
    """The bins of a study, from its first people.

    Raises:
        OutsideStudiedRangeError: none of them lies inside what the models were built on.
    """
    study = runner.study
    batches = list(runner.batches(study.draw(0, min(PILOT, study.people))))
    if not batches:
        reasons = study.typical.outside_reasons() or ("all people looked at",)
        raise OutsideStudiedRangeError([f"{study.population}: {reasons[0]}"])
    largest = max(batches, key=lambda one: len(one.numbers))
    return Edges.around(largest.result)


def work(runner: Runner, edges: Edges, chunks: Chunks) -> Lot:
    """Simulate some chunks, one after another."""
    sketch = Sketch.empty(edges)
    tables: list[dict[str, np.ndarray]] = []
    for first, count in chunks:
        batches = list(runner.batches(runner.study.draw(first, count)))
        for batch in batches:
            sketch.add(batch.result, threads=runner.threads)
        tables += _in_order(endpoints(runner.study, batch) for batch in batches)
    begin, last = chunks[0][0], chunks[-1][0] + chunks[-1][1]
    return Lot(begin, last - begin, sketch, stacked(tables))


def work_apart(study: Study, method: Method, edges: Edges, chunks: Chunks) -> Lot:
    """The same in a process of its own, with one thread; what is compiled there is kept for the next piece."""
    runner = _RUNNERS.get(study.key)
    if runner is None:
        _RUNNERS.clear()
        runner = _RUNNERS[study.key] = Runner(study, threads=1, method=method)
    return work(runner, edges, chunks)


_RUNNERS: dict[str, Runner] = {}
"""The last study of this process: a worker gets many pieces of the same."""


def stacked(tables: Sequence[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """One table below the other."""
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]} if tables else {}


def _in_order(tables: Iterable[dict[str, np.ndarray]]) -> list[dict[str, np.ndarray]]:
    """The tables of one chunk as one, by the people's numbers."""
    found = stacked(list(tables))
    if not found:
        return []
    order = np.argsort(next(iter(found.values())), kind="stable")
    return [{name: column[order] for name, column in found.items()}]
