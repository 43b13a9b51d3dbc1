"""Questions and the list to decide on, as pages."""

from __future__ import annotations

import re

from clinic.care.series import enrolled
from clinic.web.desk import Desk, Fields, hidden, words, wrong_at
from clinic.world import World
from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.records import Role

ANSWERS: Fields = {"aneurysm": "yes", "pregnant": "no", "systolic_mmhg": "148", "hepatic": "normal"}


def test_what_was_answered_is_judged_listed_and_decided_on(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    physician, address = desk.as_(Role.PHYSICIAN), f"/enrolments/{made.id}/eligibility"
    assert "Nothing was asked yet" in words(physician.get(address).text)
    blank = physician.get(f"{address}/ask")
    assert all(f'name="{one.name}"' in blank.text for one in QUESTIONS)
    assert "checked" not in blank.text
    version = {"version": hidden(blank.text, "version")}
    assert physician.post(f"{address}/ask", version | ANSWERS).status_code == 303
    listed = physician.get(address)
    said = words(listed.text)
    first, second, third = re.findall(r"<h3>([^<]+)</h3>", listed.text)[:3]
    assert (first, second) == ("Aneurysmal vascular disease", "Pressure before the dose above 140/90 mmHg")
    assert f"{third} not known" in said
    assert "43 rules were looked at" in said
    assert not any(yes in said.casefold() for yes in ("eligible", "cleared", "safe to", "no contraindication"))
    assert 'rel="noreferrer"' in listed.text
    decided = {"version": hidden(listed.text, "version"), "reason_aneurysm_racemic": "coiled in 2019"}
    assert physician.post(f"{address}/decide", decided).status_code == 303
    after = words(physician.get(address).text)
    assert "Decided on: 1" in after
    assert "coiled in 2019 The physician, physician" in after


def test_a_yes_that_no_rule_judges_is_listed_and_decided_on(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    physician, address = desk.as_(Role.PHYSICIAN), f"/enrolments/{made.id}/eligibility"
    asked = {"version": "1", "recent_infarction": "yes", "hepatic": "normal"}
    assert physician.post(f"{address}/ask", asked).status_code == 303
    listed = physician.get(address).text
    assert "<h3>A recent myocardial infarction</h3>" in listed.split('id="open"')[1]
    assert "Answered so; no rule here judges it for this treatment: its rule is switched off." in words(listed)
    decided = {"version": hidden(listed, "version"), "reason_recent_infarction": "stented, cardiologist agrees"}
    assert physician.post(f"{address}/decide", decided).status_code == 303
    assert "stented, cardiologist agrees" in words(physician.get(address).text)


def test_answers_are_completed_in_the_same_assessment_and_never_carried_into_the_next(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    physician, address = desk.as_(Role.PHYSICIAN), f"/enrolments/{made.id}/eligibility"
    physician.post(f"{address}/ask", {"version": "1"} | ANSWERS)
    amended = physician.get(f"{address}/ask?amend=1").text
    assert amended.count("checked") == 2
    assert 'value="148"' in amended
    anew = physician.get(f"{address}/ask").text
    assert "checked" not in anew
    assert 'value="148"' not in anew


def test_an_impossible_value_is_told_at_its_field_and_nothing_is_lost(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    physician, address = desk.as_(Role.PHYSICIAN), f"/enrolments/{made.id}/eligibility"
    wrong = physician.post(f"{address}/ask", {"version": "1"} | ANSWERS | {"systolic_mmhg": "900"})
    assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, ["systolic_mmhg"])
    assert 'value="900"' in wrong.text
    assert wrong.text.count("checked") == 2


def test_a_nurse_reads_the_list_and_decides_on_nothing(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    address = f"/enrolments/{made.id}/eligibility"
    desk.as_(Role.PHYSICIAN).post(f"{address}/ask", {"version": "1"} | ANSWERS)
    nurse = desk.as_(Role.NURSE)
    listed = nurse.get(address)
    assert "Aneurysmal vascular disease" in words(listed.text)
    assert "reason_aneurysm_racemic" not in listed.text
    assert nurse.post(f"{address}/decide", {"version": "2", "reason_aneurysm_racemic": "fine"}).status_code == 403
    assert nurse.get(f"{address}/ask").status_code == 403


def test_two_physicians_do_not_overwrite_each_other(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    physician, address = desk.as_(Role.PHYSICIAN), f"/enrolments/{made.id}/eligibility/ask"
    assert physician.post(address, {"version": "1"} | ANSWERS).status_code == 303
    second = physician.post(address, {"version": "1", "aneurysm": "no"})
    assert second.status_code == 409
    assert "The physician changed" in words(second.text)
