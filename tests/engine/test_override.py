"""The user's own numbers in place of the library's."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kinetamine import catalogue
from kinetamine.engine.model import Effect, PKModel, Provenance
from kinetamine.engine.override import allowed, with_values
from kinetamine.errors import FieldError, UnknownNameError

KAMP: PKModel = catalogue.load("pk", "kamp_2020")
DEPRESSION: Effect = catalogue.load("outcomes", "depression")


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


@pytest.mark.parametrize(
    ("entry", "name", "value"),
    [
        (KAMP, "CL", 0.0),
        (KAMP, "CL", -3.0),
        (KAMP, "V1", 1e-9),
        (KAMP, "CL", 1e9),
        (DEPRESSION, "SIZE", 1.5),
        (DEPRESSION, "SIZE", -0.1),
        (DEPRESSION, "EFFICACY", -1.0),
    ],
)
def test_numbers_without_meaning_are_refused_and_what_means_something_is_said(
    entry: Any, name: str, value: float
) -> None:
    low, high = allowed(name, entry.parameters[name])
    sentence = f"{entry.name}.{name}: given {value}, expected {low:g} to {high:g}"
    with pytest.raises(FieldError, match=re.escape(sentence)):
        with_values(entry, {name: value})


@pytest.mark.parametrize("kind", ["pk", "routes", "effects", "outcomes"])
def test_the_library_allows_its_own_numbers_and_their_intervals(kind: str) -> None:
    for entry in catalogue.load_all(kind):
        for name, estimate in entry.parameters.items():
            low, high = allowed(name, estimate)
            assert all(low <= one <= high for one in (estimate.value, *(estimate.interval or ()))), (entry.name, name)
