"""The loop around the steps, in assembly: groups of people, segments between switches, steps, output times."""

from __future__ import annotations

from kinetamine.engine.vector.code import VECTOR, Code, Function, number
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.rosenbrock import CONTROL, SAFETY
from kinetamine.engine.vector.show import Show
from kinetamine.engine.vector.task import COUNTS, SETTINGS, TASK, Sizes, row

RUN = Function("run", ("ptr %task", "i64 %first", "i64 %last", "ptr %workspace"))
_SHORTEST, _LONGEST = 0.2, 6.0
"""Bounds of the ratio of two steps."""
SHORT_STEP, MANY_STEPS = 1, 2
"""Status of a group that was given up; 0 is well."""


class March:
    """The function ``run``: its memory, and one method for each loop."""

    def __init__(self, trace: Trace, rows: int, constants: int, routines: tuple[Function, ...]) -> None:
        """Make room; the routines are ``step``, ``watch``, ``begin`` and ``prepare``."""
        self.sizes, self.bolus_rows, self.rows = Sizes.of(trace), trace.bolus_rows, rows
        self.step, self.watch, self.begin, self.prepare = routines
        self.code = code = Code(RUN, "")
        self.y, self.new = code.room(VECTOR, self.sizes.states), code.room(VECTOR, rows)
        self.constants, self.control = code.room(VECTOR, constants or 1), code.room(VECTOR, len(CONTROL))
        self.theta = code.room(VECTOR)
        self.time, self.h = code.room("double"), code.room("double")
        self.seen, self.steps = code.room("i64"), code.room("i64")

    def text(self) -> str:
        """The assembly of the function."""
        code = self.code
        self.task = {name: code.load("%task", i, "i64" if name in COUNTS else "ptr") for i, name in enumerate(TASK)}
        self.show = Show(code, self.task, self.sizes.outputs)
        self.settings = {name: code.load(self.task["settings"], i, "double") for i, name in enumerate(SETTINGS)}
        for at, name in enumerate(CONTROL[1:], start=1):
            code.store(code.spread(self.settings[name]), self.control, at)
        with code.count_to("%last", "%first") as group:
            self._group(group)
        return code.end()

    def _group(self, group: str) -> None:
        code, size = self.code, self.sizes
        parameters = row(code, self.task["parameters"], group, size.parameters)
        code.call(self.prepare, parameters, self.constants)
        code.call(self.begin, parameters, self.y)
        code.clear(self.new, self.rows)
        for counter in (self.seen, self.steps):
            code.store("0", counter, kind="i64")
        segments = self.task["segments"]
        first = code.set(f"mul i64 {group}, {segments}")
        inputs = row(code, self.task["inputs"], first, size.inputs)
        boluses = row(code, self.task["boluses"], first, size.boluses)
        self.show.begin(group)
        begin = code.load(self.task["switch_times"], 0, "double")
        code.store(begin, self.time, kind="double")
        self._outputs(inputs, begin, begin, "1.0")
        with code.count_to(segments) as segment:
            self._switch(row(code, boluses, segment, size.boluses))
            end = code.load(self.task["switch_times"], code.set(f"add i64 {segment}, 1"), "double")
            self._segment(end, row(code, inputs, segment, size.inputs))
        self.show.end(group)

    def _switch(self, boluses: str) -> None:
        code = self.code
        for at, state in enumerate(self.bolus_rows):
            total = code.set(f"fadd {VECTOR} {code.load(self.y, state)}, {code.load(boluses, at)}")
            code.store(total, self.y, state)
        code.store(self.settings["first_step_h"], self.h, kind="double")

    def _segment(self, end: str, inputs: str) -> None:
        """Steps from the present time to the end of the segment."""
        code = self.code
        with code.loop() as (_, done):
            time, wanted = code.load(self.time, kind="double"), code.load(self.h, kind="double")
            left = code.set(f"fsub double {end}, {time}")
            code.leave_unless(code.set(f"fcmp ogt double {left}, 0.0"), done)
            is_last = code.set(f"fcmp oge double {wanted}, {left}")
            h = code.set(f"select i1 {is_last}, double {left}, double {wanted}")
            code.store(code.spread(h), self.control)
            code.call(self.step, self.constants, self.y, inputs, self.control, self.new)
            growth = code.set(
                f"call double @llvm.vector.reduce.fminimum.v8f64({VECTOR} {code.load(self.new, self.rows - 1)})"
            )
            with code.when(code.set(f"fcmp oge double {growth}, {number(SAFETY)}")):
                after = code.set(f"select i1 {is_last}, double {end}, double {code.set(f'fadd double {time}, {h}')}")
                self._outputs(inputs, time, after, h)
                code.copy(self.y, self.new, self.sizes.states)
                code.store(after, self.time, kind="double")
            self._next_step(h, growth, done)

    def _next_step(self, h: str, growth: str, done: str) -> None:
        """Choose the next step; give up where there is none."""
        code = self.code
        for comparison, bound in (("ogt", _SHORTEST), ("olt", _LONGEST)):  # not-a-number becomes the shortest
            fine = code.set(f"fcmp {comparison} double {growth}, {number(bound)}")
            growth = code.set(f"select i1 {fine}, double {growth}, double {number(bound)}")
        following = code.set(f"fmul double {h}, {growth}")
        code.store(following, self.h, kind="double")
        steps = code.set(f"add i64 {code.load(self.steps, kind='i64')}, 1")
        code.store(steps, self.steps, kind="i64")
        time = code.load(self.time, kind="double")
        moves = code.set(f"fcmp one double {code.set(f'fadd double {time}, {following}')}, {time}")
        many = code.set(f"fcmp ogt double {code.set(f'sitofp i64 {steps} to double')}, {self.settings['most_steps']}")
        for bad, status in ((many, MANY_STEPS), (code.set(f"xor i1 {moves}, true"), SHORT_STEP)):
            with code.when(bad):
                self.show.lose(status, "zeroinitializer")
            code.leave_unless(code.set(f"xor i1 {bad}, true"), done)

    def _outputs(self, inputs: str, time: str, until: str, h: str) -> None:
        """Deal with all output times up to and with ``until``."""
        code = self.code
        with code.loop() as (_, done):
            seen = code.load(self.seen, kind="i64")
            code.leave_unless(code.set(f"icmp slt i64 {seen}, {self.task['output_count']}"), done)
            at = code.load(self.task["output_times"], seen, "double")
            code.leave_unless(code.set(f"fcmp ole double {at}, {until}"), done)
            theta = code.set(f"fdiv double {code.set(f'fsub double {at}, {time}')}, {h}")
            code.store(code.spread(theta), self.theta)
            arrays = (self.constants, self.y, inputs, self.new, self.theta)
            self.show.one(seen, lambda place: code.call(self.watch, *arrays, place))
            code.store(code.set(f"add i64 {seen}, 1"), self.seen, kind="i64")
