"""Allometric scaling."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from kinetamine.engine.scaling import allometric
from kinetamine.errors import FieldError


def test_half_the_weight() -> None:
    """Half the volume, and 0.5^0.75 of the clearance."""
    size = allometric(Person(weight_kg=35.0), "any")
    assert size.volume == pytest.approx(0.5)
    assert size.clearance == pytest.approx(0.594604, rel=1e-5)


def test_names_the_model_that_needs_a_weight() -> None:
    """No weight is ever assumed."""
    with pytest.raises(FieldError, match="simons_2022"):
        allometric(Person(), "simons_2022")
