"""St John's wort lowers swallowed esketamine as published."""

from __future__ import annotations

import pytest

from library.interactions.ratios import ratio


@pytest.mark.parametrize("model", ["kamp_2020", "fanta_2015", "perez_ruixo_2021"])
def test_swallowed(model: str) -> None:
    """AUC x0.42 (Peltoniemi 2012)."""
    assert ratio("st_johns_wort", "oral", model) == pytest.approx(0.42, rel=0.01)
