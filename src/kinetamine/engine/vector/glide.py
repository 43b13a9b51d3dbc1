"""The loop over blocks, in assembly: tables for each length of block, then block after block, then output times."""

from __future__ import annotations

from kinetamine.engine.vector.block import block
from kinetamine.engine.vector.blocks import AHEAD, NODES
from kinetamine.engine.vector.code import LANES, MASK, VECTOR, Code, Function, number
from kinetamine.engine.vector.collocation import ROWS, weights
from kinetamine.engine.vector.emit import Constants, Kept, Target, nowhere, routine, rows
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.exponential import SHORT, TERMS, Linear, linear
from kinetamine.engine.vector.show import Show
from kinetamine.engine.vector.stages import arrange
from kinetamine.engine.vector.structure import structure
from kinetamine.engine.vector.task import COUNTS, TASK, Sizes, row

GLIDE = Function("glide", ("ptr %task", "i64 %first", "i64 %last", "ptr %workspace"))
UNSETTLED = 3
"""Status of a group that was given up."""
_MOST_SWEEPS = 40
_ARRAYS = (
    "constants",
    "y",
    "inputs",
    "transition",
    "weights",
    "held",
    "guess",
    "record",
    "shown",
    "sweep",
    "doubt",
    "carried",
)


class Glide:
    """The function ``glide``: routines first, then its memory and one method for each loop."""

    def __init__(self, trace: Trace, constants: Constants, watch: Function) -> None:
        """Write down one block and the tables it needs."""
        self.sizes, self.bolus_rows, self.constants, self.watch = Sizes.of(trace), trace.bolus_rows, constants, watch
        parts = structure(trace)
        self.linear = linear(trace, parts.linear) if parts.linear else None
        self.block = one = block(trace, parts, self.linear)
        self.order = arrange(trace.graph, one.targets, one.loops)
        self.texts: list[str] = []
        graph, constant = trace.graph, constants.place
        tables = [row for rate in one.distinct for row in weights(rate, graph.load("length", 0))]
        self.weigh = self._routine("weigh", ("constants", "length", "weights"), rows("weights", tables), constant)
        self.stages = [
            self._routine(f"stage{i}", _ARRAYS, some, self._held(i)) for i, some in enumerate(self.order.targets)
        ]
        self.loops = [
            self._routine(f"sweep{i}", _ARRAYS, rows("sweep", loop.sweep), self._held(i + 1))
            for i, loop in enumerate(one.loops)
        ]
        self.renew = self._routine(
            "renew", ("constants", "y", "inputs", "carried"), rows("carried", one.carried), constant
        )
        self.still = self._routine("still", ("y", "guess"), rows("guess", one.still()))
        self.look_ahead = self._routine("look_ahead", ("guess", "ahead"), rows("guess", one.ahead()))
        self.judge = self._routine("judge", ("record", "worst"), rows("worst", [one.judgement()]))
        self.transition_rows = (NODES - 1) * self.linear.rows if self.linear else 0
        self.weight_rows = len(one.distinct) * ROWS
        if self.linear:
            self._linear_routines(self.linear)

    @property
    def table_rows(self) -> int:
        """Rows of workspace for each length of block."""
        return self.transition_rows + self.weight_rows

    def _routine(self, name: str, arrays: tuple[str, ...], targets: list[Target], kept: Kept = nowhere) -> Function:
        function, text = routine(name, arrays, targets, kept)
        self.texts.append(text)
        return function

    def _held(self, stage: int) -> Kept:
        """What lies in memory when a stage begins: constants, and what stages before it held."""
        before = self.order.held_before(stage)
        return lambda symbol: before.get(symbol.index) or self.constants.place(symbol)

    def _linear_routines(self, part: Linear) -> None:
        begin, double, triple = rows("transition", part.begin), rows("into", part.double), rows("into", part.triple)
        arrays, constant = ("constants", "power", "scale", "transition"), self.constants.place
        self.norm = self._routine("norm", ("constants", "scale"), rows("scale", [part.norm]), constant)
        self.horner = self._routine("horner", arrays[:3], rows("power", part.horner), constant)
        self.start = self._routine("start", arrays, begin, constant)
        self.double = self._routine("double", ("transition", "into"), double)
        self.triple = self._routine("triple", ("transition", "twice", "into"), triple)

    def text(self) -> str:
        """The assembly of all routines and of the function."""
        code = self.code = Code(GLIDE, "")
        self.task = {name: code.load("%task", i, "i64" if name in COUNTS else "ptr") for i, name in enumerate(TASK)}
        size, one = self.sizes, self.block
        self.y, self.theta = code.room(VECTOR, size.states), code.room(VECTOR)
        self.constant = code.room(VECTOR, len(self.constants.symbols) or 1)
        self.held = code.room(VECTOR, sum(map(len, self.order.held)) or 1)
        self.guess, self.ahead = code.room(VECTOR, one.guess_rows or 1), code.room(VECTOR, AHEAD)
        self.sweep = code.room(VECTOR, max((len(loop.sweep) for loop in one.loops), default=1))
        self.carried = code.room(VECTOR, len(one.carried) or 1)
        self.record = code.room(VECTOR, one.record_rows or 1)
        self.shown = code.room(VECTOR, NODES * size.outputs)
        self.zeros = code.room(VECTOR, 5 * size.states + 1)
        self.scale, self.power = code.room(VECTOR), code.room(VECTOR, self.linear.rows if self.linear else 1)
        self.show = Show(code, self.task, size.outputs)
        self.seen, self.segment, self.sweeps = (code.room("i64") for _ in range(3))
        self._clear(self.zeros, 5 * size.states + 1)
        self.transitions = "%workspace"
        offset = code.set(f"mul i64 {self.task['kind_count']}, {self.transition_rows}")
        self.weight_tables = code.at("%workspace", offset)
        with code.count_to("%last", "%first") as group:
            self._group(group)
        return "\n".join([*self.texts, code.end()])

    def _group(self, group: str) -> None:
        code, size, task = self.code, self.sizes, self.task
        parameters = row(code, task["parameters"], group, size.parameters)
        code.call(Function("prepare", ("ptr %parameters", "ptr %out")), parameters, self.constant)
        code.call(Function("begin", ("ptr %parameters", "ptr %out")), parameters, self.y)
        if self.linear:
            self._transitions(self.linear.rows)
        with code.count_to(task["kind_count"]) as kind:
            code.store(code.spread(code.load(task["lengths"], kind, "double")), self.scale)
            code.call(self.weigh, self.constant, self.scale, row(code, self.weight_tables, kind, self.weight_rows))
        self._clear(self.record, self.block.record_rows)
        code.store("-1", self.segment, kind="i64")
        first = code.set(f"mul i64 {group}, {task['segments']}")
        inputs = row(code, task["inputs"], first, size.inputs)
        boluses = row(code, task["boluses"], first, size.boluses)
        self.show.begin(group)
        code.store("zeroinitializer", self.theta)
        before = (self.constant, self.y, inputs, self.zeros, self.theta)
        begin = code.load(task["until"], 0, "i64")
        with code.count_to(begin) as seen:
            self.show.one(seen, lambda place: code.call(self.watch, *before, place))
        code.store(begin, self.seen, kind="i64")
        with code.count_to(task["block_count"]) as index:
            self._block(index, inputs, boluses)
        code.call(self.judge, self.record, code.at(task["estimates"], group))
        self.show.end(group)

    def _transitions(self, size: int) -> None:
        """The exponential for a quarter of the shortest length, then all others by doubling; the matrices' size."""
        code = self.code
        code.call(self.norm, self.constant, self.scale)
        norm = code.set(f"call double @llvm.vector.reduce.fmaximum.v8f64({VECTOR} {code.load(self.scale)})")
        span, halvings = code.room("double"), code.room("i64")
        quarter = code.set(f"fmul double {code.load(self.task['lengths'], 0, 'double')}, {number(1.0 / (NODES - 1))}")
        code.store(quarter, span, kind="double")
        code.store("0", halvings, kind="i64")
        with code.loop() as (_, done):
            d = code.load(span, kind="double")
            long = code.set(f"fcmp ogt double {code.set(f'fmul double {d}, {norm}')}, {number(SHORT)}")
            n = code.load(halvings, kind="i64")
            code.leave_unless(code.set(f"and i1 {long}, {code.set(f'icmp slt i64 {n}, 60')}"), done)
            code.store(code.set(f"fmul double {d}, {number(0.5)}"), span, kind="double")
            code.store(code.set(f"add i64 {n}, 1"), halvings, kind="i64")
        d, n = code.load(span, kind="double"), code.load(halvings, kind="i64")
        self._clear(self.power, size)
        with code.count_to(str(TERMS)) as index:
            divisor = code.set(f"sitofp i64 {code.set(f'sub i64 {TERMS + 1}, {index}')} to double")
            code.store(code.spread(code.set(f"fdiv double {d}, {divisor}")), self.scale)
            code.call(self.horner, self.constant, self.power, self.scale)
        code.store(code.spread(d), self.scale)
        code.call(self.start, self.constant, self.power, self.scale, self.transitions)
        with code.count_to(n):
            code.call(self.double, self.transitions, self.transitions)
        one, two, three, four = self._nodes(self.transitions, size)
        code.call(self.double, one, two)
        code.call(self.triple, one, two, three)
        code.call(self.double, two, four)
        with code.count_to(self.task["kind_count"], "1") as kind:
            before = row(code, self.transitions, code.set(f"sub i64 {kind}, 1"), self.transition_rows)
            _, two, three, four = self._nodes(before, size)
            new = self._nodes(row(code, self.transitions, kind, self.transition_rows), size)
            for to, source in ((new[0], two), (new[1], four)):
                self._copy(to, source, size)
            for to, source in ((new[2], three), (new[3], four)):
                code.call(self.double, source, to)

    def _nodes(self, tables: str, size: int) -> tuple[str, str, str, str]:
        """Where the matrices for one to four quarters of a block lie."""
        code = self.code
        return tables, code.at(tables, size), code.at(tables, 2 * size), code.at(tables, 3 * size)

    def _block(self, index: str, inputs: str, boluses: str) -> None:
        code, task = self.code, self.task
        kind, segment = (code.load(task[name], index, "i64") for name in ("kinds", "block_segments"))
        here = row(code, inputs, segment, self.sizes.inputs)
        fresh = code.set(f"icmp ne i64 {segment}, {code.load(self.segment, kind='i64')}")
        with code.when(fresh):
            added = row(code, boluses, segment, self.sizes.boluses)
            for position, state in enumerate(self.bolus_rows):
                total = code.set(f"fadd {VECTOR} {code.load(self.y, state)}, {code.load(added, position)}")
                code.store(total, self.y, state)
            code.store(segment, self.segment, kind="i64")
            code.call(self.still, self.y, self.guess)
            code.call(self.renew, self.constant, self.y, here, self.carried)
        if self.loops:
            self._spread("ahead", index, AHEAD, self.ahead)
            code.call(self.look_ahead, self.guess, self.ahead)
        tables = (
            row(code, self.transitions, kind, self.transition_rows),
            row(code, self.weight_tables, kind, self.weight_rows),
        )
        arrays = (
            self.constant,
            self.y,
            here,
            *tables,
            self.held,
            self.guess,
            self.record,
            self.shown,
            self.sweep,
            self.show.doubt,
            self.carried,
        )
        for i, stage in enumerate(self.stages):
            code.call(stage, *arrays)
            if i < len(self.loops):
                self._settle(i, arrays)
        until = code.load(task["until"], code.set(f"add i64 {index}, 1"), "i64")
        self.show.block(index, self.shown, code.load(self.seen, kind="i64"), until)
        code.store(until, self.seen, kind="i64")

    def _settle(self, i: int, arrays: tuple[str, ...]) -> None:
        """Sweep a loop until it no longer changes."""
        code, own = self.code, self.block.loops[i].rows
        code.store("0", self.sweeps, kind="i64")
        with code.loop() as (_, done):
            code.call(self.loops[i], *arrays)
            self._copy(code.at(self.guess, own.start), self.sweep, len(own))
            well = code.set(f"fcmp ole {VECTOR} {code.load(self.sweep, len(own))}, zeroinitializer")
            lost = code.set(f"fcmp one {VECTOR} {code.load(self.show.status)}, zeroinitializer")
            settled = code.all(code.set(f"or {MASK} {well}, {lost}"))
            sweeps = code.set(f"add i64 {code.load(self.sweeps, kind='i64')}, 1")
            code.store(sweeps, self.sweeps, kind="i64")
            code.leave_unless(code.set(f"xor i1 {settled}, true"), done)
            many = code.set(f"icmp sge i64 {sweeps}, {_MOST_SWEEPS}")
            with code.when(many):
                self.show.lose(UNSETTLED, well)
            code.leave_unless(code.set(f"xor i1 {many}, true"), done)

    def _spread(self, name: str, index: str, count: int, to: str) -> None:
        """Numbers that hold for all, from a row of a table of the task."""
        code = self.code
        first = code.set(f"mul i64 {index}, {count}")
        for one in range(count):
            value = code.load(self.task[name], code.set(f"add i64 {first}, {one}"), "double")
            code.store(code.spread(value), to, one)

    def _clear(self, array: str, rows: int) -> None:
        self.code.do(f"call void @llvm.memset.p0.i64(ptr {array}, i8 0, i64 {rows * LANES * 8}, i1 0)")

    def _copy(self, to: str, source: str, rows: int) -> None:
        size = rows * LANES * 8
        self.code.do(f"call void @llvm.memcpy.p0.p0.i64(ptr align 64 {to}, ptr align 64 {source}, i64 {size}, i1 0)")
