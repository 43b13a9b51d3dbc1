"""People and what they are given, on the way into compiled code: packed, told, and spread over threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from kinetamine.engine.vector.code import DOUBLE, LANES, Width
from kinetamine.engine.vector.layout import groups, pack, room
from kinetamine.engine.vector.task import STEPPED, TASK

_FEWEST, _TURNS = 8, 4
"""Groups that a thread takes at a time, at least; and in how many turns it would do its share of what is left."""


@dataclass(frozen=True)
class Job:
    """Arrays with one row per person, and arrays that hold for all.

    Attributes:
        copies: how many rows each person has: more than one where people are solved each alone.
    """

    by_person: Mapping[str, np.ndarray]
    fixed: dict[str, np.ndarray]
    copies: int = 1

    @property
    def people(self) -> int:
        """How many rows there are."""
        return len(self.by_person["parameters"])

    def pick(self, people: Int[np.ndarray, " person"], copies: int) -> Job:
        """Some of the people."""
        chosen = np.repeat(people, copies)
        return Job({name: values[chosen] for name, values in self.by_person.items()}, self.fixed, copies)

    def arrays(self, width: Width) -> dict[str, np.ndarray]:
        """All arrays as compiled code reads them: parameters by eight and double, the others as wide as the steps."""
        lanes, kind = width.lanes, np.float64 if width == DOUBLE else np.float32
        padded = np.minimum(np.arange(groups(self.people, lanes) * lanes), self.people - 1)
        parameters = self.by_person["parameters"]
        found = {
            "parameters": pack(parameters[padded] if width != DOUBLE else parameters),
            **{name: pack(self.by_person[name], lanes, kind) for name in ("inputs", "boluses")},
        }
        if "thresholds" in self.fixed:
            found["thresholds"] = pack(self.fixed["thresholds"][None], lanes, kind)
        alike = {
            name: values.astype(kind, copy=False) if name in STEPPED else values for name, values in self.fixed.items()
        }
        return alike | found


def spread(function: Callable[..., None], arrays: Mapping[str, np.ndarray], threads: int, rows: int) -> None:
    """Run all groups: threads take chunks until none is left, and the interpreter lock is free meanwhile.

    Args:
        rows: of workspace for each thread.
    """
    counts = {
        "segments": len(arrays["switch_times"]) - 1,
        "output_count": len(arrays["output_times"]),
        "stored": int("summaries" not in arrays),
        "kind_count": len(arrays.get("lengths", ())),
        "block_count": len(arrays.get("kinds", ())),
    }
    fields = [counts[one] if one in counts else arrays[one].ctypes.data if one in arrays else 0 for one in TASK]
    task, count = np.array(fields, dtype=np.int64), len(arrays["status"])
    chunks, lock = _chunks(count, threads), threading.Lock()

    def work(_held: object) -> None:
        space = room((max(rows, 1), LANES))
        while True:
            with lock:
                chunk = next(chunks, None)
            if chunk is None:
                return
            function(task.ctypes.data, *chunk, space.ctypes.data)

    with ThreadPoolExecutor(threads) as pool:
        # A thread whose start is interrupted from the keyboard is not waited for: it holds the memory it writes to.
        for one in [pool.submit(work, arrays) for _ in range(threads)]:
            one.result()


def _chunks(count: int, threads: int) -> Iterator[tuple[int, int]]:
    """The first and the end of each: large ones, for each costs some microseconds; small at last, lest one waits."""
    first = 0
    while first < count:
        end = min(first + max(_FEWEST, (count - first) // (_TURNS * threads)), count)
        yield first, end
        first = end
