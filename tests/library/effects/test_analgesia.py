"""Acute analgesia goes with the concentration."""

from __future__ import annotations

import pytest

from kinetamine.engine.events import Form
from kinetamine.engine.model import Values
from kinetamine.library.effects.analgesia import ENTRY, relief
from library.effects.courses import infuse


def test_half_at_c50() -> None:
    """Olofsen 2022: 0.51 nmol/mL of S-ketamine, which is 121 ng/mL."""
    level = 0.51 * 237.73
    assert relief(Values(), Values(s_ketamine=level, s_norketamine=0.0), ENTRY.typical()) == pytest.approx(
        0.5, abs=0.002
    )


def test_norketamine_takes_away() -> None:
    """Olofsen 2022 and 2012: S-norketamine works against S-ketamine."""
    p = ENTRY.typical()
    with_it, without = (relief(Values(), Values(s_ketamine=121.0, s_norketamine=n), p) for n in (50.0, 0.0))
    assert with_it < without


def test_gone_soon_after_the_infusion() -> None:
    """Sigtermans 2009: the effect ends rapidly after the infusion; 20 mg of S-ketamine in 20 min."""
    course = infuse(ENTRY, (0.0, 20.0, 1 / 3), form=Form.ESKETAMINE)
    top = course["analgesia"].typical.max()
    assert 0.4 < top < 0.9
    assert course.at("analgesia", 1.5) < 0.15 * top
