"""Chronic PTSD: who took part in the first controlled trial of ketamine, as far as could be read."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Population, Spread
from kinetamine.library import bodies, cyp2b6

FEDER = Reference(
    key="feder_2014",
    authors="Feder, A and Parides, MK and Murrough, JW and Perez, AM and Morgan, JE and Saxena, S and Kirkwood, K and "
    "aan het Rot, M and Lapidus, KA and Wan, LB and Iosifescu, D and Charney, DS",
    title="Efficacy of intravenous ketamine for treatment of chronic posttraumatic stress disorder: a randomized "
    "clinical trial",
    journal="JAMA Psychiatry",
    year=2014,
    pmid="24740528",
    url="https://pubmed.ncbi.nlm.nih.gov/24740528",
)
_PEOPLE = "fraction of people"
_SUMMARY = "summary at psychjournalclub.com: 41 people of 18 to 55 years, 46 % female, average age 36"
_BODY = ("age_y", "height_cm", "weight_kg", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_BORROWED = "not read of the trial: as adults of 18 to 64 in the United States"


def _read(value: float, unit: str, source: Reference, where: str, derived: str = "") -> Estimate:
    provenance = Provenance.DERIVED if derived else Provenance.MEASURED
    return Estimate(value, unit, source, where, provenance, derived)


def _assumed(value: float, unit: str, source: Reference, why: str) -> Estimate:
    return Estimate(value, unit, source, "not read", Provenance.ASSUMED, why)


ENTRY = Population(
    name="ptsd",
    title="Trial of chronic PTSD",
    references=(FEDER, *bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_read(0.46, _PEOPLE, FEDER, _SUMMARY),
    covariates={
        "age_y": Spread(
            mean=_read(36.0, "year", FEDER, _SUMMARY),
            sd=_assumed(10.0, "year", FEDER, "an even spread over 18 to 55 years would have 10.7"),
            low=18.0,
            high=55.0,
        ),
        **{name: bodies.spread("18 to 64", name, _BORROWED) for name in _BODY[1:]},
        "caps5": Spread(
            mean=_assumed(40.0, "points", FEDER, "as in Person(): the trial used an older version of the interview"),
            sd=_assumed(9.0, "points", FEDER, "about a quarter of the mean, as for other scales of severity"),
            low=20.0,
            high=80.0,
        ),
        "pcl5": Spread(
            mean=_assumed(50.0, "points", FEDER, "as in Person(): the self-report stands above the interview"),
            sd=_assumed(12.0, "points", FEDER, "about a quarter of the mean, as for other scales of severity"),
            low=20.0,
            high=80.0,
        ),
    },
    correlations={
        sex: {
            **pairs,
            ("caps5", "pcl5"): _assumed(0.7, "1", FEDER, "two scales of the same symptoms, one rated, one reported"),
        }
        for sex, pairs in bodies.correlations("18 to 64", (*_BODY, "hypertension"), _BORROWED).items()
    },
    hypertension=bodies.hypertension(_BORROWED),
    cyp2b6_6={"other": cyp2b6.FREQUENCIES["other"]},
    notes=(
        "Age, sex and limits were read in a summary of the trial, not in the paper; all scores are assumed.",
        "Body, pressures, pulse, hypertension and correlations are those of the same ages in the United States.",
        "Ancestry was not read; genotype is that of White people.",
    ),
)
