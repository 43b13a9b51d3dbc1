"""HAM-A: the common law, and trials of anxiety with relief and belief given by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kinetamine.engine.events import Event
from kinetamine.engine.person import Person
from kinetamine.library.outcomes.anxiety import ENTRY, warn
from library.outcomes.standing import PEOPLE, baselines, given, own, read, readings

SHARE = st.floats(0.0, 1.0)
AFTER_ONE_DAY = 0.63
"""Relief a day after one infusion of 0.5 mg/kg, as the depression curve has it."""


@drawn(relief=SHARE, belief=SHARE, benefit=SHARE, efficacy=SHARE, baseline=st.floats(0.0, 56.0))
def test_the_common_law(relief: float, belief: float, benefit: float, efficacy: float, baseline: float) -> None:
    values = own(ENTRY, Person(hama=baseline), EFFICACY=efficacy)
    now = given(ENTRY, relief=relief, belief=belief, benefit_anxiety=benefit)
    score = read(ENTRY, "hama", {}, now, values)
    law = (1 - values.BELIEF * belief) * (1 - (1 - (1 - values.SIZE) ** efficacy) * relief) * (1 - benefit)
    assert score == pytest.approx(baseline * law, abs=1e-9)
    assert 0.0 <= score <= 56.0
    untreated = read(ENTRY, "hama", {}, given(ENTRY, relief=relief, belief=belief), values)
    parts = read(ENTRY, "hama_drug", {}, now, values) + read(ENTRY, "hama_nonspecific", {}, now, values)
    assert untreated + parts == pytest.approx(baseline, abs=1e-9)


@drawn(relief=SHARE, more=SHARE, belief=SHARE)
def test_more_relief_is_never_more_anxiety(relief: float, more: float, belief: float) -> None:
    low, high = sorted((relief, more))
    scores = [read(ENTRY, "hama", {}, given(ENTRY, relief=one, belief=belief), own(ENTRY)) for one in (low, high)]
    assert scores[1] <= scores[0] + 1e-12


def test_without_efficacy_there_is_no_drug_part() -> None:
    assert read(ENTRY, "hama_drug", {}, given(ENTRY, relief=1.0, belief=1.0), own(ENTRY, EFFICACY=0.0)) == 0.0


def _arms(relief: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values = own(ENTRY, people=PEOPLE)
    values.HAMA0 = baselines(24.0, 5.0, 15.0, 56.0)
    arms = (given(ENTRY, relief=one, belief=1.0) for one in (relief, 0.0))
    drug, control = (readings(ENTRY, "hama", read(ENTRY, "hama", {}, arm, values)) for arm in arms)
    return drug, control, values.HAMA0


def test_pooled_difference_at_a_day() -> None:
    """Hartland 2023: standardised difference 0.44 (0.22 to 0.65) at 24 h."""
    drug, control, _ = _arms(AFTER_ONE_DAY)
    size = (control.mean() - drug.mean()) / np.sqrt((drug.var() + control.var()) / 2)
    assert 0.22 <= size <= 0.65


def test_response_is_between_blinded_and_open_trials() -> None:
    """Taylor 2018: 33 against 0 % on the LSAS; Glue 2018, open and in chosen responders: halved, at full relief."""
    drug, control, before = _arms(AFTER_ONE_DAY)
    assert (drug <= before / 2).mean() == pytest.approx(0.33, abs=0.1)
    assert (control <= before / 2).mean() < 0.2
    best, _, before = _arms(1.0)
    assert (before - best).mean() / before.mean() == pytest.approx(0.5, abs=0.1)


def test_the_size_may_be_zero() -> None:
    """Price 2014: state anxiety fell by 17.1 (SD 16.3, n = 36) and 13.4 (15.9, n = 21): less than two errors apart."""
    interval = ENTRY.parameters["SIZE"].interval
    assert interval is not None
    assert interval[0] == 0.0
    assert 1.96 * np.hypot(16.31 / 6.0, 15.93 / np.sqrt(21.0)) > 17.06 - 13.40


def test_it_says_how_thin_the_evidence_is() -> None:
    assert warn(Person(), ()) == ()
    (sentence,) = warn(Person(), (Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=2 / 3),))
    assert sentence.startswith("anxiety: ")
    assert "zero" in sentence
