"""Other processes and machines for a study, by Dask: the scheduler hands out pieces of work and repeats lost ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from kinetamine.engine.vector.method import Method
from kinetamine.engine.vector.sketch import Edges
from kinetamine.errors import FieldError, MissingExtraError
from kinetamine.population.batch import Runner
from kinetamine.population.lot import Chunks, Lot, work_apart
from kinetamine.population.study import Study

_PATIENCE_S = 10
"""How long to wait for a cluster to answer."""
_AT_ONCE = 4
"""Pieces of work per worker that are given out before the first is back: memory stays flat however long the study."""


class Workers:
    """A cluster of Dask, as a context: local processes, or one that runs already."""

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
        if processes is not None and (isinstance(processes, bool) or not 1 <= processes <= 1024):
            raise FieldError("workers", processes, "1 to 1024 processes")
        self.processes, self.address = processes, address
        self._stack = ExitStack()
        self.client: Any = None

    def __enter__(self) -> Self:
        """Start the processes, or reach the cluster.

        Raises:
            MissingExtraError: Dask is not installed.
            FieldError: no cluster answers there.
        """
        try:
            import distributed  # noqa: PLC0415 - needs an extra
        except ImportError as error:
            raise MissingExtraError("cluster", "several workers") from error
        if self.processes is not None:
            cluster = self._stack.enter_context(
                distributed.LocalCluster(
                    n_workers=self.processes, threads_per_worker=1, processes=True, dashboard_address=None
                )
            )
            self.client = self._stack.enter_context(distributed.Client(cluster))
            return self
        try:
            self.client = self._stack.enter_context(distributed.Client(self.address, timeout=_PATIENCE_S))
        except (OSError, TimeoutError, ValueError) as error:
            expected = f"the address of a Dask scheduler that answers ({error})"
            raise FieldError("cluster", self.address, expected) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what was started here; a cluster that ran already goes on."""
        self._stack.__exit__(kind, error, trace)

    @property
    def count(self) -> int:
        """How many workers there are now."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def map(self, runner: Runner, edges: Edges, pieces: Sequence[Chunks]) -> Iterator[Lot]:
        """What comes of each piece, as it comes; a piece whose worker is lost is done again by another."""
        import distributed  # noqa: PLC0415 - as above

        asked = self.client.scatter((runner.study, runner.method, edges), broadcast=True)
        waiting = iter(pieces)
        running = distributed.as_completed(loop=self.client.loop)
        for piece in _some(waiting, _AT_ONCE * self.count):
            running.add(self.client.submit(_work, asked, piece, pure=False, retries=2))
        for future in running:
            lot: Lot = future.result()
            future.release()
            for piece in _some(waiting, 1):
                running.add(self.client.submit(_work, asked, piece, pure=False, retries=2))
            yield lot


def _work(asked: tuple[Study, Method, Edges], piece: Chunks) -> Lot:
    return work_apart(*asked, piece)


def _some(waiting: Iterator[Chunks], count: int) -> list[Chunks]:
    return [piece for piece, _ in zip(waiting, range(count), strict=False)]
