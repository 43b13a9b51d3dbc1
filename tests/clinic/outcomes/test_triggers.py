"""An answer that somebody must act on: owner, deadline, fallback, and what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.outcomes.ratings import START, missing, rated
from kinetamine import catalogue
from kinetamine.clinic.outcomes.change import Rating
from kinetamine.clinic.outcomes.triggers import DEADLINES, Done, Owners, Stand, Standing, Task, standing, tasks
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError

OWNERS = Owners(owner="dr-a", fallbacks=("dr-b", "on-call"))
SUICIDAL = rated("phq9", 12, 0, last=2)


def screener(**given: int) -> Rating:
    return Rating(
        name="c",
        scale="cssrs_screener",
        at=START,
        recall="since last contact",
        answers=tuple((name.removeprefix("q"), answer) for name, answer in given.items()),
        by="nurse-a",
    )


def opened(rating: Rating) -> dict[str, Task]:
    return {task.item: task for task in tasks(rating, OWNERS, START + timedelta(hours=1))}


def done(task: Task, minutes: float, what: str = "seen, safety plan made") -> Done:
    at = task.opened_at + timedelta(minutes=minutes)
    return Done(task=task.name, what=what, signature=Signature(by="dr-a", role="physician", at=at))


def stands(task: Task, minutes: float, *acts: Done) -> Standing:
    return standing(task, acts, task.opened_at + timedelta(minutes=minutes))


def test_item_nine_opens_a_task_whatever_the_total() -> None:
    (task,) = opened(SUICIDAL).values()
    assert (task.answer, task.item, task.owners.owner) == (2, "9", "dr-a")
    assert "C-SSRS" in task.action
    assert task.opened_at == START + timedelta(hours=1)
    assert task.deadline == task.opened_at + timedelta(minutes=15)
    assert opened(rated("phq9", 12, 0, last=0)) == {}


def test_a_question_that_was_left_out_is_asked_again() -> None:
    (task,) = opened(missing("phq9", "9", 0)).values()
    assert task.answer is None
    assert task.action.startswith("Not answered: ask again")
    assert opened(missing("phq9", "3", 0)) == {}


def test_the_screener_asks_only_what_it_would_have_asked() -> None:
    assert opened(screener(q1=0, q2=0, q6=0)) == {}
    assert set(opened(screener(q1=1, q2=1, q3=0, q6=0))) == {"4", "5"}
    assert set(opened(screener(q1=1, q2=1, q3=1, q4=1, q5=0, q6=1))) == {"3", "4", "6", "6_recent"}


def test_behaviour_of_long_ago_is_assessed_the_same_day_as_a_method_is() -> None:
    older = opened(screener(q1=0, q2=0, q6=1, q6_recent=0))
    method = opened(screener(q1=1, q2=1, q3=1, q4=0, q5=0, q6=0))
    assert (set(older), set(method)) == ({"6"}, {"3"})
    assert (older["6"].action, older["6"].deadline) == (method["3"].action, method["3"].deadline)


def test_a_task_is_open_then_overdue_and_climbs() -> None:
    (task,) = opened(SUICIDAL).values()
    assert [(found.stand, found.turned_to) for found in (stands(task, minutes) for minutes in (15, 16, 31, 500))] == [
        (Stand.OPEN, ("dr-a",)),
        (Stand.OVERDUE, ("dr-a", "dr-b")),
        (Stand.OVERDUE, ("dr-a", "dr-b", "on-call")),
        (Stand.OVERDUE, ("dr-a", "dr-b", "on-call")),
    ]


def test_what_was_done_closes_it_in_time_or_late() -> None:
    (task,) = opened(SUICIDAL).values()
    assert stands(task, 20, done(task, 10)).stand is Stand.DONE
    late = stands(task, 60, done(task, 40))
    assert (late.stand, late.turned_to) == (Stand.DONE_LATE, ())
    assert stands(task, 20, done(task, 40)).stand is Stand.OVERDUE
    assert late.done is not None
    assert late.done.what == "seen, safety plan made"


def test_what_was_done_for_another_task_or_before_this_one_closes_nothing() -> None:
    (task,) = opened(SUICIDAL).values()
    assert stands(task, 5, replace(done(task, 1), task="other")).stand is Stand.OPEN
    assert stands(task, 5, done(task, -30)).stand is Stand.OPEN


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Owners(owner=" ", fallbacks=("b",)),
        lambda: Owners(owner="a", fallbacks=()),
        lambda: Owners(owner="a", fallbacks=("a",)),
        lambda: done(next(iter(opened(SUICIDAL).values())), 1, " "),
    ],
)
def test_nothing_is_asked_that_nobody_answers_for(wrong: object) -> None:
    with pytest.raises(FieldError):
        wrong()  # type: ignore[operator]


def test_every_alert_of_every_scale_has_a_deadline_with_a_reason() -> None:
    alerts = {(scale.name, alert.item) for scale in catalogue.load_all("scales") for alert in scale.alerts}
    assert alerts == set(DEADLINES)
    assert all(one.note for one in DEADLINES.values())


@given(st.lists(st.integers(-60, 600), max_size=4), st.integers(0, 700))
def test_the_first_act_decides_whatever_the_order(minutes: list[int], now: int) -> None:
    (task,) = opened(SUICIDAL).values()
    acts = [done(task, one) for one in minutes]
    found = stands(task, now, *acts)
    assert found == stands(task, now, *reversed(acts))
    in_time = [one for one in minutes if 0 <= one <= now]
    assert (found.done is None) == (not in_time)
    assert bool(found.turned_to) == (found.done is None)
