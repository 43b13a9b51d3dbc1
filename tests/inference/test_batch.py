"""The differentiable integrator against the reference solver, and its gradient against differences."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from kinetamine.course import Course, parse_regimen, simulate
from kinetamine.engine.model import Effect
from kinetamine.engine.person import Person
from kinetamine.inference.batch import Batch, batch, follow
from kinetamine.inference.grid import expose, names_seen
from kinetamine.library.effects.expectancy import ENTRY as EXPECTANCY
from kinetamine.library.outcomes.depression import ENTRY as DEPRESSION
from kinetamine.treatment import DEFAULT_MECHANISM, Shares, chain_of_effects, shares_of

PERSON = Person(weight_kg=70.0, madrs=33.0)
REGIMENS = (
    "0.5 mg/kg iv over 40 min, single dose",
    "esketamine 84 mg intranasal, on days 1 and 4",
    "0.5 mg/kg iv over 40 min, three times weekly for 2 weeks",
)
TIMES_H = (2.0, 4.0, 24.0, 72.0, 168.0, 336.0)
POINTS = 33.0 * DEPRESSION.parameters["SIZE"].value


def mechanism(shares: Shares) -> Effect:
    return next(one for one in chain_of_effects((), ("depression",), shares) if one.name == "mechanism")


def side_by_side(effect: Effect, regimens: tuple[str, ...] = REGIMENS) -> Batch:
    return batch([expose(words, PERSON, TIMES_H, names_seen(effect)) for words in regimens])


def at_times(given: Batch, path: Any, regimen: int) -> np.ndarray:
    return np.asarray([path[given.node(regimen, time), regimen, 0] for time in TIMES_H])


@pytest.mark.parametrize("shares", [DEFAULT_MECHANISM, shares_of("empirical"), shares_of("dissociation_mediated")])
def test_as_the_reference_solver(shares: Shares) -> None:
    effect = mechanism(shares)
    given = side_by_side(effect)
    path = follow(effect, given, {}, "relief")
    belief = follow(EXPECTANCY, given, {}, "belief")
    for place, words in enumerate(REGIMENS):
        course = Course(
            person=PERSON, regimen=parse_regimen(words), mechanism=shares, effects=(), people=0, times_h=TIMES_H
        )
        reference = simulate(course)
        relief = np.asarray([reference.at("relief", time) for time in TIMES_H])
        assert np.max(np.abs(at_times(given, path, place) - relief)) * POINTS < 0.05
        believed = np.asarray([reference.at("belief", time) for time in TIMES_H])
        np.testing.assert_allclose(at_times(given, belief, place), believed, atol=1e-5)


def test_gradient_as_differences() -> None:
    effect = mechanism(DEFAULT_MECHANISM)
    given = side_by_side(effect, REGIMENS[:1])
    names = ("AMPA50", "K_POT", "T_POT", "C_SYN")
    typical = np.asarray([getattr(effect.typical(), name) for name in names])

    def relief(values: jax.Array) -> jax.Array:
        path = follow(effect, given, dict(zip(names, values, strict=True)), "relief")
        return path[given.node(0, 24.0), 0, 0]

    solved = jax.jit(relief)
    gradient = np.asarray(jax.jit(jax.grad(relief))(jnp.asarray(typical)))
    for place in range(len(names)):
        step = np.zeros(len(names))
        step[place] = 1e-5 * typical[place]
        difference = float(solved(typical + step) - solved(typical - step)) / (2.0 * step[place])
        assert gradient[place] == pytest.approx(difference, rel=1e-4, abs=1e-9)


def test_people_beside_regimens() -> None:
    effect = mechanism(DEFAULT_MECHANISM)
    given = side_by_side(effect, REGIMENS[:1])
    alike = follow(effect, given, {}, "relief")
    differing = follow(effect, given, {"SENSITIVITY": jnp.asarray([0.5, 1.0, 2.0])}, "relief")
    assert differing.shape == (*alike.shape[:2], 3)
    np.testing.assert_allclose(differing[:, :, 1], alike[:, :, 0], rtol=1e-9)
    assert np.all(np.diff(np.asarray(differing[given.node(0, 24.0), 0])) > 0.0)


def test_a_time_that_is_no_node() -> None:
    given = side_by_side(EXPECTANCY, REGIMENS[:1])
    with pytest.raises(ValueError, match="no node"):
        given.node(0, 24.123)
