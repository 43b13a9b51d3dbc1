"""Answers as a form sends them, there and back."""

from __future__ import annotations

import pytest

from kinetamine.clinic.eligibility.facts import Answer
from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.web.answers import answers, as_typed, kind
from kinetamine.clinic.web.forms import Form
from kinetamine.errors import FieldError

GIVEN: dict[str, Answer] = {"aneurysm": True, "pregnant": False, "systolic_mmhg": 148.5, "hepatic": "normal"}


def test_what_is_typed_and_read_again_is_the_same_and_the_rest_is_not_known() -> None:
    read = answers(as_typed(GIVEN), QUESTIONS)
    assert {name: answer for name, answer in read.items() if answer is not None} == GIVEN
    assert set(read) == {one.name for one in QUESTIONS}


def test_not_known_is_an_answer_and_nonsense_is_none() -> None:
    assert answers(Form({"aneurysm": ["unknown"]}), QUESTIONS)["aneurysm"] is None
    with pytest.raises(FieldError, match="yes, no or not known"):
        answers(Form({"aneurysm": ["perhaps"]}), QUESTIONS)


def test_each_kind_of_question_has_its_field() -> None:
    kinds = {one.name: kind(one) for one in QUESTIONS}
    assert [kinds[name] for name in GIVEN] == ["yes_no", "yes_no", "number", "choice"]
