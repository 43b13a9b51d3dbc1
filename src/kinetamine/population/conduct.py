"""Conduct a study: check the engine, simulate all chunks here or on workers, add up, and keep what is done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.sketch import Edges, Sketch
from kinetamine.errors import FieldError, SolverError, UnknownNameError
from kinetamine.population.accuracy import Accuracy, check
from kinetamine.population.batch import Runner
from kinetamine.population.findings import Findings
from kinetamine.population.folder import Folder
from kinetamine.population.lot import Chunks, Lot, edges_for, stacked, work
from kinetamine.population.streams import require_whole
from kinetamine.population.study import Study
from kinetamine.population.workers import Workers

MOST_IN_MEMORY = 1_000_000
"""People whose endpoints are held in memory; more need a folder."""
MOST_BY_REFERENCE = 20_000
"""People whom the reference engine is for; more would take hours."""
CAREFUL: Method = Rosenbrock(relative=1e-7, absolute=1e-10)
"""What answers where the fast method is not exact enough."""
_MOST_THREADS = 1024
_LOTS = 8
"""Pieces of work for each worker, so that none waits long for the others."""
_MOST_OF_LOT = 16
"""Chunks in one piece of work: what is lost with a worker, and what is kept at once."""
_AHEAD = 8
"""Pieces that are begun before the first is asked for: each holds the counts of its people until then."""
Progress = Callable[[int], object]
"""Told how many people have been drawn so far."""


def conduct(
    study: Study,
    *,
    folder: Path | str | None = None,
    workers: Workers | None = None,
    threads: int = 2,
    progress: Progress = lambda _drawn: None,
) -> Findings:
    """Simulate everybody.

    The numbers are the same for any number of threads and workers, and for a study that was stopped and taken up again.
    Interrupted from the keyboard, it returns what is done so far, marked so, what the folder held included.

    Args:
        folder: where finished pieces are kept, endpoints as Parquet; a study found there is taken up where it stopped.
        workers: other processes or machines; None: threads of this process.

    Raises:
        FieldError: too many people for memory or for the reference engine; the folder holds another study, is used
            by another run, or cannot be written.
        OutsideStudiedRangeError: nobody lies inside what the models were built on.
        SolverError: the error is above the study's tolerance, somebody could not be solved, or workers were lost.
        KeyboardInterrupt: interrupted before anybody was done.
    """
    require_whole("threads", threads, 1, _MOST_THREADS)
    if folder is None and study.people > MOST_IN_MEMORY:
        raise FieldError("folder", None, f"a folder for the endpoints of more than {MOST_IN_MEMORY} people")
    kept = Folder.at(Path(folder), study) if folder is not None else None
    with kept or nullcontext():
        return _conducted(study, kept, workers, threads, progress)


def _conducted(
    study: Study, kept: Folder | None, workers: Workers | None, threads: int, progress: Progress
) -> Findings:
    runner = _first_choice(study)
    interrupted: tuple[str, ...] = ()
    with _Hands(1 if runner.why_reference else threads) as hands:
        # While one thread checks the method, the others begin with it; nothing is kept before the check has passed.
        checked = hands.submit(prepared, study, runner)
        book = _Book.opened((kept.edges() if kept else None) or edges_for(runner), kept)
        try:
            if kept or workers:
                checked.result()
            book.begin()
            pieces = _pieces(_missing(study, book.total.done), workers.count if workers else threads)
            begun = hands.pieces(runner, book.edges, () if workers else pieces)
            chosen = checked.result()[0]
            if workers:
                begun = workers.map(chosen, book.edges, pieces)
            elif chosen is not runner:
                begun = hands.pieces(chosen, book.edges, pieces)
            for lot in begun:
                book.enter(lot)
                progress(book.total.drawn)
        except KeyboardInterrupt:
            if not book.total.done:
                raise
            interrupted = ("interrupted from the keyboard",)
    chosen, accuracy, notes = checked.result()  # whatever was interrupted, the check has ended by now
    return book.closed(chosen, accuracy, (*notes, *interrupted))


def prepared(study: Study, runner: Runner | None = None) -> tuple[Runner, Accuracy, tuple[str, ...]]:
    """What simulates the study, how exact it is, and what had to fall back.

    Args:
        runner: the first choice, where it is made already.

    Raises:
        FieldError: only the reference engine can, and there are too many people for it.
        SolverError: even the careful method's error is above the tolerance.
    """
    runner = runner or _first_choice(study)
    if runner.why_reference:
        return runner, check(runner), (f"solved by the reference engine: {runner.why_reference}",)
    others = {"in short blocks of double precision": Collocation(), "by the careful method": CAREFUL}
    others = {how: method for how, method in others.items() if method != runner.method}
    first = accuracy = check(runner)
    notes: tuple[str, ...] = ()
    for how, method in others.items():
        if accuracy.worst <= study.tolerance:
            break
        runner, notes = Runner(study, threads=1, method=method), (f"solved {how}: the fast one has an {first}",)
        accuracy = check(runner)
    if not accuracy.worst <= study.tolerance:  # nor where it is no number
        message = f"{accuracy}; asked for at most {study.tolerance:g}: no result is returned"
        raise SolverError(message)
    return runner, accuracy, notes


def _first_choice(study: Study) -> Runner:
    """The fast method; whole pieces are simulated side by side, so each by one thread."""
    runner = Runner(study, threads=1)
    if runner.why_reference and study.people > MOST_BY_REFERENCE:
        expected = f"at most {MOST_BY_REFERENCE}, as {runner.why_reference} and the reference engine has to do it"
        raise FieldError("people", study.people, expected)
    return runner


def _missing(study: Study, done: Sequence[tuple[int, int]]) -> Chunks:
    """Chunks that no kept piece of work covers."""
    covered = {first for begin, length in done for first in range(begin, begin + length, study.chunk)}
    return [(first, count) for first, count in study.chunks if first not in covered]


def _pieces(chunks: Chunks, workers: int) -> list[Chunks]:
    """Chunks that follow each other, put together: enough pieces for all workers."""
    size = max(1, min(_MOST_OF_LOT, len(chunks) // (_LOTS * workers)))
    runs: list[list[tuple[int, int]]] = []
    for first, count in chunks:
        if runs and len(runs[-1]) < size and sum(runs[-1][-1]) == first:
            runs[-1].append((first, count))
        else:
            runs.append([(first, count)])
    return list(runs)


class _Hands(ThreadPoolExecutor):
    """Threads of this process; what waits is given up when the context ends."""

    def __exit__(self, *_: object) -> None:
        self.shutdown(cancel_futures=True)

    def pieces(self, runner: Runner, edges: Edges, pieces: Iterable[Chunks]) -> Iterator[Lot]:
        """What comes of each piece, in order: some are begun at once, the rest as those are asked for."""
        rest = iter(pieces)
        waiting = deque(self.submit(work, runner, edges, one) for one in islice(rest, _AHEAD))
        return self._in_turn(waiting, (self.submit(work, runner, edges, one) for one in rest))

    def _in_turn(self, waiting: deque[Future[Lot]], rest: Iterator[Future[Lot]]) -> Iterator[Lot]:
        while waiting:
            lot = waiting.popleft().result()
            waiting.extend(islice(rest, 1))
            yield lot


@dataclass(frozen=True)
class _Total:
    """What pieces add up to; replaced as a whole, so that an interruption leaves it consistent."""

    sketch: Sketch
    done: tuple[tuple[int, int], ...] = ()
    simulated: int = 0

    @property
    def drawn(self) -> int:
        return sum(count for _, count in self.done)

    def plus(self, lot: Lot) -> _Total:
        done = (*self.done, (lot.first, lot.count))
        return _Total(self.sketch.merge(lot.sketch), done, self.simulated + lot.simulated)


class _Book:
    """Pieces as they come: kept in the folder or in memory, and added up."""

    def __init__(self, edges: Edges, kept: Folder | None) -> None:
        self.kept, self.total = kept, _Total(Sketch.empty(edges))
        self.tables: dict[tuple[int, int], dict[str, np.ndarray]] = {}

    @classmethod
    def opened(cls, edges: Edges, kept: Folder | None) -> _Book:
        """With what the folder holds already; nothing is written."""
        book = cls(edges, kept)
        for lot in kept.lots() if kept else ():
            book.total = book.total.plus(lot)
        return book

    @property
    def edges(self) -> Edges:
        """The bins in which all are counted."""
        return self.total.sketch.edges

    def begin(self) -> None:
        """Make the folder ready for more."""
        if self.kept:
            self.kept.begin()

    def enter(self, lot: Lot) -> None:
        """One piece more."""
        if self.kept:
            self.kept.keep(lot)
        else:
            self.tables[lot.first, lot.count] = lot.table
        self.total = self.total.plus(lot)

    def closed(self, runner: Runner, accuracy: Accuracy, notes: tuple[str, ...]) -> Findings:
        """What was found, which the folder is told too."""
        done = self.total.done
        found = Findings(
            study=runner.study,
            drawn=self.total.drawn,
            simulated=self.total.simulated,
            sketch=self.total.sketch,
            column=partial(self.kept.column, among=done) if self.kept else self._column(),
            accuracy=accuracy,
            engine=runner.engine,
            method=runner.method,
            notes=notes,
        )
        found = replace(found, notes=(*notes, *found.remarks()))
        if self.kept:
            self.kept.end(found.metadata())
        return found

    def _column(self) -> Callable[[str], np.ndarray]:
        table = stacked([self.tables[piece] for piece in sorted(self.total.done)])

        def column(name: str) -> np.ndarray:
            if name not in table:
                raise UnknownNameError("column", name, table)
            return table[name]

        return column
