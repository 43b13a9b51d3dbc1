"""The table of codes: each sign can be sent, each code means one thing, and each unit is of its sign."""

from __future__ import annotations

import pytest

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.feeds import codes
from kinetamine.errors import FieldError


def test_each_code_means_one_thing() -> None:
    assert len({(one.system, one.code) for one in codes.CODES}) == len(codes.CODES)
    assert {one.vital for one in codes.CODES} == set(Vital) - {Vital.ALERTNESS}


def test_a_code_of_another_system_is_another_code() -> None:
    assert codes.known("MDC", "8867-4") is None
    assert codes.known("", "8867-4") is None
    assert codes.known("LN", "8867-4") == codes.known("http://loinc.org", "8867-4")


@pytest.mark.parametrize("vital", list(Vital))
def test_our_own_unit_changes_nothing(vital: Vital) -> None:
    assert codes.in_our_unit(vital, 81.25, (codes.UCUM[vital],), "x") == 81.25
    for other in set(codes.UCUM.values()) - {codes.UCUM[vital]}:
        with pytest.raises(FieldError):
            codes.in_our_unit(vital, 81.25, (other,), "x")


def test_one_standard_atmosphere() -> None:
    assert codes.in_our_unit(Vital.SYSTOLIC, 101.325, ("kPa",), "x") == 760.0
    for value in (float("nan"), float("inf")):
        with pytest.raises(FieldError):
            codes.in_our_unit(Vital.SYSTOLIC, value, ("kPa",), "x")
