"""Some chunks of a study in one piece of work: what a thread, a process or another machine does and hands back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kinetamine.engine.vector.sketch import Edges, Sketch
from kinetamine.population.batch import Runner, nobody, together
from kinetamine.population.endpoints import PERSON, endpoints
from kinetamine.population.table import People

PILOT = 256
"""The first people taken: the bins in which all are counted are laid around what these show."""
Chunks = Sequence[tuple[int, int]]
"""First person, counted from the study's first, and number of people of each."""


@dataclass(frozen=True)
class Lot:
    """What came of some chunks.

    Attributes:
        first, count: the people drawn, counted from the study's first.
        sketch: their values at each time, of each watched output.
        table: their endpoints by column, a row a person simulated; empty where there is none.
    """

    first: int
    count: int
    sketch: Sketch
    table: dict[str, np.ndarray]

    @property
    def simulated(self) -> int:
        """How many of them were simulated."""
        return len(self.table[PERSON]) if self.table else 0


def edges_for(runner: Runner) -> Edges:
    """The bins of a study, from the first people taken.

    Raises:
        OutsideStudiedRangeError: there is nobody to take.
    """
    results = [batch.result for people in _first(runner, PILOT) for batch in runner.batches(people)]
    if not results:
        raise nobody(runner.study)
    return Edges.around(together(results))


def work(runner: Runner, edges: Edges, chunks: Chunks) -> Lot:
    """Simulate some chunks, one after another."""
    sketch = Sketch.empty(edges)
    tables: list[dict[str, np.ndarray]] = []
    for first, count in chunks:
        some = []
        for batch in runner.batches(runner.study.draw(first, count)):
            sketch.add(batch.result, threads=runner.threads)
            some.append(endpoints(runner.study, batch))
        tables.append(_in_order(stacked(some)))
    begin, last = chunks[0][0], chunks[-1][0] + chunks[-1][1]
    return Lot(begin, last - begin, sketch, stacked(tables))


def stacked(tables: Sequence[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """One table below the other, those without rows left out."""
    some = [table for table in tables if table]
    return {name: np.concatenate([table[name] for table in some]) for name in some[0]} if some else {}


def _first(runner: Runner, most: int) -> Iterator[People]:
    """The first people taken, from as many chunks as it needs."""
    for first, count in runner.study.chunks:
        people = runner.study.draw(first, count)
        rows = runner.taken(people)[:most]
        most -= len(rows)
        if len(rows):
            yield people.part(0, int(rows[-1]) + 1)
        if not most:
            return


def _in_order(table: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The table of one chunk by the people's numbers."""
    if not table:
        return {}
    order = np.argsort(table[PERSON], kind="stable")
    return {name: column[order] for name, column in table.items()}
