"""Units at the boundary."""

from __future__ import annotations

import pytest

from kinetamine.errors import FieldError
from kinetamine.units import BASE_PER_HYDROCHLORIDE, convert


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (40.0, "min", "h", 2 / 3),
        (1.0, "g", "mg", 1000.0),
        (3.0, "week", "h", 504.0),
        (10.0, "ug/kg/min", "mg/kg/h", 0.6),
        (0.1, "mg/L", "ng/mL", 100.0),
        (84.0, "L/h", "mL/min", 1400.0),
    ],
)
def test_conversion(value: float, unit: str, to: str, expected: float) -> None:
    assert convert(value, unit, to) == pytest.approx(expected)


@pytest.mark.parametrize("unit", ["kg", "furlong", "mg/"])
def test_a_unit_that_measures_something_else_is_refused_with_its_field(unit: str) -> None:
    with pytest.raises(FieldError, match="dose: given '5 "):
        convert(5.0, unit, "h", field="dose")


def test_hydrochloride_to_base_is_the_ratio_of_molar_masses() -> None:
    """One Spravato device: 32.3 mg of hydrochloride is 28 mg of base (label)."""
    base_mg = 32.3 * BASE_PER_HYDROCHLORIDE
    assert base_mg == pytest.approx(28.0, abs=0.05)
