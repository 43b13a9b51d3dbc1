"""Forms kept with their score, and what must be done because of an answer: both or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from clinic.outcomes.ratings import answers
from clinic.world import START, World, person
from kinetamine import catalogue
from kinetamine.clinic.access import records_for
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.care import ratings, scores, tasks
from kinetamine.clinic.care.scores import Filled
from kinetamine.clinic.care.wording import WORDING
from kinetamine.clinic.outcomes.triggers import Stand
from kinetamine.clinic.records import Person, Role, Score, Task, User
from kinetamine.clinic.refusals import ConflictError, NoSuchRecordError, NotAllowedError
from kinetamine.errors import FieldError, UnknownNameError

EACH = catalogue.load_all("scales")


def filled(scale: str, total: int = 12, *, last: int = 0, changed: Mapping[str, int | None] | None = None) -> Filled:
    given = dict(answers(scale, total, last=last)) | dict(changed or {})
    found = scores.form_of(scale)
    return Filled(scale=found, recall=found.recall[0], answers=given, answered_at=START)


def own(world: World) -> str:
    (found,) = world.records(Role.AUDITOR).find(Person, number="own")
    return found.id


def test_only_forms_whose_words_may_be_shown_have_words_and_then_for_every_item() -> None:
    for scale in EACH:
        words = scores.wording_of(scale)
        if not scale.rights.may_reproduce:
            assert words is None
            assert scale.name not in WORDING
            continue
        assert words is not None
        assert set(words.questions) == {one.name for one in scale.items}
        assert set(words.lead) == set(scale.recall)
        for one in scale.items:
            assert len(words.called(one.name)) in {0, one.high - one.low + 1}
    assert {one.name for one in scores.own_forms()} == {"phq9", "gad7", "pcl5", "pain_nrs"}


@pytest.mark.parametrize(
    ("scale", "item", "word"),
    [("phq9", "9", "dead"), ("phq9", "3", "sleep"), ("gad7", "6", "irritable"), ("gad7", "7", "afraid"),
     ("pcl5", "8", "remembering"), ("pcl5", "16", "risks"), ("pcl5", "20", "asleep")],
)  # fmt: skip
def test_words_stand_at_the_item_that_they_are_about(scale: str, item: str, word: str) -> None:
    assert word in WORDING[scale].questions[item]


def test_a_form_is_kept_with_every_answer_and_how_it_was_scored(world: World) -> None:
    nurse = world.records(Role.NURSE)
    kept = scores.keep(nurse, own(world), filled("phq9", 12), world.clock.now)
    scale = scores.form_of("phq9")
    assert (kept.total, kept.category, kept.recall, kept.rater) == (12, "moderate", "2 weeks", "self-report")
    assert kept.method == f"PHQ-9 {scale.fingerprint}"
    assert kept.items == {str(one): 3 if one < 5 else 0 for one in range(1, 10)}
    missing = scores.keep(nurse, own(world), filled("phq9", 12, changed={"2": None}), world.clock.now)
    assert (missing.total, "2" in missing.items) == (None, False)
    assert ratings.rating_of(missing) is not None
    assert nurse.find(Task) == []
    assert scores.keep(nurse, own(world), filled("phq9", 12), world.clock.now).id == kept.id
    assert len(nurse.find(Score)) == 2


def test_what_is_no_form_is_refused(world: World) -> None:
    nurse, now = world.records(Role.NURSE), world.clock.now
    with pytest.raises(FieldError, match="at least one answer"):
        filled("phq9", 0, changed={str(one): None for one in range(1, 10)})
    with pytest.raises(FieldError, match="recall"):
        Filled(scale=scores.form_of("phq9"), recall="1 week", answers={"1": 0}, answered_at=START)
    with pytest.raises(FieldError, match="passed"):
        scores.keep(nurse, own(world), filled("phq9"), now - timedelta(days=1))
    with pytest.raises(FieldError, match=r"phq9\.1"):
        scores.keep(nurse, own(world), filled("phq9", changed={"1": 4}), now)
    with pytest.raises(UnknownNameError):
        scores.keep(nurse, own(world), filled("phq9", changed={"12": 0}), now)
    with pytest.raises(NoSuchRecordError):
        scores.keep(nurse, "nobody", filled("phq9"), now)
    with pytest.raises(NoSuchRecordError):
        scores.form_of("phq2")
    with pytest.raises(NotAllowedError):
        scores.keep(world.records(Role.AUDITOR), own(world), filled("phq9"), now)
    assert nurse.find(Score) == []


def test_a_patients_answer_opens_a_task_in_the_same_step(world: World) -> None:
    patient, physician, whom = world.records(Role.PATIENT), world.records(), own(world)
    before = world.rows()
    kept = scores.keep(patient, whom, filled("phq9", 12, last=2), world.clock.now)
    assert world.rows() == before + 2  # looked for the same form, stored it with its task
    (task,) = physician.find(Task)
    assert (task.made_by, task.person_id) == (world.members[Role.PATIENT].user_id, own(world))
    assert task.assigned_to == world.members[Role.PHYSICIAN].user_id
    assert (task.priority, task.due_at) == ("now", world.clock.now + timedelta(minutes=15))
    assert kept.id in task.what
    with pytest.raises(NotAllowedError):
        patient.add(Task(person_id=own(world), what="call me", priority="now", due_at=START))
    with pytest.raises(NotAllowedError):
        patient.find(User)
    assert inspect(world.database).problems == []


def test_where_the_task_cannot_be_kept_neither_is_the_form(world: World) -> None:
    def broken(score: Score, staff: object) -> list[Task]:
        del staff
        return [Task(person_id=score.person_id, what="x" * 201, priority="now", due_at=START)]

    made = scores.keep(world.records(), own(world), filled("gad7", 4), world.clock.now)
    wanted = {name: getattr(made, name) for name in ("scale", "method", "recall", "rater", "answered_at", "items")}
    with pytest.raises(FieldError):
        world.records(Role.PATIENT).add(Score(person_id=own(world), **wanted), broken)
    with pytest.raises(FieldError):
        world.records().correct(Score, made.id, "a test", broken, items={"1": 1})
    assert [one.id for one in world.records().find(Score)] == [made.id]
    assert world.records().find(Task) == []


def test_a_correction_keeps_the_original_and_opens_what_it_calls_for(world: World) -> None:
    nurse, now = world.records(Role.NURSE), world.clock.now
    wrong = scores.keep(nurse, own(world), filled("phq9", 12), now)
    with pytest.raises(FieldError, match="why"):
        scores.correct(nurse, wrong, filled("phq9", 12, last=1), " ", now)
    right = scores.correct(nurse, wrong, filled("phq9", 13, last=1), "misread", now)
    assert (right.corrects_id, right.why, right.total) == (wrong.id, "misread", 13)
    assert nurse.get(Score, wrong.id).total == 12
    assert [one.id for one in ratings.standing(ratings.of_person(nurse, own(world)))] == [right.id]
    assert [one.stand for one in tasks.listed(nurse, "nobody", now)] == [Stand.OPEN]
    with pytest.raises(ConflictError):
        scores.correct(nurse, wrong, filled("phq9", 11), "mine", now)


def test_another_clinics_people_cannot_be_written_about(world: World) -> None:
    stranger = records_for(world.database, world.stranger)
    with pytest.raises(NoSuchRecordError):
        scores.keep(stranger, own(world), filled("phq9", 12, last=3), world.clock.now)
    theirs = stranger.add(person(number="theirs"))
    scores.keep(stranger, theirs.id, filled("phq9", 12, last=3), world.clock.now)
    (task,) = stranger.find(Task)
    assert task.assigned_to == world.stranger.user_id
    assert world.records().find(Task) == []
