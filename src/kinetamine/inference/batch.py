"""Many regimens and many people at once, differentiable: exponential steps of second order in JAX.

Every rate of the library is affine in its own state, so the diagonal of the Jacobian is the exact rate of decay of
each state while the others stand still. Treating it exactly (Cox and Matthews 2002) keeps the steps stable when
they are much longer than the fastest time constant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from kinetamine.engine.model import Effect, Values
from kinetamine.errors import MissingExtraError
from kinetamine.inference.grid import Exposure

try:
    import jax
    import jax.numpy as jnp
except ImportError as error:
    raise MissingExtraError("inference", "kinetamine.inference.batch") from error

jax.config.update("jax_enable_x64", True)

State = dict[str, jax.Array]


@dataclass(frozen=True)
class Batch:
    """Several exposures side by side, the shorter ones filled up with steps of no length.

    Attributes:
        step_h: (step, regimen); ``session`` likewise.
        seen: by name (node, regimen).
        times_h: the nodes of each regimen.
    """

    step_h: Float[np.ndarray, "step regimen"]
    session: Float[np.ndarray, "step regimen"]
    seen: Mapping[str, Float[np.ndarray, "node regimen"]]
    times_h: tuple[Float[np.ndarray, " node"], ...]

    def node(self, regimen: int, time_h: float) -> int:
        """The node at that time."""
        times = self.times_h[regimen]
        found = int(np.argmin(np.abs(times - time_h)))
        if abs(times[found] - time_h) > 1e-4:
            message = f"{time_h:g} h is no node of regimen {regimen}"
            raise ValueError(message)
        return found


def batch(exposures: Sequence[Exposure]) -> Batch:
    """Exposures side by side."""
    longest = max(len(one.times_h) for one in exposures)

    def filled(values: np.ndarray, length: int, end: float) -> np.ndarray:
        return np.concatenate([values, np.full(length - len(values), end)])

    step = [filled(np.diff(one.times_h), longest - 1, 0.0) for one in exposures]
    session = [filled(one.session, longest - 1, 0.0) for one in exposures]
    seen = {
        name: np.stack([filled(one.seen[name], longest, one.seen[name][-1]) for one in exposures], axis=1)
        for name in exposures[0].seen
    }
    return Batch(np.stack(step, axis=1), np.stack(session, axis=1), seen, tuple(one.times_h for one in exposures))


def follow(effect: Effect, given: Batch, values: Mapping[str, Any], readout: str) -> jax.Array:
    """One readout of an effect at every node, of shape (node, regimen, person).

    Args:
        values: parameters that replace the typical ones; numbers, or arrays of shape (person,).
    """
    p = Values(**{**vars(effect.typical()), **values})
    people = max((np.size(value) for value in vars(p).values()), default=1)
    initial = effect.states(p, None)  # type: ignore[arg-type]  # no entry with states looks at the person
    shape = (given.step_h.shape[1], people)
    start = {name: jnp.full(shape, value, dtype=float) for name, value in initial.items()}
    of = next(one.of for one in effect.readouts if one.name == readout)
    names = [name for name in (*effect.drivers, *effect.inputs) if name in given.seen]
    clock = "session" in effect.drivers

    def view(index: dict[str, jax.Array], session: jax.Array) -> Values:
        shown = {name: value[:, None] for name, value in index.items()}
        return Values(**shown, **({"session": session[:, None]} if clock else {}))

    def step(state: State, now: tuple[Any, ...]) -> tuple[State, jax.Array]:
        length, session, left, right = now
        moved = _step(
            lambda x, c: effect.rates(Values(**x), c, p), state, (view(left, session), view(right, session)), length
        )
        return moved, of(Values(**moved), view(right, session), p)

    seen = {name: jnp.asarray(given.seen[name]) for name in names}
    left = {name: value[:-1] for name, value in seen.items()}
    right = {name: value[1:] for name, value in seen.items()}
    first = of(Values(**start), view({name: value[0] for name, value in seen.items()}, jnp.zeros(shape[0])), p)
    steps = (jnp.asarray(given.step_h), jnp.asarray(given.session), left, right)
    _, path = jax.lax.scan(jax.checkpoint(step), start, steps)  # to solve again is quicker than to remember
    joined: jax.Array = jnp.concatenate([jnp.broadcast_to(first, (1, *shape)), path])
    return joined


Field = Callable[[State, Values], dict[str, Any]]


def _step(rates: Field, x: State, seen: tuple[Values, Values], length_h: jax.Array) -> State:
    """One exponential step: predict with what is seen at the left node, correct with the right one."""
    h = length_h[:, None]
    left, decay = rates(x, seen[0]), _diagonal(rates, x, seen[0])
    phi = {name: _phi(h * decay[name]) for name in x}
    guess = {name: x[name] + h * phi[name][0] * left[name] for name in x}
    right = rates(guess, seen[1])
    bend = {name: right[name] - left[name] - decay[name] * (guess[name] - x[name]) for name in x}
    return {name: guess[name] + h * phi[name][1] * bend[name] for name in x}


def _diagonal(rates: Field, x: State, seen: Values) -> State:
    """How each rate changes with its own state."""

    def own(name: str) -> jax.Array:
        def alone(value: jax.Array) -> jax.Array:
            return jnp.asarray(rates({**x, name: value}, seen)[name])

        slope: jax.Array = jax.jvp(alone, (x[name],), (jnp.ones_like(x[name]),))[1]
        return slope

    return {name: own(name) for name in x}


def _phi(z: jax.Array) -> tuple[jax.Array, jax.Array]:
    """(e^z - 1)/z and (e^z - 1 - z)/z^2, by their series near 0."""
    small = jnp.abs(z) < 1e-3
    safe = jnp.where(small, 1.0, z)
    grown = jnp.expm1(safe)
    one = jnp.where(small, 1.0 + z / 2.0 + z * z / 6.0, grown / safe)
    two = jnp.where(small, 0.5 + z / 6.0 + z * z / 24.0, (grown - safe) / (safe * safe))
    return one, two
