"""A questionnaire as a page shows it, and what its form sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kinetamine.clinic.care.scores import AFTER_YES, Filled, wording_of
from kinetamine.clinic.records import Score
from kinetamine.clinic.web.forms import Form
from kinetamine.engine.scale import Item, Scale
from kinetamine.errors import FieldError


@dataclass(frozen=True, kw_only=True)
class Question:
    """One item of a form.

    Attributes:
        field: its name in the form.
        text: the form's own words; empty where they are not ours to show.
        choices: numbers and what they are called.
        after: the field that must be a yes before this is asked; empty: always.
    """

    item: Item
    field: str
    text: str
    choices: tuple[tuple[str, str], ...]
    after: str

    @property
    def shown_number(self) -> str:
        """The item's place on the form; empty where it has only one."""
        return "" if self.item.name.isalpha() else self.item.name.replace("_", ", ")


def questions(scale: Scale) -> tuple[Question, ...]:
    """Every item, in the order of the form."""
    words, skips = wording_of(scale), AFTER_YES.get(scale.name, {})
    return tuple(
        Question(
            item=one,
            field=field_of(one.name),
            text="" if words is None else words.questions.get(one.name, ""),
            choices=_choices(one, () if words is None else words.called(one.name)),
            after=field_of(skips[one.name]) if one.name in skips else "",
        )
        for one in scale.items
    )


def called(scale: Scale, item: str, answer: int | None) -> str:
    """An answer in words; what is missing stays missing."""
    if answer is None:
        return "not answered"
    asked = next((one for one in questions(scale) if one.item.name == item), None)
    return dict(asked.choices).get(str(answer), str(answer)) if asked else str(answer)


def lead(scale: Scale, recall: str) -> str:
    """What stands above the questions."""
    words = wording_of(scale)
    return "" if words is None else words.lead.get(recall, "")


def field_of(item: str) -> str:
    """The name of an item's field."""
    return f"q_{item}"


def filled(scale: Scale, form: Form, answered_at: datetime) -> Filled:
    """What was filled in.

    Raises:
        FieldError: an answer is none, the recall is missing, or nothing was answered at all.
    """
    recall = form.choice("recall", scale.recall)
    answers = {one.name: _answer(one, form) for one in scale.items}
    return Filled(scale=scale, recall=recall, answers=answers, answered_at=answered_at)


def as_typed(score: Score, zone: ZoneInfo) -> Form:
    """The form of a stored score as it stands, to be put right."""
    fields = {field_of(name): [str(answer)] for name, answer in score.items.items()}
    wall = score.answered_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    return Form(fields | {"recall": [score.recall], "answered_at": [wall]})


def _answer(item: Item, form: Form) -> int | None:
    typed = form.typed(field_of(item.name))
    if not typed:
        return None
    known = {str(number): number for number in range(item.low, item.high + 1)}
    if typed not in known:
        raise FieldError(field_of(item.name), typed, f"a whole number from {item.low} to {item.high}")
    return known[typed]


def _choices(item: Item, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if not names and (item.low, item.high) == (0, 1):
        names = ("No", "Yes")
    plain: Mapping[int, str] = dict(enumerate(names))
    return tuple((str(one), plain.get(one, str(one))) for one in range(item.low, item.high + 1))
