"""Elimination, exponentials and quadrature on constants: symbols fold, and NumPy and SciPy know the answer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.linalg import expm

from kinetamine.engine.model import Values
from kinetamine.engine.vector.blocks import NODES, lagrange
from kinetamine.engine.vector.collocation import follow, fourth_difference, weights
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.exponential import TERMS, Linear, linear
from kinetamine.engine.vector.sparse import factor
from kinetamine.engine.vector.symbol import Graph, Symbol, replaced


def _sparse(matrix: np.ndarray, graph: Graph) -> list[dict[int, Symbol]]:
    return [{j: graph.constant(v) for j, v in enumerate(row) if v} for row in matrix]


def test_elimination_solves() -> None:
    stream = np.random.default_rng(1)
    matrix = np.where(stream.random((12, 12)) < 0.3, stream.normal(size=(12, 12)), 0.0) + 5.0 * np.eye(12)
    right = stream.normal(size=12)
    graph = Graph()
    found = factor(_sparse(matrix, graph)).solve([graph.constant(v) for v in right])
    assert [one.number for one in found] == pytest.approx(np.linalg.solve(matrix, right), rel=1e-12)


def test_an_arrow_is_eliminated_from_its_tip() -> None:
    size = 9
    matrix = np.eye(size) * 4.0
    matrix[0] = matrix[:, 0] = 1.0
    factors = factor(_sparse(matrix, Graph()))
    assert factors.order[-2:] == (0, 8) or factors.order[-1] == 0
    assert sum(map(len, factors.upper)) == size - 1


@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.3, 3.9, 4.1, 40.0, 4e3, -2.0])
def test_the_weights_are_integrals(rate: float) -> None:
    graph, length = Graph(), 1.5
    rows = [one.number for one in weights(graph.constant(rate), graph.constant(length))]
    for node in range(1, NODES):
        decay, *of_node = rows[(node - 1) * (NODES + 1) : node * (NODES + 1)]
        c = length * node / (NODES - 1)
        assert decay == pytest.approx(max(np.exp(-rate * c), 1e-300), rel=1e-13)
        for j in range(NODES):
            exact, _ = quad(
                lambda s, j=j, c=c: float(np.exp(-rate * (c - s)) * lagrange(np.array([s / length * 4]))[0, j]),
                *(max(0.0, c - 40 / abs(rate)) if rate > 1.0 else 0.0, c),
                epsabs=1e-14,
                epsrel=1e-12,
            )
            assert of_node[j] == pytest.approx(exact, rel=1e-9, abs=1e-12)


def test_a_relaxation_towards_a_quartic_is_exact() -> None:
    graph, k, length = Graph(), 7.0, 0.9
    nodes = length * np.arange(NODES) / (NODES - 1)
    table = weights(graph.constant(k), graph.constant(length))
    found = follow(table, graph.constant(1.0), [graph.constant(4 * s**3 + k * s**4) for s in nodes])
    assert [one.number for one in found] == pytest.approx(nodes**4 + np.exp(-k * nodes), rel=1e-12)


def test_a_cubic_has_no_fourth_difference() -> None:
    graph = Graph()
    assert fourth_difference([graph.constant(s**3 - s) for s in range(NODES)]).number == 0.0
    assert fourth_difference([graph.constant(s**4) for s in range(NODES)]).number == 24.0


def test_nodes_are_read_as_they_are() -> None:
    assert lagrange(np.arange(5.0)) == pytest.approx(np.eye(5))
    assert lagrange(np.array([0.3, 3.7])) @ np.arange(5.0) ** 4 == pytest.approx([0.3**4, 3.7**4])


_CHAIN = Equations(
    states=("a", "b", "c"),
    parameters=(),
    inputs=("rate",),
    rates=lambda x, _p, u: {"a": u.rate - 3.0 * x.a + 1.0 * x.b, "b": 2.0 * x.a - 1.5 * x.b, "c": x.b - 0.2 * x.c},
    outputs=lambda x, _p, _u: vars(x),
)
_MATRIX = np.array([[-3.0, 1.0, 0.0], [2.0, -1.5, 0.0], [0.0, 1.0, -0.2]])


def _numbers(symbols: list[Symbol], arrays: dict[str, list[float]], scale: float = 0.0) -> list[float]:
    graph = symbols[0].graph
    by = {graph.load(name, i): graph.constant(v) for name, values in arrays.items() for i, v in enumerate(values)}
    by[graph.load("scale", 0)] = graph.constant(scale)
    return [one.number for one in replaced(symbols, by)]


def _transition(part: Linear, d: float, doublings: int) -> list[float]:
    power = [0.0] * len(part.entries)
    for m in range(TERMS + 1, 1, -1):
        power = _numbers(part.horner, {"power": power}, d / m)
    found = _numbers(part.begin, {"power": power}, d)
    for _ in range(doublings):
        found = _numbers(part.product, {"transition": found, "other": found})
    return found


def test_the_exponential_is_that_of_scipy() -> None:
    part = linear(Trace(_CHAIN), (0, 1, 2))
    found = _transition(part, 0.1, 5)
    exact = expm(_MATRIX * 3.2)
    for (i, j), value in zip(part.entries, found, strict=False):
        assert value + float(i == j) == pytest.approx(exact[i, j], rel=1e-12)
    assert {(i, j) for i, j in part.entries} == {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2)}
    integral = np.linalg.solve(_MATRIX, (exact - np.eye(3))[:, 0])
    assert found[len(part.entries) :] == pytest.approx(integral, rel=1e-11)


def test_the_equations_are_plain_python() -> None:
    assert _CHAIN.rates(Values(a=1.0, b=0.0, c=0.0), Values(), Values(rate=1.0)) == {"a": -2.0, "b": 2.0, "c": 0.0}
