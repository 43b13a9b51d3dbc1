"""Major depression with active suicidal ideation: who took part in ASPIRE I and II."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Population, Spread
from kinetamine.library import bodies, cyp2b6

POOLED = Reference(
    key="aspire_pooled_2021",
    authors="{ASPIRE I and II, pooled (authors not shown where read)}",
    title="Esketamine nasal spray in patients with depression and acute suicidal ideation, pooled analysis, Table 2",
    journal="Journal of Clinical Psychopharmacology",
    year=2021,
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8407443/table/T2",
)
_PEOPLE = "fraction of people"
_TABLE = "PMC8407443, table 1, all 451"
_BODY = ("age_y", "height_cm", "weight_kg", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_BORROWED = "not read of the trials: as adults of 18 to 64 in the United States"


def _read(value: float, unit: str, source: Reference, where: str, derived: str = "") -> Estimate:
    provenance = Provenance.DERIVED if derived else Provenance.MEASURED
    return Estimate(value, unit, source, where, provenance, derived)


ENTRY = Population(
    name="mdd_suicidal_ideation",
    title="Trials of major depression with active suicidal ideation",
    references=(POOLED, *bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_read(0.608, _PEOPLE, POOLED, f"{_TABLE}: 274 (60.8 %)"),
    covariates={
        "age_y": Spread(
            mean=_read(40.1, "year", POOLED, f"{_TABLE}: 40.1 (13.00)"),
            sd=_read(13.0, "year", POOLED, f"{_TABLE}: 40.1 (13.00)"),
            low=18.0,
            high=65.0,
        ),
        **{name: bodies.spread("18 to 64", name, _BORROWED) for name in _BODY[1:]},
        "madrs": Spread(
            mean=_read(40.4, "points", POOLED, f"{_TABLE}: 40.4 (5.82)"),
            sd=_read(5.82, "points", POOLED, f"{_TABLE}: 40.4 (5.82)"),
            low=20.0,
            high=60.0,
        ),
    },
    correlations=bodies.correlations("18 to 64", (*_BODY, "hypertension"), _BORROWED),
    hypertension=bodies.hypertension(_BORROWED),
    ancestry={
        "white": _read(0.732, _PEOPLE, POOLED, f"{_TABLE}: 330 (73.2 %)"),
        "black": _read(0.058, _PEOPLE, POOLED, f"{_TABLE}: 26 (5.8 %)"),
        "asian": _read(0.131, _PEOPLE, POOLED, f"{_TABLE}: 59 (13.1 %)"),
        "other": _read(0.079, _PEOPLE, POOLED, f"{_TABLE}: 36", "the rest, so that all sum to 1 (8.0 % printed)"),
    },
    cyp2b6_6=cyp2b6.FREQUENCIES,
    notes=(
        "Body, pressures, pulse, hypertension and correlations are those of the same ages in the United States.",
        "Ideation was rated on another scale (CGI-SS-r) than the one drawn from elsewhere: ssi is that of Person().",
        "Failed treatments were no criterion and were not read: everybody has the two of Person().",
    ),
)
