"""Treatment-resistant depression from 65 years on: who took part in TRANSFORM-3."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import BySex, PoissonAbove, Population, Spread
from kinetamine.library import bodies, cyp2b6

JONES = Reference(
    key="jones_2022",
    authors="Jones, RR and others",
    title=(
        "Efficacy and safety of esketamine nasal spray by sex in patients with treatment-resistant depression: "
        "findings from short-term randomized, controlled trials"
    ),
    journal="Archives of Women's Mental Health",
    year=2022,
    volume="25",
    pages="313-326",
    doi="10.1007/s00737-021-01185-6",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8921149/",
)
DALY = Reference(
    key="daly_2019",
    authors="Daly, EJ and Trivedi, MH and Janik, A and Li, H and Zhang, Y and Li, X and Lane, R and Lim, P and Duca, "
    "AR and Hough, D and Thase, ME and Zajecka, J and Winokur, A and Divacka, I and Fagiolini, A and Cubala, WJ and "
    "Bitter, I and Blier, P and Shelton, RC and Molero, P and Manji, H and Drevets, WC and Singh, JB",
    title="Efficacy of esketamine nasal spray plus oral antidepressant treatment for relapse prevention in patients "
    "with treatment-resistant depression: a randomized clinical trial",
    journal="JAMA Psychiatry",
    year=2019,
    volume="76",
    pages="893-903",
    doi="10.1001/jamapsychiatry.2019.1189",
    pmid="31166571",
)
WANG = Reference(
    key="wang_2021",
    authors="Wang, SM and others",
    title="Rapid onset of intranasal esketamine in patients with treatment resistant depression and major depression "
    "with suicide ideation: a meta-analysis",
    journal="Clinical Psychopharmacology and Neuroscience",
    year=2021,
    volume="19",
    pages="341-354",
    doi="10.9758/cpn.2021.19.2.341",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8077059/",
)
WAJS = Reference(
    key="wajs_2020",
    authors="Wajs, E and Aluisio, L and Holder, R and others",
    title="Esketamine nasal spray plus oral antidepressant in patients with treatment-resistant depression: "
    "assessment of long-term safety in a phase 3, open-label study (SUSTAIN-2)",
    journal="Journal of Clinical Psychiatry",
    year=2020,
    doi="10.4088/JCP.19m12891",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC7387766/",
)
_PEOPLE = "fraction of people"
_TABLE3 = "PMC8921149, table 3 (TRANSFORM-1, -2 and -3)"
_TABLE4 = "PMC8921149, table 4"
_POOLED = "both arms together"
_SUSTAIN = "PMC7387766, table 4 (SUSTAIN-2), all patients"
_BODY = ("age_y", "height_cm", "weight_kg", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_BORROWED = "not read of the trial: as adults of 65 and over in the United States"


def _read(value: float, unit: str, source: Reference, where: str, derived: str = "") -> Estimate:
    provenance = Provenance.DERIVED if derived else Provenance.MEASURED
    return Estimate(value, unit, source, where, provenance, derived)


ENTRY = Population(
    name="trd_65",
    title="Trial of treatment-resistant depression, 65 years and over",
    references=(JONES, DALY, WANG, WAJS, *bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_read(0.620, _PEOPLE, JONES, f"{_TABLE4}: 85 of 137", _POOLED),
    covariates={
        "age_y": Spread(
            mean=_read(70.0, "year", WANG, "table 1: 70 (4.52)"),
            sd=_read(4.52, "year", WANG, "table 1: 70 (4.52)"),
            low=65.0,
            high=90.0,
        ),
        **{name: bodies.spread("65 and over", name, _BORROWED) for name in _BODY[1:]},
        "madrs": BySex(
            female=Spread(
                mean=_read(35.1, "points", JONES, f"{_TABLE4}: 35.7 (5.90) of 45, 34.5 (6.97) of 40", _POOLED),
                sd=_read(6.43, "points", JONES, f"{_TABLE4}: 35.7 (5.90) of 45, 34.5 (6.97) of 40", _POOLED),
                low=15.0,
                high=60.0,
            ),
            male=Spread(
                mean=_read(35.2, "points", JONES, f"{_TABLE4}: 35.2 (6.04) of 27, 35.1 (5.60) of 25", _POOLED),
                sd=_read(5.83, "points", JONES, f"{_TABLE4}: 35.2 (6.04) of 27, 35.1 (5.60) of 25", _POOLED),
                low=15.0,
                high=60.0,
            ),
        ),
        "failed_treatments": PoissonAbove(
            least=2,
            beyond=_read(
                0.349,
                "treatments",
                DALY,
                "table 1: more than two previous antidepressants in 87 of 295 (19, 22, 21 and 25 of four groups)",
                "the mean of a Poisson number that is 0 with probability 208/295; of 18 to 64 years",
            ),
            most=8,
        ),
    },
    correlations=bodies.correlations("65 and over", (*_BODY, "hypertension"), _BORROWED),
    hypertension=bodies.hypertension(_BORROWED),
    ancestry={
        "white": _read(0.857, _PEOPLE, WAJS, f"{_SUSTAIN}: 497 of 580"),
        "black": _read(0.022, _PEOPLE, WAJS, f"{_SUSTAIN}: 13 of 580"),
        "asian": _read(0.095, _PEOPLE, WAJS, f"{_SUSTAIN}: 55 of 580"),
        "other": _read(0.026, _PEOPLE, WAJS, f"{_SUSTAIN}: 15 of 580", "multiple, other and not reported"),
    },
    cyp2b6_6=cyp2b6.FREQUENCIES,
    comedication={
        "benzodiazepine": {
            "female": _read(0.485, _PEOPLE, JONES, f"{_TABLE3}: 140 of 282 and 86 of 184", _POOLED),
            "male": _read(0.427, _PEOPLE, JONES, f"{_TABLE3}: 66 of 136 and 36 of 103", _POOLED),
        },
        "beta_blocker": {
            "female": _read(0.118, _PEOPLE, JONES, f"{_TABLE3}: 34 of 282 and 21 of 184", _POOLED),
            "male": _read(0.126, _PEOPLE, JONES, f"{_TABLE3}: 21 of 136 and 9 of 103", _POOLED),
        },
    },
    notes=(
        "Body, pressures, pulse, hypertension and correlations are those of the same ages in the United States.",
        "Failed treatments: of the trials in younger adults. Ancestry: SUSTAIN-2, which took people of all ages.",
        "Benzodiazepines and beta blockers: shares of the three trials together; shown, and do not act.",
    ),
)
