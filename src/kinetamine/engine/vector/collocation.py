"""y' = g(t) - k y over one block, exactly for quartic g, however large k h is.

    y(c_i) = e^(-k c_i) y_0 + sum_j w_ij g_j,    w_ij = integral from 0 to c_i of e^(-k (c_i - s)) l_j(s) ds

with c_i = i h / 4 and l_j the quartic that is 1 at node j and 0 at the others. The integrals are sums of the phi
functions, phi_0(x) = e^x, phi_(m+1)(x) = (phi_m(x) - 1/m!) / x: downward from a series for small x, upward else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from kinetamine.engine.vector.blocks import NODES
from kinetamine.engine.vector.sparse import factor
from kinetamine.engine.vector.symbol import Symbol

ROWS = (NODES - 1) * (NODES + 1)
"""Weights for each k: for every node after the first, the decay and the weight of each node."""
_SERIES_UP_TO = 1.0
_TERMS = 17


def weights(rate: Symbol, length: Symbol) -> list[Symbol]:
    """The rows for one k and one length of block."""
    found: list[Symbol] = []
    powers = _lagrange_powers()
    for node in range(1, NODES):
        part = node / (NODES - 1)
        phi = _phi(0.0 - rate * length * part)
        moments = [length * (part ** (m + 1) * math.factorial(m)) * phi[m + 1] for m in range(NODES)]
        found.append(phi[0])
        found += [_dot(powers[j], moments) for j in range(NODES)]
    return found


def follow(rows: Sequence[Symbol], start: Symbol, forcing: Sequence[Symbol]) -> list[Symbol]:
    """The state at nodes 0 to 4, from its begin and g at the nodes."""
    found = [start]
    for node in range(1, NODES):
        decay, *of_node = rows[(node - 1) * (NODES + 1) : node * (NODES + 1)]
        found.append(_dot(of_node, forcing) + decay * start)
    return found


def follow_varying(
    rows: Sequence[Symbol], start: Symbol, forcing: Sequence[Symbol], excess: Sequence[Symbol]
) -> list[Symbol]:
    """The same where k is more than the rows' at the nodes: the nodes of y from their linear equations."""
    known = follow(rows, start, [forcing[0] - excess[0] * start, *forcing[1:]])
    later = range(1, NODES)
    matrix = [{j - 1: rows[(i - 1) * (NODES + 1) + 1 + j] * excess[j] + float(i == j) for j in later} for i in later]
    return [start, *factor(matrix).solve(known[1:])]


def fourth_difference(values: Sequence[Symbol]) -> Symbol:
    """What tells a quartic from a cubic: its size says how well five nodes resolve a curve."""
    first, second, third, fourth, fifth = values
    return first + fifth - 4.0 * (second + fourth) + 6.0 * third


def roughness(values: Sequence[Symbol]) -> Symbol:
    """What five nodes see of a kink wherever it lies between them: the third difference, too, sees it or the fourth."""
    first, second, _, fourth, fifth = values
    return abs(fourth_difference(values)) + abs(fifth - first - 2.0 * (fourth - second))


def _phi(x: Symbol) -> list[Symbol]:
    """phi_0 to phi_5."""
    make, count = x.graph.make, NODES
    decay = make("exp", x)
    small = make("above", _SERIES_UP_TO, abs(x))
    bounded = small * x
    value = x.graph.constant(0.0)
    for term in reversed(range(_TERMS)):
        value = value * bounded + 1.0 / math.factorial(term + count)
    downward = [value]
    for m in reversed(range(count)):
        downward.insert(0, downward[0] * bounded + 1.0 / math.factorial(m))
    inverse = 1.0 / (x + small * 2.0 * _SERIES_UP_TO)  # of no importance where small, but never of zero
    upward = [decay]
    for m in range(count):
        upward.append((upward[-1] - 1.0 / math.factorial(m)) * inverse)
    return [decay, *(make("choose", small, low, high) for low, high in zip(downward[1:], upward[1:], strict=True))]


def _lagrange_powers() -> list[list[float]]:
    """Each l_j as a polynomial in s / h: coefficients from the lowest power."""
    nodes = np.arange(NODES) / (NODES - 1)
    return [[float(one) for one in row] for row in np.linalg.inv(np.vander(nodes, increasing=True)).T]


def _dot(numbers: Sequence[float | Symbol], symbols: Sequence[Symbol]) -> Symbol:
    total = symbols[0] * numbers[0]
    for one, symbol in zip(numbers[1:], symbols[1:], strict=True):
        total = total + symbol * one
    return total
