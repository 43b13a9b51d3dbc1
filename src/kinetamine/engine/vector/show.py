"""What happens to the outputs at an output time: they are stored, or folded into summaries and forgotten."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from kinetamine.engine.vector.code import LANES, MASK, VECTOR, Code, Function, splat
from kinetamine.engine.vector.emit import routine, rows
from kinetamine.engine.vector.symbol import Graph
from kinetamine.engine.vector.task import row

SUMMARIES = ("largest", "area", "above", "last")
"""Of each output: its largest value, its area by trapezoids, the hours above a threshold, its last value."""
FOLD = Function("fold", ("ptr %values", "ptr %summaries", "ptr %weight"))
COUNT = Function("count", ("ptr %values", "ptr %summaries", "ptr %weight", "ptr %thresholds"))
CLEAR = Function("clear", ("ptr %summaries",))
CHECK = Function("check", ("ptr %values", "ptr %doubt"))
NOT_FINITE = 4
"""Status of people with an output that is infinite or no number."""


def texts(graph: Graph, outputs: int) -> str:
    """The routines ``fold``, ``count`` (hours above), ``clear`` and ``check`` (zero unless something is not finite)."""
    weight, doubt = graph.load("weight", 0), graph.load("doubt", 0)
    largest, area, above = [], [], []
    for i in range(outputs):
        value = graph.load("values", i)
        before = [graph.load("summaries", outputs * summary + i) for summary in range(3)]
        largest.append(graph.make("max", value, before[0]))
        area.append(before[1] + weight * value)
        above.append(before[2] + weight * graph.make("above", value, graph.load("thresholds", i)))
        doubt = doubt + graph.make("vanish", value)
    empty = [graph.constant(-1e300)] * outputs + [graph.constant(0.0)] * 2 * outputs
    arrays = tuple(one.removeprefix("ptr %") for one in COUNT.parameters)
    _, fold = routine(FOLD.name, arrays[:3], rows("summaries", [*largest, *area]))
    _, count = routine(COUNT.name, arrays, rows("summaries", above, first=2 * outputs))
    _, clear = routine(CLEAR.name, ("summaries",), rows("summaries", empty))
    _, check = routine(CHECK.name, ("values", "doubt"), rows("doubt", [doubt]))
    return fold + count + clear + check


def trapezoids(times_h: Float[np.ndarray, " time"]) -> Float[np.ndarray, " time"]:
    """What each time counts for in an integral over all of them."""
    halves = 0.5 * np.diff(times_h)
    return np.append(halves, 0.0) + np.append(0.0, halves) if len(times_h) else times_h


class Show:
    """The part of a function that deals with one output time after another."""

    def __init__(self, code: Code, task: dict[str, str], outputs: int) -> None:
        """Make room for the outputs of one time."""
        self.code, self.task, self.outputs = code, task, outputs
        self.row = code.room(VECTOR, outputs)
        self.weight, self.doubt, self.status = (code.room(VECTOR) for _ in range(3))
        self.folds = code.set(f"icmp eq i64 {task['stored']}, 0")
        self.counts = code.set(f"icmp ne ptr {task['thresholds']}, null")

    def begin(self, group: str) -> None:
        """Find the places of a group of people."""
        task = self.task
        self.values = row(self.code, task["values"], group, self.outputs, task["output_count"])
        self.summaries = row(self.code, task["summaries"], group, self.outputs * len(SUMMARIES))
        self.code.store("zeroinitializer", self.doubt)
        self.code.store("zeroinitializer", self.status)
        with self.code.when(self.folds):
            self.code.call(CLEAR, self.summaries)

    def one(self, seen: str, compute: Callable[[str], object], *, checked: bool = False) -> None:
        """Deal with output time number ``seen``; ``compute`` writes the outputs to an address.

        Args:
            checked: whether it is known already that they are finite.
        """
        code = self.code
        place = code.set(f"select i1 {self.folds}, ptr {self.row}, ptr {row(code, self.values, seen, self.outputs)}")
        compute(place)
        if not checked:
            code.call(CHECK, place, self.doubt)
        with code.when(self.folds):
            code.store(code.spread(code.load(self.task["trapezoids"], seen, "double")), self.weight)
            code.call(FOLD, self.row, self.summaries, self.weight)
            with code.when(self.counts):
                code.call(COUNT, self.row, self.summaries, self.weight, self.task["thresholds"])

    def lose(self, status: int, well: str) -> None:
        """Give a status to those for whom something is not well; who has one keeps it."""
        code, before = self.code, self.code.load(self.status)
        lost = code.set(f"fcmp one {VECTOR} {before}, zeroinitializer")
        same = code.set(f"or {MASK} {well}, {lost}")
        after = code.set(f"select {MASK} {same}, {VECTOR} {before}, {VECTOR} {splat(status)}")
        code.store(after, self.status)

    def end(self, group: str) -> None:
        """Keep the last values; give a status to those with an output that was not finite, and write it."""
        code = self.code
        with code.when(self.folds):
            last = code.at(self.summaries, self.outputs * (len(SUMMARIES) - 1))
            size = self.outputs * LANES * 8
            code.do(f"call void @llvm.memcpy.p0.p0.i64(ptr align 64 {last}, ptr align 64 {self.row}, i64 {size}, i1 0)")
        self.lose(NOT_FINITE, code.set(f"fcmp oeq {VECTOR} {code.load(self.doubt)}, zeroinitializer"))
        code.store(code.load(self.status), self.task["status"], group)
