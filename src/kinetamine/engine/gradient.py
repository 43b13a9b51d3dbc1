"""The whole chain again in JAX, from milligrams to scores: derivatives by any number, and inference on them.

Needs the extra [inference]; the only importer of jax and diffrax. What is solved here is ``System.rates`` and
``Effect.rates``, the text that the exact engine runs, all of it as one system without interpolation: agreement
between the two shows that one definition serves both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Float

from kinetamine.engine.dosing import Action, Delivery
from kinetamine.engine.drivers import Drivers, in_session, individual, plasma
from kinetamine.engine.maths import Number, maximum
from kinetamine.engine.model import Effect, PKModel, Route
from kinetamine.engine.parts import Part, views
from kinetamine.engine.problem import Problem
from kinetamine.errors import FieldError, MissingExtraError, UnknownNameError

try:
    import diffrax
    import jax
    import jax.numpy as jnp
except ImportError as error:
    raise MissingExtraError("inference", "kinetamine.engine.gradient") from error

jax.config.update("jax_enable_x64", True)

RTOL, ATOL = 1e-9, 1e-11
_FIRST_STEP_H = 1e-3
_MOST_STEPS = 65_536
"""Between two edges; effect sites keep steps short, yet an implicit method costs more than it saves."""
_SAME_H = 1e-9
"""Edges nearer than this are one."""


def trajectory(
    problem: Problem, times_h: Float[np.ndarray, " time"], changed: Mapping[str, Any] | None = None
) -> dict[str, jax.Array]:
    """Every level (ng/mL) and readout of the typical person, by name; differentiable in ``changed``.

    Wrap what is made of it in ``jax.jit``: each call of the bare function is compiled anew.

    Args:
        times_h: increasing, from 0 on; at the time of a dose, what is there before it.
        changed: numbers that replace the library's: ``CL`` of the PK model, ``mechanism.AMPA50`` of another entry;
            may hold JAX tracers.

    Raises:
        UnknownNameError: ``changed`` names something that is no parameter of the problem.
        FieldError: the events hold a reset or a steady state, or covariates change, or a lag or a length of release
            is to be differentiated, none of which this path solves.
    """
    if problem.person_changes:
        raise FieldError("person_changes", len(problem.person_changes), "none: this path keeps covariates constant")
    try:
        chain = _Chain(_with(replace(problem, people=0), changed or {}))
    except jax.errors.TracerArrayConversionError as error:
        raise FieldError(
            "changed", sorted(changed or {}), "no lag and no length of release: those are fixed"
        ) from error
    edges = chain.edges_h(times_h)
    states = chain.solve(edges)
    return chain.read(times_h, states[np.searchsorted(edges, np.asarray(times_h) - _SAME_H)])


def _with(problem: Problem, changed: Mapping[str, Any]) -> Problem:
    """The problem with other numbers in its entries."""
    used: tuple[PKModel | Route | Effect, ...] = (problem.model, *problem.routes.values(), *problem.effects)
    entries: dict[str, Any] = {one.name: one for one in used}
    for name, value in changed.items():
        owner, _, parameter = name.rpartition(".")
        owner = owner or problem.model.name
        if owner not in entries:
            raise UnknownNameError(f"entry of parameter {name}", owner, entries)
        held = entries[owner].parameters
        if parameter not in held:
            raise UnknownNameError(f"parameter of {owner}", parameter, held)
        entries[owner] = replace(
            entries[owner], parameters={**held, parameter: replace(held[parameter], value=jnp.asarray(value, float))}
        )
    return replace(
        problem,
        model=entries[problem.model.name],
        routes={name: entries[one.name] for name, one in problem.routes.items()},
        effects=tuple(entries[one.name] for one in problem.effects),
    )


class _Chain:
    """All equations of a problem as one system; its state is one vector."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.drivers = Drivers(problem)
        self.systems = {name: one.system() for name, one in self.drivers.kinetics.items()}
        self.deliveries = [(name, one) for name, held in self.drivers.kinetics.items() for one in _plain(held.actions)]
        self.parts = [Part(one, individual(problem, one), {}) for one in problem.effects]
        initial = {one.name: one.effect.states(one.values, problem.person) for one in self.parts}
        self.names = [(owner, one) for owner, system in self.systems.items() for one in system.states]
        self.amounts = len(self.names)
        self.names += [(owner, one) for owner, states in initial.items() for one in states]
        first = [initial[owner][one] for owner, one in self.names[self.amounts :]]
        self.start = jnp.asarray([0.0] * self.amounts + first, float)

    def edges_h(self, times_h: Float[np.ndarray, " time"]) -> Float[np.ndarray, " edge"]:
        """All times at which something starts or ends or is wanted, up to the last one wanted."""
        ends = [one.time_h + one.duration_h for _, one in self.deliveries]
        starts = [one.time_h for _, one in self.deliveries]
        sessions = [time for pair in self.problem.sessions_h for time in pair]
        every = np.unique([0.0, *times_h, *starts, *ends, *sessions])
        every = every[np.diff(every, prepend=-1.0) > _SAME_H]
        return np.asarray(every[every <= times_h[-1] + _SAME_H])

    def solve(self, edges: Float[np.ndarray, " edge"]) -> jax.Array:
        """The state at every edge, before what happens there."""
        steps = diffrax.PIDController(rtol=RTOL, atol=ATOL)

        def over(state: jax.Array, piece: tuple[jax.Array, ...]) -> tuple[jax.Array, jax.Array]:
            begin, end, given, *constant = piece
            solved = diffrax.diffeqsolve(
                diffrax.ODETerm(self._rates),
                diffrax.Dopri8(),
                begin,
                end,
                jnp.minimum(_FIRST_STEP_H, end - begin),
                state + given,
                args=tuple(constant),
                stepsize_controller=steps,
                max_steps=_MOST_STEPS,
            )
            after = jnp.asarray(solved.ys)[0]
            return after, after

        middle = 0.5 * (edges[:-1] + edges[1:])
        inside = in_session(self.problem, middle)
        pieces = (edges[:-1], edges[1:], self._given(edges), self._running(middle), inside)
        _, states = jax.lax.scan(over, self.start, tuple(map(jnp.asarray, pieces)))
        return jnp.concatenate((self.start[None], states))

    def read(self, times_h: Float[np.ndarray, " time"], states: jax.Array) -> dict[str, jax.Array]:
        """Levels and readouts from the states at these times."""
        columns = self._columns(states)
        levels = dict(self._levels(columns))
        found = {}
        for output, enantiomer, values in plasma(self.problem, levels):
            found[f"{enantiomer}_{output}" if enantiomer else output] = values
        seen = self._seen(columns, levels, jnp.asarray(times_h), jnp.asarray(in_session(self.problem, times_h)))
        for part, x, c in views(self.parts, columns, seen):
            for readout in part.effect.readouts:
                found[readout.name] = jnp.broadcast_to(readout.of(x, c, part.values), len(times_h))
        return found

    def _given(self, edges: Float[np.ndarray, " edge"]) -> jax.Array:
        """What is there at once at the beginning of each piece."""
        placed = jnp.zeros((len(edges) - 1, len(self.names)))
        for owner, one in self.deliveries:
            piece = int(np.searchsorted(edges, one.time_h - _SAME_H))
            if one.duration_h == 0.0 and piece < len(placed):
                placed = placed.at[piece, self.names.index((owner, one.state))].add(one.amount)
        return placed

    def _running(self, middle: Float[np.ndarray, " piece"]) -> jax.Array:
        """mg/h that enter every state during each piece."""
        rates = jnp.zeros((len(middle), len(self.names)))
        for owner, one in self.deliveries:
            if one.duration_h > 0.0:
                on = (one.time_h < middle) & (middle < one.time_h + one.duration_h)
                column = self.names.index((owner, one.state))
                rates = rates.at[:, column].add(jnp.where(on, one.amount / one.duration_h, 0.0))
        return rates

    def _rates(self, time_h: Number, state: jax.Array, constant: tuple[jax.Array, jax.Array]) -> jax.Array:
        running, session = constant
        columns = self._columns(state)
        slopes: list[Number] = []
        for owner, system in self.systems.items():
            slopes += system.rates(list(columns[owner].values()))
        seen = self._seen(columns, dict(self._levels(columns)), time_h, session)
        for part, x, c in views(self.parts, columns, seen):
            if columns[part.name]:
                change = part.effect.rates(x, c, part.values)
                slopes += [change[one] for one in columns[part.name]]
        return jnp.stack([jnp.asarray(slope, float) for slope in slopes]) + running

    def _columns(self, states: jax.Array) -> dict[str, dict[str, jax.Array]]:
        """Each state by owner and name; those of the kinetics by molecule."""
        found: dict[str, dict[str, jax.Array]] = {one: {} for one in (*self.systems, *(p.name for p in self.parts))}
        for position, (owner, name) in enumerate(self.names):
            found[owner][name] = states[..., position]
        return found

    def _levels(self, columns: Mapping[str, Mapping[str, Number]]) -> Iterator[tuple[str, dict[str, Number]]]:
        """The model's outputs in mg/L by molecule."""
        for owner, system in self.systems.items():
            found = system.outputs(list(columns[owner].values()))
            yield owner, dict(zip(system.output_names, found, strict=True))

    def _seen(
        self,
        columns: Mapping[str, Mapping[str, Number]],
        levels: Mapping[str, Mapping[str, Number]],
        time_h: Number,
        session: Number,
    ) -> dict[str, dict[str, Number]]:
        """What each effect sees of the course and the kinetics."""
        clock = {"time_h": time_h, "session": session}
        found: dict[str, dict[str, Number]] = {}
        for part in self.parts:
            own = {name: clock.get(name, 0.0) for name in part.effect.drivers}
            for source in self.drivers.sources[part.name]:
                if source.species in self.systems:
                    site = source.site and columns[source.species][source.site]
                    level = source.factor * levels[source.species][source.output] if site is None else site
                    own[source.driver] = maximum(level, 0.0)
            found[part.name] = own
        return found


def _plain(actions: Sequence[Action]) -> list[Delivery]:
    deliveries = [action for action in actions if isinstance(action, Delivery)]
    if len(deliveries) < len(actions):
        raise FieldError("EVID", "a reset or a steady state", "plain doses, for the JAX solver")
    return deliveries
