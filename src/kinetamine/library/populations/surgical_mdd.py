"""Major depression in people who had an operation: who took part in the trial masked by anaesthesia."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Counts, Population, Spread
from kinetamine.library import bodies, cyp2b6

LII = Reference(
    key="lii_2023",
    authors="Lii, TR and Smith, AE and Flohr, JR and Okada, RL and Nyongesa, CA and Cianfichi, LJ and Hack, LM and "
    "Schatzberg, AF and Heifets, BD",
    title="Randomized trial of ketamine masked by surgical anesthesia in patients with depression",
    journal="Nature Mental Health",
    year=2023,
    volume="1",
    pages="876-886",
    doi="10.1038/s44220-023-00140-x",
    pmid="38188539",
)
_PEOPLE = "fraction of people"
_TABLE = "PMC10769130, table 1, all 40"
_BODY = ("age_y", "height_cm", "bmi", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_BORROWED = "not read of the trial: as adults in the United States"
_TRIALED = f"{_TABLE}: antidepressants trialed 1-2 in 16, 3-4 in 13, 5-6 in 8, more than 10 in 1, unknown in 2"
_HALVED = "of the 38 known, each printed range halved between its two numbers; more than ten taken as 11"


def _read(value: float, unit: str, source: Reference, where: str, derived: str = "") -> Estimate:
    provenance = Provenance.DERIVED if derived else Provenance.MEASURED
    return Estimate(value, unit, source, where, provenance, derived)


ENTRY = Population(
    name="surgical_mdd",
    title="Trial in depression masked by surgical anaesthesia",
    references=(LII, *bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_read(0.70, _PEOPLE, LII, f"{_TABLE}: 28 (70 %)"),
    covariates={
        "age_y": Spread(
            mean=_read(51.2, "year", LII, f"{_TABLE}: 51.2 (15.7)"),
            sd=_read(15.7, "year", LII, f"{_TABLE}: 51.2 (15.7)"),
            low=18.0,
            high=90.0,
        ),
        "height_cm": bodies.spread("18 and over", "height_cm", _BORROWED),
        "bmi": Spread(
            mean=_read(29.7, "kg/m2", LII, f"{_TABLE}: 29.7 (4.7)"),
            sd=_read(4.7, "kg/m2", LII, f"{_TABLE}: 29.7 (4.7)"),
            low=16.0,
            high=60.0,
            shape="log-normal",
        ),
        **{name: bodies.spread("18 and over", name, _BORROWED) for name in _BODY[3:]},
        "madrs": Spread(
            mean=_read(
                27.4, "points", LII, "extended data table 1, day 0: 25.1 (8.3) of 20, 29.9 (7.0) of 19", "both arms"
            ),
            sd=_read(
                8.0, "points", LII, "extended data table 1, day 0: 25.1 (8.3) of 20, 29.9 (7.0) of 19", "both arms"
            ),
            low=0.0,
            high=60.0,
        ),
        "failed_treatments": Counts(
            {
                1: _read(8 / 38, _PEOPLE, LII, _TRIALED, _HALVED),
                2: _read(8 / 38, _PEOPLE, LII, _TRIALED, _HALVED),
                3: _read(6.5 / 38, _PEOPLE, LII, _TRIALED, _HALVED),
                4: _read(6.5 / 38, _PEOPLE, LII, _TRIALED, _HALVED),
                5: _read(4 / 38, _PEOPLE, LII, _TRIALED, _HALVED),
                6: _read(4 / 38, _PEOPLE, LII, _TRIALED, _HALVED),
                11: _read(1 / 38, _PEOPLE, LII, _TRIALED, _HALVED),
            }
        ),
    },
    correlations=bodies.correlations("18 and over", (*_BODY, "hypertension"), _BORROWED),
    hypertension=bodies.hypertension(_BORROWED),
    ancestry={
        "white": _read(0.65, _PEOPLE, LII, f"{_TABLE}: 26 (65 %)"),
        "black": _read(0.10, _PEOPLE, LII, f"{_TABLE}: 4 (10 %)"),
        "asian": _read(0.05, _PEOPLE, LII, f"{_TABLE}: 2 (5 %)"),
        "other": _read(0.20, _PEOPLE, LII, f"{_TABLE}: 8", "Pacific Islander, more than one, not reported"),
    },
    cyp2b6_6=cyp2b6.FREQUENCIES,
    notes=(
        "Antidepressants tried are taken as failed treatments.",
        "Scores are those right before the infusion; the trial screened by higher ones.",
        "Heights, pressures, pulse, hypertension and correlations are those of adults in the United States.",
    ),
)
