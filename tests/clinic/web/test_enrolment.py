"""The pages of an enrolment."""

from __future__ import annotations

from clinic.web.desk import Desk, Fields, hidden, wall, words, wrong_at
from clinic.world import World
from kinetamine.clinic.records import Person, Role

FORM: Fields = {
    "form": "racemic ketamine",
    "route": "intravenous",
    "use": "treatment-resistant depression",
    "programme": "six infusions",
    "started_at": wall(),
}


def test_somebody_is_enrolled_shown_and_ended(world: World) -> None:
    desk = Desk(world)
    physician = desk.as_(Role.PHYSICIAN)
    (own,) = world.records().find(Person, number="own")
    wrong = physician.post(f"/people/{own.id}/enrolments/new", FORM | {"use": ""})
    assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, ["use"])
    assert 'value="six infusions"' in wrong.text
    made = physician.post(f"/people/{own.id}/enrolments/new", FORM)
    assert made.status_code == 303
    shown = physician.get(made.headers["location"])
    assert "no: off-label" in words(shown.text)
    assert "six infusions" in words(desk.as_(Role.PATIENT).get(f"/people/{own.id}").text)
    ended = {"version": hidden(shown.text, "version")}
    address = f"{made.headers['location']}/end"
    assert list(wrong_at(physician.post(address, ended).text)) == ["why"]
    assert physician.post(address, ended | {"why": "moved"}).status_code == 303
    assert "State ended" in words(physician.get(made.headers["location"]).text)


def test_a_nurse_is_not_shown_the_form(world: World) -> None:
    (own,) = world.records().find(Person, number="own")
    nurse = Desk(world).as_(Role.NURSE)
    assert nurse.get(f"/people/{own.id}/enrolments/new").status_code == 403
    assert nurse.post(f"/people/{own.id}/enrolments/new", FORM).status_code == 403
    assert "/enrolments/new" not in nurse.get(f"/people/{own.id}").text
