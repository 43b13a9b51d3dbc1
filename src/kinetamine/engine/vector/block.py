"""One block of time as symbols: every part of the model at five nodes, in the order of the structure.

A loop sweeps over its states until they no longer change: each state exact for the others as they are (Picard).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce

from kinetamine.engine.vector.blocks import NODES
from kinetamine.engine.vector.collocation import ROWS, follow, follow_varying, fourth_difference, roughness
from kinetamine.engine.vector.emit import Target, rows
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.exponential import Linear
from kinetamine.engine.vector.kinks import Reading, margins
from kinetamine.engine.vector.stages import Loop
from kinetamine.engine.vector.structure import Structure
from kinetamine.engine.vector.symbol import Symbol, reached, replaced

SETTLED, SETTLED_ABSOLUTE = 1e-6, 1e-10
"""A loop has converged when a sweep changes these nodes by no more than this part of them."""
_CHECKED = (2, 4)
_COSTLY = {"div", "exp", "log", "pow", "sqrt"}
_SEEN = 0.02
"""How much of a fourth difference can be missing between the nodes, at most: a guess on the safe side."""
_OF_KINK = 0.5
"""And of the roughness of an output with a kink between them: 0.48 for two straight lines, wherever they meet."""


@dataclass
class Block:
    """The symbols of a block.

    Attributes:
        nodes: of each state, node by node.
        distinct: every k of the model once: the array "weights" has rows for each.
        loops: in order; the nodes of their states after the first are the array "guess".
        targets: what is computed and kept: states at the end, what outputs are read from at all nodes (the array
            "shown"), of what is watched the error as it adds up and decays, its largest so far and the largest value
            ("record"), and "doubt", which stays zero unless something shown is not finite.
        carried: what is costly at the first node and known from the last node of the block before: the array
            "carried", made anew after a switch.
    """

    trace: Trace
    nodes: list[list[Symbol]]
    distinct: list[Symbol] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    carried: list[Symbol] = field(default_factory=list)
    _record: list[Symbol] = field(default_factory=list)
    _doubts: list[Symbol] = field(default_factory=list)

    def solve(self, structure: Structure, linear: Linear | None, read: Reading) -> None:
        """Write down all parts, and what is kept of them."""
        if linear:
            found = linear.advance([self.trace.states[state] for state in linear.states])
            for state, nodes in zip(linear.states, zip(*found, strict=True), strict=True):
                self.nodes[state] = list(nodes)
        for part, implicit in zip(structure.parts, structure.implicit, strict=True):
            if implicit:
                self._loop(part, structure)
            else:
                self._explicit(part[0], structure)
        shown = [self._show(root) for root in read.roots]
        self.targets += rows("shown", [one for node in zip(*shown, strict=True) for one in node])
        self.targets += rows("y", [nodes[-1] for nodes in self.nodes])
        self._doubt([self.trace.outputs[i] for i in read.kinked])
        self._carry()

    @property
    def guess_rows(self) -> int:
        """Rows of the array "guess"."""
        return self.loops[-1].rows.stop if self.loops else 0

    @property
    def record_rows(self) -> int:
        """Rows of the array "record"."""
        return len(self._record)

    def still(self) -> list[Symbol]:
        """Guesses after a switch: nothing moves."""
        nothing = self.trace.graph.constant(0.0)
        looped = [self.trace.states[i] for loop in self.loops for i in loop.states]
        return [one for state in looped for one in (*[state] * (NODES - 1), nothing)]

    def ahead(self) -> list[Symbol]:
        """Guesses from the last four nodes of the block before, by the weights of the array "ahead"."""
        load, found, size = self.trace.graph.load, [], NODES - 1
        for first in range(0, self.guess_rows, NODES):
            for node in range(size):
                terms = [load("ahead", node * size + one) * load("guess", first + one) for one in range(size)]
                found.append(sum(terms[1:], start=terms[0]))
            found.append(load("guess", first + size))
        return found

    def judgement(self) -> Symbol:
        """The largest recorded difference of anything watched, as a part of its largest value."""
        graph = self.trace.graph
        worst = graph.constant(0.0)
        for row in range(0, self.record_rows, 3):
            difference, value = graph.load("record", row + 1), graph.load("record", row + 2)
            worst = graph.make("max", difference / (value + SETTLED_ABSOLUTE), worst)
        return worst

    def _show(self, root: Symbol) -> list[Symbol]:
        """What an output is read from, at all nodes; watched at once, for what waits takes a register."""
        values, make = self._at_nodes(root, self.nodes), self.trace.graph.make
        missed, rough = _SEEN * fourth_difference(values), _OF_KINK * roughness(values)
        for margin in margins(root):
            sides = self._at_nodes(margin, self.nodes)
            low, high = (reduce(partial(make, extreme), sides) for extreme in ("min", "max"))
            missed = make("choose", make("min", high, 0.0 - low), rough, missed)  # where the margin has both signs
        self._watch(missed, values[-1], self.trace.graph.constant(0.0))
        return values

    def _watch(self, missed: Symbol, value: Symbol, kept: Symbol) -> None:
        """Record an error as it adds up and decays, and its largest and that of the value so far."""
        graph = self.trace.graph
        decay = graph.make("min", kept, 1.0)  # growth at rest says nothing of growth later
        error = abs(missed) + decay * graph.load("record", len(self._record))
        self._record.append(error)
        for one in (error, abs(value)):
            self._record.append(graph.make("max", one, graph.load("record", len(self._record))))
        self._doubts.append(missed)

    def _doubt(self, others: Sequence[Symbol]) -> None:
        """What is watched, and the others at the last node, are to be finite."""
        graph = self.trace.graph
        doubt = graph.load("doubt", 0)
        for one in (*self._doubts, *self.trace.at(others, [nodes[-1] for nodes in self.nodes])):
            doubt = doubt + graph.make("vanish", one)
        self.targets += [*rows("record", self._record), *rows("doubt", [doubt])]

    def _weights(self, rate: Symbol) -> list[Symbol]:
        if rate not in self.distinct:
            self.distinct.append(rate)
        first = self.distinct.index(rate) * ROWS
        return [self.trace.graph.load("weights", first + row) for row in range(ROWS)]

    def _explicit(self, i: int, structure: Structure) -> None:
        """A state that sees only what is known."""
        table = self._weights(structure.rates[i])
        self.nodes[i], unresolved = self._followed(i, self.nodes, structure)
        if not structure.affine[i]:  # else it is as smooth as what drives it, which is watched itself
            self._watch(unresolved, self.nodes[i][-1], table[-NODES - 1])

    def _loop(self, part: tuple[int, ...], structure: Structure) -> None:
        """One sweep over states that need each other, or themselves."""
        graph, first = self.trace.graph, self.guess_rows
        for row, i in enumerate(part):
            places = range(first + row * NODES, first + row * NODES + NODES - 1)
            self.nodes[i] = [self.nodes[i][0], *(graph.load("guess", place) for place in places)]
        old = {i: self.nodes[i] for i in part}
        present, swept = list(self.nodes), []
        change = graph.constant(-1.0)
        for i in part:
            table = self._weights(structure.rates[i])
            present[i], unresolved = self._followed(i, present, structure)
            swept += [*present[i][1:], unresolved]
            self._watch(graph.load("guess", first + len(swept) - 1), old[i][-1], table[-NODES - 1])
            for one, other in ((present[i][node], old[i][node]) for node in _CHECKED):
                change = graph.make("max", abs(one - other) - (SETTLED * abs(one) + SETTLED_ABSOLUTE), change)
        self.loops.append(Loop(part, range(first, first + len(swept)), [*swept, change]))

    def _followed(self, i: int, nodes: list[list[Symbol]], structure: Structure) -> tuple[list[Symbol], Symbol]:
        """One state at all nodes, others being what they are; and what its g has that five nodes do not resolve."""
        rate, start, table = self.trace.rates[i], nodes[i][0], self._weights(structure.rates[i])
        if structure.relaxing[i]:  # k is all there is of y: it is left out of g, and not cancelled
            nothing = [self.trace.graph.constant(0.0)] * NODES
            forcing = self._at_nodes(rate, [nothing if j == i else one for j, one in enumerate(nodes)])
        else:
            slopes = self._at_nodes(rate, nodes)
            forcing = [slope + structure.rates[i] * y for slope, y in zip(slopes, nodes[i], strict=True)]
        if structure.relaxing[i] and not structure.excess[i].equals(0.0):
            excess = self._at_nodes(structure.excess[i], nodes)
            found = follow_varying(table, start, forcing, excess)
            forcing = [g - more * y for g, more, y in zip(forcing, excess, found, strict=True)]
        else:
            found = follow(table, start, forcing)
        return found, _SEEN * fourth_difference(forcing) * _whole(table)

    def _at_nodes(self, what: Symbol, nodes: list[list[Symbol]]) -> list[Symbol]:
        """What was traced, at all nodes; states not yet known must not matter."""
        filled = [one if len(one) == NODES else one[:1] * NODES for one in nodes]
        return [self.trace.at([what], [one[node] for one in filled])[0] for node in range(NODES)]

    def _carry(self) -> None:
        """Do not compute again at the first node what the block before computed at its last."""
        graph = self.trace.graph
        first = {one.index for one in graph.nodes if one.fixed}
        for one in graph.nodes:
            of_begin = one.place[0] in {"y", "inputs"} if one.operation == "load" else bool(one.arguments)
            if of_begin and all(argument.index in first for argument in one.arguments):
                first.add(one.index)
        costly = {one.index for one in graph.nodes if one.operation in _COSTLY and not one.fixed} & first
        roots = [*(one for one, _ in self.targets), *(one for loop in self.loops for one in loop.sweep)]
        self.carried = [
            one for one in reached(roots, beyond=lambda one: one.index not in costly) if one.index in costly
        ]
        by = {one: graph.load("carried", row) for row, one in enumerate(self.carried)}
        last = self.trace.at(self.carried, [nodes[-1] for nodes in self.nodes])
        self.targets += rows("carried", last)
        places = [place for _, place in self.targets]
        self.targets = list(zip(replaced([one for one, _ in self.targets], by), places, strict=True))
        self.loops = [replace(loop, sweep=replaced(loop.sweep, by)) for loop in self.loops]


def _whole(table: list[Symbol]) -> Symbol:
    """What a g that is 1 throughout the block adds to the state at its end."""
    return sum(table[-NODES + 1 :], start=table[-NODES])


def block(trace: Trace, structure: Structure, linear: Linear | None, read: Reading) -> Block:
    """Write down one block of these equations, whose outputs are to be read so."""
    found = Block(trace, [[one] for one in trace.states])
    found.solve(structure, linear, read)
    return found
