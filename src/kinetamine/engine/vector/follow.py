"""States of effects by the population engine: what ``engine.states.integrate`` answers, ten times faster, less exact.

Its own estimate of the error is checked; where somebody cannot be solved within that, the reference solver does all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Number
from kinetamine.engine.model import Values
from kinetamine.engine.parts import Part
from kinetamine.engine.problem import Problem
from kinetamine.engine.states import integrate
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.prune import prune
from kinetamine.engine.vector.whole import assemble

States = dict[str, dict[str, Float[np.ndarray, "node people"]]]


def follow(problem: Problem, parts: Sequence[Part], times_h: Float[np.ndarray, " node"]) -> States:
    """Every state of every effect at every node, by effect and name; effects without states are left out.

    Raises:
        FieldError: the events start from a steady state, which an effect with memory cannot.
        SolverError: neither engine could.
    """
    names = [(part.name, state) for part in parts for state in part.effect.states(part.values, problem.person)]
    if not names or not suits(problem):
        return integrate(problem, parts, times_h)
    unique = np.unique(times_h)
    whole = assemble(problem, float(unique[-1]))
    outputs = [".".join(one) for one in names]
    equations = prune(replace(whole.equations, outputs=_states_of(outputs)), outputs)
    found = whole.run(compile(equations), unique)
    if found.status.any():
        return integrate(problem, parts, times_h)
    at_nodes = found.array()[:, np.searchsorted(unique, times_h)]
    states: States = {owner: {} for owner, _ in names}
    for place, (owner, state) in enumerate(names):
        states[owner][state] = at_nodes[:, :, place].T
    return states


def suits(problem: Problem) -> bool:
    """Whether the population engine can: it knows no resets, no steady states and no covariates that change."""
    return not problem.person_changes and not any(one.resets or one.steady_state for one in problem.events)


def _states_of(names: Sequence[str]) -> Callable[[Values, Values, Values], Mapping[str, Number]]:
    def outputs(x: Values, _p: Values, _u: Values) -> dict[str, Number]:
        return {name: getattr(x, name) for name in names}

    return outputs
