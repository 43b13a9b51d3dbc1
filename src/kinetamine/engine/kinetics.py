"""Exact kinetics of each molecule of a problem: parameters, paths, the linear system and its solution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from kinetamine.engine.dosing import Action, plan
from kinetamine.engine.events import Event
from kinetamine.engine.linear import Segment, propagate
from kinetamine.engine.maths import Number, minimum
from kinetamine.engine.model import Administration, Path, Values
from kinetamine.engine.people import draw, vary
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.system import Arm, Depot, Site, System
from kinetamine.errors import FieldError, RowError, UnknownNameError, nearest


class Kinetics:
    """One molecule (S, R, or the racemate as one) of one problem."""

    def __init__(
        self,
        problem: Problem,
        species: str,
        sites: Sequence[Site] = (),
        changed: Mapping[str, Number] | None = None,
    ) -> None:
        """Build the system and its actions; nothing is solved yet.

        Args:
            sites: effect sites that follow this molecule's outputs.
            changed: individual parameters that replace the person's own.

        Raises:
            UnknownNameError: ``changed`` names something that is no parameter.
            FieldError: covariates change that act once for the whole course.
        """
        self.problem, self.species, self.sites = problem, species, tuple(sites)
        self._changed = dict(changed or {})
        model = problem.model
        _require_constant(problem)
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
        values = vary(values, model.variability, self._etas)
        for name, value in self._changed.items():
            if name not in values:
                raise UnknownNameError(f"parameter of {model.name}", name, values)
            values[name] = value
        return Values(**values)

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
        return Solved(systems[0][1], segments, matrices, outputs)

    def _paths(self, given: Administration) -> tuple[Path, ...]:
        """How a dose enters: by the model's own absorption, a library route, or straight into a compartment."""
        event, model = given.event, self.problem.model
        if event.route is None:
            return (Path(name="", into=self._compartment(event)),)
        values = self.parameters(self._person_at(given.time_h))
        if event.route in model.absorption:
            paths = model.absorption[event.route](values, given)
        elif event.route in self.problem.routes:
            route = self.problem.routes[event.route]
            paths = route.paths(route.typical(), model.roles, given)
        else:
            raise UnknownNameError("route", event.route, sorted({*model.absorption, *self.problem.routes}))
        return self._balanced(paths, [self._ready(event.route, path) for path in paths])

    def _balanced(self, paths: tuple[Path, ...], ready: list[Path]) -> tuple[Path, ...]:
        """What an interaction lets through as parent drug cannot also arrive as norketamine."""
        before, after = (sum(path.fraction for path in some) for some in (paths, ready))
        excess = after - np.maximum(before, 1.0) if self.problem.modulation.first_pass > 1.0 else 0.0
        if np.max(np.asarray(excess)) <= 0.0:
            return tuple(ready)
        metabolite = self.problem.model.roles.get("norketamine")
        return tuple(
            replace(path, fraction=np.maximum(path.fraction - np.maximum(excess, 0.0), 0.0))
            if path.into == metabolite
            else path
            for path in ready
        )

    def _person_at(self, time_h: float) -> Person:
        """The person with the covariates of that time."""
        changes = [person for start, person in self.problem.person_changes if start <= time_h]
        return changes[-1] if changes else self.problem.person

    def _ready(self, route: str, path: Path) -> Path:
        """The path with interactions applied and its depot registered under a name of its own."""
        fraction = path.fraction
        if path.first_pass and not self.problem.model.well_stirred:
            fraction = minimum(fraction * self.problem.modulation.first_pass, 1.0)
        ready = replace(
            path,
            name=f"{route}_{path.name}",
            fraction=fraction,
            release_h=_scalar(path.release_h),
            lag_h=_scalar(path.lag_h),
        )
        if ready.ka_per_h is None:
            return ready
        depot = Depot(ready.name, ready.into, ready.ka_per_h)
        while (there := self.depots.get(depot.name)) is not None and there.ka_per_h is not depot.ka_per_h:
            if np.array_equal(there.ka_per_h, depot.ka_per_h):
                break
            depot = replace(depot, name=f"{depot.name}_later")  # absorbed at another rate than earlier doses
        self.depots.setdefault(depot.name, depot)
        return replace(ready, name=depot.name)

    def _compartment(self, event: Event) -> str:
        model = self.problem.model
        given = event.compartment or model.roles["parent"]
        if given.isdigit() and 1 <= int(given) <= len(model.compartments):
            given = model.compartments[int(given) - 1]
        takes = [name for name in model.compartments if name not in model.takes_no_dose and "norketamine" not in name]
        if given not in takes:
            expected, like = "one of " + ", ".join(takes), nearest(given, takes)
            if event.row:
                raise RowError(event.row, "CMT", event.compartment, expected, like)
            raise FieldError("compartment", event.compartment, expected, like)
        return given


