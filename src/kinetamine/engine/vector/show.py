"""What happens to the outputs at an output time: they are stored, or folded into summaries and forgotten."""

from __future__ import annotations

import math
from collections.abc import Callable

from kinetamine.engine.vector import scan
from kinetamine.engine.vector.binned import BINNED, Bins
from kinetamine.engine.vector.blocks import NODES
from kinetamine.engine.vector.code import Code, Function, Width
from kinetamine.engine.vector.emit import routine, rows
from kinetamine.engine.vector.symbol import Graph
from kinetamine.engine.vector.task import row

SUMMARIES = ("largest", "area", "above", "last")
"""Of each output: its largest value, its area by trapezoids, the hours above a threshold, its last value."""
FOLD = Function("fold", ("ptr %values", "ptr %summaries", "ptr %weight"))
COUNT = Function("count", ("ptr %values", "ptr %summaries", "ptr %weight", "ptr %thresholds"))
CLEAR = Function("clear", ("ptr %summaries",))
WRITE = Function("write", ("ptr %values", *BINNED))
CHECK = Function("check", ("ptr %values", "ptr %doubt"))
NOT_FINITE = 4
"""Status of people with an output that is infinite or no number."""


def texts(graph: Graph, outputs: int, width: Width) -> str:
    """The routines ``fold``, ``count`` (hours above), ``clear`` and ``check`` (zero unless something is not finite)."""
    weight, doubt = graph.load("weight", 0), graph.load("doubt", 0)
    largest, area, above, last = [], [], [], []
    for i in range(outputs):
        value = graph.load("values", i)
        before = [graph.load("summaries", outputs * summary + i) for summary in range(3)]
        largest.append(graph.make("max", value, before[0]))
        area.append(before[1] + weight * value)
        above.append(before[2] + weight * graph.make("above", value, graph.load("thresholds", i)))
        last.append(value)
        doubt = doubt + graph.make("vanish", value)
    empty = [graph.constant(-math.inf)] * outputs + [graph.constant(0.0)] * 2 * outputs
    arrays = tuple(one.removeprefix("ptr %") for one in COUNT.parameters)
    folded = [*rows("summaries", [*largest, *area]), *rows("summaries", last, first=3 * outputs)]
    written = (
        routine(FOLD.name, arrays[:3], folded, width=width),
        routine(COUNT.name, arrays, rows("summaries", above, first=2 * outputs), width=width),
        routine(CLEAR.name, ("summaries",), rows("summaries", empty), width=width),
        routine(CHECK.name, ("values", "doubt"), rows("doubt", [doubt]), width=width),
    )
    return "".join(text for _, text in written) + _write(outputs, width)


def _write(outputs: int, width: Width) -> str:
    """The routine ``write``: the bins of the outputs at one time."""
    code = Code(WRITE, width=width)
    bins = Bins(code)
    for i in range(outputs):
        bins.write(code.load("%values", i), str(i))
    return code.end()


