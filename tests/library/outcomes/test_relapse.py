"""Hazards of relapse: what holds lowers them, frailty makes a group's fall, and times to relapse in trials."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kinetamine.engine.person import Person
from kinetamine.library.outcomes.relapse import ENTRY, relapsed, warn
from library.outcomes.standing import PEOPLE, follow, given, own, read

SHARE = st.floats(0.0, 1.0)
DAYS = np.arange(0.0, 366.0, 0.5)
ANTIDEPRESSANT = 0.5
"""Benefit of the oral drug that goes on, as the fit assumes."""


def _falling(start: float) -> np.ndarray:
    """Relief that halves every nine days."""
    return np.asarray(start * 0.5 ** (DAYS / 9.0))


def _well(day: float, relief: np.ndarray, benefit: float = 0.0, selected_d: float = 0.0) -> float:
    """Share of a group still well, by the entry's own equations; ``selected_d`` days before, all had stayed well."""
    values = own(ENTRY, people=PEOPLE)
    last = int(2 * day) + 1
    risk = follow(ENTRY, 24.0 * DAYS[:last], relief[:last], values, benefit_depression=benefit)["risk"]
    now = given(ENTRY, relief=float(relief[0]), benefit_depression=benefit)
    before = np.exp(-selected_d * read(ENTRY, "relapse_hazard", {"risk": 0.0}, now, values))
    return float((before * (1.0 - relapsed(risk))).sum() / before.sum())


@drawn(relief=SHARE, more=SHARE, benefit=SHARE)
def test_what_holds_lowers_the_hazard(relief: float, more: float, benefit: float) -> None:
    low, high = sorted((relief, more))
    hazards = [
        read(ENTRY, "relapse_hazard", {"risk": 0.0}, given(ENTRY, relief=one, benefit_depression=benefit), own(ENTRY))
        for one in (low, high)
    ]
    values = own(ENTRY)
    assert 0.0 < hazards[1] <= hazards[0] <= values.H0
    assert hazards[1] >= values.H0 * np.exp(-values.PROTECT) * (1 - 1e-12)


@drawn(relief=SHARE, benefit=SHARE)
def test_relief_and_benefit_hold_alike(relief: float, benefit: float) -> None:
    one = given(ENTRY, relief=relief, benefit_depression=benefit)
    other = given(ENTRY, relief=benefit, benefit_depression=relief)
    found = [read(ENTRY, "relapse_hazard", {"risk": 0.0}, each, own(ENTRY)) for each in (one, other)]
    assert found[0] == pytest.approx(found[1])


def test_risk_gathers_with_the_hazard_by_the_day() -> None:
    values = own(ENTRY)
    risk = follow(ENTRY, np.arange(0.0, 241.0, 1.0), np.zeros(241), values)["risk"]
    assert risk == pytest.approx(10.0 * values.H0)
    assert read(ENTRY, "relapse_risk", {"risk": risk}, given(ENTRY), values) == risk
    assert relapsed(0.0) == 0.0
    assert relapsed(risk) == pytest.approx(1.0 - np.exp(-10.0 * values.H0))


def test_the_hazard_of_a_group_falls() -> None:
    """From about 0.04 per day in responders to a few in a thousand: the frail go first."""
    nothing = np.zeros_like(DAYS)
    well = {day: _well(day, nothing) for day in (0.0, 7.0, 60.0, 120.0)}
    early = -np.log(well[7.0] / well[0.0]) / 7.0
    late = -np.log(well[120.0] / well[60.0]) / 60.0
    assert 0.02 < early < 0.2
    assert late < early / 3.0


def test_median_after_six_infusions() -> None:
    """18 d off all drugs (Murrough 2013b, 17 people) and 27.5 d in PTSD (Feder 2021, 10): 15 to 35 d."""
    six = _falling(0.85)
    assert _well(15.0, six) > 0.5 > _well(35.0, six)


def test_clinics_without_maintenance() -> None:
    """McInnes 2022: about 80 % still well at 4 weeks, 60 % at 8."""
    six = _falling(0.85)
    assert _well(28.0, six, ANTIDEPRESSANT) == pytest.approx(0.8, abs=0.08)
    assert _well(56.0, six, ANTIDEPRESSANT) == pytest.approx(0.6, abs=0.08)


def test_a_year_after_remission() -> None:
    """Ekstrand 2022: 70 % of 43 remitters relapsed within 12 months."""
    assert 1.0 - _well(365.0, _falling(0.85), ANTIDEPRESSANT) == pytest.approx(0.70, abs=0.14)


def test_withdrawal_doubles_relapse() -> None:
    """Daly 2019: hazard ratios 0.49 (0.29 to 0.84) and 0.30 (0.16 to 0.55); median after withdrawal 273 d (97 to -)."""
    kept = _well(270.0, np.full_like(DAYS, 0.75), ANTIDEPRESSANT, selected_d=84.0)
    lost = _well(270.0, _falling(0.75), ANTIDEPRESSANT, selected_d=84.0)
    assert 0.29 <= np.log(kept) / np.log(lost) <= 0.55
    assert _well(97.0, _falling(0.75), ANTIDEPRESSANT, selected_d=84.0) > 0.5
    assert 1.0 - kept == pytest.approx(0.267, abs=0.1)


def test_it_says_for_whom() -> None:
    (sentence,) = warn(Person(), ())
    assert sentence.startswith("relapse: ")
    assert "responded" in sentence
