"""Leave out what nobody asked for: outputs, and the states that none of the others needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kinetamine.engine.maths import Number
from kinetamine.engine.model import Values
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.symbol import Symbol, reached
from kinetamine.errors import UnknownNameError

Function = Callable[[Values, Values, Values], Mapping[str, Number]]


def prune(equations: Equations, outputs: Sequence[str]) -> Equations:
    """The same equations for fewer outputs; parameters and inputs stay as they are.

    Raises:
        UnknownNameError: there is no such output.
    """
    trace = Trace(equations)
    known = dict(zip(trace.output_names, trace.outputs, strict=True))
    for name in outputs:
        if name not in known:
            raise UnknownNameError("output", name, known)
    needed = _needed(trace, [known[name] for name in outputs])
    states = tuple(name for name, symbol in zip(equations.states, trace.states, strict=True) if symbol.index in needed)
    absent = dict.fromkeys(set(equations.states) - set(states), 0.0)
    return replace(
        equations,
        states=states,
        rates=_only(equations.rates, states, absent),
        outputs=_only(equations.outputs, outputs, absent),
        initial=lambda p: {name: value for name, value in equations.initial(p).items() if name in states},
        boluses=tuple(name for name in equations.boluses if name in states),
    )


def _needed(trace: Trace, outputs: Sequence[Symbol]) -> set[int]:
    """States that outputs are made of, and those that these follow."""
    rates = {state.index: rate for state, rate in zip(trace.states, trace.rates, strict=True)}
    found: set[int] = set()
    waiting = list(outputs)
    while waiting:
        new = {one.index for one in reached(waiting) if one.index in rates} - found
        found |= new
        waiting = [rates[index] for index in new]
    return found


def _only(function: Function, names: Sequence[str], absent: Mapping[str, float]) -> Function:
    """Some of what a function gives; it sees zeros in place of what is left out."""

    def some(x: Values, p: Values, u: Values) -> dict[str, Number]:
        found = function(Values(**vars(x), **absent), p, u)
        return {name: found[name] for name in names if name in found}

    return some
