"""Quetiapine against its pooled placebo-controlled trials."""

from __future__ import annotations

import pytest

from library.comparators.at import WEEK_H, benefit

BASELINE = 28.4


@pytest.mark.parametrize(("week", "placebo", "drug"), [(1.0, 5.1, (7.8, 7.3)), (6.0, 12.0, (14.5, 14.8))])
def test_points_beyond_placebo(week: float, placebo: float, drug: tuple[float, float]) -> None:
    """Bauer 2010: 150 and 300 mg against placebo, MADRS."""
    beyond = (BASELINE - placebo) * benefit("quetiapine", week * WEEK_H)
    assert beyond == pytest.approx(sum(drug) / 2.0 - placebo, abs=0.1)


def test_anxiety_beyond_placebo() -> None:
    """Bauer 2009: HAM-A -10.27 and -9.70 v -7.92 of 20.8."""
    assert 1.78 <= (20.8 - 7.92) * benefit("quetiapine", 6.0 * WEEK_H, "anxiety") <= 2.35
