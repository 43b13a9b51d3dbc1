"""What somebody has to do by a time: opened by an answer, turned to more and more people, closed with what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kinetamine.clinic.access import Records
from kinetamine.clinic.care.every import every
from kinetamine.clinic.care.ratings import rating_of
from kinetamine.clinic.outcomes import triggers
from kinetamine.clinic.outcomes.change import scale_of
from kinetamine.clinic.outcomes.triggers import Done, Owners, Stand
from kinetamine.clinic.records import Person, Role, Score, Task, User
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.errors import FieldError, UnknownNameError

RULE = (
    "A task goes to the physician who was added first to the users and still works here. When its time has passed, it "
    "also goes to the next physician, then to nurses, therapists and monitors, in the order they were added: one more "
    "with every further span of the same length. Anybody with a role that may act can take it over. Nobody is called "
    "or written to: the number beside Tasks, on every page, is all there is."
)
"""Whom tasks are turned to, in words for the page that lists them."""
EVERYBODY = "everybody who works here"
_IN_TURN = (Role.PHYSICIAN, Role.NURSE, Role.THERAPIST, Role.MONITOR)
_NAMED = re.compile(r"(?P<scale>\w+) item (?P<item>\w+) in form (?P<form>[0-9a-f-]{36})")
_AT_ONCE = timedelta(minutes=triggers.AT_ONCE.value)
_FIRST = ("now", "high")
"""Priorities: where the scale asks for it at once, and the rest of them."""
_MOST_DONE = 20
_SPAN = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A task as a page shows it.

    Attributes:
        turned_to: names of those who must act now, the owner first; empty where it is done.
        answer: in numbers, as given; None where the question was left out, or the task is about no form.
        score: the form that opened it.
    """

    task: Task
    person: Person | None
    title: str
    action: str
    stand: Stand
    turned_to: tuple[str, ...]
    mine: bool
    late_min: float
    done_by: str
    scale: str = ""
    item: str = ""
    answer: int | None = None
    score: Score | None = None

    @property
    def is_done(self) -> bool:
        """Whether somebody has acted."""
        return self.stand in {Stand.DONE, Stand.DONE_LATE}


def due(score: Score, staff: Sequence[User]) -> list[Task]:
    """What must be done because of one form; for the store, which writes it down together with the form."""
    rating = rating_of(score)
    if rating is None:
        return []
    owners = _owners(None, staff)
    owner = None if owners.owner == EVERYBODY else owners.owner
    return [
        Task(
            person_id=score.person_id,
            what=name_of(one.scale, one.item, score.id),
            priority=_FIRST[0] if one.deadline - one.opened_at <= _AT_ONCE else _FIRST[1],
            due_at=one.deadline,
            assigned_to=owner,
        )
        for one in triggers.tasks(rating, owners, score.made_at)
    ]


def name_of(scale: str, item: str, form: str) -> str:
    """The same for the same answer, however often it is asked for."""
    return f"{scale} item {item} in form {form}"


def mend(records: Records, forms: Iterable[Score]) -> list[Task]:
    """Open what is due for forms that came another way, as by a copy from elsewhere; nothing is opened twice."""
    wanted = [one for one in forms if _is_listened_to(one)]
    if not wanted:
        return []
    staff = [one for one in every(records, User, active=True) if set(one.roles) - {Role.PATIENT}]
    held = {
        one.what
        for person_id in dict.fromkeys(form.person_id for form in wanted)
        for one in every(records, Task, person_id=person_id)
    }
    missing = [one.id for one in wanted if any(task.what not in held for task in due(one, staff))]
    return records.follow_up(Score, missing, due) if missing else []


def _is_listened_to(score: Score) -> bool:
    """Whether anything on its scale is listened to."""
    try:
        return bool(scale_of(score.scale).alerts)
    except UnknownNameError:
        return False


def listed(records: Records, me: str, now: datetime, *, person_id: str | None = None) -> list[Duty]:
    """What is open, what was due first before the rest; then what was done of late, the newest first."""
    equals = {} if person_id is None else {"person_id": person_id}
    found = every(records, Task, **equals)
    open_ones = sorted((one for one in found if one.done_at is None), key=lambda one: one.due_at)
    done = sorted((one for one in found if one.done_at is not None), key=lambda one: one.done_at or now, reverse=True)
    shown = [*open_ones, *done[:_MOST_DONE]]
    people = {one: records.get(Person, one) for one in dict.fromkeys(one.person_id for one in shown) if one}
    forms = {one: records.get(Score, one) for one in dict.fromkeys(_form_of(one) for one in open_ones) if one}
    eye = _Eye(every(records, User), me, now)
    return [_duty(one, forms.get(_form_of(one)), people.get(one.person_id or ""), eye) for one in shown]


