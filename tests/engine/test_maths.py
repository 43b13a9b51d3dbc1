"""What holds the middle of a normal distribution."""

from __future__ import annotations

import pytest
from scipy.special import ndtri

from kinetamine.engine.maths import Z90, Z95


@pytest.mark.parametrize(("half", "middle"), [(Z90, 0.90), (Z95, 0.95)])
def test_half_of_the_middle_to_the_last_digit(half: float, middle: float) -> None:
    assert half == pytest.approx(ndtri(0.5 + 0.5 * middle), rel=1e-15)
