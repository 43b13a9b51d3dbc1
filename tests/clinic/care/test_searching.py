"""What a search asks for is understood to the letter, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from kinetamine.clinic.care.searching import understood
from kinetamine.errors import FieldError

AT = {"resourceType": "Observation", "id": "a", "effectiveDateTime": "2026-03-02T09:00:00.000Z"}
CODED = {"id": "b", "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}}


def matches(one: dict[str, Any], *asked: tuple[str, str]) -> bool:
    return understood(asked).matching([one]) == [one]


@pytest.mark.parametrize(
    ("date", "is_found"),
    [
        ("2026", True),
        ("2026-03", True),
        ("2026-03-02", True),
        ("2026-03-03", False),
        ("2026-03-02T09:00Z", True),
        ("2026-03-02T09:01Z", False),
        ("ge2026-03-02", True),
        ("gt2026-03-02", False),
        ("gt2026-03-02T08:59:00Z", True),
        ("le2026-03-02", True),
        ("lt2026-03-02", False),
        ("lt2026-03-02T09:00:00.001+00:00", True),
    ],
)
def test_dates_compare_to_the_precision_that_was_asked_for(date: str, *, is_found: bool) -> None:
    assert matches(AT, ("date", date)) is is_found
    assert not matches(CODED, ("date", date))


def test_a_code_is_found_with_and_without_its_system() -> None:
    assert matches(CODED, ("code", "8867-4"))
    assert matches(CODED, ("code", "1,http://loinc.org|8867-4"))
    assert not matches(CODED, ("code", "http://snomed.info/sct|8867-4"))
    assert not matches(AT, ("code", "8867-4"))


@pytest.mark.parametrize(
    "asked",
    [
        ("date", "2026-3-2"),
        ("date", "2026-03-02T09:00+01:00"),
        ("date", "٢٠٢٦"),
        ("_count", "1001"),
        ("_page", "0"),
        ("subject", "Patient/a"),
    ],
)
def test_what_is_not_understood_is_refused(asked: tuple[str, str]) -> None:
    with pytest.raises(FieldError):
        understood([asked])