def one(records: Records, task_id: str, me: str, now: datetime) -> Duty:
    """A task.

    Raises:
        NoSuchRecordError: there is none of that id.
    """
    task = records.get(Task, task_id)
    person = records.get(Person, task.person_id) if task.person_id else None
    form = _form_of(task)
    score = records.get(Score, form) if form else None
    return _duty(task, score, person, _Eye(every(records, User), me, now))


def close(records: Records, duty: Duty, what: str, now: datetime) -> Task:
    """Somebody acted, and says what was done.

    Raises:
        FieldError: nothing is said, or it is done.
        ConflictError: somebody else closed it meanwhile.
    """
    said = require_words("outcome", what)
    if duty.is_done:
        raise FieldError("outcome", said, "nothing: it was closed already, by what stands above")
    return records.change(Task, duty.task.id, duty.task.version, "done", done_at=now, outcome=said)


def take(records: Records, duty: Duty, version: int, me: str) -> Task:
    """Make it one's own, as it was seen in this version; the deadline stays.

    Raises:
        FieldError: it is done: who did it stays who did it.
        ConflictError: somebody changed it meanwhile.
    """
    if duty.is_done:
        raise FieldError("task", duty.title, "one that is open: it was closed already, by what stands above")
    return records.change(Task, duty.task.id, version, "taken over", assigned_to=me)


@dataclass(frozen=True)
class _Eye:
    """Who looks, at what time, and whom they work with."""

    staff: Sequence[User]
    me: str
    now: datetime

    def name(self, user_id: str) -> str:
        return next((one.shown_as for one in self.staff if one.id == user_id), user_id)


def _owners(assigned_to: str | None, staff: Iterable[User]) -> Owners:
    """Whom a task is turned to, by ``RULE``; one that was taken over goes to whoever took it first."""
    acting = [one for one in staff if one.active and set(one.roles) & set(_IN_TURN)]
    in_turn = sorted(acting, key=lambda one: min(_IN_TURN.index(Role(role)) for role in one.roles if role in _IN_TURN))
    ids = [one.id for one in in_turn]
    if assigned_to in ids:
        ids = [assigned_to, *(one for one in ids if one != assigned_to)]
    if not ids:
        return Owners(owner=EVERYBODY, fallbacks=("whoever runs the clinic",))
    return Owners(owner=ids[0], fallbacks=(*ids[1:], EVERYBODY))


def _form_of(task: Task) -> str:
    """The id of the form that opened a task; empty where none did."""
    named = _NAMED.fullmatch(task.what)
    return named["form"] if named else ""


def _duty(task: Task, score: Score | None, person: Person | None, eye: _Eye) -> Duty:
    asked = _asked(task, score, _owners(task.assigned_to, eye.staff))
    found = triggers.standing(asked, _done(task, asked, eye), eye.now)
    return Duty(
        task=task,
        person=person,
        title=_title(task.what),
        action=asked.action,
        stand=found.stand,
        turned_to=tuple(eye.name(one) for one in found.turned_to),
        mine=eye.me in found.turned_to or EVERYBODY in found.turned_to,
        late_min=max(0.0, (eye.now - task.due_at) / timedelta(minutes=1)),
        done_by=eye.name(task.changed_by or "") if task.done_at else "",
        scale=asked.scale,
        item=asked.item,
        answer=asked.answer,
        score=score,
    )


def _asked(task: Task, score: Score | None, owners: Owners) -> triggers.Task:
    """The task as the pure logic has it; one that no form opened is only its words and its time."""
    rating = None if score is None else rating_of(score)
    if score is not None and rating is not None:
        for found in triggers.tasks(rating, owners, score.made_at):
            if name_of(found.scale, found.item, score.id) == task.what:
                return found
    return triggers.Task(
        name=task.what,
        rating=task.what,
        scale="",
        item="",
        answer=None,
        action="" if _NAMED.fullmatch(task.what) else task.what,
        owners=owners,
        opened_at=min(task.made_at, task.due_at - _SPAN),
        deadline=task.due_at,
    )


def _done(task: Task, asked: triggers.Task, eye: _Eye) -> list[Done]:
    if task.done_at is None:
        return []
    by = task.changed_by or task.made_by
    roles = next((one.roles for one in eye.staff if one.id == by), ())
    hand = Signature(by=by, role=" ".join(roles) or "not known", at=max(task.done_at, asked.opened_at))
    return [Done(task=asked.name, what=task.outcome or "not recorded", signature=hand)]


def _title(what: str) -> str:
    named = _NAMED.fullmatch(what)
    if named is None:
        return what
    try:
        scale = scale_of(named["scale"])
    except UnknownNameError:
        return what
    topic = next((one.topic for one in scale.items if one.name == named["item"]), "")
    return f"{scale.title}, question {named['item'].replace('_', ', ')}: {topic}"
