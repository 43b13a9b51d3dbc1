"""Simulate: exact kinetics, and a reference ODE solver for what is not linear.

Kinetics and effect sites are linear and solved by ``engine.linear``. States of effects (tolerance, plasticity,
mood) follow from those concentrations by SciPy's LSODA, from dose to dose, on quintic Hermite interpolants
built from the exact values, slopes and curvatures at every node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from jaxtyping import Float

import kinetamine
from kinetamine.engine.drivers import Drivers, in_session, individual, plasma
from kinetamine.engine.kinetics import Solved, arm_of
from kinetamine.engine.model import Effect, Readout
from kinetamine.engine.parts import Part, views
from kinetamine.engine.problem import Problem
from kinetamine.engine.states import integrate
from kinetamine.engine.system import ESTIMATED
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.errors import SolverError

_NEGLIGIBLE = 1e-6
"""Of the peak: rounding below zero, not worth a word."""
_TITLE = {"s": "S-", "r": "R-", "": ""}


Follow = Callable[
    [Problem, Sequence[Part], Float[np.ndarray, " node"]], dict[str, dict[str, Float[np.ndarray, "node people"]]]
]
"""What answers for the states of effects: ``states.integrate``, or ``vector.follow.follow``."""


def simulate(problem: Problem, follow: Follow = integrate) -> Trajectory:
    """Solve a problem.

    Args:
        follow: solves what is not linear.

    Raises:
        FieldError, UnknownNameError: the problem asks for what the model or the routes do not have.
        SolverError: a result was not finite or an integration failed; nothing is returned.
    """
    drivers = Drivers(problem)
    solved = {name: one.solve(problem.nodes_h()) for name, one in drivers.kinetics.items()}
    pick = _Pick(next(iter(solved.values())), problem)
    series = {one.name: one for one in _concentrations(problem, solved, pick)}
    parts = [Part(one, individual(problem, one), drivers.of(one, solved)) for one in problem.effects]
    series |= {one.name: one for one in _effects(problem, parts, pick, follow)}
    bad = [name for name, one in series.items() if not one.is_finite]
    if bad:
        message = f"not finite: {', '.join(bad)}; no result is returned"
        raise SolverError(message)
    return Trajectory(
        times_h=pick.times_h,
        series=series,
        person=problem.person,
        events=problem.events,
        used=(problem.model, *problem.routes.values(), *problem.effects),
        warnings=_warnings(problem, solved),
        seed=problem.seed if problem.people else None,
        version=kinetamine.__version__,
    )


def titles(problem: Problem) -> dict[str, tuple[str, str, str]]:
    """Title, unit and stage of every series that ``simulate`` gives, by name; nothing is solved."""
    given = {name: dict.fromkeys(one.system().output_names, 0.0) for name, one in Drivers(problem).kinetics.items()}
    nothing = np.zeros(1), None
    found = {}
    for output, enantiomer, _ in plasma(problem, given):
        series = _plasma(problem, output, enantiomer, nothing)
        found[series.name] = series.title, series.unit, series.stage
    for effect in problem.effects:
        found |= {readout.name: (readout.title, readout.unit, effect.stage) for readout in effect.readouts}
    return found


def _warnings(problem: Problem, solved: dict[str, Solved]) -> tuple[str, ...]:
    """What only the solution can tell."""
    if arm_of(problem) is None:
        return ()
    estimated = [one.output(ESTIMATED) for one in solved.values()]
    if all(one.min() >= -_NEGLIGIBLE * one.max() for one in estimated):
        return ()
    sentence = (
        f"{problem.model.name}: venous levels fall faster than the arm lets them, so the estimated arterial level "
        "would be negative for a while; zero is taken there."
    )
    return (sentence,)


class _Pick:
    """Which nodes are reported: each time once, before or after the dose, and only the wanted ones."""

    def __init__(self, solved: Solved, problem: Problem) -> None:
        times = solved.times_h
        if problem.observe_after_dose:
            unique, reverse = np.unique(times[::-1], return_index=True)
            first = len(times) - 1 - reverse
        else:
            unique, first = np.unique(times, return_index=True)
        if problem.times_h is not None:
            wanted = np.searchsorted(unique, np.asarray(problem.times_h))
            unique, first = unique[wanted], first[wanted]
        self.all_h, self.times_h, self.nodes = times, unique, first

    def series(self, values: Float[np.ndarray, "node people"]) -> tuple[np.ndarray, np.ndarray | None]:
        chosen = values[self.nodes].T
        return chosen[0], chosen[1:] if len(chosen) > 1 else None


def _concentrations(problem: Problem, solved: dict[str, Solved], pick: _Pick) -> Iterable[Series]:
    """The model's outputs in ng/mL."""
    levels = {
        species: {output: one.output(output) for output in one.system.output_names} for species, one in solved.items()
    }
    for output, enantiomer, values in plasma(problem, levels):
        yield _plasma(problem, output, enantiomer, pick.series(values))


def _plasma(problem: Problem, output: str, enantiomer: str, values: tuple[np.ndarray, np.ndarray | None]) -> Series:
    note = " (estimated)" if output == ESTIMATED and arm_of(problem) else ""
    analyte, site = output.rsplit("_", 1)
    title = f"{_TITLE[enantiomer]}{analyte}, {site}{note}"
    name = f"{enantiomer}_{output}" if enantiomer else output
    return Series(name, title[0].upper() + title[1:], "ng/mL", "plasma", *values)


def _effects(problem: Problem, parts: list[Part], pick: _Pick, follow: Follow) -> Iterable[Series]:
    """The readouts of every effect at the reported nodes."""
    states = follow(problem, parts, pick.all_h)
    chosen = {name: {one: value[pick.nodes] for one, value in held.items()} for name, held in states.items()}
    clock = {"time_h": pick.times_h[:, None], "session": in_session(problem, pick.times_h)[:, None]}
    drivers = {
        part.name: {
            name: clock[name] if name in clock else part.drivers[name][0][pick.nodes] for name in part.effect.drivers
        }
        for part in parts
    }
    for part, x, c in views(parts, chosen, drivers):
        for readout in part.effect.readouts:
            yield _readout(part.effect, readout, np.asarray(readout.of(x, c, part.values)), len(pick.nodes))


def _readout(effect: Effect, readout: Readout, values: np.ndarray, nodes: int) -> Series:
    full = np.broadcast_to(values, (nodes, values.shape[-1] if values.ndim == 2 else 1)).T
    residual = effect.residual.get(readout.name)
    low, high = readout.bounds
    if full.size and (full.min() < low - 1e-6 or full.max() > high + 1e-6):
        message = f"{effect.name}.{readout.name}: {full.min():g} to {full.max():g} leaves {low:g} to {high:g}"
        raise SolverError(message)
    return Series(
        readout.name,
        readout.title,
        readout.unit,
        effect.stage,
        full[0],
        full[1:] if len(full) > 1 else None,
        residual.value if residual else None,
    )
