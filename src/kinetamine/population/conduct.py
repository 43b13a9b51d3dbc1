"""Conduct a study: check the engine, simulate all chunks here or on workers, add up, and keep what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from kinetamine.engine.vector.method import Method, Rosenbrock
from kinetamine.engine.vector.sketch import Edges, Sketch
from kinetamine.errors import FieldError, SolverError, UnknownNameError
from kinetamine.population.accuracy import Accuracy, check
from kinetamine.population.batch import Runner
from kinetamine.population.findings import Findings
from kinetamine.population.folder import Folder
from kinetamine.population.lot import Chunks, Lot, edges_for, stacked, work
from kinetamine.population.study import Study
from kinetamine.population.workers import Workers

MOST_IN_MEMORY = 1_000_000
"""People whose endpoints are held in memory; more need a folder."""
MOST_BY_REFERENCE = 20_000
"""People whom the reference engine is for; more would take hours."""
CAREFUL: Method = Rosenbrock(relative=1e-7, absolute=1e-10)
"""What answers where the fast method is not exact enough."""
_LOTS = 8
"""Pieces of work for each worker, so that none waits long for the others."""
_MOST_OF_LOT = 16
"""Chunks in one piece of work: what is lost with a worker, and what is kept at once."""
Progress = Callable[[int], None]
"""Told how many people have been drawn so far."""


def conduct(
    study: Study,
    *,
    folder: Path | None = None,
    workers: Workers | None = None,
    threads: int = 2,
    progress: Progress = lambda _drawn: None,
) -> Findings:
    """Simulate everybody.

    The numbers are the same for any number of threads and workers, and for a study that was stopped and taken up again.
    Interrupted from the keyboard, it returns what is done so far, marked so.

    Args:
        folder: where finished pieces are kept, endpoints as Parquet; a study found there is taken up where it stopped.
        workers: other processes or machines; None: threads of this process.

    Raises:
        FieldError: too many people for memory or for the reference engine; the folder holds another study, or cannot
            be written.
        OutsideStudiedRangeError: nobody lies inside what the models were built on.
        SolverError: the error is above the study's tolerance, or somebody could not be solved.
    """
    _require_room(study, folder)
    runner, accuracy, notes = prepared(study, threads)
    edges = edges_for(runner)
    kept = Folder.opened(folder, study) if folder else None
    sum_ = _Sum(edges, kept, progress)
    for lot in kept.lots(edges) if kept else ():
        sum_.add(lot, new=False)
    pieces = _pieces(_missing(study, sum_.done), workers.count if workers else 1)
    try:
        for lot in workers.map(runner, edges, pieces) if workers else _here(runner, edges, pieces):
            sum_.add(lot)
    except KeyboardInterrupt:
        notes = (*notes, "interrupted")
    return sum_.findings(study, accuracy, runner.engine, notes)


def prepared(study: Study, threads: int) -> tuple[Runner, Accuracy, tuple[str, ...]]:
    """What simulates the study, how exact it is, and what had to fall back.

    Raises:
        FieldError: only the reference engine can, and there are too many people for it.
        SolverError: even the careful method's error is above the tolerance.
    """
    runner = Runner(study, threads=threads)
    if runner.why_reference:
        if study.people > MOST_BY_REFERENCE:
            expected = f"at most {MOST_BY_REFERENCE}, as {runner.why_reference} and the reference engine has to do it"
            raise FieldError("people", study.people, expected)
        return runner, check(runner), (f"solved by the reference engine: {runner.why_reference}",)
    accuracy = check(runner)
    if accuracy.worst <= study.tolerance:
        return runner, accuracy, ()
    careful = Runner(study, threads=threads, method=CAREFUL)
    again = check(careful)
    if again.worst <= study.tolerance:
        return careful, again, (f"solved by the careful method: the fast one has an {accuracy}",)
    message = f"{again}; asked for at most {study.tolerance:g}: no result is returned"
    raise SolverError(message)


def _require_room(study: Study, folder: Path | None) -> None:
    if folder is None and study.people > MOST_IN_MEMORY:
        raise FieldError("folder", None, f"a folder for the endpoints of more than {MOST_IN_MEMORY} people")


def _missing(study: Study, done: Sequence[tuple[int, int]]) -> Chunks:
    """Chunks that no kept piece of work covers."""
    return [
        (first, count)
        for first, count in study.chunks
        if not any(begin <= first and first + count <= begin + length for begin, length in done)
    ]


def _pieces(chunks: Chunks, workers: int) -> list[Chunks]:
    """Chunks that follow each other, put together: enough pieces for all workers."""
    size = max(1, min(_MOST_OF_LOT, len(chunks) // (_LOTS * workers)))
    runs: list[list[tuple[int, int]]] = []
    for first, count in chunks:
        follows = runs and len(runs[-1]) < size and runs[-1][-1][0] + runs[-1][-1][1] == first
        if follows:
            runs[-1].append((first, count))
        else:
            runs.append([(first, count)])
    return list(runs)


def _here(runner: Runner, edges: Edges, pieces: Iterable[Chunks]) -> Iterator[Lot]:
    return (work(runner, edges, piece) for piece in pieces)


class _Sum:
    """What all pieces add up to."""

    def __init__(self, edges: Edges, kept: Folder | None, progress: Progress) -> None:
        self.sketch, self.kept, self.progress = Sketch.empty(edges), kept, progress
        self.done: list[tuple[int, int]] = []
        self.simulated = 0
        self.tables: dict[int, dict[str, np.ndarray]] = {}

    @property
    def drawn(self) -> int:
        return sum(count for _, count in self.done)

    def add(self, lot: Lot, *, new: bool = True) -> None:
        if new and self.kept:
            self.kept.keep(lot)
        if not self.kept:
            self.tables[lot.first] = lot.table
        self.sketch = self.sketch.merge(lot.sketch)
        self.done.append((lot.first, lot.count))
        self.simulated += lot.simulated
        self.progress(self.drawn)

    def findings(self, study: Study, accuracy: Accuracy, engine: str, notes: tuple[str, ...]) -> Findings:
        return Findings(
            study=study,
            drawn=self.drawn,
            simulated=self.simulated,
            sketch=self.sketch,
            column=self.kept.column if self.kept else self._column(),
            accuracy=accuracy,
            engine=engine,
            notes=notes,
        )

    def _column(self) -> Callable[[str], np.ndarray]:
        table = stacked([self.tables[first] for first in sorted(self.tables) if self.tables[first]])

        def column(name: str) -> np.ndarray:
            if name not in table:
                raise UnknownNameError("column", name, table)
            return table[name]

        return column
