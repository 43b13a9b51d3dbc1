"""What is described is what the library takes: limits, choices and defaults."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest

from kinetamine.course import Course, from_mapping
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError
from kinetamine.web.app import create_app
from kinetamine.web.description import describe, told
from kinetamine.web.functions import FUNCTIONS
from kinetamine.web.simulations import DOORS
from kinetamine.web.simulations.export import FORMATS

SCHEMAS = describe(create_app())["components"]["schemas"]
PERSON = SCHEMAS["Person"]["properties"]
NUMBERS = [name for name, one in PERSON.items() if "minimum" in str(one)]


def limits(name: str) -> tuple[float, float]:
    number: dict[str, Any] = next((one for one in PERSON[name].get("anyOf", ()) if "minimum" in one), PERSON[name])
    return number["minimum"], number["maximum"]


def test_every_covariate_is_described_with_its_default() -> None:
    assert set(PERSON) == {one.name for one in fields(Person)}
    for one in fields(Person):
        described = PERSON[one.name].get("default")
        assert described == (list(one.default) if isinstance(one.default, tuple) else one.default), one.name


@pytest.mark.parametrize("name", NUMBERS)
def test_limits_of_covariates_are_the_library_s(name: str) -> None:
    low, high = limits(name)
    beside = {"systolic_mmhg": 260.0} if name == "diastolic_mmhg" else {"diastolic_mmhg": 30.0}
    for value in (low, high):
        Person(**beside | {name: value})  # type: ignore[arg-type]
    for value in (low - 1, high + 1):
        with pytest.raises(FieldError):
            Person(**beside | {name: value})  # type: ignore[arg-type]


def test_every_field_of_a_course_is_described() -> None:
    described = set(SCHEMAS["Course"]["properties"])
    with pytest.raises(FieldError) as error:
        from_mapping({"regimen": "10 mg iv", "nonsense": 1})
    known = set(error.value.expected.removeprefix("one of the keys ").split(", "))
    assert described == known


def test_defaults_of_a_course_are_the_library_s_but_for_the_engine() -> None:
    described = SCHEMAS["Course"]["properties"]
    for one in fields(Course):
        default = described.get(one.name, {}).get("default")
        if one.default is not MISSING and default not in (None, {}, []) and one.name != "engine":
            assert default == (list(one.default) if isinstance(one.default, tuple) else one.default), one.name
    assert described["engine"]["default"] == "fast"


def test_every_function_has_a_door_and_a_place_in_the_description() -> None:
    names = {one.name for one in FUNCTIONS}
    assert names <= set(DOORS)
    paths = describe(create_app())["paths"]
    assert {f"/api/{name}" for name in names} | {f"/api/{name}/live" for name in names} <= set(paths)
    assert {one["name"] for one in told(create_app(), "http://localhost")} == names
    assert SCHEMAS["Export"]["properties"]["format"]["enum"] == list(FORMATS)
