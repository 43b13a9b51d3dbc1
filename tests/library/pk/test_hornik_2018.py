"""Hornik 2018 against its abstract."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give

CHILD = Person(weight_kg=14.0, age_y=3.3)


def test_intramuscular_fraction() -> None:
    """41 % of an intramuscular dose arrives."""
    muscle = give("hornik_2018", (0.0, 84.0, "intramuscular", 0.0), person=CHILD, horizon_h=72.0)
    vein = give("hornik_2018", (0.0, 28.0, "intravenous", 0.0), person=CHILD, horizon_h=72.0)
    arrived = (muscle.area("ketamine_venous") / 84.0) / (vein.area("ketamine_venous") / 28.0)
    assert arrived == pytest.approx(0.41, rel=0.01)


@pytest.mark.parametrize(("route", "dose_mg"), [("intravenous", 28.0), ("intramuscular", 84.0)])
def test_doses_the_authors_found_enough(route: str, dose_mg: float) -> None:
    """2 mg/kg into a vein and 6 mg/kg into muscle keep 750 ng/mL for 20 min."""
    course = give("hornik_2018", (0.0, dose_mg, route, 0.0), person=CHILD)
    assert course.at("ketamine_venous", 1 / 3) > 750.0
