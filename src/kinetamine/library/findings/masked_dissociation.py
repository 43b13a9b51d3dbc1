"""Under anaesthesia ketamine did no better than saline, and no worse than elsewhere."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

LII = Reference(
    key="lii_2023",
    authors=(
        "Lii, TR and Smith, AE and Flohr, JR and Okada, RL and Nyongesa, CA and Cianfichi, LJ and Hack, LM and "
        "Schatzberg, AF and Heifets, BD"
    ),
    title="Randomized trial of ketamine masked by surgical anesthesia in patients with depression",
    journal="Nature Mental Health",
    year=2023,
    volume="1",
    pages="876-886",
    doi="10.1038/s44220-023-00140-x",
    pmid="38188539",
)
WILKINSON = Reference(
    key="wilkinson_2018",
    authors=(
        "Wilkinson, ST and Ballard, ED and Bloch, MH and Mathew, SJ and Murrough, JW and Feder, A and Sos, P and "
        "Wang, G and Zarate, CA and Sanacora, G"
    ),
    title=(
        "The effect of a single dose of intravenous ketamine on suicidal ideation: a systematic review and "
        "individual participant data meta-analysis"
    ),
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="150-158",
    doi="10.1176/appi.ajp.2017.17040472",
    pmid="28969441",
)

ENTRY = Finding(
    name="masked_dissociation",
    title="dissociation masked",
    references=(
        LII,
        WILKINSON,
    ),
    species=Species.PEOPLE,
    published="During anaesthesia for surgery ketamine stood 5.8 MADRS points below saline (95 % CI -13.3 to "
    "1.6; 60 % and 50 % responded).",
    number=40,
    grade=Grade.LOW,
    contrast=Case(parameters={"MASKED": 1.0}),
    ratio=Estimate(
        0.6,
        "1",
        LII,
        "abstract",
        Provenance.DERIVED,
        "5.8 points against 9.7 without masking (Wilkinson 2018, day 1); the confidence interval holds "
        "none of the effect and all of it, so it decides nothing",
        (0.0, 1.4),
    ),
    decisive=False,
    notes=("Both arms fell by 13 points: surgery, anaesthetics and expectation work as well.",),
)
