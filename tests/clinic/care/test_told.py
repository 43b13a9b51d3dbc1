"""What is wrong, told at a field of the form."""

from __future__ import annotations

import pytest

from kinetamine.clinic.care.told import ToldError, at_field
from kinetamine.errors import UnknownNameError
from kinetamine.web.problems import problem_of


def test_the_sentence_stays_and_the_field_is_the_forms() -> None:
    with pytest.raises(ToldError) as told, at_field("words_2"):
        raise UnknownNameError("route", "nsal", ["nasal"])
    assert told.value.field == "words_2"
    assert "did you mean nasal?" in str(told.value)
    assert problem_of(told.value)["status"] == 422


def test_what_knows_its_field_already_keeps_it() -> None:
    with pytest.raises(ToldError) as told, at_field("mg"):
        raise ToldError("reason", "Say why.")
    assert told.value.field == "reason"


def test_only_wrong_input_is_told() -> None:
    with pytest.raises(ZeroDivisionError), at_field("mg"):
        _ = 1 / 0
