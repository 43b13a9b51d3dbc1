"""Questionnaires in the browser: by staff about a person, by a patient about themselves."""

from __future__ import annotations

import pytest

from clinic.web.visitors import browser, own_id, shown
from clinic.world import World, person
from kinetamine.clinic.care import scores
from kinetamine.clinic.records import Role, Score, Task

PHQ9 = {f"q_{item}": 1 for item in range(1, 9)} | {"q_9": 0, "recall": "2 weeks"}
WHEN = {"answered_at": "2026-03-02T08:30"}


def form(world: World, scale: str) -> str:
    return f"/people/{own_id(world)}/forms/{scale}"


def test_a_form_is_filled_in_and_shown_with_what_it_came_to(world: World) -> None:
    nurse = browser(world, Role.NURSE)
    blank = nurse.get(form(world, "phq9"))
    assert "Little interest or pleasure in doing things" in shown(blank)
    assert blank.text.count('value="" checked') == 10  # nothing is answered for anybody
    page = nurse.sent(form(world, "phq9"), **PHQ9 | WHEN)
    assert "8 points of 0 to 27; higher is worse" in page
    assert "Answered 2026-03-02 08:30" in page
    assert "Entered 2026-03-02 09:00 by The nurse" in page
    assert "10 If you checked off any problems" in page
    assert "– not answered" in page
    assert "Came to" in shown(nurse.get(f"/people/{own_id(world)}"))


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        (PHQ9, "answered_at", "expected an answer"),
        (PHQ9 | {"answered_at": "2026-03-03T08:30"}, "answered_at", "a time that has passed"),
        (PHQ9 | WHEN | {"q_3": "7"}, "q_3", "a whole number from 0 to 3"),
        (WHEN | {"recall": "2 weeks"}, "answers", "at least one answer"),
        (PHQ9 | WHEN | {"recall": "1 year"}, "recall", "one of 2 weeks"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    world: World, sent: dict[str, object], field: str, said: str
) -> None:
    nurse = browser(world, Role.NURSE)
    answer = nurse.post(form(world, "phq9"), **sent)
    assert answer.status_code == 422
    assert said in shown(answer)
    assert f'id="{field}"' in answer.text or field == "recall"
    assert answer.text.count('value="1" checked') == sum(value == 1 for value in sent.values())
    assert world.records().find(Score) == []


def test_words_that_are_not_ours_to_show_are_not_shown(world: World) -> None:
    nurse = browser(world, Role.NURSE)
    for scale in scores.forms():
        page = shown(nurse.get(form(world, scale.name)))
        assert ("Use the clinic's own copy of the form" in page) is (not scale.rights.may_reproduce)
        assert scale.title in page


def test_the_screener_says_what_is_asked_after_a_yes_only(world: World) -> None:
    nurse = browser(world, Role.NURSE)
    blank = nurse.get(form(world, "cssrs_screener"))
    assert blank.text.count('data-after="q_2"') == 3
    assert blank.text.count('data-after="q_6"') == 1
    recall = {"recall": "since last contact"}
    page = nurse.sent(form(world, "cssrs_screener"), q_1=0, q_2=0, q_6=0, **recall, **WHEN)
    assert "In words none" in page
    assert "this scale has none" in page
    page = nurse.sent(form(world, "cssrs_screener"), q_1=1, q_2=1, q_3=1, q_4=1, q_5=0, q_6=0, **recall, **WHEN)
    assert "In words high" in page
    assert "Stay with the person" in page


def test_a_correction_is_shown_on_both(world: World) -> None:
    nurse = browser(world, Role.NURSE)
    nurse.sent(form(world, "phq9"), **PHQ9 | WHEN)
    (wrong,) = world.records().find(Score)
    address = f"/people/{own_id(world)}/scores/{wrong.id}"
    begun = nurse.get(f"{address}/correct")
    assert begun.text.count('value="1" checked') == 8
    assert 'value="2026-03-02T08:30"' in begun.text
    refused = nurse.post(f"{address}/correct", **PHQ9 | WHEN | {"q_9": 1})
    assert (refused.status_code, "why: given" in shown(refused)) == (422, True)
    page = nurse.sent(f"{address}/correct", why="misread", **PHQ9 | WHEN | {"q_9": 1})
    assert "9 points" in page
    assert "question 9: thoughts of death or self-harm" in page
    assert "“misread” To the correction" in shown(nurse.get(address))
    again = nurse.post(f"{address}/correct", why="mine", **PHQ9 | WHEN)
    assert again.status_code == 409


