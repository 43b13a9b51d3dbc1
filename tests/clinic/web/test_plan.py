"""Planning a series, as pages."""

from __future__ import annotations

import re

import pytest

from clinic.care.series import WORDS, enrolled, foreseen, ordered
from clinic.web.desk import Desk, Fields, hidden, wall, words, wrong_at
from clinic.world import START, World, order, session
from kinetamine.clinic.care import plan
from kinetamine.clinic.plan import Plan
from kinetamine.clinic.records import Order, Role

FORM: Fields = {
    "weight_kg": "70",
    "age_y": "44",
    "systolic_mmhg": "126",
    "diastolic_mmhg": "80",
    "heart_rate_bpm": "70",
    "taken_at": wall(),
    "starts_at": wall(60),
    "phase_1": "induction",
    "words_1": f"{WORDS}, twice weekly for 1 week",
    "mg_per_ml": "50",
    "vial_salt": "hydrochloride",
    "action": "show",
}


@pytest.mark.slow
def test_what_is_ordered_is_what_was_shown(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    physician, address = desk.as_(Role.PHYSICIAN), f"/enrolments/{made.id}/plan"
    shown = physician.post(address, FORM)
    said = words(shown.text)
    assert shown.status_code == 200
    for part in ("35 mg", "30.35 mg of base", "0.7 mL", "prediction, not a measurement", "kamp_2020", "Every dose: 2"):
        assert part in said
    assert shown.text.count("<svg") == 4
    mark = {"action": "order", "mark": hidden(shown.text, "mark")}
    changed = physician.post(address, FORM | mark | {"weight_kg": "71"})
    assert (changed.status_code, world.records().find(Order)) == (200, [])
    assert "nothing was ordered" in words(changed.text)
    assert physician.post(address, FORM | mark).status_code == 303
    assert sorted(one.details["number"] for one in world.records().find(Order)) == [1, 2]
    outside = physician.post(address, FORM | {"age_y": "90"})
    assert list(wrong_at(outside.text)) == ["outside"]
    assert 'value="90"' in outside.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weight_kg": ""}, "weight_kg"),
        ({"weight_kg": "0.5"}, "weight_kg"),
        ({"taken_at": ""}, "taken_at"),
        ({"taken_at": wall(600)}, "taken_at"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"words_1": "a spoonful"}, "words_1"),
        ({"phase_1": ""}, "phase_1"),
        ({"phase_2": "maintenance"}, "first_day_2"),
        ({"phase_2": "maintenance", "first_day_2": "9"}, "words_2"),
        ({"vial_salt": ""}, "vial_salt"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(world: World, change: Fields, field: str) -> None:
    desk, made = Desk(world), enrolled(world)
    wrong = desk.as_(Role.PHYSICIAN).post(f"/enrolments/{made.id}/plan", FORM | change)
    assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, [field])
    assert f'value="{FORM["age_y"]}"' in wrong.text


def test_the_form_is_empty_and_a_nurse_is_not_shown_it(world: World) -> None:
    desk, made = Desk(world), enrolled(world)
    blank = desk.as_(Role.PHYSICIAN).get(f"/enrolments/{made.id}/plan").text
    assert 'name="weight_kg" value=""' in blank
    assert "Four weeks without clear benefit" in words(blank)
    assert "three times weekly for 2 weeks" in words(blank)
    assert desk.as_(Role.NURSE).get(f"/enrolments/{made.id}/plan").status_code == 403


def test_an_order_shows_its_prediction_and_is_cancelled(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    shown = desk.as_(Role.MONITOR).get(f"/orders/{made.id}")
    said = words(shown.text)
    assert "prediction, not a measurement" in said
    assert "model demo" in said
    assert shown.text.count("<svg") == 4
    assert "/cancel" not in shown.text
    physician, form = desk.as_(Role.PHYSICIAN), {"version": "1"}
    assert list(wrong_at(physician.post(f"/orders/{made.id}/cancel", dict(form)).text)) == ["why"]
    assert physician.post(f"/orders/{made.id}/cancel", form | {"why": "moved"}).status_code == 303
    assert "cancelled" in words(physician.get(f"/people/{made.person_id}").text)
    assert desk.as_(Role.THERAPIST).get(f"/orders/{made.id}").status_code == 403
    assert "Orders" not in words(desk.as_(Role.THERAPIST).get(f"/people/{made.person_id}").text)


def test_an_order_that_was_given_stands_so_everywhere_and_nothing_is_left_to_do(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    held = world.records().add(session(made.person_id, order_id=made.id, started_at=START))
    physician = desk.as_(Role.PHYSICIAN)
    shown = physician.get(f"/orders/{made.id}").text
    assert re.search("State given ?, in a session", words(shown))
    assert f"/sessions/{held.id}" in shown
    assert not any(f"/orders/{made.id}/{what}" in shown for what in ("cancel", "check", "review"))
    assert "This order is given" in words(physician.get(f"/orders/{made.id}/check").text)
    assert physician.get(f"/fhir/MedicationRequest/{made.id}").json()["status"] == "completed"
    refused = physician.post(f"/orders/{made.id}/cancel", {"version": "1", "why": "moved"})
    assert (refused.status_code, "still to be given" in refused.text) == (422, True)


def test_an_order_of_another_program_is_shown_as_it_is(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    other = world.records().add(order(made.person_id))
    physician = desk.as_(Role.PHYSICIAN)
    assert "0.5 mg/kg iv over 40 min" in words(physician.get(f"/orders/{other.id}").text)
    assert physician.get(f"/orders/{other.id}/check").status_code == 422
    assert isinstance(foreseen().plan, Plan)
    assert plan.of(world.records(), made.person_id)
