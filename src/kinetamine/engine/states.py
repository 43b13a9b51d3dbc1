"""States of effects that are not linear (tolerance, plasticity, mood), all together, from dose to dose.

The chain from receptor to symptom holds times from minutes to weeks, so SciPy's LSODA does the work: it turns
implicit when the drivers grow quiet. People do not touch each other: person by person, the Jacobian is banded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float
from scipy.integrate import solve_ivp
from scipy.interpolate import PPoly

from kinetamine.engine.maths import Number
from kinetamine.engine.parts import OF_THE_COURSE, Driver, Part, views
from kinetamine.engine.problem import Problem
from kinetamine.errors import FieldError, SolverError

_BUSY_H = 12.0
"""After a dose the drivers move; steps stay short that long."""
_BUSY_STEP_H = 0.5
_RTOL, _ATOL = 1e-7, 1e-9


def integrate(
    problem: Problem, parts: Sequence[Part], times_h: Float[np.ndarray, " node"]
) -> dict[str, dict[str, Float[np.ndarray, "node people"]]]:
    """Every state of every effect at every node, by effect and name; effects without states are left out.

    Raises:
        FieldError: the events start from a steady state, which an effect with memory cannot.
        SolverError: the integration failed.
    """
    initial = {part.name: part.effect.states(part.values, problem.person) for part in parts}
    remembering = [name for name, states in initial.items() if states]
    if not remembering:
        return {}
    if any(event.steady_state for event in problem.events):
        expected = f"0 with the effect {remembering[0]}, which remembers earlier doses: write them out with II and ADDL"
        raise FieldError("SS", 1, expected)
    follow = _Follow(problem, _needed(parts, set(remembering)), initial, times_h)
    unique = np.unique(times_h)
    found = np.empty((len(unique), len(follow.start)))
    found[0] = state = follow.start
    resets = {event.time_h for event in problem.events if event.resets}
    for begin, end in _pieces(problem, unique):
        state = follow.start if begin in resets else state
        inside = (unique > begin) & (unique <= end)
        found[inside] = follow(begin, end, state, unique[inside])
        state = found[inside][-1]
    at_nodes = found[np.searchsorted(unique, times_h)].reshape(len(times_h), follow.people, -1)
    by_name = {one: at_nodes[:, :, position] for position, one in enumerate(follow.names)}
    return {owner: {state: by_name[owner, state] for state in initial[owner]} for owner in remembering}


def _needed(parts: Sequence[Part], remembering: set[str]) -> list[Part]:
    """The parts with states, and those whose readouts they see, near or far."""
    names, inputs = set(remembering), set[str]()
    for part in reversed(parts):
        if part.name in names or inputs & {readout.name for readout in part.effect.readouts}:
            names.add(part.name)
            inputs |= set(part.effect.inputs)
    return [part for part in parts if part.name in names]


class _Follow:
    """The equations of all parts along the drivers; people one after another, each with all states."""

    def __init__(
        self,
        problem: Problem,
        parts: list[Part],
        initial: Mapping[str, Mapping[str, Number]],
        times_h: Float[np.ndarray, " node"],
    ) -> None:
        self.parts, self.people = parts, problem.people + 1
        self.names = [(part.name, state) for part in parts for state in initial[part.name]]
        columns = [np.broadcast_to(np.asarray(initial[owner][one], float), (self.people,)) for owner, one in self.names]
        self.start = np.stack(columns, axis=1).ravel()
        self.sessions = problem.sessions_h
        curves = {(part.name, name): driver for part in parts for name, driver in part.drivers.items()}
        self.spline = _spline(list(curves.values()), times_h) if curves else None
        place = {(part.name, name): len(curves) + i for part in parts for i, name in enumerate(OF_THE_COURSE)}
        place |= {curve: i for i, curve in enumerate(curves)}
        self.seen = {part.name: [(one, place[part.name, one]) for one in part.effect.drivers] for part in parts}
        rows = {state: row for row, state in enumerate(self.names)}
        self.own = {part.name: [(one, rows[part.name, one]) for one in initial[part.name]] for part in parts}

    def __call__(self, begin: float, end: float, state: np.ndarray, at: np.ndarray) -> np.ndarray:
        last = np.nextafter(end, begin)  # at the end itself the drivers may already have jumped
        middle = 0.5 * (begin + end)
        session = float(any(one <= middle <= other for one, other in self.sessions))

        def rates(time_h: float, stacked: np.ndarray) -> np.ndarray:
            columns = np.ascontiguousarray(stacked.reshape(self.people, -1).T)
            return self._rates(min(time_h, last), session, columns).T.ravel()

        longest = _BUSY_STEP_H if end - begin <= _BUSY_H else np.inf
        band = len(self.names) - 1
        solved = solve_ivp(
            rates,
            (begin, end),
            state,
            "LSODA",
            at,
            rtol=_RTOL,
            atol=_ATOL,
            max_step=longest,
            first_step=min(1 / 60, end - begin),
            lband=band,
            uband=band,
        )
        if not solved.success:
            names = ", ".join(dict.fromkeys(owner for owner, _ in self.names))
            message = f"{names}: {solved.message} between {begin:g} and {end:g} h"
            raise SolverError(message)
        return np.asarray(solved.y.T)

    def _rates(self, time_h: float, session: float, columns: np.ndarray) -> np.ndarray:
        """The slope of every state, (state, people)."""
        known = [*(() if self.spline is None else self.spline(time_h)), time_h, session]  # as in OF_THE_COURSE
        drivers = {owner: {one: known[place] for one, place in some} for owner, some in self.seen.items()}
        states = {owner: {one: columns[row] for one, row in some} for owner, some in self.own.items()}
        slopes = np.empty_like(columns)
        for part, x, c in views(self.parts, states, drivers):
            if own := self.own[part.name]:
                change = part.effect.rates(x, c, part.values)
                for one, row in own:
                    slopes[row] = change[one]
        return slopes


def _pieces(problem: Problem, unique: np.ndarray) -> Iterator[tuple[float, float]]:
    """Intervals over which the drivers do not jump, split where they grow quiet."""
    events = np.asarray([*problem.dose_times_h, *(event.time_h for event in problem.events)])
    sessions = np.asarray([time for pair in problem.sessions_h for time in pair])
    cuts = np.unique(np.concatenate(([unique[0], unique[-1]], sessions, events, events + _BUSY_H)))
    cuts = unique[np.searchsorted(unique, cuts[(cuts >= unique[0]) & (cuts <= unique[-1])])]
    yield from pairwise(np.unique(cuts))


def _spline(drivers: Sequence[Driver], times_h: np.ndarray) -> PPoly:
    """Quintic Hermite pieces from node to node; values may jump at a node, as a bolus makes them."""
    values, slopes, bends = (np.stack(every, axis=1) for every in zip(*drivers, strict=True))
    step = np.diff(times_h)
    real = step > 0.0
    h = step[real][:, None, None]
    y0, d0, c0 = (every[:-1][real] for every in (values, slopes, bends))
    # What straight continuation of the left node misses at the right one, each as a length.
    missed = values[1:][real] - y0 - d0 * h - c0 * h**2 / 2.0
    turned = (slopes[1:][real] - d0 - c0 * h) * h
    bent = (bends[1:][real] - c0) * h**2
    fifth = (6.0 * missed - 3.0 * turned + 0.5 * bent) / h**5
    fourth = (-15.0 * missed + 7.0 * turned - bent) / h**4
    third = (10.0 * missed - 4.0 * turned + 0.5 * bent) / h**3
    return PPoly(np.stack([fifth, fourth, third, c0 / 2.0, d0, y0]), np.unique(times_h))
