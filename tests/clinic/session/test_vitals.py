"""Entries become alarms: critical ones alarm, impossible ones are sent back, corrections withdraw and alarm anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.session.histories import INFUSION, PUMP, at, awake, clock, entry, read
from kinetamine.clinic.alarms.events import Acknowledged, Reading, Withdrawn
from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.alarms.machine import State, step
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.clinic.session.entries import Correction, EnteredInError, Entry, Read, What
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.clinic.session.vitals import alarm_events, alarms_of, before_dose, present, sent_back, unanswered


def alarms(*entries: Entry) -> State:
    timeline = Timeline().merged(entries)
    return alarms_of(timeline, PUBLISHED)


def reasons(state: State) -> set[str]:
    return {one.reason for one in state.events if isinstance(one, Withdrawn)}


def pressure(systolic: float) -> Read:
    return Read(values=(("systolic", systolic),))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (pressure(1250.0), ("systolic: expected 30 to 350 mmHg: read again, and type it again",)),
        (Correction(of="r", what=pressure(1250.0), reason="x"), ("systolic: expected",)),
        (pressure(250.0), ()),
        (Read(values=(("spo2", 40.0), ("heart_rate", 220.0)), absent=(("systolic", "cuff"),)), ()),
        (PUMP, ()),
        (Read(values=(("capnography", 900.0),)), ()),
    ],
)
def test_what_cannot_be_is_sent_back_and_nothing_else(what: What, words: tuple[str, ...]) -> None:
    found = sent_back(what, PUBLISHED)
    assert len(found) == len(words)
    assert all(one.startswith(expected) for one, expected in zip(found, words, strict=True))


def test_a_rise_is_counted_from_the_last_reading_before_the_drug() -> None:
    steps = (read("b1", -20, 110), read("b2", -5, 118), entry("s", 0, PUMP), read("r", 30, 158))
    assert before_dose(at(60, *steps))[Vital.SYSTOLIC] == 118.0
    assert unanswered(alarms(*steps)) == ("systolic rise of at least 40 mmHg",)


RISE = "systolic rise of at least 40 mmHg"


def rise(*entries: Entry) -> tuple[bool, bool]:
    """Whether it stands unanswered, and whether the last reading still is one."""
    found = alarms(*entries)
    return RISE in unanswered(found), RISE in present(found)


def test_a_rise_that_stands_is_not_cleared_by_what_is_known_of_the_time_before() -> None:
    steps = (entry("b", -30, pressure(118.0)), entry("s", -20, PUMP), entry("r", -5, pressure(165.0)))
    assert rise(*steps) == (True, True)
    late = entry("late", -21, pressure(130.0), received=0)
    assert rise(*steps, late) == (True, False)
    assert rise(*steps, entry("c", 0, Correction(of="b", what=pressure(130.0), reason="typing"))) == (True, False)
    assert rise(*steps, entry("e", 0, EnteredInError(of="b", reason="other patient"))) == (True, False)
    assert rise(*steps, entry("moved", 0, Correction(of="b", what=pressure(118.0), reason="x", at=clock(-10))))[0]
    assert rise(*steps, late, entry("r2", 5, pressure(165.0))) == (True, False)
    assert rise(*steps, late, entry("r2", 5, pressure(171.0))) == (True, True)


def test_a_reading_is_a_rise_too_over_what_is_told_later() -> None:
    steps = (entry("s", 0, PUMP), entry("r", 10, pressure(160.0)))
    assert rise(*steps) == (False, False)
    assert rise(*steps, entry("b", -5, pressure(118.0), received=12)) == (True, True)
    wrong = entry("b", -5, pressure(150.0))
    assert rise(wrong, *steps, entry("c", 12, Correction(of="b", what=pressure(115.0), reason="x"))) == (True, True)
    dated = Correction(of="m", what=pressure(118.0), reason="it was before", at=clock(-1))
    assert rise(wrong, *steps, entry("m", 8, pressure(118.0)), entry("d", 12, dated))[0]


def test_what_was_wrong_before_a_reading_came_counts_for_it_no_more() -> None:
    wrong, right = entry("b", -5, pressure(80.0)), Correction(of="b", what=pressure(128.0), reason="typing")
    steps = (wrong, entry("s", 0, PUMP), entry("c", 2, right))
    assert rise(*steps, entry("r", 10, pressure(140.0))) == (False, False)


def test_before_any_drug_there_is_no_rise() -> None:
    steps = (entry("b1", -30, pressure(165.0)), entry("b2", -20, pressure(118.0)))
    assert rise(*steps) == (False, False)
    assert rise(*steps, entry("b3", -5, pressure(140.0)), entry("s", 0, PUMP)) == (False, False)


def test_a_reading_that_may_be_from_after_the_drug_is_not_the_one_before_it() -> None:
    slow = entry("m", -0.1, pressure(156.0), received=1.2, by="m1", device="Monitor 1")
    steps = (entry("b", -5, pressure(118.0)), entry("s", 0, PUMP), slow, entry("r", 10, pressure(162.0)))
    assert before_dose(at(60, *steps))[Vital.SYSTOLIC] == 118.0
    assert rise(*steps) == (True, True)
    assert before_dose(at(60, *steps[1:]))[Vital.SYSTOLIC] == 156.0
    seen = Correction(of="m", what=pressure(156.0), reason="the clock is right, it was offline")
    assert before_dose(at(60, *steps, entry("c", 12, seen)))[Vital.SYSTOLIC] == 156.0
    in_time = entry("m", -0.1, pressure(156.0), received=0.5, by="m1", device="Monitor 1")
    assert before_dose(at(60, *steps[:2], in_time))[Vital.SYSTOLIC] == 156.0


def test_a_reading_that_failed_is_an_event_without_a_value_and_clears_nothing() -> None:
    failed = entry("f", 40, Read(absent=(("spo2", "probe fell off"), ("capnography", "none here"))))
    (event,) = alarm_events(Timeline().merged([failed]))
    assert isinstance(event, Reading)
    assert (event.vital, event.value, event.absent) == (Vital.SPO2, None, "probe fell off")
    assert "spo2 at most 91 %" in unanswered(alarms(entry("s", 0, PUMP), read("r", 30, spo2=85.0), failed))


def test_the_depth_of_sedation_alarms_too() -> None:
    found = {points: unanswered(alarms(entry("s", 0, PUMP), awake("a", 30, points))) for points in (0, 1, 2)}
    assert found[0] == ("moaas at most 1 points", "moaas at most 0 points")
    assert (found[1], found[2]) == (("moaas at most 1 points",), ())


def test_a_correction_withdraws_the_alarm_of_the_slip_and_alarms_by_itself() -> None:
    slip = entry("r", 30, pressure(85.0))
    right = entry("c", 31, Correction(of="r", what=pressure(185.0), reason="typing", at=clock(29)))
    found = alarms(entry("s", 0, PUMP), slip, right)
    assert unanswered(found) == ("systolic at least 180 mmHg",)
    first = {one.limit.name: one.first_at for one in found.alarms}
    assert (first["systolic_high"], first["systolic_very_low"]) == (clock(29), clock(30))
    assert reasons(found) == {"typing"}


def test_what_was_entered_in_error_stays_with_its_reason() -> None:
    found = alarms(read("r", 30, 230), entry("e", 31, EnteredInError(of="r", reason="other patient")))
    assert unanswered(found) == ()
    assert {one.limit.vital for one in found.alarms} == {Vital.SYSTOLIC}
    assert reasons(found) == {"other patient"}


def test_an_answer_to_the_screen_opens_the_gate() -> None:
    found = alarms(entry("s", 0, PUMP), read("r", 30, 185))
    seen = frozenset(name for one in found.board for name in one.unanswered)
    assert unanswered(step(found, Acknowledged(name="a", readings=seen, by="n", at=clock(31)))[0]) == ()


@given(st.permutations([*INFUSION, read("high", 50, 190), entry("e", 52, EnteredInError(of="high", reason="x"))]))
def test_the_order_of_arrival_does_not_matter(entries: list[Entry]) -> None:
    assert alarm_events(Timeline().merged(entries)) == alarm_events(Timeline().merged(entries[::-1]))
    assert unanswered(alarms(*entries)) == ()


def test_what_counts_for_nothing_is_heard_all_the_same() -> None:
    low = Read(values=(("spo2", 80.0),))
    other = entry("r", 30, Read(values=(("spo2", 97.0),)))
    orphan = entry("c", 31, Correction(of="not yet here", what=low, reason="typed wrongly"))
    calm = len(unanswered(alarms(entry("s", 0, PUMP), other)))
    assert len(unanswered(alarms(entry("s", 0, PUMP), other, orphan))) > calm
    assert len(unanswered(alarms(entry("s", 0, PUMP), other, entry("r", 30, low)))) > calm
