"""Small models whose solutions are known in closed form."""

from __future__ import annotations

import pytest

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.model import Estimate, Output, Path, PKModel, Provenance, Studied, Values

TEXTBOOK = Reference(key="textbook", authors="Gabrielsson, J", title="PK and PD data analysis", journal="", year=2016)


def given(value: float, unit: str) -> Estimate:
    """A number chosen for a test."""
    return Estimate(value, unit, TEXTBOOK, "chosen for a test", Provenance.ASSUMED, "round number")


def _rates(a: Values, p: Values) -> dict[str, float]:
    return {
        "gut": -p.KA * a.gut,
        "central": p.KA * a.gut - p.CL / p.V1 * a.central,
    }


@pytest.fixture(scope="session")
def one_compartment() -> PKModel:
    """CL 10 L/h, V1 50 L, KA 1/h into the central compartment; routes with a fraction, a lag and a release."""
    return PKModel(
        name="one_compartment",
        title="One compartment",
        references=(TEXTBOOK,),
        studied=Studied(population="nobody"),
        species=("S",),
        parameters={"CL": given(10.0, "L/h"), "V1": given(50.0, "L"), "KA": given(1.0, "1/h")},
        individual=lambda p, _person, _species: dict(vars(p)),
        compartments=("gut", "central"),
        rates=_rates,
        outputs=(Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),),
        roles={"parent": "central"},
        clearance=("CL",),
        absorption={
            "half": lambda _p, _given: (Path(name="all", into="central", fraction=0.5),),
            "late": lambda _p, _given: (Path(name="all", into="central", lag_h=30.0),),
            "slow": lambda _p, _given: (Path(name="all", into="central", release_h=2.0),),
        },
    )


@pytest.fixture(scope="session")
def dosed_form() -> Form:
    """The form that the one-compartment model follows."""
    return Form.ESKETAMINE
