"""The same equations in JAX: derivatives and, later, inference; the only importer of jax and diffrax.

Needs the extra [inference]. What is solved here is ``System.rates``, the text that the exact engine turns into
a matrix, so agreement between the two shows that one definition serves both.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float

from kinetamine.engine.dosing import Delivery
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.problem import Problem
from kinetamine.engine.system import System
from kinetamine.errors import FieldError, MissingExtraError

try:
    import diffrax
    import jax
    import jax.numpy as jnp
except ImportError as error:
    raise MissingExtraError("inference", "kinetamine.engine.gradient") from error

jax.config.update("jax_enable_x64", True)

TOLERANCE = 1e-11


def concentrations(
    problem: Problem,
    species: str,
    times_h: Float[np.ndarray, " time"],
    changed: Mapping[str, Any] | None = None,
) -> jax.Array:
    """The model's outputs in mg/L for one molecule, solved by diffrax; differentiable in ``changed``.

    Args:
        times_h: increasing, from 0 on; at the time of a bolus, the value before it.
        changed: individual parameters that replace the problem's own; may hold JAX tracers.

    Returns:
        An array of shape (time, output).

    Raises:
        UnknownNameError: ``changed`` names something that is no parameter of the model.
        FieldError: the events hold a reset or a steady state, or covariates change, which this path does not solve.
    """
    if problem.person_changes:
        raise FieldError("person_changes", len(problem.person_changes), "none: this path keeps covariates constant")
    kinetics = Kinetics(problem, species, changed=changed)
    system = kinetics.system()
    deliveries = _deliveries(kinetics)
    boluses = [one for one in deliveries if one.duration_h == 0.0]
    state = jnp.zeros(len(system.states))
    edges = sorted({0.0, float(times_h[-1]), *(one.time_h for one in boluses if one.time_h < times_h[-1])})
    rows = [system.outputs(list(state))] if times_h[0] == 0.0 else []
    for begin, end in pairwise(edges):
        state = state + sum((_placed(system, one) for one in boluses if one.time_h == begin), jnp.zeros_like(state))
        inside = times_h[(times_h > begin) & (times_h <= end)]
        solved = _solve(system, deliveries, state, np.unique(np.append(inside, end)))
        rows += [system.outputs(list(row)) for row in solved[: len(inside)]]
        state = solved[-1]
    return jnp.stack([jnp.stack(row) for row in rows])


def _solve(
    system: System, deliveries: list[Delivery], state: jax.Array, times_h: Float[np.ndarray, " time"]
) -> jax.Array:
    """States at the given times; the start is the last bolus before them."""
    infusions = [(one, _placed(system, one) / one.duration_h) for one in deliveries if one.duration_h > 0.0]
    begin = max((one.time_h for one in deliveries if one.duration_h == 0.0 and one.time_h < times_h[0]), default=0.0)
    jumps = sorted({time for one, _ in infusions for time in (one.time_h, one.time_h + one.duration_h)})

    def field(time_h: Any, amounts: jax.Array, _args: Any) -> jax.Array:
        change = jnp.stack(system.rates(list(amounts)))
        for one, rate in infusions:
            running = (time_h >= one.time_h) & (time_h < one.time_h + one.duration_h)
            change = change + jnp.where(running, rate, 0.0)
        return change

    steps = diffrax.PIDController(rtol=TOLERANCE, atol=TOLERANCE)
    if jumps:
        steps = diffrax.ClipStepSizeController(steps, jump_ts=jnp.asarray(jumps))
    solved = diffrax.diffeqsolve(
        diffrax.ODETerm(field),
        diffrax.Dopri8(),
        begin,
        float(times_h[-1]),
        1e-3,
        state,
        saveat=diffrax.SaveAt(ts=jnp.asarray(times_h)),
        stepsize_controller=steps,
        max_steps=100_000,
    )
    return jnp.asarray(solved.ys)


def _deliveries(kinetics: Kinetics) -> list[Delivery]:
    deliveries = [action for action in kinetics.actions if isinstance(action, Delivery)]
    if len(deliveries) < len(kinetics.actions):
        raise FieldError("EVID", "a reset or a steady state", "plain doses, for the JAX solver")
    return deliveries


def _placed(system: System, delivery: Delivery) -> jax.Array:
    return jnp.zeros(len(system.states)).at[system.states.index(delivery.state)].set(delivery.amount)
