"""Putting a block in order around its loops: straight code, a loop, straight code, a loop, straight code.

What does not depend on a loop is computed before it, once, and held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kinetamine.engine.vector.emit import Place, Target, rows
from kinetamine.engine.vector.symbol import Graph, Symbol, reached

_OVERWRITTEN = {"y", "carried"}


@dataclass(frozen=True)
class Loop:
    """Part of a model that is swept over until it no longer changes.

    Attributes:
        rows: of the array "guess": of each state the nodes after the first, as they are, and the error of its g.
        sweep: the same as they become, and then by how much too much they changed (settled: at most 0).
    """

    states: tuple[int, ...]
    rows: range
    sweep: list[Symbol]


@dataclass(frozen=True)
class Stages:
    """The straight code before, between and after the loops.

    Attributes:
        targets: of each stage, what it computes and where that goes.
        held: of each stage, which of these later stages and loops need: the array "held".
    """

    targets: list[list[Target]]
    held: list[list[Symbol]]

    def held_before(self, stage: int) -> dict[int, Place]:
        """Where things computed in earlier stages lie."""
        symbols = [one for some in self.held[:stage] for one in some]
        return {one.index: place for one, place in rows("held", symbols)}


def arrange(graph: Graph, targets: Sequence[Target], loops: Sequence[Loop]) -> Stages:
    """Give each stage what can be computed in it, and what later stages and loops need of it."""
    level, last = _levels(graph, loops), len(loops)
    own: list[list[Target]] = [[] for _ in range(last + 1)]
    for one, place in targets:  # what is still read is overwritten last of all
        early = place[0] not in _OVERWRITTEN and one.operation not in {"load", "constant"}
        own[level[one.index] if early else last].append((one, place))
    needs: list[dict[int, Symbol]] = [{} for _ in own]

    def need(roots: Iterable[Symbol], inside: Callable[[int], bool]) -> None:
        for one in reached(roots, beyond=lambda one: inside(one.index) or _is_cheap(one)):
            if not inside(one.index) and not one.fixed and not _is_cheap(one) and one.operation != "load":
                needs[level[one.index]][one.index] = one

    for at in reversed(range(last + 1)):
        if at < last:
            need(loops[at].sweep, _touched(graph, loops[at]).__contains__)
        present = {index for index, one in level.items() if one == at}
        need([*(one for one, _ in own[at]), *needs[at].values()], present.__contains__)
    held = [[one[index] for index in sorted(one)] for one in needs]
    starts = [sum(map(len, held[:at])) for at in range(last + 1)]
    return Stages([[*rows("held", held[at], starts[at]), *own[at]] for at in range(last + 1)], held)


def _is_cheap(one: Symbol) -> bool:
    """A product with something in memory costs no more than reading it."""
    return one.operation == "mul" and any(argument.operation == "load" for argument in one.arguments)


def _touched(graph: Graph, loop: Loop) -> set[int]:
    """What depends on the nodes of a loop while it sweeps."""
    found: set[int] = set()
    for one in graph.nodes:
        swept = one.operation == "load" and one.place[0] == "guess" and one.place[1] in loop.rows
        if swept or any(argument.index in found for argument in one.arguments):
            found.add(one.index)
    return found


def _levels(graph: Graph, loops: Sequence[Loop]) -> dict[int, int]:
    """After how many loops each symbol can be computed."""
    found: dict[int, int] = {}
    for one in graph.nodes:
        found[one.index] = max((found[argument.index] for argument in one.arguments), default=0)
        if one.operation == "load" and one.place[0] == "guess":
            found[one.index] = 1 + sum(one.place[1] >= loop.rows.stop for loop in loops)
    return found
