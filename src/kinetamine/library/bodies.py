"""Bodies, blood pressure and pulse of adults in the United States: what most populations of the library borrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.person import Sex
from kinetamine.engine.population import BODY_MASS_INDEX, HYPERTENSION, BySex, Marginal, Pair, Shape, Spread

NHANES = Reference(
    key="nhanes_2012",
    authors="National Center for Health Statistics",
    title="National Health and Nutrition Examination Survey 2009-2010 and 2011-2012, public-use data",
    journal="",
    year=2012,
    url="https://cran.r-project.org/package=NHANES",
)
DGAC = Reference(
    key="dgac_2015",
    authors="Dietary Guidelines Advisory Committee",
    title="Scientific report of the 2015 Dietary Guidelines Advisory Committee, appendix E-2.20: prevalence of high "
    "blood pressure, adults ages 18 years and older, NHANES 2009-2012",
    journal="",
    year=2015,
    url="https://odphp.health.gov/our-work/nutrition-physical-activity/dietary-guidelines/previous-dietary-guidelines/"
    "2015/advisory-report/appendix-e-2/appendix-e-220",
)
WRIGHT = Reference(
    key="wright_2011",
    authors="Wright, JD and Hughes, JP and Ostchega, Y and Yoon, SS and Nwankwo, T",
    title="Mean systolic and diastolic blood pressure in adults aged 18 and over in the United States, 2001-2008",
    journal="National Health Statistics Reports",
    year=2011,
    volume="35",
    pages="1-22",
    pmid="21485611",
    url="https://pubmed.ncbi.nlm.nih.gov/21485611",
)
REFERENCES = (NHANES, DGAC, WRIGHT)

Ages = Literal["18 and over", "18 to 64", "65 and over"]
_DATA = "CRAN package NHANES 2.1.0, table NHANESraw, examined people weighted by WTMEC2YR, ages "
_COUNTED = "weighted mean and SD of the public data"
_SCORED = "weighted correlation of normal scores in the public data"
_UNITS = {
    "age_y": "year",
    "weight_kg": "kg",
    "height_cm": "cm",
    BODY_MASS_INDEX: "kg/m2",
    "systolic_mmhg": "mmHg",
    "diastolic_mmhg": "mmHg",
    "heart_rate_bpm": "beats/min",
}
_LIMITS: Mapping[str, tuple[float, float, Shape]] = {
    "weight_kg": (35.0, 220.0, "log-normal"),
    "height_cm": (135.0, 210.0, "normal"),
    BODY_MASS_INDEX: (14.0, 70.0, "log-normal"),
    "systolic_mmhg": (75.0, 230.0, "log-normal"),
    "diastolic_mmhg": (35.0, 130.0, "normal"),
    "heart_rate_bpm": (35.0, 140.0, "log-normal"),
}
# Mean and SD, women and then men.
_SPREADS: Mapping[Ages, Mapping[str, tuple[float, float, float, float]]] = {
    "18 and over": {
        "age_y": (46.98, 17.61, 45.42, 17.11),
        "weight_kg": (75.51, 20.30, 88.32, 19.90),
        "height_cm": (161.98, 7.18, 175.86, 7.62),
        BODY_MASS_INDEX: (28.76, 7.41, 28.50, 5.88),
        "systolic_mmhg": (118.90, 18.17, 122.59, 15.74),
        "diastolic_mmhg": (68.87, 11.24, 71.91, 11.64),
        "heart_rate_bpm": (74.44, 11.82, 70.85, 12.18),
    },
    "18 to 64": {
        "age_y": (40.97, 13.31, 40.37, 13.35),
        "weight_kg": (76.11, 20.66, 88.87, 20.33),
        "height_cm": (162.72, 7.03, 176.38, 7.53),
        BODY_MASS_INDEX: (28.73, 7.53, 28.51, 6.00),
        "systolic_mmhg": (115.33, 15.48, 121.29, 14.54),
        "diastolic_mmhg": (69.73, 10.92, 72.97, 11.32),
        "heart_rate_bpm": (75.18, 11.55, 71.37, 12.08),
    },
    "65 and over": {
        "age_y": (73.62, 5.40, 72.67, 5.38),
        "weight_kg": (72.83, 18.37, 85.31, 17.05),
        "height_cm": (158.62, 6.88, 172.99, 7.48),
        BODY_MASS_INDEX: (28.90, 6.84, 28.44, 5.14),
        "systolic_mmhg": (134.52, 20.64, 129.56, 19.62),
        "diastolic_mmhg": (65.00, 11.81, 66.16, 11.69),
        "heart_rate_bpm": (71.21, 12.41, 68.09, 12.34),
    },
}
_A, _W, _H, _B = "age_y", "weight_kg", "height_cm", BODY_MASS_INDEX
_S, _D, _P = "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm"
_PAIRS: tuple[Pair, ...] = (
    *((_A, _W), (_A, _H), (_A, _S), (_A, _D), (_A, _P), (_W, _H), (_W, _S), (_W, _D), (_W, _P)),
    *((_H, _S), (_H, _D), (_H, _P), (_S, _D), (_S, _P), (_D, _P)),
    *((_A, _B), (_B, _H), (_B, _S), (_B, _D), (_B, _P)),
)
# Women and men in two rows for each range of ages, in the order of _PAIRS.
_SCORES: Mapping[Ages, Mapping[Sex, tuple[float, ...]]] = {
    "18 and over": {
        "female": (
            *(0.031, -0.207, 0.491, 0.043, -0.190, 0.301, 0.151, 0.156, 0.102),
            *(-0.169, 0.055, 0.019, 0.402, -0.054, 0.128, 0.115, -0.070, 0.228, 0.144, 0.099),
        ),
        "male": (
            *(0.070, -0.132, 0.269, 0.031, -0.092, 0.413, 0.119, 0.182, 0.122),
            *(-0.046, 0.073, 0.025, 0.419, 0.044, 0.167, 0.139, 0.005, 0.152, 0.168, 0.120),
        ),
    },
    "18 to 64": {
        "female": (
            *(0.145, -0.066, 0.377, 0.243, -0.140, 0.276, 0.261, 0.176, 0.109),
            *(-0.076, 0.007, -0.002, 0.550, 0.030, 0.114, 0.174, -0.085, 0.300, 0.180, 0.114),
        ),
        "male": (
            *(0.153, -0.026, 0.234, 0.243, -0.030, 0.403, 0.189, 0.212, 0.133),
            *(0.014, 0.042, 0.009, 0.496, 0.078, 0.154, 0.181, 0.003, 0.199, 0.215, 0.139),
        ),
    },
    "65 and over": {
        "female": (
            *(-0.247, -0.261, 0.205, -0.195, 0.000, 0.374, -0.113, 0.026, 0.029),
            *(-0.178, 0.079, -0.060, 0.326, -0.110, 0.077, -0.164, 0.014, -0.052, -0.002, 0.056),
        ),
        "male": (
            *(-0.184, -0.165, 0.194, -0.187, -0.026, 0.450, -0.163, -0.048, 0.031),
            *(-0.181, 0.038, 0.002, 0.352, -0.005, 0.126, -0.122, 0.027, -0.091, -0.065, 0.031),
        ),
    },
}


def spread(ages: Ages, name: str, borrowed: str = "") -> BySex:
    """One covariate of American adults by sex.

    Args:
        borrowed: why it stands for people who were not surveyed; then it is an assumption.
    """
    low, high, shape = _LIMITS[name] if name != "age_y" else (*_years(ages), "normal")
    numbers = _SPREADS[ages][name]

    def of(sex: int) -> Marginal:
        mean, sd = (_estimate(value, name, ages, borrowed) for value in numbers[2 * sex : 2 * sex + 2])
        return Spread(mean=mean, sd=sd, low=low, high=high, shape=shape)

    return BySex(of(0), of(1))


def _years(ages: Ages) -> tuple[float, float]:
    """The survey writes 80 for everybody of 80 and over: they are spread up to 85."""
    return {"18 and over": (18.0, 85.0), "18 to 64": (18.0, 65.0), "65 and over": (65.0, 85.0)}[ages]


def _estimate(value: float, name: str, ages: Ages, borrowed: str) -> Estimate:
    provenance = Provenance.ASSUMED if borrowed else Provenance.DERIVED
    return Estimate(value, _UNITS[name], NHANES, _DATA + ages, provenance, borrowed or _COUNTED)


def correlations(ages: Ages, names: tuple[str, ...], borrowed: str = "") -> dict[Sex, dict[Pair, Estimate]]:
    """How these covariates of American adults hang together, by sex; being prone to hypertension among them."""
    provenance = Provenance.ASSUMED if borrowed else Provenance.DERIVED
    found: dict[Sex, dict[Pair, Estimate]] = {}
    for sex, scores in _SCORES[ages].items():
        found[sex] = {
            pair: Estimate(value, "1", NHANES, _DATA + ages, provenance, borrowed or _SCORED)
            for pair, value in zip(_PAIRS, scores, strict=True)
            if set(pair) <= set(names)
        }
        if HYPERTENSION in names:
            found[sex][_S, HYPERTENSION] = PRONE
    return found


PRONE = Estimate(
    0.5,
    "1",
    WRIGHT,
    "abstract: mean systolic pressure 116 mmHg without hypertension, 130 treated, 146 untreated",
    Provenance.ASSUMED,
    "normal scores at a given age; chosen so that people with hypertension stand about 18 mmHg above the others",
)


def hypertension(borrowed: str = "") -> dict[float, Estimate]:
    """Share of American adults with hypertension (140/90 mmHg or drugs against it), by the age it holds from."""
    where = "table: 18-39 y 7.1 %, 40-59 y 31.7 %, 60 y and over 66.3 %"
    provenance = Provenance.ASSUMED if borrowed else Provenance.MEASURED
    shares = {18.0: 0.071, 40.0: 0.317, 60.0: 0.663}
    return {
        age: Estimate(share, "fraction of people", DGAC, where, provenance, borrowed) for age, share in shares.items()
    }
