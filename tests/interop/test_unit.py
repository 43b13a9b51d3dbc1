"""Units in the library's words become units of SBML."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from kinetamine.errors import FieldError
from kinetamine.interop.mathml import Writer
from kinetamine.interop.symbols import Symbol
from kinetamine.interop.unit import NONE, Inference, counted, unit_of

CL, V, A, T = (Symbol(name) for name in ("CL", "V", "A", "T"))
KNOWN = Inference({"CL": unit_of("L/h"), "V": unit_of("L"), "A": unit_of("mg"), "T": unit_of("h")})


@pytest.mark.parametrize("kind", ["pk", "routes", "effects", "outcomes", "mechanisms", "comparators"])
def test_every_unit_of_the_library_is_known(kind: str) -> None:
    for entry in catalogue.load_all(kind):
        for estimate in entry.parameters.values():
            assert unit_of(estimate.unit) is not None


@pytest.mark.parametrize(
    ("text", "kinds", "factor"),
    [
        ("L/h", {"litre": 1.0, "second": -1.0}, 1 / 3600),
        ("ng/mL", {"gram": 1.0, "litre": -1.0}, 1e-6),
        ("umol/L", {"mole": 1.0, "litre": -1.0}, 1e-6),
        ("mm per ng/mL", {"gram": -1.0, "litre": 1.0}, 1e6),
        ("beats/min", {"second": -1.0}, 1 / 60),
        ("fraction of baseline", {}, 1.0),
        ("mmHg", {"pascal": 1.0}, 133.322387415),
    ],
)
def test_a_unit_measures_what_it_says(text: str, kinds: dict[str, float], factor: float) -> None:
    found, size = unit_of(text).measure
    assert dict(found) == kinds
    assert size == pytest.approx(factor)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(FieldError, match="furlong"):
        unit_of("furlong/h")


def test_scores_and_shares_are_more_than_sbml_can_say() -> None:
    assert counted("points")
    assert counted("fraction of 92 points")
    assert not counted("1")
    assert not counted("L/h")


def test_an_equation_tells_its_unit() -> None:
    found = KNOWN.of(-CL * (A / V) + 0.5 * CL * A / V)
    assert not isinstance(found, str)
    assert found.measure == unit_of("mg/h").measure


def test_a_bare_number_takes_the_unit_that_is_missing() -> None:
    writer = Writer(KNOWN)
    assert 'sbml:units="h"> 168 ' in writer.formula(1.0 - (168.0 / T), NONE)
    assert 'sbml:units="L"> 120 ' in writer.formula(120.0 * (1.0 - V / 120.0) ** (A / A), unit_of("L"))
    assert 'sbml:units="dimensionless"> 2 ' in writer.formula(2.0 * V, unit_of("L"))


def test_a_conversion_is_one_only_if_it_is_the_right_number() -> None:
    writer = Writer(Inference({"x": unit_of("L/min")}))
    assert 'sbml:units="min_per_h"> 60 ' in writer.formula(Symbol("x") * 60.0, unit_of("L/h")).replace("h_1", "h")
    assert 'sbml:units="dimensionless"> 59 ' in writer.formula(Symbol("x") * 59.0, unit_of("L/h"))
