"""Steps in single precision: nearly the same numbers, sixteen people side by side, and the same way out of trouble."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from engine.vector.models import CLOCK, VAN_DER_POL, workloads, worst
from kinetamine.engine.maths import exp
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Rosenbrock
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.errors import FieldError

MIXED = Collocation(precision="mixed")
WORKLOADS = workloads()
TIMES = np.linspace(0.0, 9.0, 37)
NINE_HOURS = Schedule(np.array([0.0, 9.0]))


def _clocks(count: int) -> np.ndarray:
    return np.stack([np.linspace(0.1, 5.0, count), np.linspace(0.1, 1.0, count)], axis=1)


@pytest.mark.parametrize("name", ["W1", "W2"])
def test_errors_stay_below_one_in_ten_thousand(name: str) -> None:
    kernel, parameters, times = compile(getattr(WORKLOADS, name)), WORKLOADS.people(200), WORKLOADS.times_h()[::3]
    schedule = WORKLOADS.schedule(parameters)
    found = kernel.run(parameters, schedule, times, method=MIXED).require()
    steps = kernel.run(parameters, schedule, times, method=Rosenbrock(1e-6, 1e-9)).require()
    assert found.blocks.dtype == np.float32
    assert worst(found.array().astype(float), steps.array()) < 1e-4
    assert np.all(np.isfinite(found.estimates))


def test_people_do_not_touch_each_other_however_many_there_are() -> None:
    kernel, people = compile(CLOCK), _clocks(37)
    together = kernel.run(people, NINE_HOURS, TIMES, method=MIXED).array()
    for some in (people[:1], people[16:32], people[30:]):
        first = int(np.flatnonzero(people[:, 0] == some[0, 0])[0])
        alone = kernel.run(some, NINE_HOURS, TIMES, method=MIXED, threads=1).array()
        assert np.array_equal(together[first : first + len(some)], alone)


def test_summaries_are_those_of_the_trajectories() -> None:
    kernel, people = compile(CLOCK), _clocks(19)
    found = kernel.summarize(people, NINE_HOURS, TIMES, thresholds={"effect": 0.3}, method=MIXED).require()
    effect = kernel.run(people, NINE_HOURS, TIMES, method=MIXED)["effect"]
    assert np.array_equal(found.of("effect", "largest"), effect.max(axis=1))
    assert np.array_equal(found.of("effect", "last"), effect[:, -1])
    assert found.of("effect", "area") == pytest.approx(np.trapezoid(effect, TIMES), rel=1e-5)
    assert found.of("effect", "above") == pytest.approx(np.trapezoid((effect > 0.3).astype(float), TIMES), rel=1e-5)


def test_who_does_not_settle_is_solved_in_steps_in_their_own_place() -> None:
    kernel, people = compile(VAN_DER_POL), np.linspace(0.1, 20.0, 21)[:, None]
    coarse = Collocation(longest_h=0.5, precision="mixed")
    found = kernel.run(people, NINE_HOURS, TIMES, method=coarse).require()
    steps = kernel.run(people, NINE_HOURS, TIMES, method=Rosenbrock()).require()
    stepped = np.isnan(found.estimates)
    assert stepped.any()
    assert np.array_equal(found["x"][stepped], steps["x"][stepped].astype(np.float32))


def test_memory_of_the_other_precision_is_refused() -> None:
    kernel, people = compile(CLOCK), _clocks(16)
    first = kernel.run(people, NINE_HOURS, TIMES, method=MIXED)
    assert kernel.run(people, NINE_HOURS, TIMES, method=MIXED, into=first.blocks).blocks is first.blocks
    assert np.array_equal(first.person(15)[:, 1], first["effect"][15])
    with pytest.raises(FieldError, match="into"):
        kernel.run(people, NINE_HOURS, TIMES, into=first.blocks)


def test_elementary_functions_are_exact_to_seven_digits() -> None:
    shown = Equations(
        states=(),
        parameters=("x", "n"),
        rates=lambda _x, _p, _u: {},
        outputs=lambda _x, p, u: {
            "exp": exp(u.zero + p.x),
            "log": (u.zero + p.x).__array_namespace__().log(u.zero + p.x),
            "power": (u.zero + p.x) ** p.n,
        },
        inputs=("zero",),
    )
    stream = np.random.default_rng(2)
    x, n = stream.lognormal(0.0, 1.0, 1000).clip(0.0, 80.0), stream.normal(size=1000)
    kernel: Kernel = compile(shown)
    found = kernel.run(np.stack([x, n], axis=1), Schedule(np.array([0.0, 1.0])), np.array([1.0]), method=MIXED)
    narrow = x.astype(np.float32).astype(float)
    assert found["exp"][:, 0] == pytest.approx(np.exp(narrow), rel=1e-6)
    assert found["log"][:, 0] == pytest.approx(np.log(narrow), rel=1e-6, abs=1e-7)
    assert found["power"][:, 0] == pytest.approx(narrow**n, rel=2e-6)


@pytest.mark.parametrize("precision", ["double", "mixed"])
def test_pieces_that_begin_with_a_group_of_eight_change_nothing(precision: Literal["double", "mixed"]) -> None:
    kernel, people = compile(VAN_DER_POL), np.random.default_rng(3).uniform(0.1, 20.0, (53, 1))
    coarse = Collocation(longest_h=0.5, precision=precision)  # some are solved again, in steps
    whole = kernel.run(people, NINE_HOURS, TIMES, method=coarse, threads=3).require()
    assert 0 < np.isnan(whole.estimates).sum() < len(people)
    for first, until in ((0, 16), (16, 24), (24, 53)):
        piece = kernel.run(people[first:until], NINE_HOURS, TIMES, method=coarse, threads=1).require()
        assert np.array_equal(piece.array(), whole.array()[first:until])
