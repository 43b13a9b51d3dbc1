"""The dose, worked out by two people, as pages."""

from __future__ import annotations

import pytest

from clinic.care.series import ordered
from clinic.web.desk import Desk, Fields, hidden, words, wrong_at
from clinic.world import World
from kinetamine.clinic.records import Order, Role

RESULT: Fields = {"mg": "35", "base_mg": "30.3", "ml": "0.7", "ml_per_h": "52.5"}
VIAL: Fields = {"lot": "L1", "mg_per_ml": "50", "salt": "hydrochloride", "diluted_to_ml": "35"}
ODD: Fields = RESULT | {"mg": "34.321"}


def begun(desk: Desk, order_id: str, result: Fields) -> None:
    nurse = desk.as_(Role.NURSE)
    version: Fields = {"version": hidden(nurse.get(f"/orders/{order_id}/check").text, "version")}
    form = version | VIAL | result | desk.signing(Role.NURSE)
    assert nurse.post(f"/orders/{order_id}/check/first", form).status_code == 303


def test_two_people_work_it_out_and_the_second_sees_no_result_before(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    begun(desk, made.id, ODD)
    for role in (Role.PHYSICIAN, Role.NURSE, Role.MONITOR, Role.AUDITOR):
        for address in (f"/orders/{made.id}", f"/orders/{made.id}/check", f"/people/{made.person_id}"):
            assert "34.321" not in desk.as_(role).get(address).text
    physician = desk.as_(Role.PHYSICIAN)
    page = physician.get(f"/orders/{made.id}/check")
    assert "You are the second" in words(page.text)
    assert "50 mg/mL of hydrochloride, lot L1" in words(page.text)
    form = {"version": hidden(page.text, "version")} | RESULT | desk.signing(Role.PHYSICIAN)
    assert physician.post(f"/orders/{made.id}/check/second", form).status_code == 303
    said = words(physician.get(f"/orders/{made.id}").text)
    assert "They do not agree" in said
    assert "34.321 mg" in said
    assert world.records().get(Order, made.id).state == "disputed"
    anew = physician.get(f"/orders/{made.id}/check").text
    assert "did not agree on mg as ordered" in words(anew)
    assert "34.321" not in anew


def test_the_same_account_cannot_do_both(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    begun(desk, made.id, RESULT)
    nurse = desk.as_(Role.NURSE)
    page = nurse.get(f"/orders/{made.id}/check")
    assert "A second person signs in" in words(page.text)
    form = {"version": hidden(page.text, "version")} | RESULT | desk.signing(Role.NURSE)
    assert nurse.post(f"/orders/{made.id}/check/second", form).status_code == 403
    assert world.records().get(Order, made.id).state == "first checked"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lot": ""}, "lot"),
        ({"salt": ""}, "salt"),
        ({"mg_per_ml": "-1"}, "mg_per_ml"),
        ({"diluted_to_ml": "0.1"}, "diluted_to_ml"),
        ({"diluted_to_ml": ""}, "diluted_to_ml"),
        ({"ml_per_h": ""}, "ml_per_h"),
        ({"mg": "many"}, "mg"),
        ({"password": "not mine at all"}, "code"),
        ({"code": ""}, "code"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_no_password_comes_back(
    world: World, change: Fields, field: str
) -> None:
    desk, made = Desk(world), ordered(world)
    form = {"version": "1"} | VIAL | RESULT | desk.signing(Role.NURSE) | change
    wrong = desk.as_(Role.NURSE).post(f"/orders/{made.id}/check/first", form)
    assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, [field])
    assert str(form["password"]) not in wrong.text
    assert 'value="30.3"' in wrong.text
    assert world.records().get(Order, made.id).state == "planned"


def test_who_may_not_sign_is_not_shown_the_form(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    assert desk.as_(Role.MONITOR).get(f"/orders/{made.id}/check").status_code == 403
    assert desk.as_(Role.MONITOR).post(f"/orders/{made.id}/check/first", VIAL | RESULT).status_code == 403


def test_an_order_that_changed_meanwhile_is_not_signed(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    begun(desk, made.id, RESULT)
    form = {"version": "1"} | VIAL | RESULT | desk.signing(Role.NURSE)
    assert desk.as_(Role.NURSE).post(f"/orders/{made.id}/check/first", form).status_code == 409


def test_a_spray_asks_for_devices_and_no_vial(world: World) -> None:
    desk, made = Desk(world), ordered(world, spray=True)
    page = desk.as_(Role.NURSE).get(f"/orders/{made.id}/check").text
    assert 'name="devices"' in page
    assert 'name="mg_per_ml"' not in page
    form: Fields = {"version": "1", "mg": "56", "base_mg": "56", "devices": "2.5"} | desk.signing(Role.NURSE)
    nurse = desk.as_(Role.NURSE)
    assert list(wrong_at(nurse.post(f"/orders/{made.id}/check/first", form).text)) == ["devices"]
    assert nurse.post(f"/orders/{made.id}/check/first", form | {"devices": "2"}).status_code == 303
