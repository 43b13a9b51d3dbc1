"""Exact kinetics of each molecule of a problem: parameters, paths, the linear system and its solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from kinetamine.engine.dosing import Action, plan
from kinetamine.engine.events import Event
from kinetamine.engine.linear import Segment, propagate
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Administration, Path, Values
from kinetamine.engine.people import draw, vary
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.system import Arm, Depot, Site, System
from kinetamine.errors import FieldError, UnknownNameError


class Kinetics:
    """One molecule (S, R, or the racemate as one) of one problem."""

    def __init__(self, problem: Problem, species: str, sites: Sequence[Site] = ()) -> None:
        """Build the system and its actions; nothing is solved yet.

        Args:
            sites: effect sites that follow this molecule's outputs.
        """
        self.problem, self.species, self.sites = problem, species, tuple(sites)
        model = problem.model
        self._etas = draw(model.name, model.variability, model.covariance, problem.people, problem.seed)
        self.depots: dict[str, Depot] = {}
        self.actions: list[Action] = plan(problem.events, species, self.share, self._paths)

    @property
    def given(self) -> bool:
        """Whether any dose holds this molecule."""
        return any(event.is_dose and self.share(event) > 0.0 for event in self.problem.events)

    def share(self, event: Event) -> float:
        """Fraction of an event's amount that is this molecule; a model of one molecule takes all of it."""
        return event.form.parts.get(self.species, 0.0) if len(self.problem.model.species) > 1 else 1.0

    def parameters(self, person: Person) -> Values:
        """Individual values: covariates, then interactions, then random effects."""
        model = self.problem.model
        values = dict(model.individual(model.typical(), person, self.species))
        for name in model.clearance:
            values[name] = values[name] * self.problem.modulation.clearance
        return Values(**vary(values, model.variability, self._etas))

    def system(self, person: Person | None = None) -> System:
        """The linear system, for the problem's person or another."""
        parameters = self.parameters(person or self.problem.person)
        return System(self.problem.model, parameters, tuple(self.depots.values()), self.sites, arm_of(self.problem))

    def solve(self, nodes_h: Float[np.ndarray, " node"]) -> Solved:
        """The exact solution over the nodes."""
        people = [(0.0, self.problem.person), *self.problem.person_changes]
        systems = [(start, self.system(person)) for start, person in people]
        matrices = [(start, _per_person(system.matrix(), self.problem.people + 1)) for start, system in systems]
        segments = propagate(systems[0][1].states, matrices, self.actions, nodes_h, leaves=len(self.sites))
        outputs = [(start, _per_person(system.output_matrix(), self.problem.people + 1)) for start, system in systems]
        return Solved(systems[0][1], segments, outputs)

    def _paths(self, given: Administration) -> tuple[Path, ...]:
        """How a dose enters: by the model's own absorption, a library route, or straight into a compartment."""
        event, model = given.event, self.problem.model
        if event.route is None:
            return (Path(name="", into=self._compartment(event)),)
        values = self.parameters(self.problem.person)
        if event.route in model.absorption:
            paths = model.absorption[event.route](values, given)
        elif event.route in self.problem.routes:
            route = self.problem.routes[event.route]
            paths = route.paths(route.typical(), model.roles, given)
        else:
            raise UnknownNameError("route", event.route, sorted({*model.absorption, *self.problem.routes}))
        return tuple(self._ready(event.route, path) for path in paths)

    def _ready(self, route: str, path: Path) -> Path:
        """The path with interactions applied and its depot registered under a name of its own."""
        fraction = path.fraction
        if path.first_pass and not self.problem.model.well_stirred:
            fraction = np.minimum(fraction * self.problem.modulation.first_pass, 1.0)
        ready = replace(
            path,
            name=f"{route}_{path.name}",
            fraction=fraction,
            release_h=_scalar(path.release_h),
            lag_h=_scalar(path.lag_h),
        )
        if ready.ka_per_h is not None:
            self.depots[ready.name] = Depot(ready.name, ready.into, ready.ka_per_h)
        return ready

    def _compartment(self, event: Event) -> str:
        names = self.problem.model.compartments
        given = event.compartment or self.problem.model.roles["parent"]
        if given.isdigit() and 1 <= int(given) <= len(names):
            return names[int(given) - 1]
        if given not in names:
            raise FieldError(f"CMT{f' in row {event.row}' if event.row else ''}", given, "one of " + ", ".join(names))
        return given


@dataclass(frozen=True)
class Solved:
    """The exact solution of one molecule and how to read concentrations from it."""

    system: System
    segments: list[Segment]
    output_matrices: list[tuple[float, Float[np.ndarray, "people output state"]]]

    @property
    def times_h(self) -> Float[np.ndarray, " node"]:
        """Every node, action times twice: before and after."""
        return np.concatenate([segment.times_h for segment in self.segments])

    def state(self, name: str, *, slope: bool = False) -> Float[np.ndarray, "node people"]:
        """One state, or its slope per hour, at every node."""
        position = self.system.states.index(name)
        return np.concatenate([(one.slopes if slope else one.states)[:, :, position] for one in self.segments])

    def output(self, name: str, *, slope: bool = False) -> Float[np.ndarray, "node people"]:
        """One of the model's concentrations in mg/L, or its slope per hour, at every node."""
        position = self.system.output_names.index(name)
        parts = []
        for segment in self.segments:
            matrix = self._matrix(segment.times_h[0])[:, position, :]
            parts.append(np.einsum("ps,nps->np", matrix, segment.slopes if slope else segment.states))
        return np.concatenate(parts)

    def _matrix(self, time_h: float) -> Float[np.ndarray, "people output state"]:
        return [matrix for start, matrix in self.output_matrices if start <= time_h or start == 0.0][-1]


def arm_of(problem: Problem) -> Arm | None:
    """The problem's arm, where effects need it: the model gives venous ketamine and no arterial."""
    sites = {output.site for output in problem.model.outputs if output.analyte == "ketamine"}
    return problem.arm if problem.effects and sites == {"venous"} else None


def _scalar(value: Number) -> float:
    """A duration or lag is one number for all: people who differ in it would not share a time grid."""
    return float(np.ravel(value)[0])


def _per_person(matrix: Float[np.ndarray, "any row column"], people: int) -> Float[np.ndarray, "people row column"]:
    return np.broadcast_to(matrix, (people, *matrix.shape[1:]))
