"""From a problem to equations, parameters and a schedule: kinetics, effects, mechanism and outcomes as one system.

What is compiled is ``System.rates`` and ``Effect.rates``, the text that the exact engine and JAX run. Everything that
the exact engine works out before it solves (individual parameters, paths of absorption, sessions) is taken from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Float

from kinetamine.engine.dosing import Action, Delivery
from kinetamine.engine.drivers import Drivers, in_session, individual, plasma
from kinetamine.engine.maths import Number, maximum
from kinetamine.engine.model import Values
from kinetamine.engine.parts import OF_THE_COURSE, Part, views
from kinetamine.engine.problem import Problem
from kinetamine.engine.system import System
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.kernel import Kernel
from kinetamine.engine.vector.kinetics import numbers_of, schedule_of, with_numbers
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.errors import FieldError, SolverError

_CLOCK, _SESSION = OF_THE_COURSE


@dataclass(frozen=True)
class Whole:
    """A problem as the compiler takes it; person 0 is the problem's typical one.

    Attributes:
        equations: every level in ng/mL and every readout is an output, under the name that a trajectory has for it.
        parameters: everybody's numbers, in the order of the equations.
        schedule: doses and sessions.
    """

    equations: Equations
    parameters: Float[np.ndarray, "person parameter"]
    schedule: Schedule

    def run(self, kernel: Kernel, times_h: Float[np.ndarray, " time"], **how: Any) -> Result:
        """Everybody, by a kernel of these equations or of what was left of them.

        Args:
            how: as ``Kernel.run`` takes it.

        Raises:
            SolverError: the kernel is of other equations.
        """
        kept = kernel.equations
        if kept.parameters != self.equations.parameters:
            message = "these people need other equations than those that were compiled"
            raise SolverError(message)
        boluses = {name: amounts for name, amounts in self.schedule.boluses.items() if name in kept.boluses}
        return kernel.run(self.parameters, replace(self.schedule, boluses=boluses), times_h, **how)


def assemble(problem: Problem, end_h: float) -> Whole:
    """Put a problem together as one system of equations, up to a time.

    Raises:
        FieldError: covariates change, or there is a reset or a steady state: the exact engine does those.
    """
    if problem.person_changes:
        raise FieldError("person_changes", len(problem.person_changes), "none: the exact engine lets covariates change")
    chain = _Chain(problem)
    numbers = dict(chain.numbers())
    equations = Equations(
        states=chain.states,
        parameters=tuple(numbers),
        rates=chain.rates,
        outputs=chain.outputs,
        initial=chain.initial,
        inputs=(_SESSION, *chain.infused),
        boluses=chain.given_at_once,
    )
    people = problem.people + 1
    columns = [np.broadcast_to(np.asarray(value, dtype=float), (people,)) for value in numbers.values()]
    return Whole(equations, np.stack(columns, axis=1), chain.schedule(end_h))


class _Chain:
    """All equations of a problem, each state and number under its owner's name."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.drivers = Drivers(problem)
        self.systems = {name: one.system() for name, one in self.drivers.kinetics.items()}
        self.parts = [Part(one, individual(problem, one), {}) for one in problem.effects]
        self.start = {part.name: part.effect.states(part.values, problem.person) for part in self.parts}
        self.deliveries = [
            _owned(name, action) for name, one in self.drivers.kinetics.items() for action in one.actions
        ]
        given = [one for one in self.deliveries if isinstance(one, Delivery)]
        self.infused = tuple(dict.fromkeys(one.state for one in given if one.duration_h))
        self.given_at_once = tuple(dict.fromkeys(one.state for one in given if not one.duration_h))

    @property
    def states(self) -> tuple[str, ...]:
        """Of the kinetics, of the effects, and the clock where an effect reads it."""
        clock = any(_CLOCK in part.effect.drivers for part in self.parts)
        kinetic = (_name(owner, one) for owner, system in self.systems.items() for one in system.states)
        others = (_name(owner, one) for owner, states in self.start.items() for one in states)
        return (*kinetic, *others, *((_CLOCK,) if clock else ()))

    def numbers(self) -> Iterator[tuple[str, Number]]:
        """Everybody's parameters, and the effects' states at the start."""
        for owner, system in self.systems.items():
            for name, value in numbers_of(system).items():
                yield _name(owner, name), value
        for part in self.parts:
            for name, value in vars(part.values).items():
                yield _name(part.name, name), value
            for name, value in self.start[part.name].items():
                yield _name(part.name, name, "start"), value

    def schedule(self, end_h: float) -> Schedule:
        """When doses and sessions begin and end."""
        sessions = [time for pair in self.problem.sessions_h for time in pair]
        found = schedule_of(self.deliveries, end_h, self.problem.people + 1, sessions)
        middle = 0.5 * (found.times_h[:-1] + found.times_h[1:])
        return Schedule(found.times_h, {**found.inputs, _SESSION: in_session(self.problem, middle)}, found.boluses)

    def initial(self, p: Values) -> dict[str, Number]:
        """What the effects begin with."""
        return {
            _name(owner, one): getattr(p, _name(owner, one, "start"))
            for owner, states in self.start.items()
            for one in states
        }

    def rates(self, x: Values, p: Values, u: Values) -> dict[str, Number]:
        """The slope of every state."""
        slopes: dict[str, Number] = {_CLOCK: 1.0} if hasattr(x, _CLOCK) else {}
        for owner, system in self._systems(p).items():
            change = system.rates([getattr(x, _name(owner, one)) for one in system.states])
            slopes |= {_name(owner, one): value for one, value in zip(system.states, change, strict=True)}
        slopes |= {name: slopes[name] + getattr(u, name) for name in self.infused}
        for part, own, seen in self._views(x, p, u):
            if self.start[part.name]:
                slopes |= {
                    _name(part.name, one): value for one, value in part.effect.rates(own, seen, part.values).items()
                }
        return slopes

    def outputs(self, x: Values, p: Values, u: Values) -> dict[str, Number]:
        """Levels and readouts."""
        found = {
            f"{enantiomer}_{output}" if enantiomer else output: values
            for output, enantiomer, values in plasma(self.problem, self._levels(x, p))
        }
        for part, own, seen in self._views(x, p, u):
            found |= {one.name: one.of(own, seen, part.values) for one in part.effect.readouts}
        return found

    def _systems(self, p: Values) -> dict[str, System]:
        return {owner: with_numbers(system, _owned_by(p, owner)) for owner, system in self.systems.items()}

    def _levels(self, x: Values, p: Values) -> dict[str, dict[str, Number]]:
        """mg/L by molecule and output."""
        return {
            owner: dict(
                zip(
                    system.output_names,
                    system.outputs([getattr(x, _name(owner, one)) for one in system.states]),
                    strict=True,
                )
            )
            for owner, system in self._systems(p).items()
        }

    def _views(self, x: Values, p: Values, u: Values) -> Iterator[tuple[Part, Values, Values]]:
        """Each effect with its own numbers, its states, and what it sees."""
        levels = self._levels(x, p)
        clock = {_CLOCK: getattr(x, _CLOCK, 0.0), _SESSION: getattr(u, _SESSION)}
        parts = [Part(part.effect, _owned_by(p, part.name), {}) for part in self.parts]
        states = {owner: {one: getattr(x, _name(owner, one)) for one in states} for owner, states in self.start.items()}
        seen: dict[str, dict[str, Number]] = {}
        for part in parts:
            own = {name: clock.get(name, 0.0) for name in part.effect.drivers}
            for source in self.drivers.sources[part.name]:
                if source.species in self.systems:
                    level = (
                        getattr(x, _name(source.species, source.site))
                        if source.site
                        else source.factor * levels[source.species][source.output]
                    )
                    own[source.driver] = maximum(level, 0.0)
            seen[part.name] = own
        yield from views(parts, states, seen)


def _name(*words: str) -> str:
    return ".".join(words)


def _owned_by(p: Values, owner: str) -> Values:
    """The numbers of one owner, under their own names."""
    begin = f"{owner}."
    return Values(**{name.removeprefix(begin): value for name, value in vars(p).items() if name.startswith(begin)})


def _owned(owner: str, action: Action) -> Action:
    return replace(action, state=_name(owner, action.state)) if isinstance(action, Delivery) else action
