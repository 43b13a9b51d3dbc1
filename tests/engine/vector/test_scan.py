"""Summaries made from the nodes of blocks: what is left out because it cannot matter does not matter."""

from __future__ import annotations

import numpy as np
import pytest

from engine.vector.models import VAN_DER_POL, workloads
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation
from kinetamine.engine.vector.schedule import Schedule

WORKLOADS = workloads()


@pytest.mark.parametrize("step", [1, 40, 3000])
def test_summaries_of_the_workload_are_those_of_its_trajectories(step: int) -> None:
    kernel, parameters, times = compile(WORKLOADS.W2), WORKLOADS.people(24), WORKLOADS.times_h()[::step]
    schedule = WORKLOADS.schedule(parameters)
    found = kernel.summarize(parameters, schedule, times, thresholds={"RO": 0.4, "HR": 75.0}).require()
    values = kernel.run(parameters, schedule, times).require().array()
    largest, area, above, last = np.moveaxis(found.array(), 1, 0)
    assert np.array_equal(largest, values.max(axis=1))
    assert np.array_equal(last, values[:, -1])
    assert area == pytest.approx(np.trapezoid(values, times, axis=1), rel=1e-11)
    for name, limit in (("RO", 0.4), ("HR", 75.0)):
        i = kernel.output_names.index(name)
        hours = np.trapezoid((values[:, :, i] > limit).astype(float), times, axis=1)
        assert above[:, i] == pytest.approx(hours, rel=1e-12)


def test_the_largest_value_between_nodes_is_not_missed() -> None:
    kernel, people = compile(VAN_DER_POL), np.linspace(0.1, 2.0, 13)[:, None]
    schedule, times = Schedule(np.array([0.0, 30.0])), np.linspace(0.0, 30.0, 4001)
    method = Collocation(longest_h=0.25, tolerance=1.0)
    found = kernel.summarize(people, schedule, times, method=method).require()
    values = kernel.run(people, schedule, times, method=method).require()["x"]
    assert np.array_equal(found.of("x", "largest"), values.max(axis=1))


def test_no_times_and_the_first_alone() -> None:
    kernel, people, schedule = compile(VAN_DER_POL), np.ones((1, 1)), Schedule(np.array([0.0, 3.0]))
    found = kernel.summarize(people, schedule, np.array([0.0])).require()
    assert [found.of("x", name)[0] for name in ("largest", "area", "last")] == [2.0, 0.0, 2.0]
