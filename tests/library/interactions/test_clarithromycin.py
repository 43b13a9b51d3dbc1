"""Clarithromycin raises swallowed esketamine as published."""

from __future__ import annotations

import pytest

from library.interactions.ratios import ratio


@pytest.mark.parametrize("model", ["kamp_2020", "fanta_2015", "perez_ruixo_2021"])
def test_swallowed(model: str) -> None:
    """AUC x2.6 (Hagelberg 2010)."""
    assert ratio("clarithromycin", "oral", model) == pytest.approx(2.6, rel=0.01)
