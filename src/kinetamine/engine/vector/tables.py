"""What is computed once for each person and each length of block, in double precision whatever the steps are made in.

Constants, the states at the beginning, matrix exponentials and the weights of collocation.
"""

from __future__ import annotations

from collections.abc import Sequence

from kinetamine.engine.vector.blocks import NODES
from kinetamine.engine.vector.code import DOUBLE, VECTOR, Code, Function, number
from kinetamine.engine.vector.collocation import ROWS, weights
from kinetamine.engine.vector.emit import Constants, Kept, Target, nowhere, routine, rows
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.exponential import IN_TWO, SHORT, TERMS, Linear
from kinetamine.engine.vector.symbol import Symbol
from kinetamine.engine.vector.task import row

TABULATE = Function(
    "tabulate", ("ptr %parameters", "ptr %lengths", "i64 %kinds", "ptr %constants", "ptr %y", "ptr %tables")
)
"""For eight people: ``tables`` holds the matrices of each length of block, a few more, and the weights of each."""
_MOST_HALVINGS = 60


class Tables:
    """The function ``tabulate`` and the routines it calls."""

    def __init__(self, trace: Trace, constants: Constants, part: Linear | None, rates: Sequence[Symbol]) -> None:
        """Write down the routines; ``rates`` are the different k of the model."""
        self.constants, self.linear, self.rates = constants, part, rates
        self.initial = trace.initial
        self.texts: list[str] = []
        graph = trace.graph
        self.matrices, self.path = (part.rows, part.path) if part else (0, IN_TWO)
        one = weights(graph.load("rate", 0), graph.load("length", 0))
        self.weigh = self._routine("weigh", ("rate", "length", "weights"), rows("weights", one))
        self.list_rates = self._routine(
            "list_rates", ("constants", "rates"), rows("rates", list(rates)), constants.place
        )
        if part:
            self._linear_routines(part)

    @property
    def weight_rows(self) -> int:
        """Rows of the weights of one length of block."""
        return len(self.rates) * ROWS

    def matrix_rows(self, code: Code, kinds: str) -> str:
        """Rows of all matrices for so many lengths of block."""
        return code.set(
            f"add i64 {code.set(f'mul i64 {kinds}, {self.length_rows}')}, {self.path.beyond * self.matrices}"
        )

    @property
    def length_rows(self) -> int:
        """Rows of the matrices of one length of block."""
        return self.path.per_length * self.matrices

    def rows(self, code: Code, kinds: str) -> str:
        """Rows of the tables for so many lengths of block."""
        weights = code.set(f"mul i64 {kinds}, {self.weight_rows}")
        return code.set(f"add i64 {weights}, {self.matrix_rows(code, kinds)}")

    def text(self) -> str:
        """The assembly; to be called when all constants of the model are known."""
        prepare = self._routine("prepare", ("parameters", "constants"), rows("constants", self.constants.symbols))
        begin = self._routine("begin", ("parameters", "y"), rows("y", self.initial))
        code = self.code = Code(TABULATE)
        self.scale, self.power = code.room(), code.room(count=self.matrices or 1)
        code.call(prepare, "%parameters", "%constants")
        code.call(begin, "%parameters", "%y")
        if self.linear:
            self._transitions()
        self._weights()
        return "\n".join([*self.texts, code.end()])

    def _routine(self, name: str, arrays: tuple[str, ...], targets: list[Target], kept: Kept = nowhere) -> Function:
        function, text = routine(name, arrays, targets, kept)
        self.texts.append(text)
        return function

    def _linear_routines(self, part: Linear) -> None:
        begin, product = rows("transition", part.begin), rows("into", part.product)
        arrays, constant = ("constants", "power", "scale", "transition"), self.constants.place
        self.norm = self._routine("norm", ("constants", "scale"), rows("scale", [part.norm]), constant)
        self.horner = self._routine("horner", arrays[:3], rows("power", part.horner), constant)
        self.start = self._routine("start", arrays, begin, constant)
        self.product = self._routine("product", ("transition", "other", "into"), product)

    def _weights(self) -> None:
        """Of each rate for each length."""
        code, count = self.code, len(self.rates)
        listed = code.room(count=count or 1)
        code.call(self.list_rates, "%constants", listed)
        first = code.at("%tables", self.matrix_rows(code, "%kinds"))
        with code.count_to("%kinds") as kind:
            code.store(code.spread(code.load("%lengths", kind, "double")), self.scale)
            into = row(code, first, kind, self.weight_rows)
            with code.count_to(str(count)) as rate:
                code.call(self.weigh, code.at(listed, rate), self.scale, row(code, into, rate, ROWS))

    def _transitions(self) -> None:
        """The exponential for a quarter of the shortest length, then all others by doubling and adding."""
        code, tables = self.code, "%tables"
        self._exponential(tables)
        more = self.path.beyond // self.path.per_length - 1
        with code.count_to(code.set(f"add i64 %kinds, {more}")) as index:
            one = row(code, tables, index, self.length_rows)
            two = code.at(one, self.length_rows)
            code.call(self.product, one, one, two)
            if self.path.per_length > 1:
                code.call(self.product, one, two, code.at(one, self.matrices))

    def _exponential(self, into: str) -> None:
        """For a short time, then doubled as often as each person needs, and no oftener: nobody changes another."""
        code, halved = self.code, self.code.room()
        most = self._halve(halved)
        code.clear(self.power, self.matrices)
        short = code.load(self.scale)
        with code.count_to(str(TERMS)) as index:
            divisor = code.set(f"sitofp i64 {code.set(f'sub i64 {TERMS + 1}, {index}')} to double")
            code.store(code.set(f"fdiv {VECTOR} {short}, {code.spread(divisor)}"), self.scale)
            code.call(self.horner, "%constants", self.power, self.scale)
        code.store(short, self.scale)
        code.call(self.start, "%constants", self.power, self.scale, into)
        doubled = code.room(count=self.matrices)
        with code.count_to(most) as index:
            code.call(self.product, into, into, doubled)
            turn = code.spread(code.set(f"sitofp i64 {index} to double"))
            more = code.set(f"fcmp olt {VECTOR} {turn}, {code.load(halved)}")
            with code.count_to(str(self.matrices)) as entry:
                code.store(code.select(more, code.load(doubled, entry), code.load(into, entry)), into, entry)

    def _halve(self, halved: str) -> str:
        """Put each person's short time in "scale" and how often it was halved in its place; the most of anybody."""
        code = self.code
        code.call(self.norm, "%constants", self.scale)
        norm, most = code.load(self.scale), code.room("i64")
        quarter = code.set(f"fmul double {code.load('%lengths', 0, 'double')}, {number(1.0 / (NODES - 1))}")
        code.store(code.spread(quarter), self.scale)
        code.store("zeroinitializer", halved)
        code.store("0", most, kind="i64")
        with code.loop() as (_, done):
            d, n = code.load(self.scale), code.load(most, kind="i64")
            long = code.set(f"fcmp ogt {VECTOR} {code.set(f'fmul {VECTOR} {d}, {norm}')}, {DOUBLE.splat(SHORT)}")
            more = code.set(f"icmp slt i64 {n}, {_MOST_HALVINGS}")
            code.leave_unless(code.set(f"and i1 {code.any(long)}, {more}"), done)
            half = code.set(f"fmul {VECTOR} {d}, {DOUBLE.splat(0.5)}")
            code.store(code.select(long, half, d), self.scale)
            once = code.select(long, DOUBLE.splat(1.0), "zeroinitializer")
            code.store(code.set(f"fadd {VECTOR} {code.load(halved)}, {once}"), halved)
            code.store(code.set(f"add i64 {n}, 1"), most, kind="i64")
        return code.load(most, kind="i64")
