"""Ticlopidine raises swallowed esketamine as published, and nasal esketamine less."""

from __future__ import annotations

import pytest

from library.interactions.ratios import ratio


@pytest.mark.parametrize("model", ["kamp_2020", "fanta_2015", "perez_ruixo_2021"])
def test_swallowed(model: str) -> None:
    """AUC x2.4 (Peltoniemi 2011)."""
    assert ratio("ticlopidine", "oral", model) == pytest.approx(2.4, rel=0.01)


def test_by_nose() -> None:
    """AUC x1.29 for the marketed spray; the racemic route, swallowed less, gives a little less."""
    assert ratio("ticlopidine", "intranasal") == pytest.approx(1.29, rel=0.15)


def test_well_stirred_model_puts_all_of_it_on_the_liver() -> None:
    """So the spray rises more than the 1.29 reported: a known excess, still below the swallowed dose."""
    assert 1.29 < ratio("ticlopidine", "intranasal", "perez_ruixo_2021") < 1.7
