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
        ("diastolic_mmhg", 130.0, "less than the systolic pressure, 122 mmHg"),
        ("sex", "X", "one of female, male"),
        ("sex", 1, "one of female, male"),
    ],
)
def test_what_no_person_has_is_refused(field: str, given: object, expected: str) -> None:
    with pytest.raises(FieldError, match=f"{field}: .*{expected}"):
        Person().with_covariates(**{field: given})
