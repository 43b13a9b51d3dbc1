"""The empirical curve: Nunes and Singh's difference of exponentials, the benchmark that a mechanism must beat."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.maths import Number, hill
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.model import Estimate, Provenance, Values, Variability

NUNES = Reference(
    key="nunes_singh_2023",
    authors="Nunes, A and Singh, S",
    title="A computational model to characterize the time-course of response to rapid antidepressant therapies",
    journal="",
    year=2023,
    url="https://github.com/cpsylab/rapid-antidepressant-timecourse-sim",
)
WILKINSON = Reference(
    key="wilkinson_2018",
    authors="Wilkinson, ST and Ballard, ED and Bloch, MH and Mathew, SJ and Murrough, JW and Feder, A and Sos, P and "
    "Wang, G and Zarate, CA and Sanacora, G",
    title="The effect of a single dose of intravenous ketamine on suicidal ideation: a systematic review and "
    "individual participant data meta-analysis",
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="150-158",
    doi="10.1176/appi.ajp.2017.17040472",
    pmid="28969441",
)
PRICE = Reference(
    key="price_2022",
    authors="Price, RB and Kissel, N and Baumeister, A and others",
    title="International pooled patient-level meta-analysis of ketamine infusion for depression: in search of clinical "
    "moderators",
    journal="Molecular Psychiatry",
    year=2022,
    volume="27",
    pages="5096-5112",
    doi="10.1038/s41380-022-01757-7",
    pmid="36071111",
)
EBERT = Reference(
    key="ebert_1997",
    authors="Ebert, B and Mikkelsen, S and Thorkildsen, C and Borgbjerg, FM",
    title="Norketamine, the main metabolite of ketamine, is a non-competitive NMDA receptor antagonist in the rat "
    "cortex and spinal cord",
    journal="European Journal of Pharmacology",
    year=1997,
    volume="333",
    pages="99-104",
    pmid="9311667",
    url="https://pubmed.ncbi.nlm.nih.gov/9311667/",
)


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """The difference of exponentials as two states in a row.

    signal' = exposure - signal/ONSET           (hours of full exposure not yet passed on)
    curve'  = GAIN signal/ONSET (1 - curve) - curve/DECAY
    """
    exposure = hill(c.s_ketamine + c.r_ketamine / p.SR, p.EC50)
    passed = x.signal / p.ONSET
    return {"signal": exposure - passed, "curve": p.GAIN * passed * (1.0 - x.curve) - x.curve / p.DECAY}


_FIT = "docs/fits/mechanism.py"
ENTRY = Mechanism(
    name="empirical",
    title="empirical curve",
    references=(NUNES, WILKINSON, PRICE, EBERT),
    parameters={
        "GAIN": Estimate(
            0.547, "1/h", WILKINSON, _FIT, Provenance.FITTED, "per hour of full exposure; known with EC50", (0.26, 1.26)
        ),
        "ONSET": Estimate(
            0.5,
            "h",
            WILKINSON,
            _FIT,
            Provenance.FITTED,
            "b of Nunes and Singh (their example: 1 d); hardly known, some effect at 2 h asks for hours",
            (0.14, 1.6),
        ),
        "DECAY": Estimate(
            264.0, "h", PRICE, _FIT, Provenance.FITTED, "a of Nunes and Singh (their example: 5 d)", (222.0, 316.0)
        ),
        "EC50": Estimate(
            86.0,
            "ng/mL",
            WILKINSON,
            _FIT,
            Provenance.FITTED,
            "S-equivalents; 0.1 below 0.5 below 1.0 mg/kg with small steps, as 28, 56 and 84 mg nasal",
            (27.0, 249.0),
        ),
        "SR": Estimate(
            4.7,
            "1",
            EBERT,
            "read second-hand: benchchem.com b6166096",
            Provenance.ASSUMED,
            "NMDA potency of S over R; 0.25 mg/kg S and 0.5 mg/kg racemate were alike in a trial",
        ),
    },
    drivers=("s_ketamine", "r_ketamine"),
    initial={"signal": 0.0, "curve": 0.0},
    rates=rates,
    curve=lambda x, _c, _p: x.curve,
    variability={"GAIN": Variability(Estimate(1.0, "1", WILKINSON, _FIT, Provenance.FITTED, "to SDs of 12 points"))},
    evidence=(
        Evidence(
            "Three numbers describe the course after one dose of several rapid treatments.",
            NUNES,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "It says nothing of how, so no intervention can be asked of it.", NUNES, supports=False, grade=Grade.HIGH
        ),
    ),
)
