"""Outputs with a cap or with knots are as exact between the nodes of a block as what lies below them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from kinetamine.engine.maths import hill, maximum, minimum
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.kinks import reading
from kinetamine.engine.vector.method import Collocation
from kinetamine.engine.vector.schedule import Schedule

KNOTS = (0.1, 0.35, 0.8)
KINKED = Equations(
    states=("x",),
    parameters=("K", "CAP", "SLOPE"),
    initial=lambda _p: {"x": 1.0},
    rates=lambda x, p, _u: {"x": 0.0 - p.K * x.x},
    outputs=lambda x, p, _u: {
        "score": 50.0 - 20.0 * x.x,
        "capped": p.CAP - maximum(p.CAP - p.SLOPE * x.x, 0.0),
        "pieces": sum(maximum(50.0 - 20.0 * x.x - 50.0 * knot, 0.0) for knot in KNOTS),
        "distance": abs(x.x - 0.5) * minimum(x.x, 0.7),
        "costly": hill(x.x, 0.3, 1.5),
    },
)
TIMES, SCHEDULE = np.linspace(0.0, 9.0, 1201), Schedule(np.array([0.0, 9.0]))
PEOPLE = np.stack([np.linspace(0.1, 1.0, 21), np.linspace(0.4, 0.8, 21), np.linspace(0.7, 2.0, 21)], axis=1)


def _exact() -> np.ndarray:
    k, cap, slope = (one[:, None] for one in PEOPLE.T)
    x = np.exp(-k * TIMES)
    score = 50.0 - 20.0 * x
    pieces = np.sum([np.maximum(score - 50.0 * knot, 0.0) for knot in KNOTS], axis=0)
    ratio = (x / 0.3) ** 1.5
    distance = np.abs(x - 0.5) * np.minimum(x, 0.7)
    return np.stack([score, np.minimum(slope * x, cap), pieces, distance, ratio / (1.0 + ratio)], axis=-1)


@pytest.mark.parametrize(("precision", "error"), [("double", 2e-6), ("mixed", 3e-6)])
def test_kinks_are_where_they_are(precision: Literal["double", "mixed"], error: float) -> None:
    found = compile(KINKED).run(PEOPLE, SCHEDULE, TIMES, method=Collocation(precision=precision)).require()
    exact = _exact()
    assert np.all(found.estimates < 2e-5)  # nobody is solved in steps
    assert np.max(np.abs(found.array() - exact) / exact.max(axis=1, keepdims=True)) < error


@pytest.mark.parametrize(("precision", "rounding"), [("double", 1e-12), ("mixed", 1e-5)])
def test_summaries_of_kinked_outputs(precision: Literal["double", "mixed"], rounding: float) -> None:
    kernel, method = compile(KINKED), Collocation(precision=precision)
    limits = {"score": 40.0, "capped": 0.45, "distance": 0.1}
    found = kernel.summarize(PEOPLE, SCHEDULE, TIMES, thresholds=limits, method=method).require()
    values = kernel.run(PEOPLE, SCHEDULE, TIMES, method=method).require()
    for name in kernel.output_names:
        one = values[name]
        assert np.array_equal(found.of(name, "largest"), one.max(axis=1)), name
        assert np.array_equal(found.of(name, "last"), one[:, -1]), name
        assert found.of(name, "area") == pytest.approx(np.trapezoid(one, TIMES), rel=rounding), name
        hours = np.trapezoid((one > limits.get(name, np.inf)).astype(float), TIMES)
        assert found.of(name, "above") == pytest.approx(hours, rel=rounding), name


def test_a_kink_below_a_quotient_is_seen_wherever_it_lies() -> None:
    model = replace(KINKED, outputs=lambda x, p, _u: {"late": hill(maximum(x.x - p.CAP, 0.0), 0.3)})
    found = compile(model).run(PEOPLE, SCHEDULE, TIMES, method=Collocation(tolerance=np.inf)).require()
    k, cap, _ = (one[:, None] for one in PEOPLE.T)
    above = np.maximum(np.exp(-k * TIMES) - cap, 0.0)
    exact = above / (0.3 + above)
    error = np.max(np.abs(found["late"] - exact), axis=1) / exact.max(axis=1)
    assert error.max() > 1e-3
    assert np.all(found.estimates > error)
    assert np.all(found.estimates[cap[:, 0] < np.exp(-9.0 * k[:, 0])] < 1e-5)  # those who never come to it


def test_what_lies_below_kinks_is_shared() -> None:
    trace = Trace(KINKED)
    found = reading(trace.outputs)
    assert [KINKED.states[0], *(one.operation for one in found.roots)] == ["x", "sub", "div", "load"]
    assert list(found.smooth) == [0, 4]
    assert [list(found.made_of([i])) for i in found.kinked] == [[2], [0], [2]]


def test_a_kinked_output_that_is_no_number_is_said() -> None:
    bare = Equations(
        states=("x",),
        parameters=("A", "B"),
        rates=lambda _x, _p, _u: {"x": 1.0},
        outputs=lambda x, p, _u: {"capped": minimum(x.x, 3.0) * (p.A / p.B)},
    )
    found = compile(bare).run(np.array([[1.0, 1.0], [1.0, 0.0]]), SCHEDULE, TIMES)
    assert found.status.tolist() == [0, 4]
