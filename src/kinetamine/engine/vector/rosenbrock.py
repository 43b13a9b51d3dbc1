"""One step of a Rosenbrock method as symbols: any model, stiff or not, eight people in lockstep."""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.engine.vector.derivative import jacobian
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.sparse import factor
from kinetamine.engine.vector.symbol import Symbol, reached
from kinetamine.engine.vector.tableau import Tableau

CONTROL = ("h", "relative", "absolute")
"""Rows of the array ``control``: length of the step (h), tolerances."""
SAFETY = 0.9
"""A step is good if the next one may be at least this much of it."""


@dataclass(frozen=True)
class Step:
    """What a step computes, and how to read it in between.

    Attributes:
        rows: the array ``step``: new states, then the dense coefficients of ``seen`` states by power, then by how
            much the next step may be longer.
        outputs: all outputs at ``theta`` of the way, from the arrays ``y`` and ``step``.
    """

    rows: list[Symbol]
    outputs: list[Symbol]


def step(trace: Trace, tableau: Tableau) -> Step:
    """Write down the method for these equations."""
    y, graph = trace.states, trace.graph
    h, relative, absolute = (graph.load("control", row) for row in range(len(CONTROL)))
    stages = _stages(trace, tableau, h)
    new = [_sum(one, tableau.a[-1], stages, i) + stages[-1][i] for i, one in enumerate(y)]
    seen = [i for i, one in enumerate(y) if one in reached(trace.outputs)]
    dense = [_sum(graph.constant(0.0), row, stages, i) for row in tableau.dense for i in seen]
    squares = graph.constant(0.0)
    for old, one, error in zip(y, new, stages[-1], strict=True):
        scaled = error / (absolute + relative * graph.make("max", abs(old), abs(one)))
        squares = squares + scaled * scaled
    growth = SAFETY * (squares / float(len(y))) ** graph.constant(-0.5 / tableau.order)
    theta = graph.load("theta", 0)
    within = list(y)
    for position, i in enumerate(seen):
        value = graph.constant(0.0)
        for power in reversed(range(len(tableau.dense))):
            value = value * theta + graph.load("step", len(y) + power * len(seen) + position)
        within[i] = y[i] + theta * (graph.load("step", i) - y[i] + (1.0 - theta) * value)
    return Step([*new, *dense, growth], trace.at(trace.outputs, within))


def _stages(trace: Trace, tableau: Tableau, h: Symbol) -> list[list[Symbol]]:
    y = trace.states
    matrix = [{j: 0.0 - value for j, value in row.items()} for row in jacobian(trace.rates, y)]
    diagonal = 1.0 / (tableau.gamma * h)
    for i, row in enumerate(matrix):
        row[i] = diagonal + row[i] if i in row else diagonal
    factors = factor(matrix)
    per_h = 1.0 / h
    stages: list[list[Symbol]] = []
    for a, c in zip(tableau.a, tableau.c, strict=True):
        slopes = trace.at(trace.rates, [_sum(one, a, stages, i) for i, one in enumerate(y)])
        zero = trace.graph.constant(0.0)
        right = [slope + per_h * _sum(zero, c, stages, i) for i, slope in enumerate(slopes)]
        stages.append(factors.solve(right))
    return stages


def _sum(start: Symbol, weights: tuple[float, ...], stages: list[list[Symbol]], i: int) -> Symbol:
    for weight, stage in zip(weights, stages, strict=False):
        start = start + weight * stage[i]
    return start
