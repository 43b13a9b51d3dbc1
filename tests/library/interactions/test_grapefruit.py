"""Grapefruit juice raises swallowed esketamine as published."""

from __future__ import annotations

import pytest

from library.interactions.ratios import ratio


@pytest.mark.parametrize("model", ["kamp_2020", "fanta_2015", "perez_ruixo_2021"])
def test_swallowed(model: str) -> None:
    """AUC x3.0 (Peltoniemi 2012)."""
    assert ratio("grapefruit", "oral", model) == pytest.approx(3.0, rel=0.01)
