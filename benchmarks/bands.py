"""Quantile bands of very many people: simulated in pieces, put into bins, counted, and forgotten.

Prints how long it took, the memory it took at most, and how far the quantiles of the first people are from exact ones.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import workloads

from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation
from kinetamine.engine.vector.sketch import BYTE_BINS, Edges, Sketch

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_PILOT = 256


def drawn(first: int, count: int) -> np.ndarray:
    """Parameters of people from the first on: a stream of its own for each piece."""
    median, omega = workloads.MEDIAN, workloads.OMEGA
    return np.asarray(median * np.exp(omega * np.random.default_rng([7, first]).standard_normal((count, len(median)))))


def pilot(kernel: Kernel, some: np.ndarray, method: Collocation) -> Edges:
    """Bins laid around what a few people show: as many as fit in a byte."""
    few = some[:_PILOT]
    return Edges.around(kernel.run(few, workloads.schedule(few), workloads.times_h(), method=method), BYTE_BINS)


def bands(kernel: Kernel, people: int, piece: int, method: Collocation, threads: int) -> Sketch:
    """The sketch of so many people."""
    times = workloads.times_h()
    sketch = Sketch.empty(pilot(kernel, drawn(0, piece), method))
    numbers: np.ndarray | None = None
    for first in range(0, people, piece):
        some = drawn(first, min(piece, people - first))
        into = numbers if numbers is not None and len(some) == piece else None
        schedule = workloads.schedule(some)
        found = kernel.tally(some, schedule, times, sketch.edges, method=method, threads=threads, into=into)
        numbers = found.numbers
        sketch.add_binned(found, threads=threads)
    return sketch


def off(kernel: Kernel, method: Collocation, people: int) -> float:
    """How far quantiles are from those of the values themselves, at most, in widths of a bin."""
    some, times = drawn(0, people), workloads.times_h()[::10]
    found = kernel.run(some, workloads.schedule(some), times, method=method)
    few = Edges.around(kernel.run(some[:_PILOT], workloads.schedule(some[:_PILOT]), times), BYTE_BINS)
    sketch = Sketch.empty(few)
    sketch.add_binned(kernel.tally(some, workloads.schedule(some), times, few, method=method))
    exact = np.quantile(found.array().astype(float), LEVELS, axis=0)
    return float(np.max(np.abs(sketch.quantiles(LEVELS) - exact) / sketch.resolution))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--piece", type=int, default=8192)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    kernel = compile(workloads.W2)
    for precision in ("mixed", "double"):
        method = Collocation(precision=precision)  # type: ignore[arg-type] # one of the two
        start, processor = time.perf_counter(), time.process_time()
        sketch = bands(kernel, given.people, given.piece, method, given.threads)
        sketch.quantiles(LEVELS)
        wall, spent = time.perf_counter() - start, time.process_time() - processor
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(f"{precision}: {sketch.people} people, {wall:.1f} s by the clock, {spent:.1f} s of processors")
        print(f"  {1e6 * spent / given.people:.1f} us of a processor a person, at most {memory:.2f} GB so far")
        print(f"  quantiles of 10,000 people are off by {off(kernel, method, 10_000):.2f} of a bin at most")


if __name__ == "__main__":
    main()