def test_a_patient_sees_that_an_answer_was_passed_on_and_no_promise(world: World) -> None:
    patient = browser(world, Role.PATIENT)
    assert "PTSD Checklist" in shown(patient.get("/mine"))
    page = patient.sent("/mine/forms/phq9", **PHQ9 | {"q_9": 2})
    assert "Passed on to the clinic's staff" in page
    assert "This page does not know when somebody will read it." in page
    assert "local emergency number" in page
    assert "nobody has noted yet that they acted" in shown(patient.get("/mine"))
    assert "The physician" not in page
    nurse = browser(world, Role.NURSE)
    (task,) = world.records().find(Task)
    closed = nurse.sent(f"/tasks/{task.id}/done", outcome="a private note")
    assert "a private note" in closed
    mine = shown(patient.get("/mine"))
    assert "somebody noted on 2026-03-02 09:00 that they had acted" in mine
    assert "private note" not in mine + shown(patient.get(patient.last.request.url.path))
    quiet = patient.sent("/mine/forms/gad7", recall="2 weeks", q_1=1)
    assert "Passed on" not in quiet
    assert "There is no total, as an answer is missing" in quiet


def test_patients_reach_their_own_forms_alone(world: World) -> None:
    other = world.records().add(person(number="other"))
    browser(world).sent(f"/people/{other.id}/forms/phq9", **PHQ9 | WHEN)
    (theirs,) = world.records().find(Score)
    patient = browser(world, Role.PATIENT)
    assert patient.get(f"/mine/forms/phq9/{theirs.id}").status_code == 404
    for scale in ("cssrs_screener", "madrs", "cadss", "moaas"):
        assert patient.get(f"/mine/forms/{scale}").status_code == 403
        assert patient.post(f"/mine/forms/{scale}", **WHEN).status_code == 403
    for path in (f"/people/{own_id(world)}/forms/phq9", f"/people/{other.id}/outcomes", "/tasks", "/audit"):
        assert patient.get(path).status_code == 403, path
    assert patient.post(f"/people/{own_id(world)}/forms/phq9", **PHQ9 | WHEN).status_code == 403
    assert "Questionnaires" not in shown(patient.get(f"/people/{own_id(world)}"))


def _paths(world: World) -> dict[str, set[Role]]:
    """Who may open what."""
    whom, staff = f"/people/{own_id(world)}", {Role.PHYSICIAN, Role.NURSE, Role.MONITOR, Role.THERAPIST}
    (score,), (task,) = world.records().find(Score), world.records().find(Task)
    return {
        f"{whom}/forms/phq9": staff,
        f"{whom}/scores/{score.id}": staff | {Role.AUDITOR},
        f"{whom}/scores/{score.id}/correct": staff,
        f"{whom}/outcomes": staff | {Role.AUDITOR},
        f"{whom}/seen": {Role.PHYSICIAN, Role.AUDITOR, Role.PATIENT},
        "/tasks": staff | {Role.AUDITOR},
        f"/tasks/{task.id}": staff | {Role.AUDITOR},
        "/audit": {Role.AUDITOR, Role.ADMIN},
        "/mine": {Role.PATIENT},
        "/mine/forms/phq9": {Role.PATIENT},
        f"/mine/forms/phq9/{score.id}": {Role.PATIENT},
        "/mine/seen": {Role.PATIENT},
    }


@pytest.mark.slow
def test_every_page_opens_for_its_roles_and_for_nobody_else(world: World) -> None:
    browser(world, Role.PATIENT).sent("/mine/forms/phq9", **PHQ9 | {"q_9": 1})
    pages = _paths(world)
    visitors = {role: browser(world, role) for role in world.members}
    stranger, nobody = browser(world, world.stranger), browser(world, None)
    for path, roles in pages.items():
        found = {role: one.get(path).status_code for role, one in visitors.items()}
        assert found == {role: 200 if role in roles else 403 for role in visitors}, path
        assert nobody.get(path).status_code == 401
        if path.startswith("/people") or (path.count("/") == 2 and path.startswith("/tasks")):
            assert stranger.get(path).status_code == 404, path
