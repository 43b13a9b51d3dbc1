"""States that fill as quickly as something else lets them: linear in themselves, at a rate that varies."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from kinetamine.engine.maths import exp, hill
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Rosenbrock
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.structure import structure

FILLS = Equations(
    states=("level", "gate", "filled", "young", "old"),
    parameters=("K", "FAST"),
    inputs=("rate",),
    rates=lambda x, p, u: {
        "level": u.rate - p.K * x.level,
        "gate": hill(x.level, 0.3, 1.7) - x.gate,
        "filled": p.FAST * x.gate * (1.0 - x.filled) - x.filled / 20.0,
        "young": 0.1 * x.filled * (1.0 - x.young - x.old) - 0.05 * x.young,
        "old": 0.02 * x.young - 0.01 * x.old,
    },
    outputs=lambda x, _p, _u: vars(x),
)
DOSES = Schedule(np.array([0.0, 1.0, 24.0, 25.0, 72.0]), {"rate": np.array([1.0, 0.0, 1.0, 0.0])})
TIMES = np.linspace(0.0, 72.0, 577)
PEOPLE = np.stack([np.linspace(0.1, 0.6, 24), np.geomspace(0.5, 60.0, 24)], axis=1)


@pytest.mark.parametrize(("precision", "error"), [("double", 1e-5), ("mixed", 2e-5)])
def test_however_quickly_nobody_needs_steps(precision: Literal["double", "mixed"], error: float) -> None:
    kernel = compile(FILLS)
    found = kernel.run(PEOPLE, DOSES, TIMES, method=Collocation(precision=precision)).require()
    steps = kernel.run(PEOPLE, DOSES, TIMES, method=Rosenbrock(1e-8, 1e-11)).require()
    peak = steps.array().max(axis=1, keepdims=True)
    assert np.max(np.abs(found.array() - steps.array()) / peak) < error
    assert np.all(np.isfinite(found.estimates))


def test_only_those_that_need_each_other_are_a_loop() -> None:
    found = structure(Trace(FILLS))
    loops = [part for part, implicit in zip(found.parts, found.implicit, strict=True) if implicit]
    assert [[FILLS.states[i] for i in part] for part in loops] == [["young", "old"]]


def test_a_rate_that_varies_by_its_closed_form() -> None:
    clock = Equations(
        states=("time", "x"),
        parameters=("A",),
        initial=lambda _p: {"x": 1.0},
        rates=lambda x, p, _u: {"time": 1.0, "x": 0.0 - p.A * exp(-x.time) * x.x},
        outputs=lambda x, _p, _u: {"x": x.x},
    )
    a, times = np.linspace(0.1, 3.0, 10), np.linspace(0.0, 9.0, 37)
    found = compile(clock).run(a[:, None], Schedule(np.array([0.0, 9.0])), times).require()
    assert np.all(found.estimates < 1e-5)
    assert found["x"] == pytest.approx(np.exp(-a[:, None] * (1.0 - np.exp(-times))), rel=1e-5)
