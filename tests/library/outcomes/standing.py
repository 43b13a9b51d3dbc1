"""Outcomes taken by themselves: their equations with relief, belief and other treatments' benefits given by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from kinetamine.engine.model import Effect, Values
from kinetamine.engine.people import draw, vary
from kinetamine.engine.person import Person

PEOPLE = 4000


def own(effect: Effect, person: Person | None = None, people: int = 0, **changed: float) -> Values:
    """One person's values, or as many people's as arrays (the typical one first)."""
    values = effect.individual(Values(**{**vars(effect.typical()), **changed}), person or Person())
    etas = draw(effect.name, effect.variability, effect.covariance, people, seed=1)
    return Values(**vary(values, effect.variability, etas))


def given(effect: Effect, **inputs: float) -> Values:
    """The inputs of an outcome; what is not given is 0."""
    return Values(**{**dict.fromkeys(effect.inputs, 0.0), **inputs})


def read(effect: Effect, name: str, states: dict[str, Any], inputs: Values, values: Values) -> Any:
    """One readout."""
    (readout,) = [one for one in effect.readouts if one.name == name]
    return readout.of(Values(**states), inputs, values)


def readings(effect: Effect, name: str, true: Any) -> Any:
    """What raters write down: the true scores with the residual, kept on the scale."""
    (readout,) = [one for one in effect.readouts if one.name == name]
    noise = np.random.default_rng(2).standard_normal(np.shape(true))
    return np.clip(true + effect.residual[name].value * noise, *readout.bounds)


def baselines(mean: float, sd: float, low: float, high: float, people: int = PEOPLE + 1) -> Any:
    """Scores before treatment, kept within what a trial admits."""
    return np.clip(mean + sd * np.random.default_rng(3).standard_normal(people), low, high)


def follow(effect: Effect, times_h: Any, relief: Any, values: Values, **inputs: float) -> dict[str, Any]:
    """The states at the last time, by Euler's steps along a course of relief."""
    states: dict[str, Any] = dict(effect.states(values, Person()))
    for step, now in zip(np.diff(times_h), relief[:-1], strict=True):
        slopes = effect.rates(Values(**states), given(effect, relief=now, **inputs), values)
        states = {name: states[name] + step * slope for name, slope in slopes.items()}
    return states
