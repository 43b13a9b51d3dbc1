"""Persons: spellings settled, and nobody who cannot be."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from kinetamine.errors import FieldError


@pytest.mark.parametrize("given", ["F", "f", "Female", "female "])
def test_sex_is_read_in_any_spelling(given: str) -> None:
    assert Person(sex=given).sex == "female"  # type: ignore[arg-type]  # as a file may have it
    assert Person().with_covariates(sex="M").sex == "male"


def test_one_comedication_may_be_text() -> None:
    assert Person().with_covariates(comedication="ticlopidine").comedication == ("ticlopidine",)
    assert Person().with_covariates(comedication=["grapefruit"]).comedication == ("grapefruit",)


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    [
        ("hypertension", "no", "true or false"),
        ("hypertension", 1, "true or false"),
        ("comedication", 3, "names of interactions"),
        ("cyp2b6", 6, "a diplotype"),
        ("previous_sessions", 2.5, "a whole number of sessions"),
        ("failed_treatments", 1.5, "a whole number of treatments"),
        ("failed_treatments", 21.0, "0 to 20 treatments"),
        ("hama", 57.0, "0 to 56 points"),
        ("caps5", 81.0, "0 to 80 points"),
        ("pcl5", -1.0, "0 to 80 points"),
        ("ssi", 38.5, "0 to 38 points"),
        ("diastolic_mmhg", 130.0, "less than the systolic pressure, 122 mmHg"),
        ("sex", "X", "one of female, male"),
        ("sex", 1, "one of female, male"),
    ],
)
def test_what_no_person_has_is_refused(field: str, given: object, expected: str) -> None:
    with pytest.raises(FieldError, match=f"{field}: .*{expected}"):
        Person().with_covariates(**{field: given})


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [
        ("hama", 0.0, 56.0),
        ("caps5", 0.0, 80.0),
        ("pcl5", 0.0, 80.0),
        ("ssi", 0.0, 38.0),
        ("failed_treatments", 0.0, 20.0),
    ],
)
def test_a_score_may_be_anything_on_its_scale(field: str, low: float, high: float) -> None:
    for given in (low, high):
        assert getattr(Person().with_covariates(**{field: given}), field) == given
    assert low < getattr(Person(), field) < high
