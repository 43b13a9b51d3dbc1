"""Bodies: what is no question is refused at its field, before anybody reckons with it."""

from __future__ import annotations

import json

import pytest

from kinetamine.errors import FieldError
from kinetamine.web.jobs.given import read
from kinetamine.web.problems import problem_of

DIGITS = "9" * 400


@pytest.mark.parametrize(
    ("body", "at", "given"),
    [
        ('{"person": {"weight_kg": 1e400}}', "person.weight_kg", "inf"),
        ('{"person": {"weight_kg": -1e400}}', "person.weight_kg", "-inf"),
        ('{"parameters": {"depression": {"SIZE": 1e400}}}', "parameters.depression.SIZE", "inf"),
        ('{"arms": [{}, {"changes": {"person": {"age_y": 1e400}}}]}', "arms.1.changes.person.age_y", "inf"),
        (f'{{"seed": {DIGITS}}}', "seed", "a whole number of 400 digits"),
        (f'{{"seed": -{DIGITS}}}', "seed", "a whole number of 400 digits"),
        (r'{"regimen": "10 mg \ud800 iv"}', "regimen", r"10 mg \ud800 iv"),
        (r'{"person": {"\ud800": 1}}', "person", r"\ud800"),
        (r'{"\udfff": 1}', "", r"\udfff"),
    ],
)
def test_what_an_answer_could_not_repeat_is_refused_at_its_field(body: str, at: str, given: str) -> None:
    with pytest.raises(FieldError) as refused:
        read(body.encode())
    found = problem_of(refused.value)
    assert (found["status"], found["at"], found["given"]) == (422, at, given)
    assert json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize("body", ["[" * 40 + "]" * 40, '{"a":' * 40 + "1" + "}" * 40])
def test_what_is_nested_too_deeply_is_refused(body: str) -> None:
    with pytest.raises(FieldError, match="at most 32 deep"):
        read(f'{{"person": {body}}}'.encode())


def test_everything_else_is_taken_as_it_is() -> None:
    given = {"title": "Ä 😀", "people": 2**62, "outside": True, "model": None, "person": {"x": [1.5e308, [], {}]}}
    assert read(json.dumps(given).encode()) == given
    assert read(json.dumps(given, ensure_ascii=False).encode()) == given
