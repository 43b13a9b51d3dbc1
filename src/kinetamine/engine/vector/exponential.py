"""x' = A x + r exactly: the matrix exponential of each person, as routines that are run in a loop.

With P(z) = sum_m z^m / (m+1)!, e^z = 1 + z P(z). For a short time d, P(A d) comes from Horner's rule; D = e^(A d) - 1
and Phi = d P(A d) then follow for sums of
times: D(a + b) = D(a) + D(b) + D(a) D(b), Phi(a + b) = Phi(a) + Phi(b) + D(a) Phi(b). Nothing small is ever added to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.engine.vector.derivative import Matrix, jacobian
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.structure import closure
from kinetamine.engine.vector.symbol import Symbol

TERMS = 12
SHORT = 0.5
"""Largest norm of A d for which so many terms are exact: 0.5^12 / 13! < 1e-13."""


@dataclass(frozen=True)
class Path:
    """How to come to the nodes of a block, by matrices for powers of two of a quarter of the shortest and others.

    Attributes:
        steps: from which node, and how many matrices from the first of its length of block the one for it lies.
        per_length: matrices of each length of block: for one quarter of it, and for three.
        beyond: how many follow those of the longest.
    """

    steps: tuple[tuple[int, int], ...]
    per_length: int
    beyond: int


AT_ONCE = Path(steps=((0, 0), (0, 2), (0, 1), (0, 4)), per_length=2, beyond=4)
"""A matrix for each node, so that none waits for the one before."""
IN_TWO = Path(steps=((0, 0), (0, 1), (2, 0), (2, 1)), per_length=1, beyond=1)
"""Half as many matrices, so that the fastest memory holds them."""


@dataclass(frozen=True)
class Linear:
    """The linear part of a model.

    Attributes:
        states: which states of the model, in order.
        path: how to come to the nodes of a block.
        entries: (row, column) of D and P that are not zero: the array "transition" holds D, then Phi's ``columns``.
        forcing: r by position, where there is any.
        horner: one step of Horner's rule: rows of P, from the arrays "power" (P) and "scale" (d/m).
        begin: the array "transition" for the short time: from "power" (P) and "scale" (d).
        product: the same for two times together, from itself and from the array "other".
        norm: the largest row sum of A, whose inverse is the time that counts as short.
    """

    states: tuple[int, ...]
    path: Path
    entries: tuple[tuple[int, int], ...]
    forcing: dict[int, Symbol]
    horner: list[Symbol]
    begin: list[Symbol]
    product: list[Symbol]
    norm: Symbol

    @property
    def rows(self) -> int:
        """Rows of the array "transition" for one span of time."""
        return len(self.begin)

    def advance(self, begin: list[Symbol]) -> list[list[Symbol]]:
        """The states at the nodes of a block; "transition" holds the matrices from its first on."""
        nodes = [begin]
        for start, place in self.path.steps:
            nodes.append(self._step(nodes[start], place * self.rows))
        return nodes

    def _step(self, x: list[Symbol], first: int) -> list[Symbol]:
        found, graph = list(x), x[0].graph
        columns = [(i, j) for i, j in self.entries if j in self.forcing]
        for row, (i, j) in enumerate(columns, start=first + len(self.entries)):
            found[i] = found[i] + graph.load("transition", row) * self.forcing[j]
        for row, (i, j) in enumerate(self.entries, start=first):
            found[i] = found[i] + graph.load("transition", row) * x[j]
        return found


def linear(trace: Trace, states: tuple[int, ...]) -> Linear:
    """Write down the routines for these states."""
    graph, size = trace.graph, range(len(states))
    zero, scale = graph.constant(0.0), graph.load("scale", 0)
    place = {state: position for position, state in enumerate(states)}
    rates = [trace.rates[state] for state in states]
    a = [{place[j]: value for j, value in row.items()} for row in jacobian(rates, trace.states)]
    rest = trace.at(rates, [zero if i in place else one for i, one in enumerate(trace.states)])
    forcing = {i: one for i, one in enumerate(rest) if not one.equals(0.0)}
    entries = closure([set(row) for row in a])
    columns = [(i, j) for i, j in entries if j in forcing]
    p = _loaded(trace, "power", entries, size)
    d = _loaded(trace, "transition", entries, size)
    phi = _loaded(trace, "transition", columns, size, first=len(entries))
    ap = _product([{j: value * scale for j, value in row.items()} for row in a], p)
    d_2 = _loaded(trace, "other", entries, size)
    phi_2 = _loaded(trace, "other", columns, size, first=len(entries))
    dd, dphi = _product(d, d_2), _product(d, phi_2)
    norm = zero
    for coefficients in a:
        norm = graph.make("max", norm, sum(map(abs, coefficients.values()), start=zero))
    return Linear(
        states=states,
        path=AT_ONCE if len(states) == len(trace.states) else IN_TWO,  # where nothing else is done meanwhile
        entries=tuple(entries),
        forcing=forcing,
        horner=[ap[i].get(j, zero) + float(i == j) for i, j in entries],
        begin=[*(ap[i].get(j, zero) for i, j in entries), *(scale * p[i][j] for i, j in columns)],
        product=[
            *(d[i][j] + d_2[i][j] + dd[i].get(j, zero) for i, j in entries),
            *(phi[i][j] + phi_2[i][j] + dphi[i].get(j, zero) for i, j in columns),
        ],
        norm=norm,
    )


def _loaded(trace: Trace, array: str, entries: list[tuple[int, int]], size: range, first: int = 0) -> Matrix:
    """A matrix that lies in memory, its entries one after another."""
    found: Matrix = [{} for _ in size]
    for at, (i, j) in enumerate(entries, start=first):
        found[i][j] = trace.graph.load(array, at)
    return found


def _product(left: Matrix, right: Matrix) -> Matrix:
    found: Matrix = [{} for _ in left]
    for row, into in zip(left, found, strict=True):
        for middle, value in row.items():
            for j, other in right[middle].items():
                term = value * other
                into[j] = into[j] + term if j in into else term
    return found
