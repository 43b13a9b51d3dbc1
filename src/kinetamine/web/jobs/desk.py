"""Where jobs are handed in: a fair line, processes that take from it, and an end to whatever takes too long."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

from kinetamine.web import problems
from kinetamine.web.jobs.frame import Frame, Way, problem_frame, written
from kinetamine.web.jobs.line import Line
from kinetamine.web.jobs.worker import Worker, context
from kinetamine.web.settings import Settings

GRACE_S = 1.0
"""How long a job that nobody waits for any more may go on: most end by themselves before."""
_FIRST_S = 60.0
"""How long the server waits for its first process before it opens all the same."""
_AGAIN_S = 2.0
"""A process that could not even begin is not begun again at once."""
LONG = frozenset({"population", "sensitivity", "hypotheses", "validate", "predict"})
"""Functions that may take many seconds: one process is always left for the others."""
_OWN_NAME = re.compile(r"[A-Za-z0-9.:-]{1,64}")


class Refusal(Exception):  # noqa: N818 - not an error: too much is asked for at once
    """A job that is not taken."""

    def __init__(self, problem: dict[str, Any]) -> None:
        """Say why."""
        self.problem = problem
        super().__init__(problem["message"])


class Job:
    """One question on its way to its answer."""

    def __init__(self, number: int, door: str, given: bytes, client: str, way: Way) -> None:
        """Nothing has been heard of it."""
        self.number, self.door, self.given, self.client, self.way = number, door, given, client, way
        self.long = door in LONG
        self._ahead = -1
        self._heard: asyncio.Queue[Frame] = asyncio.Queue()

    def hear(self, frame: Frame) -> None:
        """Something is known of it."""
        self._heard.put_nowait(frame)

    def wait(self, ahead: int) -> None:
        """So many are before it, which is told when it changes."""
        if ahead != self._ahead:
            self._ahead = ahead
            self.hear(Frame(self.number, "waiting", written({"ahead": ahead})))

    async def frames(self) -> AsyncIterator[Frame]:
        """Everything that is heard of it, the last included."""
        while True:
            frame = await self._heard.get()
            yield frame
            if frame.last:
                return


class Desk:
    """Takes jobs, hands them out, and looks after the processes."""

    def __init__(self, settings: Settings) -> None:
        """Nothing runs before it is opened."""
        self._settings = settings
        self._line: Line[Job] = Line(settings.most_waiting)
        self._running: dict[Worker, Job] = {}
        self._ends: dict[Worker, asyncio.TimerHandle] = {}
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count(1)
        self._open = False
        self._first, self._closing = asyncio.Event(), asyncio.Event()

    async def open(self) -> None:
        """Start the processes; returns when one of them can answer."""
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of the processes: threads would wait for each other
        self._loop, self._context, self._open = asyncio.get_running_loop(), context(), True
        for _ in range(self._settings.workers):
            self._begin(after_s=0.0)
        try:
            await asyncio.wait_for(self._first.wait(), _FIRST_S)
        except TimeoutError:
            return

    async def close(self) -> None:
        """Tell everybody who waits, and end every process."""
        self._open = False
        for job in (*self._line.waiting, *self._running.values()):
            job.hear(problem_frame(job.number, problems.STOPPING))
        self._line.waiting.clear()
        self._closing.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        workers = list(self._workers)
        for worker in workers:
            worker.kill()
        await asyncio.gather(*(asyncio.to_thread(worker.join) for worker in workers))

    @property
    def ready(self) -> int:
        """How many processes can answer."""
        return sum(worker.ready for worker in self._workers)

    @property
    def processes(self) -> list[int]:
        """Their numbers, as the system has them; of those that are begun."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    def enter(self, door: str, given: bytes, client: str, way: Way) -> Job:
        """Hand in a job.

        Raises:
            Refusal: too many wait already, or the server is stopping.
        """
        if not self._open:
            raise Refusal(problems.STOPPING)
        whose = client if _OWN_NAME.fullmatch(client) else "somebody"
        job = Job(next(self._numbers), door, given, whose, way)
        if self._line.is_full(whose):
            raise Refusal(problems.full(self._settings.most_waiting))
        self._line.waiting.append(job)
        self._hand_out()
        return job

    def leave(self, job: Job) -> None:
        """Nobody waits for it any more: out of the line, or stopped, after a while by force."""
        if job in self._line.waiting:
            self._line.waiting.remove(job)
            self._tell_waiting()
            return
        for worker, running in self._running.items():
            if running is job:
                worker.stop(job.number)
                self._end(worker, GRACE_S, worker.kill)

    def _hand_out(self) -> None:
        free = [worker for worker in self._workers if worker.ready and worker not in self._running]
        for worker in free:
            job = self._line.next(self._running.values(), max(1, self._settings.workers - 1))
            if job is None:
                break
            self._give(worker, job)
        self._tell_waiting()

    def _give(self, worker: Worker, job: Job) -> None:
        self._running[worker] = job
        self._end(worker, self._settings.most_seconds, lambda: self._too_long(worker, job))
        try:
            worker.give(job.number, job.door, job.given, job.way)
        except OSError:
            worker.kill()  # its end is noticed, and told

    def _tell_waiting(self) -> None:
        for ahead, job in enumerate(self._line.order()):
            job.wait(ahead)

    def _end(self, worker: Worker, after_s: float, how: Callable[[], object]) -> None:
        """What becomes of a running job unless it is done before."""
        if worker in self._ends:
            self._ends[worker].cancel()
        self._ends[worker] = self._loop.call_later(after_s, how)

    def _too_long(self, worker: Worker, job: Job) -> None:
        job.hear(problem_frame(job.number, problems.too_long(self._settings.most_seconds)))
        worker.kill()

    def _heard(self, worker: Worker, frame: Frame) -> None:
        if not worker.ready:
            worker.ready = True
            self._first.set()
            self._hand_out()
            return
        job = self._running.get(worker)
        if job is None or job.number != frame.number:
            return
        if frame.last:
            self._done(worker)
        job.hear(frame)
        if frame.last:
            self._hand_out()

    def _done(self, worker: Worker) -> Job | None:
        if worker in self._ends:
            self._ends.pop(worker).cancel()
        return self._running.pop(worker, None)

    def _gone(self, worker: Worker) -> None:
        """A process has ended: its job is told so, another takes its place."""
        job = self._done(worker)
        self._workers.discard(worker)
        if job is not None:
            job.hear(problem_frame(job.number, problems.LOST))
        if self._open:
            self._begin(after_s=0.0 if worker.ready else _AGAIN_S)

    def _begin(self, after_s: float) -> None:
        task = self._loop.create_task(self._started(after_s))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _started(self, after_s: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), after_s)
        if not self._open:
            return
        worker = Worker(self._context, {"most_people": self._settings.most_people})
        self._workers.add(worker)
        try:
            await asyncio.to_thread(worker.start, self._from_thread(self._heard), self._from_thread(self._gone))
        except (OSError, EOFError):  # what makes processes was killed: the next attempt makes it anew
            self._gone(worker)

    def _from_thread(self, function: Callable[..., None]) -> Callable[..., None]:
        """The same, called from another thread for this loop to do; nothing once the loop has ended."""

        def later(*given: Any) -> None:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(function, *given)

        return later
