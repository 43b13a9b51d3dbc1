"""The benchmark's two models: both methods agree with an independent solver, and with each other for many people."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from engine.vector.models import by_scipy, workloads, worst
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.structure import structure

WORKLOADS = workloads()
METHODS = pytest.mark.parametrize("method", [Rosenbrock(), Collocation()], ids=["steps", "blocks"])


def test_there_are_as_many_times_as_the_definition_says() -> None:
    assert len(WORKLOADS.times_h()) == 3361
    assert WORKLOADS.people(3).shape == (3, 39)


def test_the_structure_is_found() -> None:
    names = WORKLOADS.W2.states
    found = structure(Trace(WORKLOADS.W2))
    assert [names[i] for i in found.linear] == ["a1", "a2", "a3", "n1", "n2", "ce", "cn"]
    loops = [{names[i] for i in part} for part, implicit in zip(found.parts, found.implicit, strict=True) if implicit]
    assert loops == [{"mo"}, {"hr", "mp", "br"}]


@METHODS
@pytest.mark.parametrize("name", ["W1", "W2"])
def test_errors_stay_below_one_in_ten_thousand(name: str, method: Method) -> None:
    _compare(name, method, people=1)


@pytest.mark.slow
@METHODS
@pytest.mark.parametrize("name", ["W1", "W2"])
def test_errors_stay_below_one_in_ten_thousand_for_more_people(name: str, method: Method) -> None:
    _compare(name, method, people=20)


def _compare(name: str, method: Method, people: int) -> None:
    parameters, times = WORKLOADS.people(people), WORKLOADS.times_h()
    kernel = compile(getattr(WORKLOADS, name))
    found = kernel.run(parameters, WORKLOADS.schedule(parameters), times, method=method).require().array()
    assert worst(found, np.stack([_exact(name, person) for person in range(people)])) < 1e-4


@cache
def _exact(name: str, person: int) -> np.ndarray:
    parameters = WORKLOADS.people(person + 1)[-1:]
    schedule = WORKLOADS.schedule(parameters)
    return by_scipy(getattr(WORKLOADS, name), parameters[0], schedule, WORKLOADS.times_h())


@pytest.mark.parametrize("name", ["W1", "W2"])
def test_two_independent_methods_agree_for_many_people(name: str) -> None:
    kernel, parameters, times = compile(getattr(WORKLOADS, name)), WORKLOADS.people(400), WORKLOADS.times_h()[::7]
    schedule = WORKLOADS.schedule(parameters)
    steps = kernel.run(parameters, schedule, times, method=Rosenbrock(1e-6, 1e-9)).require().array()
    blocks = kernel.run(parameters, schedule, times).require()
    assert worst(blocks.array(), steps) < 1e-4
    assert 0.0 < blocks.estimates.max() < 1e-4


def test_too_coarse_blocks_are_seen_in_the_estimates_and_made_good_in_steps() -> None:
    kernel, parameters = compile(WORKLOADS.W2), WORKLOADS.people(12)
    schedule, times = WORKLOADS.schedule(parameters), WORKLOADS.times_h()[::50]
    coarse = Collocation(first_h=0.6, longest_h=12.0, repeats=1, tolerance=np.inf)
    found = kernel.run(parameters, schedule, times, method=coarse).require()
    assert found.estimates.min() > 1e-3
    careful = kernel.run(parameters, schedule, times, method=replace(coarse, tolerance=1e-4)).require()
    steps = kernel.run(parameters, schedule, times, method=Rosenbrock()).require()
    assert np.array_equal(careful.blocks[0], steps.blocks[0])
    assert np.isnan(careful.estimates).all()
