"""The draws that come with the package: they cover what they were fitted to, and the library stands in their middle."""

from __future__ import annotations

import numpy as np
import pytest

from kinetamine import posterior
from kinetamine.engine.model import Effect
from kinetamine.errors import UnknownNameError
from kinetamine.inference.fit import MODELS, Model
from kinetamine.inference.judge import predictive
from kinetamine.inference.rows import observations
from kinetamine.treatment import DEFAULT_MECHANISM, chain_of_effects, shares_of


def standardised(name: str, count: int) -> np.ndarray:
    stored, (_, free) = posterior.load(name), MODELS[name]
    return np.stack([[one.z(float(value)) for value in stored[one.name][:count]] for one in free], axis=1)


def library(name: str) -> dict[str, float]:
    effects: tuple[Effect, ...] = chain_of_effects((), ("depression",), MODELS[name][0])
    return {f"{one.name}.{key}": estimate.value for one in effects for key, estimate in one.parameters.items()}


@pytest.mark.parametrize("name", sorted(MODELS))
def test_four_fifths_of_the_fitted_numbers_lie_in_their_intervals(name: str) -> None:
    draws = standardised(name, 30)
    model = Model(name, observations())
    model.refer(np.median(draws, axis=0))
    found = predictive(model, draws)
    assert found.inside.mean() >= 0.8
    assert found.width < 14.5


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_library_stands_in_the_middle(name: str) -> None:
    stored, values = posterior.load(name), library(name)
    shared = [one for one in stored if one in values]
    assert {"depression.SIZE", "depression.BELIEF"} < set(shared)
    for one in shared:
        low, high = np.quantile(stored[one], (0.05, 0.95))
        assert low <= values[one] <= high, one


@pytest.mark.parametrize("name", sorted(MODELS))
def test_draws_are_complete(name: str) -> None:
    stored = posterior.load(name)
    assert [one.name for one in MODELS[name][1]] == list(stored)
    assert {len(column) for column in stored.values()} == {200}
    assert all(np.isfinite(column).all() and (column > 0.0).all() for column in stored.values())


def test_which_draws_serve_a_mechanism() -> None:
    assert posterior.of_mechanism(DEFAULT_MECHANISM) == posterior.CHAIN
    assert posterior.of_mechanism(shares_of("eef2k")) == posterior.CHAIN
    assert posterior.of_mechanism(shares_of("empirical")) == posterior.CURVE


def test_spread_between_trials() -> None:
    spread = posterior.between_trials()
    assert 0.2 < spread.drug < 0.8
    assert 0.2 < spread.background < spread.nonspecific < 0.9


def test_no_such_posterior() -> None:
    with pytest.raises(UnknownNameError):
        posterior.load("mixtur")
