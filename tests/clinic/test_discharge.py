"""The gate lists what is unmet; only a physician may open it against the list, with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.session.histories import INFUSION as BY_PUMP
from clinic.session.histories import PUMP, SPRAY, at, awake, clock, entry, read
from kinetamine.clinic.alarms.events import Acknowledged
from kinetamine.clinic.alarms.limits import Limit, Side, Vital
from kinetamine.clinic.alarms.machine import step
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.clinic.discharge import SYSTOLIC, Acceptable, Arrangements, Gate, discharge, gate
from kinetamine.clinic.session.entries import (
    DeviceUsed,
    Entry,
    InfusionStarted,
    Injected,
    Read,
    Scored,
    Stopped,
    Symptom,
    What,
)
from kinetamine.clinic.session.state import state_at
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.clinic.session.vitals import alarms_of, present, unanswered
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError

ARRANGED = Arrangements(
    escort=clock(110), told_not_to_drive=clock(112), gait_safe=clock(105), symptoms_asked=clock(104)
)
INFUSION = (*BY_PUMP, read("r150", 150), awake("awake still", 150))
"""The pump stops at minute 40, so that the two hours are over at minute 160."""


def listed(minutes: float, *entries: Entry, arranged: Arrangements = ARRANGED, alarms: tuple[str, ...] = ()) -> Gate:
    return gate(at(minutes, *entries), arranged, unanswered_alarms=alarms, present_alarms=())


def unmet(found: Gate) -> list[str]:
    return [one.name for one in found.unmet]


def test_nothing_is_unmet_and_still_nothing_says_yes() -> None:
    found = listed(161, *INFUSION)
    assert unmet(found) == []
    assert found.text == "Nothing on this list is unmet; what is not on it was not looked at, and a clinician decides."


def test_the_time_at_which_one_would_have_been_ready_does_not_wait_for_the_clock_or_the_escort() -> None:
    assert listed(161, *INFUSION).would_have_been_ready == clock(105)
    early = Arrangements(gait_safe=clock(60), symptoms_asked=clock(60))
    assert listed(161, *INFUSION, arranged=early).would_have_been_ready == clock(100)
    assert unmet(listed(159, *INFUSION)) == ["2 hours of observation"]
    assert listed(159, *INFUSION).would_have_been_ready == clock(105)


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ([entry("n", 80, Symptom(kind="nausea", resolved=False))], "every symptom resolved"),
        ([read("late", 158, 150, 80)], "systolic from 101 to 140 mmHg"),
        ([read("late", 158, 130, 95)], "diastolic at most 90 mmHg"),
        ([read("late", 158, spo2=92.0)], "spo2 at least 94 %"),
        ([entry("late", 158, Read(values=(("heart_rate", 111.0),)))], "heart_rate from 41 to 110 beats/min"),
        ([read("late", 158, 100, 60)], "systolic from 101 to 140 mmHg"),
        ([entry("late", 158, Read(values=(("heart_rate", 40.0),)))], "heart_rate from 41 to 110 beats/min"),
        ([awake("drowsy again", 158, 4)], "moaas at least 5 points"),
        (
            [entry("c", 158, Scored(scale="cadss", answers=tuple((f"{item}", 1) for item in range(1, 24))))],
            "cadss at most 4 points",
        ),
    ],
)
def test_two_hours_are_not_enough(more: list[Entry], name: str) -> None:
    found = listed(161, *INFUSION, *more)
    assert unmet(found) == [name]
    assert found.would_have_been_ready is None
    assert name in found.text


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("escort", "escort present"),
        ("told_not_to_drive", "told not to drive until the next day, after sleep"),
        ("gait_safe", "gait safe"),
        ("symptoms_asked", "asked about sedation, dissociation and breathing"),
    ],
)
def test_what_people_must_see_to_is_unmet_until_they_did(field: str, name: str) -> None:
    assert unmet(listed(161, *INFUSION, arranged=replace(ARRANGED, **{field: None}))) == [name]
    later = replace(ARRANGED, **{field: clock(200)})
    assert unmet(listed(161, *INFUSION, arranged=later)) == [name]


def test_an_open_alarm_and_a_running_pump_keep_the_gate_shut() -> None:
    assert unmet(listed(161, *INFUSION, alarms=("spo2 at most 91 %",))) == ["every alarm answered"]
    assert "all drug given" in unmet(listed(200, read("b", -5), entry("s", 0, PUMP), arranged=ARRANGED))


def test_readings_from_before_the_drug_prove_nothing() -> None:
    found = unmet(listed(161, *INFUSION[:2], INFUSION[5]))
    assert {"systolic from 101 to 140 mmHg", "spo2 at least 94 %", "moaas at least 5 points"} <= set(found)


def test_without_any_symptom_one_is_ready_by_the_readings() -> None:
    found = listed(121, *SPRAY[:-1])
    assert found.unmet == ()
    assert found.would_have_been_ready == clock(115)


def test_one_is_ready_no_sooner_than_the_last_symptom_is_gone() -> None:
    steps = (
        *INFUSION,
        entry("n", 80, Symptom(kind="nausea", resolved=False)),
        entry("n gone", 108, Symptom(kind="nausea", resolved=True)),
    )
    assert listed(121, *steps).would_have_been_ready == clock(108)


def test_before_any_drug_nothing_can_be_discharged() -> None:
    assert "2 hours of observation" in unmet(listed(500, read("b", -5)))


def test_a_clinic_may_set_other_limits() -> None:
    wide = Acceptable(systolic_most=replace(SYSTOLIC, value=160.0))
    state = at(161, *INFUSION, read("late", 158, 150, 80))
    assert gate(state, ARRANGED, unanswered_alarms=(), present_alarms=(), acceptable=wide).unmet == ()


def signed(role: str, minutes: float = 162.0) -> Signature:
    return Signature(by="x", role=role, at=clock(minutes))


def test_a_nurse_may_let_go_whom_the_list_lets_go_and_no_other() -> None:
    assert discharge(listed(161, *INFUSION), signed("nurse")).overridden == ()
    shut = listed(159, *INFUSION)
    with pytest.raises(FieldError, match="physician, who alone may let somebody leave with 2 hours of observation"):
        discharge(shut, signed("nurse"), "she insists")
    with pytest.raises(FieldError, match="words, not a blank"):
        discharge(shut, signed("physician"))
    with pytest.raises(FieldError, match="not before the list was made"):
        discharge(shut, signed("physician", 100.0), "early")


def test_an_override_keeps_what_was_unmet_and_why() -> None:
    done = discharge(listed(159, *INFUSION), signed("physician"), " Ambulance takes over. ")
    assert [one.name for one in done.overridden] == ["2 hours of observation"]
    assert (done.why, done.signature.role) == ("Ambulance takes over.", "physician")


@given(st.integers(0, 240), st.permutations(list(SPRAY[:-1])))
def test_the_gate_never_opens_before_two_hours_nor_by_the_order_of_arrival(minutes: int, entries: list[Entry]) -> None:
    found = listed(minutes, *entries)
    assert found == listed(minutes, *SPRAY[:-1])
    if minutes < 120:
        assert found.unmet
    for one in found.conditions:
        assert one.met_since is None or one.met_since <= max(found.at, clock(0) + timedelta(0))
        assert one.basis.where


def test_a_form_with_an_answer_missing_is_not_a_form_without_dissociation() -> None:
    incomplete = Scored(scale="cadss", answers=tuple((f"{item}", 1) for item in range(1, 23)))
    assert unmet(listed(161, *INFUSION, entry("c", 158, incomplete))) == ["cadss at most 4 points"]


def test_breathing_that_was_counted_must_be_neither_too_slow_nor_too_fast() -> None:
    counted = [entry("b", 158, Read(values=(("respiratory_rate", value),))) for value in (8.0, 9.0, 20.0, 21.0)]
    name = "respiratory_rate from 9 to 20 breaths/min"
    assert [unmet(listed(161, *INFUSION, one)) for one in counted] == [[name], [], [], [name]]


@pytest.mark.parametrize("limit", [one for one in PUBLISHED.limits if one.on and one.side is not Side.RISE])
def test_nobody_leaves_with_a_value_that_alarms(limit: Limit) -> None:
    """Every alarm on a value lies outside of what is acceptable, whatever else is in order."""
    what: What = Read(values=((limit.vital.value, limit.value.value),))
    if limit.vital is Vital.ALERTNESS:
        what = Scored(scale="moaas", answers=(("response", int(limit.value.value)),))
    found = unmet(listed(161, *INFUSION, entry("late", 158, what)))
    assert [one.split()[0] for one in found] == [limit.vital.value]


def test_an_alarm_that_was_answered_and_is_still_present_is_unmet() -> None:
    before = entry("low before", -5, Read(values=(("systolic", 92.0), ("diastolic", 60.0))))
    steps = (*INFUSION, before, read("late", 158, 138, 80))
    timeline, state = Timeline().merged(steps), at(161, *steps)
    alarms = alarms_of(timeline, PUBLISHED)
    seen = frozenset(name for one in alarms.board for name in one.unanswered)
    alarms, _ = step(alarms, Acknowledged(name="seen", readings=seen, by="nurse-a", at=clock(159)))
    found = gate(state, ARRANGED, unanswered_alarms=unanswered(alarms), present_alarms=present(alarms))
    assert unmet(found) == ["no alarm still present"]
    assert "systolic rise of at least 40 mmHg" in found.text
    assert found.would_have_been_ready is None


def test_a_drug_dated_long_before_the_session_lets_nobody_go_by_itself() -> None:
    state = state_at(Timeline().merged(INFUSION), clock(161), opened_at=clock(16))
    found = gate(state, ARRANGED, unanswered_alarms=(), present_alarms=())
    assert unmet(found) == ["no drug long before the session"]
    assert "infusion started 16 min before the session was opened" in found.text
    with pytest.raises(FieldError, match="physician"):
        discharge(found, Signature(by="n", role="nurse", at=clock(161)), "it was given in the ward")
    let = discharge(found, Signature(by="p", role="physician", at=clock(161)), "it was given in the ward")
    assert [one.name for one in let.overridden] == ["no drug long before the session"]


EARLY = (*SPRAY[:4], read("r11", 11), awake("a11", 11))


def test_what_was_read_before_the_peak_proves_nothing() -> None:
    found = listed(121, *EARLY)
    assert {one.split()[0] for one in unmet(found)} == {"systolic", "diastolic", "heart_rate", "spo2", "moaas"}
    assert "moaas at least 5 points: not read since 40 min after the last drug" in found.text
    assert unmet(listed(121, *EARLY, read("r100", 100), awake("a100", 100))) == []
    assert unmet(listed(121, *EARLY, read("r100", 100), awake("a49", 49))) == ["moaas at least 5 points"]


def test_what_was_read_long_ago_is_read_again() -> None:
    steps = (*EARLY, read("r60", 60), awake("a60", 60))
    assert unmet(listed(90, *steps, arranged=ARRANGED))[0] == "2 hours of observation"
    found = listed(121, *steps)
    assert {one.split()[0] for one in unmet(found)} == {"systolic", "diastolic", "heart_rate", "spo2", "moaas"}
    assert "spo2 at least 94 %: last 98, 61 min ago: to be read again" in found.text
    again = listed(121, *steps, read("r118", 118), awake("a118", 118), arranged=replace(ARRANGED, gait_safe=clock(58)))
    assert (unmet(again), again.would_have_been_ready) == ([], clock(60))


def test_nothing_grows_old_after_somebody_left() -> None:
    assert listed(1440, *SPRAY, awake("still awake", 120)).would_have_been_ready == clock(115)
    assert unmet(listed(1440, *SPRAY)) == ["moaas at least 5 points"]  # 35 min old when they left


def test_a_gait_that_was_safe_before_the_drug_proves_nothing() -> None:
    early = replace(ARRANGED, gait_safe=clock(-15), symptoms_asked=clock(9), escort=clock(-15))
    found = listed(121, *SPRAY[:-1], arranged=early)
    assert unmet(found) == ["asked about sedation, dissociation and breathing", "gait safe"]
    assert "gait safe: not seen to since the last drug" in found.text


def test_for_a_pump_the_two_hours_begin_when_it_stops() -> None:
    long = InfusionStarted(ml_per_h=10.0, mg_per_ml=2.0, salt="hydrochloride", lot="L1")
    steps = (read("before", -10), entry("s", 0, long), entry("stop", 240, Stopped(reason="complete")))
    late = (*steps, read("r350", 350), awake("a350", 350))
    seen_to = Arrangements(**dict.fromkeys(vars(ARRANGED), clock(351)))
    assert "2 hours of observation: 118 min are left" in listed(242, *steps).text
    assert unmet(listed(359, *late, arranged=seen_to)) == ["2 hours of observation"]
    assert unmet(listed(361, *late, arranged=seen_to)) == []


def observed(minutes: float, *steps: Entry) -> bool:
    return "2 hours of observation" not in unmet(listed(minutes, *steps))


def test_for_a_spray_they_begin_with_the_first_device_and_for_a_needle_with_the_last_dose() -> None:
    devices = [entry(f"d{number}", 5 * number - 5, DeviceUsed(number=number, lot="S")) for number in (1, 2, 3)]
    assert [observed(minutes, *devices) for minutes in (119, 120)] == [False, True]
    doses = [entry(f"i{minute}", minute, Injected(mg=20.0, salt="base", lot="L")) for minute in (0, 30)]
    assert [observed(minutes, *doses) for minutes in (149, 150)] == [False, True]
    assert [observed(minutes, doses[0], entry("d", 30, DeviceUsed(number=1, lot="S"))) for minutes in (149, 150)] == [
        False,
        True,
    ]


def test_several_symptoms_called_other_are_told_apart_by_their_time() -> None:
    others = [
        entry(f"o{minute}", minute, Symptom(kind="other", resolved=False, action=action))
        for minute, action in ((50, "chest pain, ECG done"), (60, "itching"))
    ]
    gone = entry("gone", 70, Symptom(kind="other", resolved=True, action="itching gone"))
    assert "still there: other since minute 50, other since minute 60" in listed(161, *INFUSION, *others).text
    found = listed(161, *INFUSION, *others, gone)
    assert found.text == "every symptom resolved: still there: other since minute 50"
