"""The law of harms: frailty and decline, through what was counted; intervals; sessions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import (
    AdverseEvent,
    Counts,
    Harm,
    Law,
    frailty_correlated,
    frailty_through,
    law_through,
    wilson,
)
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError

SOURCE = Reference(key="nobody_2000", authors="Nobody, A", title="A table", journal="", year=2000, url="https://x.org")
SHARE, COUNT = st.floats(0.0, 0.95), st.integers(1, 40)
FRAILTY, DECLINE = st.floats(0.0, 50.0), st.floats(0.5, 1.0)


def estimate(value: float) -> Estimate:
    return Estimate(value, "%", SOURCE, "Table 1", Provenance.MEASURED)


def table(*events: AdverseEvent, decline: float = 0.9, correlation: float = 0.4) -> Harm:
    return Harm(
        name="example",
        title="An example",
        references=(SOURCE,),
        parameters={"DECLINE": estimate(decline), "CORRELATION": estimate(correlation)},
        forms=(Form.ESKETAMINE,),
        routes=("intranasal",),
        population="nobody",
        age_y=(18.0, 65.0),
        sessions=8,
        days=28.0,
        people=100,
        control_people=80,
        control_arm="placebo",
        events=events,
    )


@given(SHARE, COUNT, FRAILTY, DECLINE)
def test_the_law_goes_through_what_was_counted(share: float, sessions: int, frailty: float, decline: float) -> None:
    assert law_through(share, sessions, frailty, decline).by(sessions) == pytest.approx(share, abs=1e-9)


@given(SHARE, COUNT, FRAILTY, DECLINE, st.integers(1, 60))
def test_shares_are_probabilities_and_grow_with_sessions(
    share: float, sessions: int, frailty: float, decline: float, last: int
) -> None:
    law = law_through(share, sessions, frailty, decline)
    assert 0.0 <= law.by(last) <= law.by(last + 1) + 1e-12 <= 1.0 + 1e-12
    assert 0.0 <= law.in_session(last + 1) <= law.in_session(last) + 1e-12
    assert law.in_session(last) <= law.by(last) + 1e-12
    assert law.between(3, 3 + last) <= law.by(3 + last) + 1e-12


@given(st.floats(0.01, 0.6), st.floats(0.05, 0.9), DECLINE)
def test_a_correlation_comes_out_as_asked(share: float, correlation: float, decline: float) -> None:
    frailty = frailty_correlated(correlation, share, 8, decline)
    assert law_through(share, 8, frailty, decline).correlation() == pytest.approx(correlation, abs=1e-6)


def test_without_frailty_sessions_are_independent() -> None:
    law = law_through(0.5, 1, 0.0, 1.0)
    assert law.by(3) == pytest.approx(1.0 - 0.5**3)
    assert law.correlation() == pytest.approx(0.0, abs=1e-12)
    assert Law(law.hazard, 1e-9, 1.0).by(3) == pytest.approx(law.by(3))


def test_frailty_makes_repetition_milder() -> None:
    early = [law_through(0.3, 8, frailty, 1.0).in_session(1) for frailty in (0.0, 1.0, 5.0)]
    assert early == sorted(early)
    assert law_through(0.3, 8, 5.0, 1.0).by(56) < law_through(0.3, 8, 0.0, 1.0).by(56)


def test_both_counts_come_out() -> None:
    frailty = frailty_through(0.167, 0.27, (2, 8), 0.94)
    law = law_through(0.27, 8, frailty, 0.94)
    assert [law.by(2), law.by(8)] == pytest.approx([0.167, 0.27])


@pytest.mark.parametrize("first", [0.038, 0.25])
def test_counts_of_different_things_are_refused(first: float) -> None:
    # 3.8 % in week 1 beside 23 % in four weeks: less than a fourth of the way in a fourth of the sessions
    with pytest.raises(FieldError, match="count different things"):
        frailty_through(first, 0.23, (2, 8), 1.0)


def test_what_cannot_be_correlated_so_is_refused() -> None:
    with pytest.raises(FieldError, match="correlation"):
        frailty_correlated(-0.5, 0.2, 8, 0.9)
    assert frailty_correlated(0.4, 0.0, 8, 0.9) == 0.0


@pytest.mark.parametrize("share", [1.0, 1.2, -0.1, math.nan])
def test_a_share_lies_below_one(share: float) -> None:
    with pytest.raises(FieldError, match="share"):
        law_through(share, 8, 1.0, 0.9)


def test_sessions_count_from_one() -> None:
    with pytest.raises(FieldError, match="1 or more"):
        Law(0.1, 1.0, 0.9).in_session(0)


def test_wilson_as_published() -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, method 3: 81 of 263 and 0 of 20
    assert list(wilson(81 / 263, 263)) == pytest.approx([0.2553, 0.3662], abs=5e-5)
    assert list(wilson(0.0, 20)) == pytest.approx([0.0, 0.1611], abs=5e-5)


def test_the_difference_as_published() -> None:
    # Newcombe 1998, Statistics in Medicine 17:873, method 10: 56 of 70 less 48 of 80
    event = AdverseEvent(name="event", title="Event", drug=estimate(80.0), control=estimate(60.0), people=70)
    excess = table(event).risk("event").excess(1, 8)
    assert excess is not None
    assert excess.value == pytest.approx(0.2)
    assert [excess.low, excess.high] == pytest.approx([0.0524, 0.3339], abs=5e-5)


def test_counts_become_percentages() -> None:
    event = Counts(SOURCE, "Table 1", 50, 40).event("event", "Event", 10, 2)
    assert (event.drug.value, event.drug.note) == (20.0, "10 of 50 people")
    assert event.control is not None
    assert event.control.value == 5.0
    assert Counts(SOURCE, "Table 1", 50).event("event", "Event", 10, 2).control is None


def test_an_interval_of_its_own_stands_in_for_the_binomial() -> None:
    own = Estimate(50.0, "%", SOURCE, "Table 1", Provenance.DERIVED, "middle", (40.0, 70.0))
    risk = table(AdverseEvent(name="event", title="Event", drug=own)).risk("event")
    found = risk.at_least_once(1, 8)
    assert [found.value, found.low, found.high] == pytest.approx([0.5, 0.4, 0.7])
    assert risk.background(1, 8) is None
    assert risk.excess(1, 8) is None


def test_what_does_not_decline_stays() -> None:
    event = AdverseEvent(name="event", title="Event", drug=estimate(20.0), declines=False)
    risk = table(event).risk("event")
    assert risk.in_session(1) == risk.in_session(8)


def test_a_table_refuses_what_it_cannot_hold() -> None:
    event = AdverseEvent(name="event", title="Event", drug=estimate(20.0))
    with pytest.raises(FieldError, match="each name once"):
        table(event, event)
    with pytest.raises(FieldError, match="first_week"):
        table(AdverseEvent(name="event", title="Event", drug=estimate(20.0), first_week=estimate(30.0)))
    with pytest.raises(FieldError, match="one of event"):
        table(event).event("another")
