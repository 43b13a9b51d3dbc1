"""Occupancy against the binding constants and the levels it was derived for."""

from __future__ import annotations

import pytest

from kinetamine.engine.model import Values
from kinetamine.library.effects.nmda_occupancy import ENTRY, occupancy
from kinetamine.units import KETAMINE_G_PER_MOL, NORKETAMINE_G_PER_MOL
from library.effects.courses import infuse

_NONE = dict.fromkeys(ENTRY.drivers, 0.0)


def _occupied(**ng_per_ml: float) -> float:
    return float(occupancy(Values(), Values(**{**_NONE, **ng_per_ml}), ENTRY.typical()))


def test_half_at_the_racemic_ic50() -> None:
    """Shaffer 2014: unbound racemate 1.42 umol/L, racemic norketamine 9.11 umol/L occupy half."""
    p = ENTRY.typical()
    half = 1.42 / p.FU_K * KETAMINE_G_PER_MOL / 2
    assert _occupied(s_ketamine=half, r_ketamine=half) == pytest.approx(0.5)
    half = 9.11 / p.FU_NK * NORKETAMINE_G_PER_MOL / 2
    assert _occupied(s_norketamine=half, r_norketamine=half) == pytest.approx(0.5)


@pytest.mark.parametrize(("s_ketamine", "expected"), [(159.0, 0.30), (1959.0, 0.84)])
def test_published_levels(s_ketamine: float, expected: float) -> None:
    """Langsjo 2005 levels give 0.30 and 0.84 by hand from the same constants (mechanism notes, section a)."""
    assert _occupied(s_ketamine=s_ketamine) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("driver", ENTRY.drivers)
def test_every_drug_adds_and_competes(driver: str) -> None:
    """More of any drug blocks more, but less than on empty receptors."""
    alone, base = _occupied(**{driver: 100.0}), _occupied(s_ketamine=300.0)
    together = _occupied(**{"s_ketamine": 300.0, driver: 100.0 + 300.0 * (driver == "s_ketamine")})
    assert base < together < base + alone


def test_end_of_an_infusion() -> None:
    """0.5 mg/kg in 40 min: 0.23 to 0.30 expected from unbound 0.43 to 0.6 umol/L; nearly gone a day later."""
    course = infuse(ENTRY, (0.0, 35.0, 2 / 3), horizon_h=24.0)
    assert 0.23 <= course["nmda_occupancy"].typical.max() <= 0.31
    assert course.at("nmda_occupancy", 24.0) < 0.01
