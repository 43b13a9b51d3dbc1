"""Complex regional pain syndrome: who had long infusions of S-ketamine, as far as could be read."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Population, Spread
from kinetamine.library import bodies, cyp2b6

SIGTERMANS = Reference(
    key="sigtermans_2009_crps",
    authors="Sigtermans, MJ and van Hilten, JJ and Bauer, MC and Arbous, MS and Marinus, J and Sarton, EY and Dahan, A",
    title="Ketamine produces effective and long-term pain relief in patients with Complex Regional Pain Syndrome "
    "Type 1",
    journal="Pain",
    year=2009,
    volume="145",
    pages="304-311",
    doi="10.1016/j.pain.2009.06.023",
)
MANGNUS = Reference(
    key="mangnus_2021",
    authors="Mangnus, TJP and Dirckx, M and Bharwani, KD and others",
    title="Effectiveness of a low-dose intravenous S-ketamine treatment in patients with complex regional pain "
    "syndrome: a retrospective study",
    journal="Pain Practice",
    year=2021,
    doi="10.1111/papr.13056",
    url="https://repub.eur.nl/pub/137132",
)
_PEOPLE = "fraction of people"
_BODY = ("age_y", "height_cm", "weight_kg", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_BORROWED = "not read of the trials: as adults of 18 to 64 in the United States"


def _read(value: float, unit: str, source: Reference, where: str, derived: str = "") -> Estimate:
    provenance = Provenance.DERIVED if derived else Provenance.MEASURED
    return Estimate(value, unit, source, where, provenance, derived)


def _assumed(value: float, unit: str, source: Reference, why: str) -> Estimate:
    return Estimate(value, unit, source, "not read", Provenance.ASSUMED, why)


ENTRY = Population(
    name="crps",
    title="Trials of complex regional pain syndrome",
    references=(SIGTERMANS, MANGNUS, *bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_read(0.80, _PEOPLE, SIGTERMANS, "abstract: 48 of 60"),
    covariates={
        "age_y": Spread(
            mean=_assumed(45.0, "year", SIGTERMANS, "middle age; pages that could be read print no age"),
            sd=_assumed(12.0, "year", SIGTERMANS, "as in other trials of adults"),
            low=18.0,
            high=75.0,
        ),
        **{name: bodies.spread("18 to 64", name, _BORROWED) for name in _BODY[1:]},
        "pain_nrs": Spread(
            mean=_read(
                7.8,
                "points",
                MANGNUS,
                "abstract: median 8 (IQR 2) of 48",
                "the mean of a curve cut at ten whose median is 8",
            ),
            sd=_read(
                1.48, "points", MANGNUS, "abstract: median 8 (IQR 2) of 48", "IQR over 1.35, as of a normal curve"
            ),
            low=3.0,
            high=10.0,
        ),
    },
    correlations=bodies.correlations("18 to 64", (*_BODY, "hypertension"), _BORROWED),
    hypertension=bodies.hypertension(_BORROWED),
    cyp2b6_6={"other": cyp2b6.FREQUENCIES["other"]},
    notes=(
        "Ages are assumed. Pain: a clinic's 48 patients; the mean is set so that their median is 8.",
        "Body, pressures, pulse, hypertension, correlations: adults in the United States, likely heavier than these.",
        "Ancestry was not read; genotype is that of White people.",
    ),
)
