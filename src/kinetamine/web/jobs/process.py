"""Inside a process that simulates: one job after another, until whoever asks is gone."""

from __future__ import annotations

import gzip
import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import Any

from kinetamine.errors import KinetamineError
from kinetamine.web.jobs.frame import JSON, Frame, Way, problem_frame, written
from kinetamine.web.jobs.given import read
from kinetamine.web.jobs.warmth import warm
from kinetamine.web.problems import UNEXPECTED, problem_of, unknown_function

READY = Frame(0, "ready", b"")
_PACKED_FROM = 4096
"""Smaller answers are not worth compressing."""
_QUICK = 1


class StoppedError(Exception):
    """Nobody waits for this job any more."""


class Asked:
    """A job as it was handed over."""

    def __init__(self, number: int, door: str, given: bytes, way: Way) -> None:
        """Kept until it is done."""
        self.number, self.door, self.given, self.way = number, door, given, way
        self.stopped = False

    def values(self) -> dict[str, Any]:
        """What was given.

        Raises:
            FieldError: it is not a JSON object, or holds what cannot be told.
        """
        return read(self.given)


def main(connection: Connection, limits: dict[str, int]) -> None:
    """Answer until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard speaks to the server, and that to us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit(limits)
    warm()
    asked: SimpleQueue[Asked | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, asked), daemon=True).start()
    connection.send(READY)
    while (job := asked.get()) is not None:
        connection.send(_answered(job, connection.send))


def _limit(limits: dict[str, int]) -> None:
    from kinetamine.web.simulations import limits as kept  # noqa: PLC0415 - warmed by now

    kept.set_limits(**limits)


def _end_with_parent() -> None:
    """Whatever is being computed: a server that was killed leaves nothing behind."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _listen(connection: Connection, asked: SimpleQueue[Asked | None]) -> None:
    """Take jobs, and the word that one need not be finished."""
    last: Asked | None = None
    try:
        while True:
            kind, *content = connection.recv()
            if kind == "job":
                last = Asked(*content)
                asked.put(last)
            elif last is not None and last.number == content[0]:
                last.stopped = True
    except (EOFError, OSError):
        asked.put(None)


def _answered(job: Asked, send: Callable[[Frame], object]) -> Frame:
    """The last frame of a job; whatever goes wrong is told, and the process lives on."""

    def tell(event: str, data: Any) -> None:
        if job.stopped:
            raise StoppedError
        send(Frame(job.number, event, written(data)))

    try:
        return _whole(job, tell)
    except StoppedError:
        return Frame(job.number, "stopped", b"", last=True)
    except KinetamineError as error:
        return _refused(job, error)
    except Exception:  # noqa: BLE001 - a mistake of ours must not take the server away
        return _unexpected(job)


def _refused(job: Asked, error: KinetamineError) -> Frame:
    """What is wrong with the question; that this cannot be written down is a mistake of ours too."""
    try:
        return problem_frame(job.number, problem_of(error))
    except Exception:  # noqa: BLE001 - nor must the answer to somebody else's mistake
        return _unexpected(job)


def _unexpected(job: Asked) -> Frame:
    traceback.print_exc()
    return problem_frame(job.number, UNEXPECTED)


def _whole(job: Asked, tell: Callable[[str, Any], None]) -> Frame:
    from kinetamine.web.simulations import DOORS  # noqa: PLC0415 - warmed by now
    from kinetamine.web.simulations.download import Download  # noqa: PLC0415 - warmed by now

    if job.door not in DOORS:
        return problem_frame(job.number, unknown_function(job.door, DOORS))
    found = DOORS[job.door](job.values(), tell)
    if not isinstance(found, Download):
        return _sent(job, written(found))
    if job.way is Way.LIVE:
        return _sent(job, written(found.told()))
    return _sent(job, found.text.encode(), found.media_type, found.name)


def _sent(job: Asked, data: bytes, media_type: str = JSON, name: str = "") -> Frame:
    packed = job.way is Way.PACKED and len(data) >= _PACKED_FROM
    body = gzip.compress(data, _QUICK) if packed else data
    return Frame(job.number, "whole", body, last=True, media_type=media_type, name=name, packed=packed)
