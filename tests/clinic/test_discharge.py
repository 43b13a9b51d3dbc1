"""The gate lists what is unmet; only a physician may open it against the list, with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.session.histories import INFUSION, PUMP, SPRAY, at, awake, clock, entry, read
from kinetamine.clinic.discharge import SYSTOLIC, Acceptable, Arrangements, Gate, discharge, gate
from kinetamine.clinic.session.entries import Entry, Read, Scored, Symptom
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError

ARRANGED = Arrangements(
    escort=clock(110), told_not_to_drive=clock(112), gait_safe=clock(105), symptoms_asked=clock(104)
)


def listed(minutes: float, *entries: Entry, arranged: Arrangements = ARRANGED, alarms: tuple[str, ...] = ()) -> Gate:
    return gate(at(minutes, *entries), arranged, unanswered_alarms=alarms)


def unmet(found: Gate) -> list[str]:
    return [one.name for one in found.unmet]


def test_nothing_is_unmet_and_still_nothing_says_yes() -> None:
    found = listed(121, *INFUSION)
    assert unmet(found) == []
    assert found.text == "Nothing on this list is unmet; what is not on it was not looked at, and a clinician decides."


def test_the_time_at_which_one_would_have_been_ready_does_not_wait_for_the_clock_or_the_escort() -> None:
    assert listed(121, *INFUSION).would_have_been_ready == clock(105)
    early = Arrangements(gait_safe=clock(60), symptoms_asked=clock(60))
    assert listed(121, *INFUSION, arranged=early).would_have_been_ready == clock(100)
    assert unmet(listed(119, *INFUSION)) == ["2 hours of observation"]
    assert listed(119, *INFUSION).would_have_been_ready == clock(105)


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ([entry("n", 80, Symptom(kind="nausea", resolved=False))], "every symptom resolved"),
        ([read("late", 118, 150, 80)], "systolic at most 140 mmHg"),
        ([read("late", 118, 130, 95)], "diastolic at most 90 mmHg"),
        ([read("late", 118, spo2=92.0)], "spo2 at least 94 %"),
        ([entry("late", 118, Read(values=(("heart_rate", 111.0),)))], "heart_rate at most 110 beats/min"),
        ([awake("drowsy again", 118, 4)], "moaas at least 5 points"),
        (
            [entry("c", 118, Scored(scale="cadss", answers=tuple((f"{item}", 1) for item in range(1, 24))))],
            "cadss at most 4 points",
        ),
    ],
)
def test_two_hours_are_not_enough(more: list[Entry], name: str) -> None:
    found = listed(121, *INFUSION, *more)
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
    assert unmet(listed(121, *INFUSION, arranged=replace(ARRANGED, **{field: None}))) == [name]
    later = replace(ARRANGED, **{field: clock(200)})
    assert unmet(listed(121, *INFUSION, arranged=later)) == [name]


def test_an_open_alarm_and_a_running_pump_keep_the_gate_shut() -> None:
    assert unmet(listed(121, *INFUSION, alarms=("spo2 at most 91 %",))) == ["every alarm answered"]
    assert "all drug given" in unmet(listed(200, read("b", -5), entry("s", 0, PUMP), arranged=ARRANGED))


def test_readings_from_before_the_drug_prove_nothing() -> None:
    found = unmet(listed(121, *INFUSION[:2], INFUSION[5]))
    assert {"systolic at most 140 mmHg", "spo2 at least 94 %", "moaas at least 5 points"} <= set(found)


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
    state = at(121, *INFUSION, read("late", 118, 150, 80))
    assert gate(state, ARRANGED, unanswered_alarms=(), acceptable=wide).unmet == ()


def signed(role: str, minutes: float = 122.0) -> Signature:
    return Signature(by="x", role=role, at=clock(minutes))


def test_a_nurse_may_let_go_whom_the_list_lets_go_and_no_other() -> None:
    assert discharge(listed(121, *INFUSION), signed("nurse")).overridden == ()
    shut = listed(119, *INFUSION)
    with pytest.raises(FieldError, match="physician, who alone may let somebody leave with 2 hours of observation"):
        discharge(shut, signed("nurse"), "she insists")
    with pytest.raises(FieldError, match="words, not a blank"):
        discharge(shut, signed("physician"))
    with pytest.raises(FieldError, match="not before the list was made"):
        discharge(shut, signed("physician", 100.0), "early")


def test_an_override_keeps_what_was_unmet_and_why() -> None:
    done = discharge(listed(119, *INFUSION), signed("physician"), " Ambulance takes over. ")
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
    assert unmet(listed(121, *INFUSION, entry("c", 118, incomplete))) == ["cadss at most 4 points"]


def test_breathing_that_was_counted_must_be_enough() -> None:
    counted = [entry("b", 118, Read(values=(("respiratory_rate", value),))) for value in (8.0, 9.0)]
    assert [unmet(listed(121, *INFUSION, one)) for one in counted] == [["respiratory_rate at least 9 breaths/min"], []]
