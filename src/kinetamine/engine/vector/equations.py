"""A model as the compiler takes it, and its trace."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kinetamine.engine.maths import Number
from kinetamine.engine.model import Values
from kinetamine.engine.vector.symbol import Graph, Symbol, reached, replaced
from kinetamine.errors import UnknownNameError


@dataclass(frozen=True, kw_only=True)
class Equations:
    """Plain Python equations of states, parameters and inputs; time, where it is needed, is a state of rate 1.

    Attributes:
        rates: d(state)/dt per hour from states, parameters and inputs; a state left out stands still.
        outputs: what is reported, from the same three.
        initial: states at the beginning, from parameters; zero where left out.
        inputs: what is constant between two switches and known beforehand, such as infusion rates.
        boluses: states to which a switch may add an amount at once.
    """

    states: tuple[str, ...]
    parameters: tuple[str, ...]
    rates: Callable[[Values, Values, Values], Mapping[str, Number]]
    outputs: Callable[[Values, Values, Values], Mapping[str, Number]]
    initial: Callable[[Values], Mapping[str, Number]] = lambda _p: {}
    inputs: tuple[str, ...] = ()
    boluses: tuple[str, ...] = ()


@dataclass(eq=False)
class Trace:
    """The equations as symbols of one graph; once packed, equal to any other trace that comes to the same code."""

    equations: Equations
    graph: Graph = field(default_factory=Graph)

    def __post_init__(self) -> None:
        """Make the symbols that stand for what is in memory, and run the equations on them."""
        e, load = self.equations, self.graph.load
        self.parameters = [load("parameters", i, fixed=True) for i in range(len(e.parameters))]
        self.inputs = [load("inputs", i) for i in range(len(e.inputs))]
        self.states = [load("y", i) for i in range(len(e.states))]
        pairs = ((e.states, self.states), (e.parameters, self.parameters), (e.inputs, self.inputs))
        x, p, u = (Values(**dict(zip(names, symbols, strict=True))) for names, symbols in pairs)
        outputs = e.outputs(x, p, u)
        self.rates, self.initial = self._in_order(e.rates(x, p, u)), self._in_order(e.initial(p))
        self.output_names = tuple(outputs)
        self.outputs = [self.graph.constant(one) for one in outputs.values()]
        self.bolus_rows = [e.states.index(one) for one in e.boluses]
        self.used = tuple(range(len(e.parameters)))
        self.form = str(id(self))

    def packed(self) -> Trace:
        """This, with only those parameters in memory that anything is made of: ``used`` says which, in their order."""
        found = {one.place for one in reached((*self.rates, *self.outputs, *self.initial)) if one.operation == "load"}
        self.used = tuple(sorted(place for array, place in found if array == "parameters"))
        for row, place in enumerate(self.used):
            self.parameters[place].value = ("parameters", row)
        self.form = self._formed()
        return self

    def __eq__(self, other: object) -> bool:
        """Whether both are the same symbols, under the same names."""
        return isinstance(other, Trace) and self.form == other.form

    def __hash__(self) -> int:
        """Of the form."""
        return hash(self.form)

    def _formed(self) -> str:
        """A mark of all that the code depends on, before more symbols join the graph."""
        nodes = [(one.operation, [given.index for given in one.arguments], one.value) for one in self.graph.nodes]
        asked = [[one.index for one in ones] for ones in (self.rates, self.outputs, self.initial)]
        whole = nodes, asked, self.used, self.output_names, self.bolus_rows, len(self.inputs)
        return hashlib.sha256(repr(whole).encode()).hexdigest()

    def at(self, symbols: Sequence[Symbol], states: Sequence[Symbol]) -> list[Symbol]:
        """What was traced, at other states than the ones in memory."""
        return replaced(symbols, dict(zip(self.states, states, strict=True)))

    def _in_order(self, found: Mapping[str, Number]) -> list[Symbol]:
        for name in found:
            if name not in self.equations.states:
                raise UnknownNameError("state", name, self.equations.states)
        return [self.graph.constant(found.get(name, 0.0)) for name in self.equations.states]
