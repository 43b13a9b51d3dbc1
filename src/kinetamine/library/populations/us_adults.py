"""Adults in the United States, 2009 to 2012: the survey that measured them."""

from __future__ import annotations

from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Population
from kinetamine.library import bodies, cyp2b6

_BODY = ("age_y", "height_cm", "weight_kg", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_FILE = "CRAN package NHANES 2.1.0, table NHANESraw, weighted by WTMEC2YR, 18 and over"
_RACE = f"{_FILE}, 2011-2012, Race3"


def _share(value: float, where: str, note: str = "weighted share in the public data") -> Estimate:
    return Estimate(value, "fraction of people", bodies.NHANES, where, Provenance.DERIVED, note)


ENTRY = Population(
    name="us_adults",
    title="Adults in the United States",
    references=(*bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_share(0.5169, _FILE),
    covariates={name: bodies.spread("18 and over", name) for name in _BODY},
    correlations=bodies.correlations("18 and over", (*_BODY, "hypertension")),
    hypertension=bodies.hypertension(),
    ancestry={
        "white": _share(0.6594, _RACE),
        "black": _share(0.1172, _RACE),
        "asian": _share(0.0516, _RACE),
        "other": _share(0.1718, _RACE, "weighted share in the public data: Hispanic, Mexican and other"),
    },
    cyp2b6_6=cyp2b6.FREQUENCIES,
    notes=(
        "The survey writes 80 for everybody of 80 and over; here they are spread up to 85.",
        "Scores of illness are not drawn: everybody has those of Person().",
        "Age and weight of one sex hang together as published; women and men share no correlation but their sex.",
    ),
)
