"""A number's law follows from its interval, and its scale leads there and back."""

from __future__ import annotations

import math
from typing import get_args

import pytest

from kinetamine.citation import Reference
from kinetamine.engine.maths import Z95
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.population.laws import Law, of_interval, scaled, unscaled

NOBODY = Reference(
    key="nobody_1999",
    authors="",
    title="An example that was never published",
    journal="",
    year=1999,
    url="https://example.org",
)


@pytest.mark.parametrize(
    ("unit", "value", "interval", "law", "width"),
    [
        ("fraction", 0.2, (0.1, 0.5), "logit-normal", math.log(9.0)),
        ("fraction", 0.1, (0.0, 0.4), "normal", 0.4),
        ("1/h", 2.0, (1.0, 4.0), "log-normal", math.log(4.0)),
        ("1/h", 124.0, (43.0, 210.0), "normal", 167.0),
        ("mmHg", 1.0, (-2.0, 4.0), "normal", 6.0),
    ],
)
def test_the_law_of_an_interval(unit: str, value: float, interval: tuple[float, float], law: Law, width: float) -> None:
    estimate = Estimate(value, unit, NOBODY, "nowhere", Provenance.ASSUMED)
    found, sd = of_interval(estimate, interval)
    assert found == law
    assert sd == pytest.approx(width / (2.0 * Z95))


@pytest.mark.parametrize("law", get_args(Law))
def test_there_and_back(law: Law) -> None:
    assert unscaled(law, scaled(law, 0.3)) == pytest.approx(0.3)
