"""Outputs with kinks: a quartic follows what is smooth below them, and the little that is left is done at each time."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from kinetamine.engine.vector.symbol import Symbol, reached, replaced

_AFFINE = {"add", "sub", "mul"}
_KINKS = {"max", "min", "above", "choose", "abs"}
_ARRAY = "root"


@dataclass(frozen=True)
class Reading:
    """How outputs are read between the nodes of a block.

    Attributes:
        roots: what is interpolated: outputs, or what lies below their kinks; what several share is there once.
        outputs: each output made of the array "root", and of what is fixed.
    """

    roots: list[Symbol]
    outputs: list[Symbol]

    def made_of(self, outputs: Sequence[int]) -> dict[int, Symbol]:
        """Rows of the array "root" that some outputs are made of, and their symbols."""
        found = {one.index for one in reached(self.outputs[i] for i in outputs)}
        return {row: one for row, one in enumerate(self._loads) if one.index in found}

    @property
    def smooth(self) -> dict[int, int]:
        """Outputs that are one root and nothing else, and the row of it."""
        roots = {one.index: row for row, one in enumerate(self._loads)}
        return {i: roots[one.index] for i, one in enumerate(self.outputs) if one.index in roots}

    @property
    def kinked(self) -> list[int]:
        """The other outputs."""
        return [i for i in range(len(self.outputs)) if i not in self.smooth]

    @property
    def _loads(self) -> list[Symbol]:
        return [one.graph.load(_ARRAY, row) for row, one in enumerate(self.roots)]


def reading(outputs: Sequence[Symbol]) -> Reading:
    """Take outputs apart where they have kinks that cost little to compute; a kink below a power stays in its root."""
    kinked: set[int] = set()
    for one in reached(outputs):
        above_a_kink = one.operation in _AFFINE and any(argument.index in kinked for argument in one.arguments)
        if not one.fixed and (one.operation in _KINKS or above_a_kink):
            kinked.add(one.index)
    smooth = [one for one in outputs if one.index not in kinked and not one.fixed]
    known = {one.index for one in smooth}
    below = reached((one for one in outputs if one.index in kinked), beyond=lambda one: one.index in kinked)
    ends = [_shared(one, known) for one in below if one.index not in kinked and not one.fixed]
    roots = list({one.index: one for one in (*smooth, *ends)}.values())
    by = {one: one.graph.load(_ARRAY, row) for row, one in enumerate(roots)}
    return Reading(roots, replaced(outputs, by))


def margins(one: Symbol) -> list[Symbol]:
    """What has another sign on the other side of each kink below, those kinks that never move left out."""
    found = (_margin(kink) for kink in reached([one]) if kink.operation in _KINKS and not kink.fixed)
    return [margin for margin in found if not margin.fixed]


def _margin(kink: Symbol) -> Symbol:
    if kink.operation in {"max", "min", "above"}:
        one, other = kink.arguments
        return one - other
    return kink.arguments[0]


def _shared(one: Symbol, known: Container[int]) -> Symbol:
    """What a value is made of by fixed factors and terms alone, if it is no root already: others may need it, too."""
    while one.operation in _AFFINE and one.index not in known:
        moving = [argument for argument in one.arguments if not argument.fixed]
        if len(moving) > 1:
            break
        (one,) = moving
    return one
