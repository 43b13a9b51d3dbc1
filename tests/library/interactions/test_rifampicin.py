"""Rifampicin lowers swallowed esketamine to a seventh and injected by 14 %."""

from __future__ import annotations

import pytest

from library.interactions.ratios import ratio


@pytest.mark.parametrize("model", ["kamp_2020", "fanta_2015", "perez_ruixo_2021"])
def test_swallowed(model: str) -> None:
    """AUC x0.14 (Peltoniemi 2012)."""
    assert ratio("rifampicin", "oral", model) == pytest.approx(0.14, rel=0.01)


def test_injected() -> None:
    """AUC x0.86."""
    assert ratio("rifampicin", "intravenous") == pytest.approx(0.86, rel=0.01)


def test_injected_in_a_well_stirred_model() -> None:
    """The swallowed ratio alone predicts the injected one within a seventh."""
    assert ratio("rifampicin", "intravenous", "perez_ruixo_2021") == pytest.approx(0.86, rel=0.15)
