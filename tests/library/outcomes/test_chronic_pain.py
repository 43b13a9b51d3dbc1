"""Chronic pain against the CRPS trial."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinetamine.engine.events import Form
from kinetamine.library.outcomes.chronic_pain import ENTRY
from library.effects.courses import infuse, people_of

STEPS = tuple((10.0 * i, 10.0 * rate, 10.0) for i, rate in enumerate((5.0, 10.0, 15.0, *(20.0,) * 7)))
PLACEBO = replace(ENTRY, parameters={**ENTRY.parameters, "EFFICACY": replace(ENTRY.parameters["EFFICACY"], value=0.0)})


def test_trial_at_week_one_and_twelve() -> None:
    """Sigtermans 2009: NRS 2.68 (0.51) against 5.45 (0.48) at week 1, difference lost by week 12 (P = 0.07)."""
    drug, placebo = (infuse(one, *STEPS, form=Form.ESKETAMINE, horizon_h=2016.0) for one in (ENTRY, PLACEBO))
    assert drug.at("pain_nrs", 168.0) == pytest.approx(2.68, abs=0.51)
    assert placebo.at("pain_nrs", 168.0) == pytest.approx(5.45, abs=0.48)
    assert placebo.at("pain_nrs", 2016.0) - drug.at("pain_nrs", 2016.0) < 0.3


def test_relief_outlasts_the_infusion() -> None:
    """Dahan 2011: relief outlasts the infusion by about 50 days: still a point at 3 weeks, less at 7."""
    drug, placebo = (infuse(one, *STEPS, form=Form.ESKETAMINE, horizon_h=2016.0) for one in (ENTRY, PLACEBO))
    gap = {day: placebo.at("pain_nrs", 24.0 * day) - drug.at("pain_nrs", 24.0 * day) for day in (4, 25, 54)}
    assert gap[4] > gap[25] > 1.0 > gap[54] > 0.3


def test_people_fall_into_responders_or_not() -> None:
    """Dahan 2011: the probability of an effect is 0.67 (SE 0.10) on ketamine."""
    people = people_of(infuse(ENTRY, *STEPS, form=Form.ESKETAMINE, horizon_h=168.0, people=400), "pain_nrs")[:, -1]
    placebo = infuse(PLACEBO, *STEPS, form=Form.ESKETAMINE, horizon_h=168.0)["pain_nrs"].typical[-1]
    assert ((people < 0.7 * placebo).mean()) == pytest.approx(0.57, abs=0.12)
