"""Itraconazole changes nothing, by any route."""

from __future__ import annotations

import pytest

from library.interactions.ratios import ratio


@pytest.mark.parametrize("route", ["oral", "intravenous"])
def test_no_effect(route: str) -> None:
    """Exposure not increased (Peltoniemi 2011)."""
    assert ratio("itraconazole", route) == pytest.approx(1.0, abs=1e-9)
