"""People spread over threads: what a thread writes to lives as long as the thread."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import Future
from typing import Any, Self

import numpy as np
import pytest

from kinetamine.engine.vector import job


class Interrupted:
    """An executor that is interrupted from the keyboard while its first thread starts, and waits for nobody."""

    def __init__(self, _threads: int) -> None:
        """Nothing is started."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the thread alone, as the real one does then."""

    def submit(self, work: Any, *given: Any) -> Future[None]:
        """Start the thread, and be interrupted."""
        threading.Thread(target=work, args=given).start()
        raise KeyboardInterrupt


def test_a_thread_that_is_not_waited_for_keeps_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "ThreadPoolExecutor", Interrupted)
    go, done, alive = threading.Event(), threading.Event(), []
    arrays = {"status": np.zeros(1), "switch_times": np.zeros(2), "output_times": np.zeros(1), "values": np.zeros(8)}
    watched = weakref.ref(arrays["values"])

    def function(*_addresses: int) -> None:
        go.wait(10.0)
        alive.append(watched() is not None)
        done.set()

    with pytest.raises(KeyboardInterrupt):
        job.spread(function, arrays, 1, 1)
    del arrays
    gc.collect()
    go.set()
    assert done.wait(10.0)
    assert alive == [True]


@pytest.mark.parametrize(("count", "threads"), [(0, 2), (1, 2), (125, 1), (1250, 2), (1251, 7)])
def test_everybody_is_in_one_chunk_and_the_last_are_small(count: int, threads: int) -> None:
    chunks = list(job._chunks(count, threads))
    assert [group for first, end in chunks for group in range(first, end)] == list(range(count))
    sizes = [end - first for first, end in chunks]
    assert sizes == sorted(sizes, reverse=True)
    assert not sizes or sizes[-1] <= 8
