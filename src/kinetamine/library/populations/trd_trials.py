"""Treatment-resistant depression, 18 to 64 years: who took part in TRANSFORM-1 and TRANSFORM-2."""

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
_BODY = ("age_y", "height_cm", "bmi", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_BORROWED = "not read of the trials: as adults of 18 to 64 in the United States"


def _read(value: float, unit: str, source: Reference, where: str, derived: str = "") -> Estimate:
    provenance = Provenance.DERIVED if derived else Provenance.MEASURED
    return Estimate(value, unit, source, where, provenance, derived)


ENTRY = Population(
    name="trd_trials",
    title="Trials of treatment-resistant depression, 18 to 64 years",
    references=(JONES, DALY, WANG, WAJS, *bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_read(0.671, _PEOPLE, JONES, f"{_TABLE4}: 379 of 565", _POOLED),
    covariates={
        "age_y": Spread(
            mean=_read(46.1, "year", WANG, "table 1: 46.3 (11.16) of 342, 45.7 (11.89) of 223", "both trials together"),
            sd=_read(11.45, "year", WANG, "table 1: 46.3 (11.16) of 342, 45.7 (11.89) of 223", "both trials together"),
            low=18.0,
            high=65.0,
        ),
        "height_cm": bodies.spread("18 to 64", "height_cm", _BORROWED),
        "bmi": Spread(
            mean=_read(28.0, "kg/m2", WAJS, f"{_SUSTAIN}: 28.0 (5.81)"),
            sd=_read(5.81, "kg/m2", WAJS, f"{_SUSTAIN}: 28.0 (5.81)"),
            low=14.0,
            high=60.0,
            shape="log-normal",
        ),
        **{name: bodies.spread("18 to 64", name, _BORROWED) for name in _BODY[3:]},
        "madrs": BySex(
            female=Spread(
                mean=_read(37.7, "points", JONES, f"{_TABLE4}: 37.7 (5.49) of 235, 37.7 (6.11) of 144", _POOLED),
                sd=_read(5.73, "points", JONES, f"{_TABLE4}: 37.7 (5.49) of 235, 37.7 (6.11) of 144", _POOLED),
                low=20.0,
                high=60.0,
            ),
            male=Spread(
                mean=_read(36.8, "points", JONES, f"{_TABLE4}: 36.9 (5.02) of 108, 36.7 (5.50) of 78", _POOLED),
                sd=_read(5.23, "points", JONES, f"{_TABLE4}: 36.9 (5.02) of 108, 36.7 (5.50) of 78", _POOLED),
                low=20.0,
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
                "the mean of a Poisson number that is 0 with probability 208/295; two failures are the criterion",
            ),
            most=8,
        ),
    },
    correlations=bodies.correlations("18 to 64", (*_BODY, "hypertension"), _BORROWED),
    hypertension={
        18.0: _read(
            0.255,
            _PEOPLE,
            JONES,
            f"{_TABLE3}: antihypertensive drugs in 62, 53, 33 and 32 of 282, 184, 136 and 103",
            "the share who take such drugs, in all three trials: those of 65 and over are a fifth of them",
        )
    },
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
        "Body mass index, ancestry: SUSTAIN-2, the open trial of the same programme; heights as in the United States.",
        "Pressures, pulse and all correlations are those of adults in the United States: the trials printed none.",
        "Previous antidepressants: SUSTAIN-1, whose people came from the same trials.",
        "Benzodiazepines and beta blockers are shown and do not act: the library has no interaction for them.",
        "No drug that acts on ketamine is drawn: who took one was not read.",
    ),
)
