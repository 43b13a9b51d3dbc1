"""Tasks in the browser, with their count beside the menu."""

from __future__ import annotations

import pytest

from clinic.web.test_scores import PHQ9
from clinic.web.visitors import Browser, browser, shown
from clinic.world import START, World
from kinetamine.clinic.records import Role, Task, User


@pytest.fixture
def nurse(world: World) -> Browser:
    browser(world, Role.PATIENT).sent("/mine/forms/phq9", **PHQ9 | {"q_9": 1})
    return browser(world, Role.NURSE)


def test_the_page_lists_what_is_open_and_who_must_act(world: World, nurse: Browser) -> None:
    page = shown(nurse.get("/tasks"))
    assert "1 open, 0 overdue, 0 with you now." in page
    assert "Due Must act now open Patient Health Questionnaire" in page
    world.clock.pass_by(minutes=16)
    nurse = browser(world, Role.NURSE)  # the first one's sign-in has ended
    page = shown(nurse.get("/tasks"))
    assert "1 open, 1 overdue, 1 with you now." in page
    assert "1 min late" in page
    assert "The physician, The nurse that is you" in page
    world.records().add(Task(what="call <b>the</b> pharmacy", priority="low", due_at=START))
    assert "call &lt;b&gt;the" in nurse.get("/tasks").text


def test_the_count_stands_on_every_page_of_those_who_may_act(world: World, nurse: Browser) -> None:
    assert "Tasks 1 open, 0 overdue" in shown(nurse.get("/people"))
    for role in (Role.AUDITOR, Role.ADMIN, Role.PATIENT):
        first = "/mine" if role is Role.PATIENT else "/audit"
        assert 'class="waits' not in browser(world, role).get(first).text
    (task,) = world.records().find(Task)
    nurse.sent(f"/tasks/{task.id}/done", outcome="seen")
    assert 'class="waits' not in nurse.get("/people").text


def test_the_count_is_not_asked_for_with_every_page(world: World, nurse: Browser) -> None:
    nurse.get("/people")
    nurse.get("/people")
    assert world.last_row().kind == "person"


def test_a_task_is_taken_over_and_closed_with_what_was_done(world: World, nurse: Browser) -> None:
    (task,) = world.records().find(Task)
    page = shown(nurse.get(f"/tasks/{task.id}"))
    assert "Answer 1: Several days" in page
    assert "(that is you)" not in page
    assert 'name="version" value="1"' in nurse.get(f"/tasks/{task.id}").text
    assert nurse.post(f"/tasks/{task.id}/take").status_code == 422
    assert "Must act now The nurse (that is you)" in nurse.sent(f"/tasks/{task.id}/take", version=1)
    refused = nurse.post(f"/tasks/{task.id}/done", outcome=" ")
    assert (refused.status_code, "outcome: given" in shown(refused)) == (422, True)
    done = nurse.sent(f"/tasks/{task.id}/done", outcome="called; safe at home")
    assert "by The nurse What was done called; safe at home" in done
    assert 'action="/tasks' not in nurse.get(f"/tasks/{task.id}").text
    assert nurse.post(f"/tasks/{task.id}/done", outcome="again").status_code == 422
    assert "Nothing is open." in shown(nurse.get("/tasks"))


def test_who_takes_what_changed_meanwhile_is_told_so(world: World, nurse: Browser) -> None:
    (task,) = world.records().find(Task)
    physician = browser(world, Role.PHYSICIAN)
    nurse.sent(f"/tasks/{task.id}/take", version=1)
    late = physician.post(f"/tasks/{task.id}/take", version=1)
    assert (late.status_code, "The nurse changed assigned_to" in shown(late)) == (409, True)
    nurse.sent(f"/tasks/{task.id}/done", outcome="called her")
    done = physician.post(f"/tasks/{task.id}/take", version=3)
    assert (done.status_code, "closed already" in shown(done)) == (422, True)
    assert "by The nurse What was done called her" in shown(physician.get(f"/tasks/{task.id}"))


def test_who_may_not_act_is_refused(world: World, nurse: Browser) -> None:
    (task,) = world.records().find(Task)
    for role in (Role.AUDITOR, Role.ADMIN, Role.PATIENT):
        other = browser(world, role)
        assert other.post(f"/tasks/{task.id}/done", outcome="x").status_code == 403, role
        assert other.post(f"/tasks/{task.id}/take").status_code == 403, role
    assert browser(world, world.stranger).post(f"/tasks/{task.id}/take").status_code == 404
    assert browser(world, None).post(f"/tasks/{task.id}/take").status_code == 401
    assert 'action="/tasks' not in browser(world, Role.AUDITOR).get(f"/tasks/{task.id}").text
    assert "1 open" in shown(nurse.get("/tasks"))


def test_a_patient_who_also_works_here_reads_no_notes_about_themselves(world: World, nurse: Browser) -> None:
    (task,) = world.records().find(Task)
    nurse.sent(f"/tasks/{task.id}/done", outcome="a private note")
    patient = world.members[Role.PATIENT]
    world.records(Role.ADMIN).change(User, patient.user_id, 1, "also", roles=("patient", "admin"))
    both = browser(world, patient)
    for path in ("/tasks", f"/tasks/{task.id}", f"/people/{task.person_id}/outcomes"):
        assert both.get(path).status_code == 403, path
        assert world.last_row().outcome == "refused"
    page = both.get(f"/people/{task.person_id}")
    assert (page.status_code, "Questionnaires" in shown(page)) == (200, False)
    assert "somebody noted" in shown(both.get("/mine"))
