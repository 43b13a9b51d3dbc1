"""What a regimen puts before the effects, on few and unequal steps: solved once by the exact engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from kinetamine.course import Course, parse_regimen
from kinetamine.engine.events import administrations
from kinetamine.engine.model import Effect, Readout, Values
from kinetamine.engine.parts import OF_THE_COURSE
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.library.effects.expectancy import ENTRY as EXPECTANCY

STEPS_H = (
    (1.5, 0.05),
    (4.0, 0.125),
    (12.0, 0.25),
    (24.0, 0.75),
    (48.0, 2.0),
    (96.0, 4.0),
    (192.0, 8.0),
    (np.inf, 12.0),
)
"""So many hours after a dose begins, steps are that long."""
_SAME_H = 1e-6
_SUPPLIERS = ("nmda_occupancy", "dissociation")
"""Effects whose readouts a mechanism may see and that depend on concentrations alone."""


@dataclass(frozen=True)
class Exposure:
    """What effects see of one regimen.

    Attributes:
        times_h: the nodes; the first is 0.
        session: 1 in steps that lie in a session of treatment.
        seen: concentrations and readouts by name, at every node.
    """

    times_h: Float[np.ndarray, " node"]
    session: Float[np.ndarray, " step"]
    seen: Mapping[str, Float[np.ndarray, " node"]]


def expose(words: str, person: Person, wanted_h: Iterable[float], names: Sequence[str] = ()) -> Exposure:
    """A regimen in words, seen by a typical person until the last wanted time.

    Args:
        wanted_h: times that must be nodes.
        names: concentrations as effects name them, and readouts of `nmda_occupancy` and `dissociation`.
    """
    wanted = np.unique([0.0, *wanted_h])
    course = Course(
        person=person, regimen=parse_regimen(words), effects=_SUPPLIERS, outcomes=(), people=0, outside=True
    )
    problem = course.problem()
    times = _nodes(problem, wanted)
    concentrations = [name for name in names if name.split("_")[0] in {"s", "r"}]
    probe = _probe(concentrations)
    effects = (*(one for one in problem.effects if one.stage != "mood"), probe)
    solved = simulate(replace(problem, effects=effects, times_h=tuple(times), horizon_h=float(times[-1])))
    seen = {name: solved[f"seen_{name}" if name in concentrations else name].typical for name in names}
    middle = 0.5 * (times[1:] + times[:-1])
    inside = [(begin <= middle) & (middle <= end) for begin, end in problem.sessions_h]
    return Exposure(times, np.any(inside, axis=0).astype(float), seen)


def names_seen(effect: Effect) -> tuple[str, ...]:
    """What of the course an effect must be shown, the clock and the sessions apart."""
    return tuple(name for name in (*effect.drivers, *effect.inputs) if name not in OF_THE_COURSE)


def _probe(names: Sequence[str]) -> Effect:
    """An effect that feels nothing and reports what it sees."""

    def reader(name: str) -> Readout:
        return Readout(name=f"seen_{name}", title=name, unit="ng/mL", of=lambda _x, c, _p: getattr(c, name))

    readouts = tuple(reader(name) for name in names)
    return replace(
        EXPECTANCY,
        name="probe",
        parameters={},
        drivers=tuple(names),
        readouts=readouts,
        states=lambda _p, _person: {},
        rates=_no_rates,
    )


def _no_rates(_x: Values, _c: Values, _p: Values) -> dict[str, float]:
    return {}


def _nodes(problem: Problem, wanted: np.ndarray) -> Float[np.ndarray, " node"]:
    """Steps that lengthen after every dose, with the ends of doses and sessions among the nodes."""
    given = administrations(problem.events)
    last = wanted[-1]
    exact = [*wanted, *(time for pair in (*given, *problem.sessions_h) for time in pair if time < last)]
    starts = sorted({begin for begin, _ in problem.sessions_h} | {0.0, *(end for _, end in given)})
    grid = [np.asarray(exact)]
    for begin, after in zip(starts, [*starts[1:], np.inf], strict=True):
        grid.append(_lengthening(begin, min(after, last)))
    nodes = np.unique(np.concatenate(grid))
    kept: np.ndarray = nodes[(nodes <= last) & (np.diff(nodes, prepend=-1.0) > _SAME_H)]
    return kept


def _lengthening(begin: float, until: float) -> Float[np.ndarray, " node"]:
    times = [begin]
    while times[-1] < until:
        since = times[-1] - begin
        times.append(times[-1] + next(step for end, step in STEPS_H if since < end - _SAME_H))
    return np.asarray(times[:-1])
