"""Tracing: equal expressions are one node, numbers fold, derivatives are right, and branching is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest

from kinetamine.engine.maths import exp, hill, maximum, minimum
from kinetamine.engine.vector.derivative import jacobian
from kinetamine.engine.vector.symbol import Graph, Symbol, reached, replaced


def _value(symbol: Symbol, at: Mapping[Symbol, float]) -> float:
    """What a symbol comes to: all its loads replaced by numbers, it must fold to one."""
    graph = symbol.graph
    return replaced([symbol], {load: graph.constant(number) for load, number in at.items()})[0].number


def test_equal_expressions_are_one_node() -> None:
    graph = Graph()
    x, y = graph.load("y", 0), graph.load("y", 1)
    assert x * y + 1.0 is 1.0 + y * x
    assert x * 0.0 is graph.constant(0.0)
    assert (x + 0.0) * 1.0 / 1.0 is x
    assert x - x is graph.constant(0.0)


def test_numbers_fold() -> None:
    graph = Graph()
    assert (graph.constant(3.0) ** 2 + 1.0).number == 10.0
    assert exp(graph.constant(1.0)).number == math.e


def test_division_by_nothing_is_left_for_the_run() -> None:
    assert Graph().constant(1.0).__truediv__(0.0).operation == "div"


def test_what_depends_on_parameters_alone_is_fixed_and_divides_as_a_product() -> None:
    graph = Graph()
    x, cl, v = graph.load("y", 0), graph.load("p", 0, fixed=True), graph.load("p", 1, fixed=True)
    assert (cl / v).fixed
    assert not (cl / v * x).fixed
    assert (x / v).operation == "mul"


def test_equations_cannot_branch_or_leave_for_plain_numbers() -> None:
    x = Graph().load("y", 0)
    with pytest.raises(TypeError, match="cannot branch"):
        max(1.0, 2.0) if x else 0.0
    with pytest.raises(TypeError, match=r"engine\.maths"):
        math.exp(x)


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: x * y - y / x + 2.0 - x,
        lambda x, y: exp(x * y) / (1.0 + y),
        lambda x, y: hill(x, 0.7, y),
        lambda x, y: x**y + y**3 + x**0.5 + 2.0**x + y**-2,
        lambda x, y: maximum(x - 1.0, 0.0) * y + minimum(y, 0.3) + abs(x - 9.0),
        lambda x, y: x.__array_namespace__().log(x) * x.__array_namespace__().sqrt(y),
    ],
)
def test_derivatives_are_those_of_finite_differences(function: Callable[[Symbol, Symbol], Symbol]) -> None:
    graph = Graph()
    x, y = graph.load("y", 0), graph.load("y", 1)
    f = function(x, y)
    at, step = {x: 1.3, y: 0.8}, 1e-6
    (row,) = jacobian([f], [x, y])
    for column, one in enumerate((x, y)):
        up, down = ({**at, one: at[one] + sign * step} for sign in (1, -1))
        assert _value(row[column], at) == pytest.approx((_value(f, up) - _value(f, down)) / (2 * step), rel=1e-7)


def test_the_slope_of_a_hill_curve_at_zero_is_a_number() -> None:
    graph = Graph()
    x = graph.load("y", 0)
    (row,) = jacobian([hill(x, 0.7, 0.6)], [x])
    assert math.isfinite(_value(row[0], {x: 0.0}))


def test_derivatives_are_sparse() -> None:
    graph = Graph()
    x = [graph.load("y", i) for i in range(3)]
    assert [set(row) for row in jacobian([x[0] * x[2], x[1] + 1.0, graph.constant(2.0)], x)] == [{0, 2}, {1}, set()]


def test_reached_is_in_order_of_evaluation() -> None:
    graph = Graph()
    x = graph.load("y", 0)
    nodes = reached([exp(x) * (x + 1.0)])
    assert all(argument in nodes[:i] for i, one in enumerate(nodes) for argument in one.arguments)
