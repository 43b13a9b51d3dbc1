"""The user's own numbers in place of the library's."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from kinetamine.engine.model import PKModel, Provenance
from kinetamine.engine.override import with_values
from kinetamine.errors import FieldError, UnknownNameError

KAMP: PKModel = catalogue.load("pk", "kamp_2020")


def test_a_value_is_replaced_and_says_who_set_it() -> None:
    changed = with_values(KAMP, {"CL": 70.0}).parameters["CL"]
    assert (changed.value, changed.unit, changed.provenance) == (70.0, "L/h", Provenance.ASSUMED)
    assert changed.note == "set by the user; the library has 84"
    assert KAMP.parameters["CL"].value == 84.0


def test_nothing_to_replace_gives_the_entry_itself() -> None:
    assert with_values(KAMP, {}) is KAMP


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"parameter of kamp_2020: given 'EXP_C'.* did you mean EXP_CL"):
        with_values(KAMP, {"EXP_C": 1.0})


@pytest.mark.parametrize("value", ["much", float("nan"), True])
def test_only_finite_numbers(value: object) -> None:
    with pytest.raises(FieldError, match=r"kamp_2020\.CL: given .*, expected a finite number in L/h"):
        with_values(KAMP, {"CL": value})
