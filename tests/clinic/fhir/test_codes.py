"""Code, name and question belong together: held against a stored copy of the terminology, and by check digits."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kinetamine import catalogue
from kinetamine.clinic.fhir import codes
from kinetamine.clinic.fhir.codes import LOINC, SNOMED, Code, drug, every
from kinetamine.engine.scale import Rights

_TABLE = Path(__file__).parent / "terminology.csv"
STORED = list(csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines()))
_CHECKED = [one for one in every() if one.system in {LOINC, SNOMED} and not one.code.startswith("LA")]
"""Codes of answers count their letters in, in a way that was not read."""
_D5: tuple[str, ...] = ("0123456789", "1234067895", "2340178956", "3401289567", "4012395678")
_D5 += ("5987604321", "6598710432", "7659821043", "8765932104", "9876543210")
_P8 = ("0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258")


def loinc_holds(code: str) -> bool:
    """Modulus 10, the digit after the dash; every second digit from the right doubled."""
    digits, _, check = code.partition("-")
    doubled = "".join(str(int(digit) * (2 if place % 2 == 0 else 1)) for place, digit in enumerate(reversed(digits)))
    return (10 - sum(map(int, doubled)) % 10) % 10 == int(check)


def snomed_holds(code: str) -> bool:
    """Verhoeff's check over all digits."""
    found = 0
    for place, digit in enumerate(reversed(code)):
        found = int(_D5[found][int(_P8[place % 8][int(digit)])])
    return found == 0


def test_every_code_is_as_stored() -> None:
    stored = {(one["system"], one["code"]): one["display"] for one in STORED}
    assert {(one.system, one.code): one.display for one in every()} == stored
    assert len({(one.system, one.code) for one in every()}) == len(every())
    assert all(one.where for one in every())


def test_questions_belong_to_their_items() -> None:
    stored = {one["item"].rsplit("/", 1)[0]: one for one in STORED if one["item"]}
    found = {f"{scale}/{item}": code for scale, items in codes.ITEMS.items() for item, code in items.items()}
    assert {place: code.code for place, code in found.items()} == {place: one["code"] for place, one in stored.items()}
    for place, one in stored.items():
        scale, item = place.split("/")
        topic = one["item"].rsplit("/", 1)[1]
        (known,) = [each for each in catalogue.load("scales", scale).items if each.name == item]
        assert topic in ("", known.topic), place
        may_print = catalogue.load("scales", scale).rights is Rights.FREE
        assert found[place].item == (one["display"] if may_print else ""), place


@pytest.mark.parametrize("code", _CHECKED, ids=lambda one: one.code)
def test_check_digits_hold(code: Code) -> None:
    assert (loinc_holds if code.system == LOINC else snomed_holds)(code.code)


@pytest.mark.parametrize(
    ("check", "wrong"), [(loinc_holds, "8480-7"), (loinc_holds, "69689-6"), (snomed_holds, "47625080")]
)
def test_a_digit_too_far_is_found(check: object, wrong: str) -> None:
    assert callable(check)
    assert not check(wrong)


def test_every_scale_comes_to_something_that_has_a_code() -> None:
    assert {one.name for one in catalogue.load_all("scales")} == set(codes.TOTALS)


def test_drugs_are_told_apart() -> None:
    assert {one.code for one in drug("racemic ketamine HCl", "intravenous")} == {"6130", "N01AX03"}
    assert {one.code for one in drug("Esketamine", "intranasal")} == {"2201623", "N06AX27"}
    assert {one.code for one in drug("esketamine", "intravenous")} == {"N06AX27"}
