"""All output times of a block at once: read between its nodes, and stored, or folded into summaries.

The nodes of a few outputs stay in registers while the times pass; an area, being linear in the nodes, needs no times.
Nor do values that cannot be larger than what was there before: a quartic that lies within [a, b] at five equidistant
nodes exceeds b by no more than (L - 1)/2 (b - a) between them, L = 2.208 being the Lebesgue constant. All of this is
so for what is interpolated itself; an output with kinks is made anew at each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from kinetamine.engine.vector.binned import BINNED, Bins
from kinetamine.engine.vector.blocks import NODES
from kinetamine.engine.vector.code import Code, Function, Width
from kinetamine.engine.vector.emit import Kept, Writer
from kinetamine.engine.vector.kinks import Reading
from kinetamine.engine.vector.task import row

_TIMES = ("ptr %shown", "ptr %basis", "i64 %first", "i64 %until", "ptr %constants")
KEEP = Function("keep", (*_TIMES, "ptr %values"))
NUMBER = Function("number", (*_TIMES, *BINNED))
LARGEST = Function("largest", (*_TIMES, "ptr %into"))
ABOVE = Function("above", (*_TIMES, "ptr %into", "ptr %weights", "ptr %thresholds"))
AREA = Function("area", ("ptr %shown", "ptr %areas", "ptr %into"))
FOLD_KINKED = Function("fold_kinked", (*_TIMES, "ptr %largest", "ptr %areas", "ptr %weights"))
_TOGETHER = 4
"""Roots whose nodes are in registers together: five each, of the 32 there are."""
_EXCESS, _ROUNDING = 0.61, 64.0
"""How far a quartic can go beyond its nodes: as a part of what they span, and in last bits of its size."""


class Scan:
    """The routines: ``keep`` writes all values, ``number`` their bins, the others make one summary of all outputs."""

    def __init__(self, reading: Reading, kept: Kept, width: Width) -> None:
        """Put outputs together that are read together."""
        self.reading, self.kept, self.width = reading, kept, width
        self.smooth, self.kinked = self._tiles(reading.smooth), self._tiles(reading.kinked)

    def _tiles(self, outputs: Iterable[int]) -> list[list[int]]:
        found: list[list[int]] = []
        for i in outputs:
            if found and len(self.reading.made_of([*found[-1], i])) <= _TOGETHER:
                found[-1].append(i)
            else:
                found.append([i])
        return found

    def text(self) -> str:
        """The assembly."""
        return self._keep() + self._number() + self._largest() + self._above() + self._area() + self._fold_kinked()

    def _keep(self) -> str:
        code = Code(KEEP, width=self.width)
        for some in (*self.smooth, *self.kinked):
            for index, values in self._passing(code, some):
                place = row(code, "%values", index, len(self.reading.outputs))
                for i, value in zip(some, values, strict=True):
                    code.stream(value, place, i)
        return code.end()

    def _number(self) -> str:
        code, outputs = Code(NUMBER, width=self.width), len(self.reading.outputs)
        bins = Bins(code)
        for some in (*self.smooth, *self.kinked):
            for index, values in self._passing(code, some):
                first = code.set(f"mul i64 {index}, {outputs}")
                for i, value in zip(some, values, strict=True):
                    bins.write(value, code.set(f"add i64 {first}, {i}"))
        return code.end()

    def _largest(self) -> str:
        code = Code(LARGEST, width=self.width)
        for some in self.smooth:
            reached = self._reach(code, some, [code.load("%into", i) for i in some])
            with code.when(reached), _kept(code, some, "%into") as kept:
                for _, values in self._passing(code, some):
                    for place, value in zip(kept, values, strict=True):
                        code.store(code.choose("ogt", code.load(place), value), place)
        return code.end()

    def _above(self) -> str:
        code = Code(ABOVE, width=self.width)
        for some in (*self.smooth, *self.kinked):
            thresholds = [code.load("%thresholds", i) for i in some]
            with code.when(self._reach(code, some, thresholds)), _kept(code, some, "%into") as kept:
                for index, values in self._passing(code, some):
                    weight = code.spread(code.load("%weights", index, code.width.number))
                    for place, value, threshold in zip(kept, values, thresholds, strict=True):
                        higher = code.set(f"fcmp ogt {code.width.vector} {value}, {threshold}")
                        hours = code.select(higher, weight, "zeroinitializer")
                        code.store(code.set(f"fadd {code.width.vector} {code.load(place)}, {hours}"), place)
        return code.end()

    def _area(self) -> str:
        code = Code(AREA, width=self.width)
        weights = [code.spread(code.load("%areas", node, code.width.number)) for node in range(NODES)]
        for i, root in self.reading.smooth.items():
            total = code.load("%into", i)
            for value, weight in zip(self._nodes(code, root), weights, strict=True):
                total = code.fma(value, weight, total)
            code.store(total, "%into", i)
        return code.end()

    def _fold_kinked(self) -> str:
        code = Code(FOLD_KINKED, width=self.width)
        for some in self.kinked:
            with _kept(code, some, "%largest") as largest, _kept(code, some, "%areas") as areas:
                for index, values in self._passing(code, some):
                    weight = code.spread(code.load("%weights", index, code.width.number))
                    for most, area, value in zip(largest, areas, values, strict=True):
                        code.store(code.choose("ogt", code.load(most), value), most)
                        code.store(code.fma(value, weight, code.load(area)), area)
        return code.end()

    def _reach(self, code: Code, some: Sequence[int], limits: Sequence[str]) -> str:
        """Whether anybody's outputs may come to be more than a limit anywhere in the block; those with kinks may."""
        masks, vector, rounding = [], code.width.vector, code.width.splat(_ROUNDING * code.width.rounding)
        for i, limit in zip(some, limits, strict=True):
            if i not in self.reading.smooth:
                return "true"
            nodes = self._nodes(code, self.reading.smooth[i])
            high, low = (_extreme(code, comparison, nodes) for comparison in ("ogt", "olt"))
            span = code.set(f"fsub {vector} {high}, {low}")
            size = code.set(f"call {vector} {code.width.intrinsic('fabs')}({vector} {high})")
            bound = code.fma(span, code.width.splat(_EXCESS), code.fma(size, rounding, high))
            masks.append(code.set(f"fcmp uge {vector} {bound}, {limit}"))
        mask = masks[0]
        for one in masks[1:]:
            mask = code.set(f"or {code.width.mask} {mask}, {one}")
        return code.any(mask)

    def _passing(self, code: Code, some: Sequence[int]) -> Iterator[tuple[str, list[str]]]:
        """Write a loop over the times: the number of each and the values of some outputs then."""
        reading = self.reading
        roots = reading.made_of(some)
        nodes = [self._nodes(code, root) for root in roots]
        with code.count_to("%until", "%first") as index:
            first = code.set(f"mul i64 {index}, {NODES}")
            place = code.at("%basis", first, code.width.number)
            weights = [code.spread(code.load(place, node, code.width.number)) for node in range(NODES)]
            between = (_between(code, one, weights) for one in nodes)
            writer = Writer(
                code, self.kept, {one.index: name for one, name in zip(roots.values(), between, strict=True)}
            )
            yield index, [writer.value(reading.outputs[i]) for i in some]

    def _nodes(self, code: Code, root: int) -> list[str]:
        return [code.load("%shown", node * len(self.reading.roots) + root) for node in range(NODES)]


def _extreme(code: Code, comparison: str, values: list[str]) -> str:
    """The largest or smallest, in pairs: half the waiting."""
    while len(values) > 1:
        pairs = [code.choose(comparison, *values[i : i + 2]) for i in range(0, len(values) - 1, 2)]
        values = pairs + values[len(pairs) * 2 :]
    return values[0]


@contextmanager
def _kept(code: Code, some: Sequence[int], array: str) -> Iterator[list[str]]:
    """Places on the stack, which become registers, for rows of an array."""
    kept = [code.room() for _ in some]
    for i, place in zip(some, kept, strict=True):
        code.store(code.load(array, i), place)
    yield kept
    for i, place in zip(some, kept, strict=True):
        code.store(code.load(place), array, i)


def _between(code: Code, nodes: Sequence[str], weights: Sequence[str]) -> str:
    """The quartic through the nodes, by its weights; in one order of summation wherever it is read."""
    value = code.set(f"fmul {code.width.vector} {nodes[0]}, {weights[0]}")
    for node, weight in zip(nodes[1:], weights[1:], strict=True):
        value = code.fma(node, weight, value)
    return value
