"""Bins written by the kernel: the same counts as of the values themselves, whatever became of people."""

from __future__ import annotations

import numpy as np
import pytest

from engine.vector.models import workloads
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.sketch import BYTE_BINS, Edges, Sketch
from kinetamine.errors import FieldError

WORKLOADS = workloads()
FEW = 2e-6
"""A tolerance that some, but not all, keep to."""
METHODS = {
    "double": Collocation(),
    "mixed": Collocation(precision="mixed"),
    "some in steps": Collocation(tolerance=FEW),
    "some in steps, mixed": Collocation(tolerance=FEW, precision="mixed"),
    "steps": Rosenbrock(),
}


def _both(kernel: Kernel, people: np.ndarray, schedule: Schedule, method: Method, bins: int) -> tuple[Sketch, Sketch]:
    """Counted from values, and from what the kernel says of their bins."""
    times = np.linspace(float(schedule.times_h[0]), float(schedule.times_h[-1]), 97)
    values = kernel.run(people, schedule, times, method=method)
    if isinstance(method, Collocation) and method.tolerance == FEW and len(people) > 1:
        assert 0 < np.isnan(values.estimates).sum() < len(people)
    edges = Edges(*_edges(values.array()[values.status == 0][:20], bins), bins)
    found = kernel.tally(people, schedule, times, edges, method=method)
    one, other = Sketch.empty(edges), Sketch.empty(edges)
    one.add(values)
    other.add_binned(found)
    assert np.array_equal(found.status, values.status)
    assert np.array_equal(found.estimates, values.estimates, equal_nan=True)
    return one, other


def _edges(values: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """Bins that leave some people out."""
    low, high = np.quantile(values.astype(float), [0.1, 0.9], axis=0)
    return low, np.maximum(high - low, 1e-9) / bins


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize(("count", "bins"), [(1, 7), (77, BYTE_BINS)])
def test_counts_are_those_of_the_values(method: Method, count: int, bins: int) -> None:
    people, kernel = WORKLOADS.people(count), compile(WORKLOADS.W2)
    one, other = _both(kernel, people, WORKLOADS.schedule(people), method, bins)
    assert np.array_equal(one.counts, other.counts)
    assert (other.people, other.lost) == (count, 0)
    if count > 1:
        assert one.counts[..., 0].sum() > 0
        assert one.counts[..., -2].sum() > 0
        inside = one.counts[..., [0, -2]].sum(axis=-1) == 0
        off = np.abs(one.quantiles([0.1, 0.5, 0.9]) - other.quantiles([0.1, 0.5, 0.9]))
        assert np.all(off[:, inside] <= one.resolution[inside] * (1.0 + 1e-9))


@pytest.mark.parametrize("method", [Collocation(), Collocation(precision="mixed")], ids=["double", "mixed"])
def test_the_lost_are_counted_as_lost(method: Method) -> None:
    grows = Equations(
        states=("x",),
        parameters=("K",),
        initial=lambda _p: {"x": 1.0},
        rates=lambda x, p, _u: {"x": p.K * x.x * x.x},
        outputs=lambda x, _p, _u: {"x": x.x},
    )
    people = np.linspace(-2.0, -0.1, 45)[:, None]
    people[[0, 20, 44]] = 3.0  # infinite after a third of an hour
    one, other = _both(compile(grows), people, Schedule(np.array([0.0, 1.0])), method, 20)
    assert np.array_equal(one.counts, other.counts)
    assert (other.people, other.lost) == (42, 3)


def test_quantiles_outside_are_the_ends_of_the_bins() -> None:
    kernel, people, times = compile(WORKLOADS.W1), WORKLOADS.people(40), np.array([1.0, 2.0])
    edges = Edges(np.full((2, 2), 1e-3), np.full((2, 2), 1e-6), bins=10)
    sketch = Sketch.empty(edges)
    sketch.add_binned(kernel.tally(people, WORKLOADS.schedule(people), times, edges))
    assert sketch.quantiles([0.0, 0.5, 1.0]) == pytest.approx(1e-3 + 1e-5)


def test_memory_is_used_again_and_what_does_not_fit_is_refused() -> None:
    kernel, people, times = compile(WORKLOADS.W1), WORKLOADS.people(20), np.array([0.0, 2.0])
    schedule = WORKLOADS.schedule(people)
    edges = Edges.around(kernel.run(people, schedule, times), BYTE_BINS)
    found = kernel.tally(people, schedule, times, edges)
    before = found.numbers.copy()
    again = kernel.tally(people, schedule, times, edges, into=found.numbers)
    assert again.numbers is found.numbers
    assert np.array_equal(again.numbers, before)
    with pytest.raises(FieldError, match="into"):
        kernel.tally(people, schedule, times, edges, into=found.numbers[:, :1])
    for wrong in (Edges(edges.first, edges.width, BYTE_BINS + 1), Edges(edges.first[:1], edges.width[:1], 5)):
        with pytest.raises(FieldError, match="edges"):
            kernel.tally(people, schedule, times, wrong)
    with pytest.raises(FieldError, match="the same bins"):
        Sketch.empty(Edges(edges.first, edges.width, 5)).add_binned(found)
