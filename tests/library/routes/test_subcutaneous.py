"""Subcutaneous: assumed to be as intramuscular, and says so."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from kinetamine.engine.model import Provenance
from library.routes.arrivals import bioavailability, give


def test_equals_the_route_it_is_borrowed_from_and_admits_it() -> None:
    """Same fraction, same peak; both numbers carry the class "assumed"."""
    assert bioavailability("subcutaneous") == pytest.approx(0.93, rel=0.01)
    muscle = give("intramuscular", 35.0).peak("ketamine_venous")
    assert give("subcutaneous", 35.0).peak("ketamine_venous") == pytest.approx(muscle)
    entry = catalogue.load("routes", "subcutaneous")
    assert {number.provenance for number in entry.parameters.values()} == {Provenance.ASSUMED}
