"""R-ketamine alone did not beat placebo."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

PCN = Reference(
    key="pcn_101_2023",
    authors="Benzinga",
    title="Atai Life Sciences depression candidate faces trial setback, shares nosedive",
    journal="",
    year=2023,
    url="https://benzinga.com/general/biotech/23/01/30311315/atai-life-sciences-depression-candidate-faces-trial-setback-shares-nosedive",
)
SHAFIQUE = Reference(
    key="shafique_2024",
    authors="Shafique, H and Demers, JC and Biesiada, J and Golani, LK and Cerne, R and Smith, JL and "
    "Szostak, M and Witkin, JM",
    title="(R)-(-)-ketamine: the promise of a novel treatment for psychiatric and neurological disorders",
    journal="International Journal of Molecular Sciences",
    year=2024,
    volume="25",
    pages="6804",
    doi="10.3390/ijms25126804",
    pmid="38928508",
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
    name="r_alone",
    title="R 60 mg against racemate 0.5 mg/kg",
    references=(
        PCN,
        SHAFIQUE,
        WILKINSON,
    ),
    species=Species.PEOPLE,
    published="Phase 2a of arketamine: at 24 h the MADRS had fallen by 15.3 points with 60 mg and by 13.7 with "
    "placebo (n=102 in three arms); only reported by the sponsor.",
    number=102,
    grade=Grade.LOW,
    contrast=Case(regimen="60 mg arketamine iv over 40 min"),
    ratio=Estimate(
        0.17,
        "1",
        PCN,
        "news report; the review says the same without numbers",
        Provenance.DERIVED,
        "1.6 points against 9.7 for racemate over its controls (Wilkinson 2018, day 1); with 34 an arm "
        "and an SD of 11 up to 7 points are not excluded",
        (0.0, 0.7),
    ),
    notes=(("Not published in a journal: what could be read is a news report of 2023 and one sentence of a review."),),
)
