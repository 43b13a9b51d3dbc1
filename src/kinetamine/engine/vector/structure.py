"""Which states depend on which: the model taken apart into parts that can be solved one after another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kinetamine.engine.vector.derivative import jacobian
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.symbol import Symbol, reached, replaced

MOST_WORK = 4000
"""Multiplications for one product of matrices, written out one by one; larger systems are solved part by part."""


@dataclass(frozen=True)
class Structure:
    """The parts of a model, in an order in which each needs only those before it.

    Attributes:
        linear: states with constant coefficients that see only each other and the inputs, all together.
        parts: the others; a part of several states is a loop in which each needs the others.
        rates: of each state, the constant k of y' = g - k y: minus its own derivative, at rest where that varies.
        excess: of each state, how much more k is than that; zero where it does not vary.
        affine: whether each state's slope is linear in all states.
        relaxing: whether each state's slope is linear in the state itself.
        implicit: whether a part needs its own values: a loop, or one state that is not linear in itself.
    """

    linear: tuple[int, ...]
    parts: tuple[tuple[int, ...], ...]
    rates: tuple[Symbol, ...]
    excess: tuple[Symbol, ...]
    affine: tuple[bool, ...]
    relaxing: tuple[bool, ...]
    implicit: tuple[bool, ...]


def structure(trace: Trace) -> Structure:
    """Take the equations apart."""
    matrix = jacobian(trace.rates, trace.states)
    ordered = components([set(row) for row in matrix])
    linear: set[int] = set()
    for part in ordered:
        if all(value.fixed and (j in part or j in linear) for i in part for j, value in matrix[i].items()):
            linear.update(part)
    place = {state: position for position, state in enumerate(sorted(linear))}
    if _work(closure([{place[j] for j in matrix[state]} for state in place])) > MOST_WORK:
        linear.clear()
    parts = tuple(part for part in ordered if not linear.issuperset(part))
    zero = trace.graph.constant(0.0)
    own = [zero - row.get(i, zero) for i, row in enumerate(matrix)]
    rates = _at_rest(trace, own)
    relaxing = tuple(state not in reached([one]) for state, one in zip(trace.states, own, strict=True))
    return Structure(
        linear=tuple(sorted(linear)),
        parts=parts,
        rates=tuple(rates),
        excess=tuple(one - rest for one, rest in zip(own, rates, strict=True)),
        affine=tuple(all(value.fixed for value in row.values()) for row in matrix),
        relaxing=relaxing,
        implicit=tuple(len(part) > 1 or not relaxing[part[0]] for part in parts),
    )


def _at_rest(trace: Trace, moving: list[Symbol]) -> list[Symbol]:
    """What moves, as it is at the beginning without inputs."""
    zero = trace.graph.constant(0.0)
    return replaced(moving, dict(zip(trace.states, trace.initial, strict=True)) | dict.fromkeys(trace.inputs, zero))


def closure(needs: list[set[int]]) -> list[tuple[int, int]]:
    """Where powers of a matrix, the unit matrix among them, can have entries: row and column."""
    reach = [{i, *row} for i, row in enumerate(needs)]
    for middle in range(len(needs)):
        for row in reach:
            if middle in row:
                row.update(reach[middle])
    return [(i, j) for i, row in enumerate(reach) for j in sorted(row)]


def _work(entries: list[tuple[int, int]]) -> int:
    """Multiplications for the square of a matrix with these entries."""
    rows = Counter(i for i, _ in entries)
    return sum(rows[j] for _, j in entries)


def components(needs: list[set[int]]) -> list[tuple[int, ...]]:
    """Strongly connected parts of a graph, each after those that it needs (Tarjan 1972)."""
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_: list[int] = []
    found: list[tuple[int, ...]] = []

    def visit(i: int) -> None:
        number[i] = lowest[i] = len(number)
        open_.append(i)
        for j in sorted(needs[i]):
            if j not in number:
                visit(j)
            if j in open_:
                lowest[i] = min(lowest[i], lowest[j])
        if lowest[i] == number[i]:
            place = open_.index(i)
            found.append(tuple(sorted(open_[place:])))
            del open_[place:]

    for i in range(len(needs)):
        if i not in number:
            visit(i)
    return found
