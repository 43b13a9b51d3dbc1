"""Other processes and machines for a study, by Dask: the scheduler hands out pieces of work and repeats lost ones."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Any, Self

import kinetamine
from kinetamine.engine.vector.method import Method
from kinetamine.engine.vector.sketch import Edges
from kinetamine.errors import FieldError, KinetamineError, MissingExtraError, SolverError
from kinetamine.population.batch import Runner
from kinetamine.population.lot import Chunks, Lot, work
from kinetamine.population.streams import require_whole
from kinetamine.population.study import Study

MOST_PROCESSES = 1024
_PATIENCE_S = 10
"""How long to wait for a cluster to answer, and for its first worker."""
_PRIVATE = "127.0.0.1:0"
"""Where the scheduler's own pages are: on this machine only, wherever there is room."""
_AT_ONCE = 2
"""Pieces of work per worker that are given out before the first is back: memory stays flat however long the study."""
_DEAF = """
import logging, signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
logging.getLogger("distributed.worker.state_machine").setLevel(logging.ERROR)
"""
"""What local processes do first: Ctrl-C reaches every process of a terminal, and the one that started these stops
them; what they say of pieces that are given up is no news."""
_RETRIES = 2
"""How often a piece is tried again after an error that is not ours, such as a full memory."""


class Workers:
    """A cluster of Dask, as a context: local processes, or one that runs already.

    Local processes import the script that starts them: it needs its ``if __name__ == "__main__":``.
    """

    def __init__(self, processes: int | None = None, address: str | None = None) -> None:
        """Say which; nothing is started or reached before the context is entered.

        Args:
            processes: on this machine.
            address: of a scheduler, such as ``tcp://host:8786``.

        Raises:
            FieldError: neither or both, or a number that means nothing.
        """
        if (processes is None) == (address is None):
            expected = "either a number of processes or the address of a cluster"
            raise FieldError("workers", (processes, address), expected)
        if processes is not None:
            require_whole("workers", processes, 1, MOST_PROCESSES)
        self.processes, self.address = processes, address
        self._stack = ExitStack()
        self.client: Any = None

    def __enter__(self) -> Self:
        """Start the processes, or reach the cluster.

        Raises:
            MissingExtraError: Dask is not installed.
            FieldError: no cluster answers there, or it has no workers.
        """
        try:
            import distributed  # noqa: PLC0415 - needs an extra
        except ImportError as error:
            raise MissingExtraError("cluster", "several workers") from error
        with ExitStack() as stack:
            try:
                self.client = self._reach(distributed, stack)
                self.client.wait_for_workers(1, timeout=_PATIENCE_S)
            except (OSError, TimeoutError, ValueError) as error:
                expected = f"the address of a Dask scheduler that answers and has workers ({error})"
                raise FieldError("cluster", self.address or f"{self.processes} processes", expected) from error
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what was started here; a cluster that ran already goes on."""
        self._stack.__exit__(kind, error, trace)

    @property
    def count(self) -> int:
        """How many workers there are now.

        Raises:
            FieldError: they were not started.
        """
        if self.client is None:
            raise FieldError("workers", "workers that were not started", "a context: with Workers(...) as workers")
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def map(self, runner: Runner, edges: Edges, pieces: Sequence[Chunks]) -> Iterator[Lot]:
        """What comes of each piece, as it comes; a piece whose worker is lost is done again by another.

        Raises:
            SolverError: a piece could not be done, or was lost with one worker after another.
        """
        import distributed  # noqa: PLC0415 - as above

        order = _Order(kinetamine.__version__, runner.study, runner.method, edges)
        waiting = (self.client.submit(_work, order, one, pure=False, retries=_RETRIES) for one in pieces)
        running = distributed.as_completed(islice(waiting, _AT_ONCE * self.count), loop=self.client.loop)
        try:
            for future in running:
                lot = _received(future)
                future.release()
                running.update(islice(waiting, 1))
                yield lot
        finally:
            if running.futures:
                self.client.cancel(list(running.futures))

    def _reach(self, distributed: Any, stack: ExitStack) -> Any:
        if self.processes is None:
            return self._client(distributed, stack, self.address, timeout=_PATIENCE_S)
        local = distributed.LocalCluster(
            n_workers=self.processes,
            threads_per_worker=1,
            processes=True,
            dashboard_address=_PRIVATE,
            silence_logs=logging.ERROR,
            preload=[_DEAF],
        )
        return self._client(distributed, stack, stack.enter_context(local))

    @staticmethod
    def _client(distributed: Any, stack: ExitStack, at: Any, **more: Any) -> Any:
        # Never this process's default: a client that failed would stay behind as the scheduler of everything else.
        return stack.enter_context(distributed.Client(at, set_as_default=False, **more))


@dataclass(frozen=True)
class _Order:
    """What a worker must know beside the piece; small enough to go along with each."""

    version: str
    study: Study
    method: Method
    edges: Edges

    @property
    def key(self) -> tuple[str, Method]:
        return self.study.key, self.method


_RUNNERS: dict[tuple[str, Method], Runner] = {}
"""The last study of this process: a worker gets many pieces of the same, and compiles once."""


def _work(order: _Order, piece: Chunks) -> Lot | str:
    """What comes of a piece, with one thread; or why nothing does, in one sentence, which trying again cannot help."""
    if order.version != kinetamine.__version__:
        return f"a worker has kinetamine {kinetamine.__version__}, the study {order.version}"
    if order.key not in _RUNNERS:
        _RUNNERS.clear()
        _RUNNERS[order.key] = Runner(order.study, threads=1, method=order.method)
    try:
        return work(_RUNNERS[order.key], order.edges, piece)
    except KinetamineError as error:
        return str(error)


def _received(future: Any) -> Lot:
    try:
        found: Lot | str = future.result()
    except Exception as error:  # whatever a cluster of others can raise
        message = f"the workers gave up a piece of work ({type(error).__name__}: {error}); what was finished is kept"
        raise SolverError(message) from error
    if isinstance(found, str):
        raise SolverError(found)
    return found
