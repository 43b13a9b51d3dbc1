"""Beck's scale: the common law, a direct part that passes, and trials with relief given by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kinetamine.engine.events import Event
from kinetamine.engine.person import Person
from kinetamine.library.outcomes.suicidal_ideation import ENTRY, NOT_PREVENTION, warn
from library.outcomes.standing import PEOPLE, baselines, follow, given, own, read, readings

SHARE = st.floats(0.0, 1.0)
HOURS = np.arange(0.0, 24.0 * 60.0, 1.0)
ONE = 0.65 * (1.0 - np.exp(-HOURS / 6.0)) * 0.5 ** (HOURS / (24.0 * 9.0))
"""Relief after one infusion: 0.6 at a day, 0.4 at a week; half lost in nine days."""
INFUSION = Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=2 / 3)


def _settled(day: float) -> float:
    last = int(24 * day) + 1
    return float(follow(ENTRY, HOURS[:last], ONE[:last], own(ENTRY))["settled"])


def _share(day: float) -> float:
    """Drug's part of what is left, in the typical person."""
    now = given(ENTRY, relief=float(ONE[int(24 * day)]))
    return float(read(ENTRY, "ssi_drug", {"settled": _settled(day)}, now, own(ENTRY)) / Person().ssi)


@drawn(relief=SHARE, belief=SHARE, benefit=SHARE, efficacy=SHARE)
def test_the_common_law_at_the_start(relief: float, belief: float, benefit: float, efficacy: float) -> None:
    """While relief is new, both parts of the drug's effect follow it."""
    values = own(ENTRY, EFFICACY=efficacy)
    now = given(ENTRY, relief=relief, belief=belief, benefit_suicidal_ideation=benefit)
    law = (1 - values.BELIEF * belief) * (1 - (1 - (1 - values.SIZE) ** efficacy) * relief) * (1 - benefit)
    assert read(ENTRY, "ssi", {"settled": 0.0}, now, values) == pytest.approx(values.SSI0 * law, abs=1e-9)


@drawn(relief=SHARE, more=SHARE, settled=SHARE, belief=SHARE, baseline=st.floats(0.0, 38.0))
def test_more_relief_is_never_more_ideation(
    relief: float, more: float, settled: float, belief: float, baseline: float
) -> None:
    values = own(ENTRY, Person(ssi=baseline))
    low, high = sorted((relief, more))
    scores = [
        read(ENTRY, "ssi", {"settled": settled}, given(ENTRY, relief=one, belief=belief), values) for one in (low, high)
    ]
    assert 0.0 <= scores[1] <= scores[0] + 1e-12 <= 38.0 + 1e-9


def test_without_efficacy_there_is_no_drug_part() -> None:
    now = given(ENTRY, relief=1.0, belief=1.0)
    assert read(ENTRY, "ssi_drug", {"settled": 0.0}, now, own(ENTRY, EFFICACY=0.0)) == 0.0


def test_only_what_mood_carries_is_left_of_steady_relief() -> None:
    """Grunebaum 2018: 33.6 % of the effect went through mood."""
    now, values = given(ENTRY, relief=0.8), own(ENTRY)
    new, old = (read(ENTRY, "ssi_drug", {"settled": one}, now, values) for one in (0.0, 0.8))
    assert old / new == pytest.approx(0.336)


@drawn(mood=SHARE, measured=SHARE)
def test_another_treatment_acts_through_mood_or_as_measured(mood: float, measured: float) -> None:
    values = own(ENTRY)
    now = given(ENTRY, benefit_depression=mood, benefit_suicidal_ideation=measured)
    left = read(ENTRY, "ssi", {"settled": 0.0}, now, values) / values.SSI0
    assert left == pytest.approx(1.0 - max(measured, values.MEDIATED * mood))


def test_it_passes_sooner_than_relief() -> None:
    """Wilkinson 2018: 0.85 to 0.48 SD within a week; Su 2023: better than midazolam for 5 days, alike at 14."""
    day = _share(1.0)
    assert 0.25 <= _share(7.0) / day <= 0.48 / 0.85
    assert _share(14.0) / day < 0.2
    assert ONE[24 * 14] / ONE[24] > 0.3


def _arms(mean: float, sd: float, low: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values = own(ENTRY, people=PEOPLE)
    values.SSI0 = baselines(mean, sd, low, 38.0)
    states = {"settled": _settled(1.0)}
    arms = (given(ENTRY, relief=one, belief=1.0) for one in (float(ONE[24]), 0.0))
    drug, control = (readings(ENTRY, "ssi", read(ENTRY, "ssi", states, arm, values)) for arm in arms)
    return drug, control, values.SSI0


def test_trial_in_people_with_ideation() -> None:
    """Grunebaum 2018: 4.96 (2.33 to 7.59) points and d 0.75 at 24 h, 55 and 30 % halved (baseline assumed: 14)."""
    drug, control, before = _arms(14.0, 7.0, 4.0)
    difference = control.mean() - drug.mean()
    assert 2.33 <= difference <= 7.59
    assert 0.48 <= difference / np.sqrt((drug.var() + control.var()) / 2) <= 0.85
    assert (drug <= before / 2).mean() == pytest.approx(0.55, abs=0.1)
    assert (control <= before / 2).mean() == pytest.approx(0.30, abs=0.07)


def test_trial_in_resistant_depression() -> None:
    """Price 2014: 6.19 to 3.95 (SD 6.46, n = 21) on midazolam; 6.11 to 1.13 on ketamine, which is more than here."""
    drug, control, before = _arms(6.1, 6.7, 0.0)
    assert control.mean() / before.mean() == pytest.approx(3.95 / 6.19, abs=6.46 / np.sqrt(21.0) / 6.19)
    assert 1.13 / 6.11 < drug.mean() / before.mean() < 0.5


def test_it_is_never_called_prevention() -> None:
    assert warn(Person(), ()) == (NOT_PREVENTION,)
    assert warn(Person(), (INFUSION,)) == (NOT_PREVENTION,)
    assert len(warn(Person(), (INFUSION, INFUSION))) == 2
    assert "not been shown" in NOT_PREVENTION
