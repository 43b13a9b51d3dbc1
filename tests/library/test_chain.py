"""The shared equations: signs, limits, and that without drug everything comes back to where it began."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from kinetamine import catalogue
from kinetamine.engine.mechanism import compose
from kinetamine.engine.model import Effect, Values
from kinetamine.engine.person import Person
from kinetamine.library.chain import CHAIN, published

MECHANISMS = catalogue.names("mechanisms")
HIGHEST = {"glutamate": 5.0, "bdnf": 20.0, "labile": 0.5, "stable": 0.5, "circuit": 5.0}
"""From where a state may start; all others are fractions, up to 1."""
FREE = np.linspace(0.0, 20.0, 2001)
"""Unbound over IC50, from nothing to deep anaesthesia."""


@cache
def effect(name: str) -> Effect:
    """One mechanism alone."""
    return compose(CHAIN, ((catalogue.load("mechanisms", name), 1.0),))


def network(free: Any, **changed: float) -> dict[str, Any]:
    """Firing at rest of everything else, by the ratio of unbound drug to its IC50."""
    p = Values(**{name: one.value for name, one in CHAIN.parameters.items()} | changed)
    rest = Values(**{name: np.asarray(value) for name, value in CHAIN.initial.items()})
    return published(rest, Values(nmda_occupancy=np.asarray(free / (1.0 + free))), p)


def slopes(one: Effect, values: np.ndarray) -> np.ndarray:
    """Rates without any drug."""
    names = list(one.states(one.typical(), Person()))
    quiet = Values(**dict.fromkeys((*one.drivers, *one.inputs), 0.0))
    change = one.rates(Values(**dict(zip(names, values, strict=True))), quiet, one.typical())
    return np.asarray([float(change[name]) for name in names])


def jacobian(one: Effect, values: np.ndarray) -> np.ndarray:
    """Central differences."""
    columns = []
    for position in range(len(values)):
        step = np.zeros(len(values))
        step[position] = 1e-6
        columns.append((slopes(one, values + step) - slopes(one, values - step)) / 2e-6)
    return np.stack(columns, axis=1)


def start(one: Effect, fractions: list[float]) -> np.ndarray:
    """States anywhere in their range."""
    highest = [HIGHEST.get(name, 1.0) for name in one.states(one.typical(), Person())]
    return np.asarray([top * fraction for top, fraction in zip(highest, fractions, strict=False)])


ANYWHERE = st.lists(st.floats(0.0, 1.0), min_size=12, max_size=12)


@pytest.mark.parametrize("name", MECHANISMS)
@given(fractions=ANYWHERE)
@settings(max_examples=5)
def test_nothing_latches_on(name: str, fractions: list[float]) -> None:
    """From any state, without drug, back to the beginning."""
    one = effect(name)
    rest = np.asarray(list(one.states(one.typical(), Person()).values()), float)
    slowest = max(value.value for value in one.parameters.values() if value.unit == "h")
    found = solve_ivp(
        lambda _t, x: slopes(one, x), (0.0, 40.0 * slowest), start(one, fractions), "LSODA", rtol=1e-8, atol=1e-10
    )
    assert found.y[:, -1] == pytest.approx(rest, abs=1e-6)
    assert found.y.min() > -1e-8


@pytest.mark.parametrize("name", MECHANISMS)
@given(fractions=ANYWHERE)
@settings(max_examples=20)
def test_without_drug_every_disturbance_fades(name: str, fractions: list[float]) -> None:
    """The Jacobian has only eigenvalues with a negative real part, at any state."""
    one = effect(name)
    assert np.linalg.eigvals(jacobian(one, start(one, fractions))).real.max() < 0.0


@pytest.mark.parametrize("name", MECHANISMS)
def test_it_begins_where_nothing_moves(name: str) -> None:
    one = effect(name)
    rest = np.asarray(list(one.states(one.typical(), Person()).values()), float)
    assert slopes(one, rest) == pytest.approx(np.zeros(len(rest)), abs=1e-15)


WEIGHTS = st.fixed_dictionaries(
    {
        "W_EE": st.floats(0.0, 0.95),
        "W_EI": st.floats(0.0, 4.0),
        "W_II": st.floats(0.0, 2.0),
        "W_IE": st.floats(0.0, 1.0),
        **{name: st.floats(0.0, 1.0) for name in CHAIN.parameters if name.startswith("NMDA_")},
        **{name: st.floats(0.05, 10.0) for name in CHAIN.parameters if name.startswith("HALF_")},
        "IN_KNOCKDOWN": st.floats(0.0, 1.0),
        "MEMANTINE": st.floats(0.0, 5.0),
    }
)


@given(weights=WEIGHTS, free=st.floats(0.0, 100.0))
def test_the_mean_field_has_one_solution_for_any_weights(weights: dict[str, float], free: float) -> None:
    """Its determinant stays positive, and what is published solves both equations or fires not at all."""
    found, p = network(free, **weights), Values(**weights)
    i, e = found["interneuron"], found["pyramidal"]
    block_in, block_pyr = found["block_interneuron"], found["block_pyramidal"]
    back = p.W_IE * (1.0 - p.NMDA_IN_REC * block_in)
    own = p.W_EE * (1.0 - p.NMDA_PYR_REC * block_pyr)
    assert 1.0 - own + p.W_EI * back / (1.0 + p.W_II) > 0.0
    inward = (1.0 + p.W_II - p.W_IE) * (1.0 - p.NMDA_IN_EXT * block_in)
    outer = (1.0 - p.W_EE + p.W_EI) * (1.0 - p.NMDA_PYR_EXT * block_pyr)
    assert (1.0 + p.W_II) * i == pytest.approx(back * e + inward, abs=1e-9)
    driven = own * e - p.W_EI * i + outer
    assert e == pytest.approx(driven, abs=1e-9) if e > 0.0 else driven <= 1e-9


def test_without_drug_it_rests() -> None:
    found = network(np.zeros(1))
    assert found["pyramidal"] == pytest.approx([1.0])
    assert found["interneuron"] == pytest.approx([1.0])
    assert found["ampa"] == 0.0


def test_firing_rises_and_then_falls() -> None:
    """Moghaddam 1997: up at low doses, back at 50 mg/kg, down at 200; so is what glutamate tends to."""
    pyramidal = network(FREE)["pyramidal"]
    top = int(pyramidal.argmax())
    assert 0.1 < FREE[top] < 3.0
    assert pyramidal[top] > 1.05
    assert np.all(np.diff(pyramidal[: top + 1]) > 0.0)
    assert np.all(np.diff(pyramidal[top:]) <= 0.0)
    assert np.all(pyramidal[FREE >= 5.0] < 1.0)


def test_interneurons_fall_silent_first() -> None:
    """Homayoun 2007: their firing falls with any block, from the first on."""
    found = network(FREE)
    assert np.all(np.diff(found["interneuron"]) <= 1e-12)
    assert np.all(found["block_interneuron"][1:] > found["block_pyramidal"][1:])


def test_without_receptors_on_interneurons_nothing_is_disinhibited() -> None:
    """Gerhard 2020: with them taken out, firing only falls."""
    found = network(FREE, IN_KNOCKDOWN=1.0)["pyramidal"]
    assert found.max() == pytest.approx(1.0)
    assert np.all(np.diff(found) <= 1e-12)


def test_a_constant_blocker_acts_as_the_same_block_by_ketamine() -> None:
    assert network(np.asarray(0.35))["pyramidal"] == pytest.approx(
        network(np.asarray(0.0), MEMANTINE=0.35)["pyramidal"]
    )


@pytest.mark.parametrize("name", CHAIN.switches)
def test_a_switch_is_off_in_the_library(name: str) -> None:
    assert CHAIN.parameters[name].value == 0.0
