"""The loop over blocks, in assembly: tables for each length of block, then block after block, then output times.

The steps are made in double or in single precision; what they are made from is always computed in double.
"""

from __future__ import annotations

from kinetamine.engine.vector.block import block
from kinetamine.engine.vector.blocks import AHEAD, NODES
from kinetamine.engine.vector.code import BYTES, DOUBLE, VECTOR, Code, Function, Width
from kinetamine.engine.vector.emit import Constants, Kept, Target, nowhere, routine, rows
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.exponential import linear
from kinetamine.engine.vector.kinks import reading
from kinetamine.engine.vector.scan import Scan
from kinetamine.engine.vector.show import Show
from kinetamine.engine.vector.stages import arrange
from kinetamine.engine.vector.structure import structure
from kinetamine.engine.vector.tables import TABULATE, Tables
from kinetamine.engine.vector.task import COUNTS, TASK, Sizes, row

GLIDE = Function("glide", ("ptr %task", "i64 %first", "i64 %last", "ptr %workspace"))
UNSETTLED = 3
"""Status of a group that was given up."""
_MOST_SWEEPS = 40
_NARROW = Function("narrow", ("ptr %from", "ptr %into", "i64 %rows"))
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

    def __init__(self, trace: Trace, width: Width) -> None:
        """Write down one block and the tables it needs."""
        self.sizes, self.bolus_rows, self.constants, self.width = Sizes.of(trace), trace.bolus_rows, Constants(), width
        parts = structure(trace)
        part = linear(trace, parts.linear) if parts.linear else None
        self.reading = reading(trace.outputs)
        self.block = one = block(trace, parts, part, self.reading)
        self.order = arrange(trace.graph, one.targets, one.loops)
        constant = self.constants.place
        self.texts = [Scan(self.reading, constant, width).text()]
        self.tables = Tables(trace, self.constants, part, one.distinct)
        self.stages = [
            self._routine(f"stage{i}", _ARRAYS, some, self._held(i)) for i, some in enumerate(self.order.targets)
        ]
        self.loops = [
            self._routine(f"sweep{i}", _ARRAYS, rows("sweep", loop.sweep), self._held(i + 1))
            for i, loop in enumerate(one.loops)
        ]
        state = ("constants", "y", "inputs")
        self.first = self._routine("first", (*state, "values"), rows("values", trace.outputs), constant)
        self.renew = self._routine("renew", (*state, "carried"), rows("carried", one.carried), constant)
        self.still = self._routine("still", ("y", "guess"), rows("guess", one.still()))
        self.look_ahead = self._routine("look_ahead", ("guess", "ahead"), rows("guess", one.ahead()))
        self.judge = self._routine("judge", ("record", "worst"), rows("worst", [one.judgement()]))

    @property
    def table_rows(self) -> tuple[int, int]:
        """Rows of workspace for each length of block, and besides."""
        copies, tables = (1 if self.width == DOUBLE else 2), self.tables
        return copies * (tables.length_rows + tables.weight_rows), copies * tables.path.beyond * tables.matrices

    def _routine(self, name: str, arrays: tuple[str, ...], targets: list[Target], kept: Kept = nowhere) -> Function:
        function, text = routine(name, arrays, targets, kept, self.width)
        self.texts.append(text)
        return function

    def _held(self, stage: int) -> Kept:
        """What lies in memory when a stage begins: constants, and what stages before it held."""
        before = self.order.held_before(stage)
        return lambda symbol: before.get(symbol.index) or self.constants.place(symbol)

    def text(self) -> str:
        """The assembly of all routines and of the function."""
        code = self.code = Code(GLIDE, "", self.width)
        self.task = {name: code.load("%task", i, "i64" if name in COUNTS else "ptr") for i, name in enumerate(TASK)}
        size, one = self.sizes, self.block
        self.y = code.room(count=size.states or 1)
        self.constant = code.room(count=len(self.constants.symbols) or 1)
        self.held = code.room(count=sum(map(len, self.order.held)) or 1)
        self.guess, self.ahead = code.room(count=one.guess_rows or 1), code.room(count=AHEAD)
        self.sweep = code.room(count=max((len(loop.sweep) for loop in one.loops), default=1))
        self.settled = code.room()
        self.carried = code.room(count=len(one.carried) or 1)
        self.record = code.room(count=one.record_rows or 1)
        self.shown = code.room(count=NODES * len(self.reading.roots) or 1)
        self.show = Show(code, self.task, size.outputs)
        self.seen, self.segment, self.sweeps = (code.room("i64") for _ in range(3))
        self.transitions = "%workspace"
        self.weights = code.at(self.transitions, self.tables.matrix_rows(code, self.task["kind_count"]))
        self.wide = [code.room(VECTOR, count or 1) for count in (len(self.constants.symbols), size.states)]
        with code.count_to("%last", "%first") as group:
            self._group(group)
        code.fence()
        narrow = "" if self.width == DOUBLE else _narrow()
        return "\n".join([self.tables.text(), narrow, *self.texts, code.end()])

    def _group(self, group: str) -> None:
        code, size, task = self.code, self.sizes, self.task
        self._tabulate(group)
        code.clear(self.record, self.block.record_rows)
        code.store("-1", self.segment, kind="i64")
        first = code.set(f"mul i64 {group}, {task['segments']}")
        inputs = row(code, task["inputs"], first, size.inputs)
        boluses = row(code, task["boluses"], first, size.boluses)
        self.show.begin(group)
        begin = code.load(task["until"], 0, "i64")
        with code.count_to(begin) as seen:
            self.show.one(seen, lambda place: code.call(self.first, self.constant, self.y, inputs, place))
        code.store(begin, self.seen, kind="i64")
        with code.count_to(task["block_count"]) as index:
            self._block(index, inputs, boluses)
        code.call(self.judge, self.record, code.at(task["estimates"], group))
        self.show.end(group)

    def _tabulate(self, group: str) -> None:
        """The tables of a group; of single precision, those of eight people at a time, made narrow."""
        code, task, size = self.code, self.task, self.sizes
        told = (task["lengths"], task["kind_count"])
        if self.width == DOUBLE:
            parameters = row(code, task["parameters"], group, size.parameters)
            code.call(TABULATE, parameters, *told, self.constant, self.y, self.transitions)
            return
        counts = [str(len(self.constants.symbols)), str(size.states)]
        counts.append(self.tables.rows(code, task["kind_count"]))
        wide = [*self.wide, code.at("%workspace", counts[-1])]
        with code.count_to("2") as half:
            index = code.set(f"add i64 {code.set(f'mul i64 {group}, 2')}, {half}")
            code.call(TABULATE, row(code, task["parameters"], index, size.parameters), *told, *wide)
            offset = code.set(f"mul i64 {half}, {BYTES // 2}")
            for source, into, count in zip(wide, (self.constant, self.y, self.transitions), counts, strict=True):
                code.call(_NARROW, source, code.at(into, offset, "i8"), count)

    def _block(self, index: str, inputs: str, boluses: str) -> None:
        code, task = self.code, self.task
        kind, segment = (code.load(task[name], index, "i64") for name in ("kinds", "block_segments"))
        here = row(code, inputs, segment, self.sizes.inputs)
        fresh = code.set(f"icmp ne i64 {segment}, {code.load(self.segment, kind='i64')}")
        with code.when(fresh):
            self._switch(segment, here, boluses)
        if self.loops:
            self._spread_ahead(index)
            code.call(self.look_ahead, self.guess, self.ahead)
        tables = (
            row(code, self.transitions, kind, self.tables.length_rows),
            row(code, self.weights, kind, self.tables.weight_rows),
        )
        kept = (self.held, self.guess, self.record, self.shown)
        arrays = (self.constant, self.y, here, *tables, *kept, self.sweep, self.show.doubt, self.carried)
        for i, stage in enumerate(self.stages):
            code.call(stage, *arrays)
            if i < len(self.loops):
                self._settle(i, arrays)
        until = code.load(task["until"], code.set(f"add i64 {index}, 1"), "i64")
        self.show.block(index, (self.shown, self.constant), code.load(self.seen, kind="i64"), until)
        code.store(until, self.seen, kind="i64")

    def _switch(self, segment: str, inputs: str, boluses: str) -> None:
        """Begin a segment: add its boluses, and forget what was carried over."""
        code = self.code
        added = row(code, boluses, segment, self.sizes.boluses)
        for position, state in enumerate(self.bolus_rows):
            total = code.set(f"fadd {self.width.vector} {code.load(self.y, state)}, {code.load(added, position)}")
            code.store(total, self.y, state)
        code.store(segment, self.segment, kind="i64")
        code.call(self.still, self.y, self.guess)
        code.call(self.renew, self.constant, self.y, inputs, self.carried)

    def _settle(self, i: int, arrays: tuple[str, ...]) -> None:
        """Sweep a loop until it no longer changes for anybody; whoever is settled waits for the others, unchanged."""
        code, vector, own = self.code, self.width.vector, self.block.loops[i].rows
        code.store("zeroinitializer", self.settled)
        code.store("0", self.sweeps, kind="i64")
        with code.loop() as (_, done):
            code.call(self.loops[i], *arrays)
            settled = code.set(f"fcmp one {vector} {code.load(self.settled)}, zeroinitializer")
            self._accept(own, settled)
            well = code.set(f"fcmp ole {vector} {code.load(self.sweep, len(own))}, zeroinitializer")
            lost = code.set(f"fcmp one {vector} {code.load(self.show.status)}, zeroinitializer")
            for one in (well, lost):
                settled = code.set(f"or {self.width.mask} {settled}, {one}")
            code.store(code.select(settled, self.width.splat(1.0), "zeroinitializer"), self.settled)
            sweeps = code.set(f"add i64 {code.load(self.sweeps, kind='i64')}, 1")
            code.store(sweeps, self.sweeps, kind="i64")
            code.leave_unless(code.set(f"xor i1 {code.all(settled)}, true"), done)
            many = code.set(f"icmp sge i64 {sweeps}, {_MOST_SWEEPS}")
            with code.when(many):
                self.show.lose(UNSETTLED, settled)
            code.leave_unless(code.set(f"xor i1 {many}, true"), done)

    def _accept(self, own: range, settled: str) -> None:
        """Make what a sweep found the next guess, but not of those who had settled before it."""
        code, first = self.code, self.code.at(self.guess, own.start)
        some = code.any(settled)
        with code.when(code.set(f"xor i1 {some}, true")):
            code.copy(first, self.sweep, len(own))
        with code.when(some):
            for at in range(len(own)):
                code.store(code.select(settled, code.load(first, at), code.load(self.sweep, at)), first, at)

    def _spread_ahead(self, index: str) -> None:
        """The weights of guesses hold for all, from a row of a table of the task."""
        code = self.code
        first = code.at(self.task["ahead"], code.set(f"mul i64 {index}, {AHEAD}"), self.width.number)
        for one in range(AHEAD):
            code.store(code.spread(code.load(first, one, self.width.number)), self.ahead, one)


def _narrow() -> str:
    """Rows of eight in double precision to one half of rows of sixteen in single precision."""
    code = Code(_NARROW)
    with code.count_to("%rows") as index:
        value = code.set(f"fptrunc {VECTOR} {code.load('%from', index)} to <8 x float>")
        code.store(value, code.at("%into", index), kind="<8 x float>")
    return code.end()
