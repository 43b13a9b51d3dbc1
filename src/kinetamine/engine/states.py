"""States of effects that are not linear (tolerance, mood), by SciPy's RK45 from dose to dose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
from jaxtyping import Float
from scipy.integrate import solve_ivp
from scipy.interpolate import PPoly

from kinetamine.engine.model import Effect, Values
from kinetamine.engine.problem import Problem
from kinetamine.errors import FieldError, SolverError

Driver = tuple[Float[np.ndarray, "node people"], Float[np.ndarray, "node people"]]
"""Values and slopes per hour at every node."""

_BUSY_H = 12.0
"""After a dose the drivers move; steps stay short that long."""
_BUSY_STEP_H = 0.5


def integrate(
    problem: Problem,
    effect: Effect,
    values: Values,
    drivers: Mapping[str, Driver],
    times_h: Float[np.ndarray, " node"],
) -> dict[str, Float[np.ndarray, "node people"]]:
    """Every state of the effect at every node, empty for an effect without states.

    Raises:
        FieldError: the events start from a steady state, which an effect with memory cannot.
        SolverError: the integration failed.
    """
    initial = effect.states(values, problem.person)
    if not initial:
        return {}
    if any(event.steady_state for event in problem.events):
        expected = f"0 with the effect {effect.name}, which remembers earlier doses: write them out with II and ADDL"
        raise FieldError("SS", 1, expected)
    names, people = list(initial), problem.people + 1
    start = np.concatenate([np.broadcast_to(np.asarray(initial[name], float), (people,)) for name in names])
    follow = _Follow(effect, values, names, _spline(drivers, times_h), list(drivers), people)
    unique = np.unique(times_h)
    found = np.empty((len(unique), len(start)))
    found[0] = state = start
    resets = {event.time_h for event in problem.events if event.resets}
    for begin, end in _pieces(problem, unique):
        state = start if begin in resets else state
        inside = (unique > begin) & (unique <= end)
        found[inside] = follow(begin, end, state, unique[inside])
        state = found[inside][-1]
    at_nodes = found[np.searchsorted(unique, times_h)].reshape(len(times_h), len(names), people)
    return {name: at_nodes[:, position] for position, name in enumerate(names)}


class _Follow:
    """The effect's equations along the drivers, stacked over people."""

    def __init__(
        self, effect: Effect, values: Values, names: list[str], spline: PPoly, drivers: list[str], people: int
    ) -> None:
        self.effect, self.values, self.names = effect, values, names
        self.spline, self.drivers, self.people = spline, drivers, people

    def __call__(self, begin: float, end: float, state: np.ndarray, at: np.ndarray) -> np.ndarray:
        last = np.nextafter(end, begin)  # at the end itself the drivers may already have jumped

        def rates(time_h: float, stacked: np.ndarray) -> np.ndarray:
            x = Values(**dict(zip(self.names, stacked.reshape(len(self.names), self.people), strict=True)))
            c = Values(**dict(zip(self.drivers, self.spline(min(time_h, last)), strict=True)))
            change = self.effect.rates(x, c, self.values)
            return np.concatenate([np.broadcast_to(change[name], (self.people,)) for name in self.names])

        longest = _BUSY_STEP_H if end - begin <= _BUSY_H else np.inf
        first = min(1 / 60, end - begin)
        solved = solve_ivp(
            rates, (begin, end), state, "RK45", at, rtol=1e-7, atol=1e-9, max_step=longest, first_step=first
        )
        if not solved.success:
            message = f"{self.effect.name}: {solved.message} between {begin:g} and {end:g} h"
            raise SolverError(message)
        return np.asarray(solved.y.T)


def _pieces(problem: Problem, unique: np.ndarray) -> Iterator[tuple[float, float]]:
    """Intervals over which the drivers do not jump, split where they grow quiet."""
    events = np.asarray([*problem.dose_times_h, *(event.time_h for event in problem.events)])
    cuts = np.unique(np.concatenate(([unique[0], unique[-1]], events, events + _BUSY_H)))
    cuts = unique[np.searchsorted(unique, cuts[(cuts >= unique[0]) & (cuts <= unique[-1])])]
    yield from pairwise(np.unique(cuts))


def _spline(drivers: Mapping[str, Driver], times_h: np.ndarray) -> PPoly:
    """Cubic Hermite pieces from node to node; values may jump at a node, as a bolus makes them."""
    values = np.stack([value for value, _ in drivers.values()], axis=1)
    slopes = np.stack([slope for _, slope in drivers.values()], axis=1)
    step = np.diff(times_h)
    real = step > 0.0
    h = step[real][:, None, None]
    y0, y1 = values[:-1][real], values[1:][real]
    d0, d1 = slopes[:-1][real], slopes[1:][real]
    rise = (y1 - y0) / h
    pieces = np.stack([(d0 + d1 - 2 * rise) / h**2, (3 * rise - 2 * d0 - d1) / h, d0, y0])
    return PPoly(pieces, np.unique(times_h))
