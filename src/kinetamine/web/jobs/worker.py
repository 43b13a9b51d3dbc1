"""One process that simulates, as the server sees it: it is given jobs, heard, stopped, and its end is noticed."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from kinetamine.web.jobs import process
from kinetamine.web.jobs.frame import Frame, Way

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_PRELOADED = "kinetamine.web.jobs.preloaded"
_END_S = 5.0


def context() -> BaseContext:
    """How processes are made: forked from one that is warm, where the system can; else each from nothing."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["__main__", _PRELOADED])
    return found


class Worker:
    """A process, and the thread that listens to it."""

    def __init__(self, made_by: BaseContext, limits: dict[str, int]) -> None:
        """Not started yet: that takes a while and is done in another thread."""
        self.ready = False
        self._connection, self._theirs = made_by.Pipe()
        self._process = made_by.Process(  # type: ignore[attr-defined]  # every context has it
            target=process.main, args=(self._theirs, limits), daemon=True, name="kinetamine simulates"
        )

    @property
    def pid(self) -> int | None:
        """The number of the process, once it is begun (zero would be every process of this group)."""
        found: int | None = self._process.pid
        return found

    def start(self, heard: Callable[[Worker, Frame], None], gone: Callable[[Worker], None]) -> None:
        """Begin; what it says comes to ``heard``, its end to ``gone``, both from another thread."""
        self._process.start()
        self._theirs.close()
        threading.Thread(target=self._listen, args=(heard, gone), daemon=True).start()

    def _listen(self, heard: Callable[[Worker, Frame], None], gone: Callable[[Worker], None]) -> None:
        try:
            while True:
                heard(self, self._connection.recv())
        except (EOFError, OSError):
            self._process.join(_END_S)
            gone(self)

    def give(self, number: int, door: str, given: bytes, way: Way) -> None:
        """Hand over a job.

        Raises:
            OSError: the process is gone.
        """
        self._connection.send(("job", number, door, given, way))

    def stop(self, number: int) -> None:
        """Say that nobody waits for a job any more; it ends where it next has something to tell."""
        try:
            self._connection.send(("stop", number))
        except OSError:
            return  # it ended by itself

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        if self.pid is not None:
            self._process.kill()

    def join(self) -> None:
        """Wait until it has ended."""
        if self.pid is not None:
            self._process.join(_END_S)
