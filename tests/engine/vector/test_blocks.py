"""Cutting time: every segment is filled, lengths double, and no output time is lost."""

from __future__ import annotations

import numpy as np
import pytest

from kinetamine.engine.vector.blocks import NODES, cut
from kinetamine.engine.vector.method import Collocation


@pytest.mark.parametrize(
    "switches",
    [[0.0, 2 / 3, 72.0, 72.0 + 2 / 3, 168.0], [0.0, 0.1234567, 5.0, 7.7], [1.0, 1.001], [0.0, 1e-3, 700.0]],
)
def test_blocks_fill_the_segments(switches: list[float]) -> None:
    times = np.linspace(switches[0], switches[-1], 101)
    found = cut(np.array(switches), times, Collocation())
    lengths = found.lengths_h[found.kinds]
    for segment, span in enumerate(np.diff(switches)):
        assert lengths[found.segments == segment].sum() == pytest.approx(span, abs=1e-7)
    assert lengths.max() <= Collocation().longest_h + 1e-9
    assert found.lengths_h[1:] == pytest.approx(2.0 * found.lengths_h[:-1])
    assert found.until[0] == 1
    assert found.until[-1] == len(times)
    assert np.all(np.diff(found.until) >= 0)


def test_output_times_are_read_at_their_place() -> None:
    switches, times = np.array([0.0, 2 / 3, 24.0]), np.arange(0.0, 24.01, 1 / 60)
    found = cut(switches, times, Collocation())
    starts = np.concatenate(([0.0], np.cumsum(found.lengths_h[found.kinds])))
    for block in range(len(found.kinds)):
        inside = slice(found.until[block], found.until[block + 1])
        nodes = np.linspace(starts[block], starts[block + 1], NODES)
        assert found.weights[inside] @ nodes == pytest.approx(times[inside], abs=1e-9)


def test_an_output_at_a_switch_belongs_to_what_was_before() -> None:
    found = cut(np.array([0.0, 1.0, 2.0]), np.array([1.0]), Collocation())
    last = np.flatnonzero(found.segments == 0)[-1]
    assert found.until[last + 1] == 1


def test_blocks_are_shortest_after_a_switch() -> None:
    method = Collocation(first_h=0.01, longest_h=1.0, repeats=2)
    found = cut(np.array([0.0, 48.0]), np.array([48.0]), method)
    lengths = found.lengths_h[found.kinds]
    assert lengths[0] <= method.first_h
    assert lengths[0] * 2 > method.first_h
    assert lengths[:6].tolist() == pytest.approx((lengths[0] * np.array([1, 1, 2, 2, 4, 4])).tolist())
