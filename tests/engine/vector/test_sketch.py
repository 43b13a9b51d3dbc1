"""Sketches against numpy's quantiles: any people, in any order and any pieces; nobody, one value, and the lost."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinetamine.engine.vector.layout import pack, room
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.sketch import Edges, Sketch
from kinetamine.errors import FieldError

LEVELS = (0.0, 0.025, 0.3, 0.5, 0.9, 1.0)
SHAPE = (7, 3)


def _result(values: np.ndarray, lost: Sequence[int] = (), lanes: int = 8) -> Result:
    """What a run of these people, (person, time, output), would return."""
    status = np.zeros(len(values), dtype=np.int64)
    status[list(lost)] = 4
    blocks = pack(values)
    if lanes != blocks.shape[-1]:
        wide = room((-(-len(values) // lanes), *values.shape[1:], lanes), np.float32)
        wide[:] = 0.0
        for person, own in enumerate(values):
            wide[person // lanes, :, :, person % lanes] = own
        blocks = wide
    for person in lost:
        blocks[person // lanes, ..., person % lanes] = np.nan
    return Result(("a", "b", "c"), len(values), blocks, status, np.zeros(len(values)))


def _people(count: int, seed: int = 1) -> np.ndarray:
    stream = np.random.default_rng(seed)
    return stream.lognormal(stream.normal(size=SHAPE), stream.uniform(0.05, 0.7, SHAPE), (count, *SHAPE))


@pytest.mark.parametrize("count", [1, 8, 77, 2000])
@pytest.mark.parametrize("lanes", [8, 16])
def test_quantiles_are_those_of_numpy_to_within_a_bin(count: int, lanes: int) -> None:
    values = _people(count)
    sketch = Sketch.empty(Edges.around(_result(values)))
    sketch.add(_result(values, lanes=lanes))
    off = np.abs(sketch.quantiles(LEVELS) - np.quantile(values, LEVELS, axis=0))
    assert np.all(off <= sketch.resolution + 1e-6 * values.max(axis=0))  # float32 has seven digits
    assert (sketch.people, sketch.lost) == (count, 0)
    assert sketch.least == pytest.approx(values.min(axis=0), rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    numbers=st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=2, max_size=60),
    pilot=st.integers(1, 60),
    split=st.integers(1, 59),
)
def test_whoever_they_are_in_whatever_pieces(numbers: list[float], pilot: int, split: int) -> None:
    values = np.array(numbers)[:, None, None]
    edges = Edges.around(_result(values[:pilot]), bins=16)
    whole, one, two = (Sketch.empty(edges) for _ in range(3))
    whole.add(_result(values))
    for part, some in ((one, values[:split]), (two, values[split:])):
        if len(some):
            part.add(_result(some))
    found = one.merge(two).quantiles(LEVELS)
    assert np.array_equal(found, whole.quantiles(LEVELS))
    low, high = edges.first, edges.first + edges.bins * edges.width
    if np.all((values >= low) & (values < high)):
        assert np.all(np.abs(found - np.quantile(values, LEVELS, axis=0)) <= edges.width * (1.0 + 1e-9))


def test_one_output_alone_is_as_among_the_others() -> None:
    values = _people(500)
    sketch = Sketch.empty(Edges.around(_result(_people(20, seed=2))))
    sketch.add(_result(values))
    every = sketch.quantiles(LEVELS)
    for output in range(values.shape[-1]):
        assert np.array_equal(sketch.of(output).quantiles(LEVELS)[..., 0], every[..., output])


def test_who_lies_outside_the_bins_is_counted_and_the_extremes_are_exact() -> None:
    values = _people(500)
    sketch = Sketch.empty(Edges.around(_result(_people(20, seed=2)), bins=32))
    sketch.add(_result(values))
    assert sketch.counts[..., 0].sum() + sketch.counts[..., -2].sum() > 0
    assert np.array_equal(sketch.most, values.max(axis=0))
    assert np.all(np.diff(sketch.quantiles(LEVELS), axis=0) >= 0.0)
    assert np.all(sketch.quantiles([1.0]) <= sketch.most)


def test_pieces_and_threads_change_nothing() -> None:
    values, edges = _people(300), Edges.around(_result(_people(50)))
    whole = Sketch.empty(edges)
    whole.add(_result(values), threads=3)
    parts = []
    for some in (values[:16], values[16:17], values[17:203], values[203:]):
        parts.append(Sketch.empty(edges))
        parts[-1].add(_result(some), threads=1)
    one, two, three, four = parts
    for merged in (one.merge(two).merge(three.merge(four)), four.merge(one).merge(three).merge(two)):
        assert all(np.array_equal(whole.arrays()[name], values) for name, values in merged.arrays().items())


def test_the_lost_are_left_out_and_counted() -> None:
    values, lost = _people(45), [0, 20, 44]
    sketch = Sketch.empty(Edges.around(_result(values, lost)))
    sketch.add(_result(values, lost))
    assert (sketch.people, sketch.lost) == (42, 3)
    exact = np.quantile(np.delete(values, lost, axis=0), LEVELS, axis=0)
    assert np.all(np.abs(sketch.quantiles(LEVELS) - exact) <= sketch.resolution)


def test_nobody_has_no_quantiles() -> None:
    sketch = Sketch.empty(Edges.around(_result(_people(5))))
    assert np.all(np.isnan(sketch.quantiles(LEVELS)))
    assert (sketch.people, sketch.lost) == (0, 0)
    with pytest.raises(FieldError, match="at least one person"):
        Edges.around(_result(_people(2), lost=[0, 1]))


@pytest.mark.parametrize("constant", [0.0, 1.0, -1e9, 1e-12])
def test_one_value_for_all(constant: float) -> None:
    values = np.full((20, *SHAPE), constant)
    sketch = Sketch.empty(Edges.around(_result(values)))
    sketch.add(_result(values))
    assert np.all(sketch.quantiles(LEVELS) == constant)


def test_other_bins_or_times_are_refused() -> None:
    sketch, other = (Sketch.empty(Edges.around(_result(_people(9, seed)))) for seed in (1, 2))
    with pytest.raises(FieldError, match="the same bins"):
        sketch.merge(other)
    with pytest.raises(FieldError, match="bins"):
        Edges(np.zeros(SHAPE), np.ones(SHAPE), bins=70_000)
    with pytest.raises(FieldError, match="times and outputs"):
        sketch.add(_result(_people(9)[:, :-1]))


def test_a_sketch_can_be_sent_and_saved() -> None:
    sketch = Sketch.empty(Edges.around(_result(_people(30))))
    sketch.add(_result(_people(30)))
    for again in (pickle.loads(pickle.dumps(sketch)), Sketch.of_arrays(sketch.arrays())):  # noqa: S301 - our own
        assert np.array_equal(again.quantiles(LEVELS), sketch.quantiles(LEVELS))
        assert again.merge(sketch).people == 60
