"""Solving sparse linear systems of symbols: elimination without a loop, its order chosen to keep zeros zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinetamine.engine.vector.derivative import Matrix, Row
from kinetamine.engine.vector.symbol import Symbol


@dataclass(frozen=True)
class Factors:
    """A matrix as lower times upper triangle, in the order of elimination; diagonals of the upper one inverted."""

    order: tuple[int, ...]
    lower: Matrix
    upper: Matrix
    inverse: tuple[Symbol, ...]

    def solve(self, right: Sequence[Symbol]) -> list[Symbol]:
        """The x with matrix x = right."""
        x = list(right)
        for i in self.order:
            for j, factor in self.lower[i].items():
                x[i] = x[i] - factor * x[j]
        for i in reversed(self.order):
            for j, factor in self.upper[i].items():
                x[i] = x[i] - factor * x[j]
            x[i] = x[i] * self.inverse[i]
        return x


def factor(matrix: Matrix) -> Factors:
    """Eliminate along the diagonal, always where the fewest new entries can arise (Markowitz 1957).

    No pivoting by size: meant for 1/(gamma h) - J, whose diagonal a small step makes as large as it must be.
    """
    left: dict[int, Row] = {i: dict(row) for i, row in enumerate(matrix)}
    lower: Matrix = [{} for _ in matrix]
    upper: Matrix = [{} for _ in matrix]
    inverse: dict[int, Symbol] = {}
    order: list[int] = []
    while left:
        pivot = min(left, key=lambda i: (_fill(left, i), i))
        row = left.pop(pivot)
        inverse[pivot] = 1.0 / row.pop(pivot)
        upper[pivot] = row
        order.append(pivot)
        for i, other in left.items():
            if pivot in other:
                lower[i][pivot] = multiple = other.pop(pivot) * inverse[pivot]
                for j, value in row.items():
                    other[j] = other[j] - multiple * value if j in other else 0.0 - multiple * value
    return Factors(tuple(order), lower, upper, tuple(inverse[i] for i in range(len(matrix))))


def _fill(left: dict[int, Row], pivot: int) -> int:
    return (len(left[pivot]) - 1) * (sum(pivot in row for row in left.values()) - 1)
