"""Small models with known solutions, the benchmark's workloads, and an independent solver."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from kinetamine.engine.maths import exp, hill
from kinetamine.engine.model import Values
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.schedule import Schedule

DECAY = Equations(
    states=("x",),
    parameters=("K", "X0"),
    initial=lambda p: {"x": p.X0},
    inputs=("rate",),
    boluses=("x",),
    rates=lambda x, p, u: {"x": u.rate - p.K * x.x},
    outputs=lambda x, _p, _u: {"x": x.x},
)
LOGISTIC = Equations(
    states=("x",),
    parameters=("R", "X0"),
    initial=lambda p: {"x": p.X0},
    rates=lambda x, p, _u: {"x": p.R * x.x * (1.0 - x.x)},
    outputs=lambda x, _p, _u: {"x": x.x},
)
VAN_DER_POL = Equations(
    states=("x", "v"),
    parameters=("MU",),
    initial=lambda _p: {"x": 2.0},
    rates=lambda x, p, _u: {"x": x.v, "v": p.MU * (1.0 - x.x**2) * x.v - x.x},
    outputs=lambda x, _p, _u: {"x": x.x},
)
CLOCK = Equations(
    states=("time", "level", "effect"),
    parameters=("K", "E50"),
    rates=lambda x, p, _u: {
        "time": 1.0,
        "level": exp(-x.time) - p.K * x.level,
        "effect": hill(x.level, p.E50, 1.5) - x.effect,
    },
    outputs=lambda x, _p, _u: {"level": x.level, "effect": x.effect},
)


def workloads() -> Any:
    """benchmarks/workloads.py, which is a script's module and not of a package."""
    path = Path(__file__).parents[3] / "benchmarks" / "workloads.py"
    spec = importlib.util.spec_from_file_location("workloads", path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module


def by_scipy(equations: Equations, parameters: np.ndarray, schedule: Schedule, times_h: np.ndarray) -> np.ndarray:
    """One person's outputs, (time, output), by SciPy's Radau; an output at a switch is what was before it."""
    p = Values(**dict(zip(equations.parameters, parameters, strict=True)))
    first = equations.initial(p)
    y = np.array([float(first.get(name, 0.0)) for name in equations.states])
    inputs = schedule.rows("inputs", equations.inputs, 1)[0]
    boluses = schedule.rows("boluses", equations.boluses, 1)[0]
    states = np.tile(y, (len(times_h), 1))
    for segment in range(schedule.segments):
        begin, end = schedule.times_h[segment : segment + 2]
        y[[equations.states.index(name) for name in equations.boluses]] += boluses[segment]
        u = Values(**dict(zip(equations.inputs, inputs[segment], strict=True)))

        def slopes(_time: float, y: np.ndarray, u: Values = u) -> list[float]:
            found = equations.rates(Values(**dict(zip(equations.states, y, strict=True))), p, u)
            return [float(found.get(name, 0.0)) for name in equations.states]

        solved: Any = solve_ivp(slopes, (begin, end), y, "Radau", rtol=1e-9, atol=1e-11, dense_output=True)
        inside = (times_h > begin) & (times_h <= end)
        states[inside] = solved.sol(times_h[inside]).T
        y = solved.y[:, -1].copy()
    x = Values(**{name: states[:, i] for i, name in enumerate(equations.states)})
    found = equations.outputs(x, p, u)
    return np.stack([np.broadcast_to(value, len(times_h)) for value in found.values()], axis=1)


def worst(found: np.ndarray, reference: np.ndarray) -> float:
    """The largest error of (person, time, output), relative, but not to less than a thousandth of the peak."""
    peak = np.abs(reference).max(axis=1, keepdims=True)
    return float(np.max(np.abs(found - reference) / np.maximum(np.abs(reference), 1e-3 * peak)))
