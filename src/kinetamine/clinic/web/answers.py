"""Answers to questions as a form sends them; what is left open is not known."""

from __future__ import annotations

from collections.abc import Iterable

from kinetamine.clinic.eligibility.facts import Answer, Facts, Quantity, Question, YesNo
from kinetamine.clinic.web.forms import Form
from kinetamine.clinic.web.rendering import number


def kind(question: Question) -> str:
    """Which kind of field asks it."""
    if isinstance(question, YesNo):
        return "yes_no"
    return "number" if isinstance(question, Quantity) else "choice"


def answers(form: Form, questions: Iterable[Question]) -> Facts:
    """What was answered; None where nobody knows.

    Raises:
        FieldError: something was typed that is no answer.
    """
    return {one.name: _answer(form, one) for one in questions}


def as_typed(given: Facts) -> Form:
    """Answers as somebody would have typed them."""
    return Form({name: [_text(answer)] for name, answer in given.items() if answer is not None})


def _answer(form: Form, question: Question) -> Answer | None:
    if isinstance(question, YesNo):
        return form.yes_no(question.name)
    if isinstance(question, Quantity):
        return form.maybe_number(question.name)
    return form.optional(question.name)


def _text(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return number(answer, 3) if isinstance(answer, float) else answer