@dataclass(frozen=True)
class Solved:
    """The exact solution of one molecule and how to read concentrations from it."""

    system: System
    segments: list[Segment]
    matrices: list[tuple[float, Float[np.ndarray, "people state state"]]]
    output_matrices: list[tuple[float, Float[np.ndarray, "people output state"]]]

    @property
    def times_h(self) -> Float[np.ndarray, " node"]:
        """Every node, action times twice: before and after."""
        return np.concatenate([segment.times_h for segment in self.segments])

    def state(self, name: str, order: int = 0) -> Float[np.ndarray, "node people"]:
        """One state at every node, or its first or second derivative by the hour."""
        position = self.system.states.index(name)
        if order < 2:
            return np.concatenate([(one.slopes if order else one.states)[:, :, position] for one in self.segments])
        return self._read(lambda time_h: _at(self.matrices, time_h)[:, position, :], order)

    def output(self, name: str, order: int = 0) -> Float[np.ndarray, "node people"]:
        """One of the model's concentrations in mg/L at every node, or its first or second derivative by the hour."""
        position = self.system.output_names.index(name)

        def row(time_h: float) -> np.ndarray:
            read = _at(self.output_matrices, time_h)[:, [position], :]
            return (read @ _at(self.matrices, time_h) if order > 1 else read)[:, 0, :]

        return self._read(row, order)

    def _read(self, row: Callable[[float], np.ndarray], order: int) -> Float[np.ndarray, "node people"]:
        """A weighted sum of the states, or of their slopes: between two actions x'' = A x'."""
        held = [(row(one.times_h[0]), one.slopes if order else one.states) for one in self.segments]
        return np.concatenate([np.einsum("ps,nps->np", weights, values) for weights, values in held])


def _at(matrices: list[tuple[float, np.ndarray]], time_h: float) -> np.ndarray:
    """The matrix that holds from that time on."""
    return [matrix for start, matrix in matrices if start <= time_h or start == 0.0][-1]


def _require_constant(problem: Problem) -> None:
    """Interactions and genotype act once for the whole course."""
    for time_h, person in problem.person_changes:
        for name in ("comedication", "cyp2b6", "hepatic"):
            if getattr(person, name) != getattr(problem.person, name):
                given = getattr(person, name)
                raise FieldError(f"{name} at {time_h:g} h", given, "no change during a course: it acts on all of it")


def arm_of(problem: Problem) -> Arm | None:
    """The problem's arm, where effects need it: the model gives venous ketamine and no arterial."""
    sites = {output.site for output in problem.model.outputs if output.analyte == "ketamine"}
    return problem.arm if problem.effects and sites == {"venous"} else None


def _scalar(value: Number) -> float:
    """A duration or lag is one number for all: people who differ in it would not share a time grid."""
    return float(np.ravel(value)[0])


def _per_person(matrix: Float[np.ndarray, "any row column"], people: int) -> Float[np.ndarray, "people row column"]:
    return np.broadcast_to(matrix, (people, *matrix.shape[1:]))
