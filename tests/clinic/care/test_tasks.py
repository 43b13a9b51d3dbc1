"""Tasks: whose turn it is, what is overdue, and what was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.care.test_scores import filled, own
from clinic.world import START, World, score
from kinetamine.clinic.care import ratings, scores, tasks
from kinetamine.clinic.outcomes.triggers import Stand
from kinetamine.clinic.records import Role, Score, Task, User
from kinetamine.clinic.refusals import ConflictError, NotAllowedError
from kinetamine.errors import FieldError


def me(world: World, role: Role = Role.PHYSICIAN) -> str:
    return world.members[role].user_id


def opened(world: World) -> tasks.Duty:
    scores.keep(world.records(Role.PATIENT), own(world), filled("phq9", 12, last=2), world.clock.now)
    (duty,) = tasks.listed(world.records(), me(world), world.clock.now)
    return duty


def test_a_task_says_what_was_answered_and_what_is_due(world: World) -> None:
    duty = opened(world)
    assert duty.title == "Patient Health Questionnaire, nine items, question 9: thoughts of death or self-harm"
    assert "C-SSRS" in duty.action
    assert (duty.answer, duty.stand, duty.turned_to, duty.mine) == (2, Stand.OPEN, ("The physician",), True)
    (theirs,) = tasks.listed(world.records(Role.NURSE), me(world, Role.NURSE), world.clock.now)
    assert not theirs.mine


@pytest.mark.parametrize(
    ("minutes", "turned_to"),
    [
        (15, ("The physician",)),
        (16, ("The physician", "The nurse")),
        (31, ("The physician", "The nurse", "The therapist")),
        (46, ("The physician", "The nurse", "The therapist", "The monitor")),
        (600, ("The physician", "The nurse", "The therapist", "The monitor", tasks.EVERYBODY)),
    ],
)
def test_an_overdue_task_turns_to_more_and_more_people(world: World, minutes: int, turned_to: tuple[str, ...]) -> None:
    opened(world)
    world.clock.pass_by(minutes=minutes)
    (duty,) = tasks.listed(world.records(Role.NURSE), me(world, Role.NURSE), world.clock.now)
    assert duty.turned_to == turned_to
    assert duty.mine is ("The nurse" in turned_to)
    assert duty.stand is (Stand.OVERDUE if minutes > 15 else Stand.OPEN)


def test_somebody_who_left_is_nobodys_owner(world: World) -> None:
    opened(world)
    admin = world.records(Role.ADMIN)
    admin.change(User, me(world), 1, "left", active=False)
    (duty,) = tasks.listed(world.records(Role.NURSE), me(world, Role.NURSE), world.clock.now)
    assert (duty.turned_to, duty.mine) == (("The nurse",), True)
    for role in (Role.NURSE, Role.THERAPIST, Role.MONITOR):
        admin.change(User, me(world, role), 1, "left", active=False)
    auditor = world.records(Role.AUDITOR)
    (duty,) = tasks.listed(auditor, me(world, Role.AUDITOR), world.clock.now)
    assert duty.turned_to == (tasks.EVERYBODY,)
    scores.keep(world.records(Role.PATIENT), own(world), filled("phq9", 13, last=3), world.clock.now)
    assert None in [one.assigned_to for one in auditor.find(Task)]


def test_closing_needs_what_was_done_and_happens_once(world: World) -> None:
    duty = opened(world)
    physician = world.records()
    with pytest.raises(FieldError, match="outcome"):
        tasks.close(physician, duty, " ", world.clock.now)
    with pytest.raises(NotAllowedError):
        tasks.close(world.records(Role.PATIENT), duty, "I am fine", world.clock.now)
    world.clock.pass_by(minutes=20)
    tasks.close(physician, duty, "spoke on the telephone; safety plan made", world.clock.now)
    with pytest.raises(ConflictError):
        tasks.close(world.records(Role.NURSE), duty, "me too", world.clock.now)
    found = tasks.one(physician, duty.task.id, me(world), world.clock.now)
    assert (found.stand, found.done_by, found.turned_to) == (Stand.DONE_LATE, "The physician", ())
    with pytest.raises(FieldError, match="closed already"):
        tasks.close(physician, found, "again", world.clock.now)
    assert physician.waiting().open == 0


def test_taking_over_puts_one_first_and_moves_no_deadline(world: World) -> None:
    duty = opened(world)
    tasks.take(world.records(Role.NURSE), duty, duty.task.version, me(world, Role.NURSE))
    found = tasks.one(world.records(), duty.task.id, me(world), world.clock.now)
    assert (found.turned_to, found.mine, found.task.due_at) == (("The nurse",), False, duty.task.due_at)


def test_a_task_is_taken_as_it_was_seen_and_not_once_it_is_done(world: World) -> None:
    duty, nurse, physician = opened(world), world.records(Role.NURSE), world.records()
    tasks.take(nurse, duty, duty.task.version, me(world, Role.NURSE))
    with pytest.raises(ConflictError, match="The nurse changed assigned_to"):
        tasks.take(physician, duty, duty.task.version, me(world))
    tasks.close(nurse, tasks.one(nurse, duty.task.id, me(world), world.clock.now), "called", world.clock.now)
    found = tasks.one(physician, duty.task.id, me(world), world.clock.now)
    with pytest.raises(FieldError, match="closed already"):
        tasks.take(physician, found, found.task.version, me(world))
    assert tasks.one(physician, duty.task.id, me(world), world.clock.now).done_by == "The nurse"


def test_forms_that_came_another_way_get_their_tasks_once(world: World) -> None:
    physician = world.records()
    physician.add(score(own(world), recall="2 weeks", items={"9": 3}, total=None))
    physician.add(score(own(world), scale="of another program", items={"9": 3}))
    for expected in (1, 0):
        assert len(tasks.mend(physician, ratings.listened_to(physician))) == expected
    world.clock.pass_by(days=2)
    (duty,) = tasks.listed(physician, me(world), world.clock.now)
    assert (duty.stand, duty.answer) == (Stand.OVERDUE, 3)
    assert duty.late_min == 2 * 1440 - 15


def test_a_task_that_no_form_opened_is_its_words_and_its_time(world: World) -> None:
    physician = world.records()
    physician.add(Task(what="call the pharmacy", priority="low", due_at=START - timedelta(hours=1)))
    (duty,) = tasks.listed(physician, me(world), world.clock.now)
    assert (duty.title, duty.person, duty.stand) == ("call the pharmacy", None, Stand.OVERDUE)
    assert (physician.waiting().open, physician.waiting().overdue) == (1, 1)
    assert world.last_row().detail == '{"counted":1}'


def test_unanswered_and_skipped_questions_are_told_apart(world: World) -> None:
    nurse = world.records(Role.NURSE)
    screener = scores.form_of("cssrs_screener")

    def keep(**given: int) -> list[str]:
        answers = {name.removeprefix("q"): answer for name, answer in given.items()}
        form = scores.Filled(scale=screener, recall=screener.recall[0], answers=answers, answered_at=world.clock.now)
        kept = scores.keep(nurse, own(world), form, world.clock.now)
        return sorted(
            one.item for one in tasks.listed(nurse, "x", world.clock.now) if one.score and one.score.id == kept.id
        )

    assert keep(q1=0, q2=0, q6=0) == []
    assert keep(q1=1, q2=1, q3=0, q4=0, q5=0, q6=0) == []
    assert keep(q1=1, q2=1, q3=0, q4=1, q6=0) == ["4", "5"]
    assert keep(q1=1) == ["3", "4", "5", "6", "6_recent"]
    assert len(nurse.find(Score)) == 4
