"""What a simulation keeps to itself: the states of all effects, and the same rates solved by another method."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from kinetamine.engine import solve, states
from kinetamine.engine.problem import Problem
from kinetamine.engine.trajectory import Trajectory

States = dict[str, dict[str, np.ndarray]]


def states_of(problem: Problem) -> tuple[Trajectory, States]:
    """The trajectory and, by effect and name, every state at every node (node, people)."""
    held: States = {}

    def kept(*given: Any) -> States:
        held.update(states.integrate(*given))
        return held

    return solve.simulate(problem, kept), held


@contextmanager
def solver(method: str, rtol: float, atol: float) -> Iterator[None]:
    """The same rates along the same drivers, integrated by another of SciPy's methods."""
    another: Any = solve_ivp

    def instead(rates: Any, span: Any, state: Any, _method: str, at: Any, **given: Any) -> Any:
        kept = {name: given[name] for name in ("max_step", "first_step")}
        return another(rates, span, state, method, at, rtol=rtol, atol=atol, **kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(states, "solve_ivp", instead)
        yield