class Show:
    """The part of a function that deals with one output time after another."""

    def __init__(self, code: Code, task: dict[str, str], outputs: int) -> None:
        """Make room for the outputs of one time."""
        self.code, self.task, self.outputs = code, task, outputs
        self.row = code.room(count=outputs or 1)
        self.weight, self.doubt, self.status = (code.room() for _ in range(3))
        self.folds = code.set(f"icmp eq i64 {task['stored']}, 0")
        self.numbers = code.set(f"icmp ne ptr {task['numbers']}, null")
        self.forgets = code.set(f"or i1 {self.folds}, {self.numbers}")
        self.counts = code.set(f"icmp ne ptr {task['thresholds']}, null")

    def begin(self, group: str) -> None:
        """Find the places of a group of people."""
        task = self.task
        self.values = row(self.code, task["values"], group, self.outputs, task["output_count"])
        self.summaries = row(self.code, task["summaries"], group, self.outputs * len(SUMMARIES))
        cells = self.code.set(f"mul i64 {task['output_count']}, {self.outputs}")
        self.first = self.code.set(f"mul i64 {group}, {cells}")
        self.code.store("zeroinitializer", self.doubt)
        self.code.store("zeroinitializer", self.status)
        with self.code.when(self.folds):
            self.code.call(CLEAR, self.summaries)

    def one(self, seen: str, compute: Callable[[str], object]) -> None:
        """Deal with output time number ``seen``; ``compute`` writes the outputs to an address."""
        code = self.code
        place = code.set(f"select i1 {self.forgets}, ptr {self.row}, ptr {row(code, self.values, seen, self.outputs)}")
        compute(place)
        code.call(CHECK, place, self.doubt)
        with code.when(self.numbers):
            code.call(WRITE, self.row, *self._bins(seen))
        with code.when(self.folds):
            code.store(code.spread(code.load(self.task["trapezoids"], seen, code.width.number)), self.weight)
            code.call(FOLD, self.row, self.summaries, self.weight)
            with code.when(self.counts):
                code.call(COUNT, self.row, self.summaries, self.weight, self.task["thresholds"])

    def block(self, index: str, source: tuple[str, str], seen: str, until: str) -> None:
        """Deal with the output times from ``seen`` up to below ``until``, which lie in block number ``index``.

        Args:
            source: what outputs are read from: roots at its nodes, and constants.
        """
        code, task, (shown, constants) = self.code, self.task, source
        with code.when(code.set(f"icmp slt i64 {seen}, {until}")):
            times = (shown, task["basis"], seen, until, constants)
            with code.when(self.numbers):
                code.call(scan.NUMBER, *times, *self._bins())
            with code.when(code.set(f"xor i1 {self.forgets}, true")):
                code.call(scan.KEEP, *times, self.values)
            with code.when(self.folds):
                areas = code.at(task["areas"], code.set(f"mul i64 {index}, {NODES}"), code.width.number)
                code.call(scan.AREA, shown, areas, self._summary("area"))
                code.call(scan.LARGEST, *times, self._summary("largest"))
                both = (self._summary("largest"), self._summary("area"))
                code.call(scan.FOLD_KINKED, *times, *both, task["trapezoids"])
                with code.when(self.counts):
                    code.call(scan.ABOVE, *times, self._summary("above"), task["trapezoids"], task["thresholds"])
                with code.when(code.set(f"icmp eq i64 {until}, {task['output_count']}")):
                    final = code.set(f"mul i64 {code.set(f'sub i64 {until}, 1')}, {NODES}")
                    basis = code.at(task["basis"], final, code.width.number)
                    code.call(scan.KEEP, shown, basis, "0", "1", constants, self._summary("last"))

    def _bins(self, seen: str = "0") -> list[str]:
        """What ``Bins`` are told, of the group and from output time number ``seen`` on."""
        code, task, number = self.code, self.task, self.code.width.number
        cell = code.set(f"mul i64 {seen}, {self.outputs}")
        place = code.set(f"mul i64 {code.set(f'add i64 {self.first}, {cell}')}, {code.width.lanes}")
        edges = [code.at(task[name], cell, number) for name in ("firsts", "inverses")]
        return [code.at(task["numbers"], place, "i8"), *edges, task["top"]]

    def _summary(self, name: str) -> str:
        return self.code.at(self.summaries, self.outputs * SUMMARIES.index(name))

    def lose(self, status: int, well: str) -> None:
        """Give a status to those for whom something is not well; who has one keeps it."""
        code, before = self.code, self.code.load(self.status)
        lost = code.set(f"fcmp one {code.width.vector} {before}, zeroinitializer")
        same = code.set(f"or {code.width.mask} {well}, {lost}")
        code.store(code.select(same, before, code.width.splat(status)), self.status)

    def end(self, group: str) -> None:
        """Give a status to those with an output that was not finite, and write it."""
        code = self.code
        self.lose(NOT_FINITE, code.set(f"fcmp oeq {code.width.vector} {code.load(self.doubt)}, zeroinitializer"))
        code.store(code.load(self.status), self.task["status"], group)
