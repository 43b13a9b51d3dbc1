"""Sparse derivatives of symbols: forward mode, one pass over the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kinetamine.engine.vector.symbol import Symbol, reached

Row = dict[int, Symbol]
"""Column -> derivative; what is not there is zero."""
Matrix = list[Row]

_SMALLEST = 1e-290
"""Keeps the slope of x^n at x = 0 finite: there x^n is zero as well, and the slope of a Hill curve is taken as 0."""


def jacobian(outputs: Sequence[Symbol], variables: Sequence[Symbol]) -> Matrix:
    """The derivative of each output by each variable, row by row."""
    rows: dict[int, Row] = {}
    columns = {one.index: column for column, one in enumerate(variables)}
    for node in reached(outputs):
        if node.index in columns:
            rows[node.index] = {columns[node.index]: node.graph.constant(1.0)}
        elif node.fixed or not node.arguments:
            rows[node.index] = {}
        else:
            slopes = _SLOPES[node.operation](node)
            rows[node.index] = _chain([rows[one.index] for one in node.arguments], slopes)
    return [rows[one.index] for one in outputs]


def _chain(rows: Sequence[Row], slopes: Sequence[Symbol | float]) -> Row:
    found: Row = {}
    for row, slope in zip(rows, slopes, strict=True):
        for column, inner in row.items():
            term = inner * slope
            found[column] = found[column] + term if column in found else term
    return {column: value for column, value in found.items() if not value.equals(0.0)}


def _power(node: Symbol) -> tuple[Symbol | float, Symbol | float]:
    base, power = node.arguments
    safe = node.graph.make("max", base, _SMALLEST)
    return power * node / safe, 0.0 if power.fixed else node * node.graph.make("log", safe)


_SLOPES: dict[str, Callable[[Symbol], Sequence[Symbol | float]]] = {
    "add": lambda _node: (1.0, 1.0),
    "sub": lambda _node: (1.0, -1.0),
    "mul": lambda node: (node.arguments[1], node.arguments[0]),
    "div": lambda node: (1.0 / node.arguments[1], 0.0 - node / node.arguments[1]),
    "max": lambda node: (first := node.graph.make("above", *node.arguments), 1.0 - first),
    "min": lambda node: (first := node.graph.make("above", *node.arguments[::-1]), 1.0 - first),
    "abs": lambda node: (2.0 * node.graph.make("above", node.arguments[0], 0.0) - 1.0,),
    "sqrt": lambda node: (0.5 / node,),
    "exp": lambda node: (node,),
    "log": lambda node: (1.0 / node.arguments[0],),
    "pow": _power,
    "above": lambda _node: (0.0, 0.0),
}
