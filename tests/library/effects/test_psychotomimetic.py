"""Ratings against Bowdle's straight line."""

from __future__ import annotations

import numpy as np
import pytest

from kinetamine.engine.events import Form
from kinetamine.library.effects.psychotomimetic import ENTRY
from library.effects.courses import infuse


def test_linear_at_steady_state() -> None:
    """Bowdle 1998: linear over 50 to 200 ng/mL of racemate; at the top step 37 to 89 % of maximum."""
    levels, ratings = [], []
    for mg_per_h in (4.0, 8.0, 12.0, 16.0):
        course = infuse(ENTRY, (0.0, mg_per_h * 12, 12.0), horizon_h=12.0)
        levels.append(course.at("ketamine_venous", 12.0))
        ratings.append(course.at("psychotomimetic", 12.0))
    assert min(levels) < 60.0
    assert max(levels) > 180.0
    assert np.corrcoef(levels, ratings)[0, 1] > 0.99
    assert 37.0 <= ratings[-1] * 200.0 / levels[-1] <= 89.0


def test_never_above_the_scale() -> None:
    """An anaesthetic dose rates 100 mm, not more."""
    assert infuse(ENTRY, (0.0, 140.0, 1 / 60))["psychotomimetic"].typical.max() == pytest.approx(100.0)


def test_arketamine_is_silent() -> None:
    """Olofsen 2022: perception follows S-ketamine."""
    assert infuse(ENTRY, (0.0, 35.0, 2 / 3), form=Form.ARKETAMINE)["psychotomimetic"].typical.max() == 0.0
