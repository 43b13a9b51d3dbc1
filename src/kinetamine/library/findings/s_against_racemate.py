"""Half the dose as S-ketamine does as well as the racemate."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

CORREIA = Reference(
    key="correia_melo_2020",
    authors="Correia-Melo, FS and Leal, GC and Vieira, F and Jesus-Nunes, AP and Mello, RP and Magnavita, G "
    "and Caliman-Fontes, AT and Echegaray, MVF and Bandeira, ID and Silva, SS and others",
    title="Efficacy and safety of adjunctive therapy using esketamine or racemic ketamine for adult "
    "treatment-resistant depression: a randomized, double-blind, non-inferiority study",
    journal="Journal of Affective Disorders",
    year=2020,
    volume="264",
    pages="527-534",
    pmid="31786030",
    url="https://pubmed.ncbi.nlm.nih.gov/31786030/",
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
    name="s_against_racemate",
    title="S 0.25 against racemate 0.5 mg/kg",
    references=(
        CORREIA,
        WILKINSON,
    ),
    species=Species.PEOPLE,
    published="At 24 h the MADRS fell from 33 to 17.5 with S-ketamine 0.25 mg/kg and from 33 to 16.2 with "
    "racemate 0.5 mg/kg; remission 29.4 % and 24.1 %: not inferior.",
    number=63,
    grade=Grade.MODERATE,
    contrast=Case(regimen="0.25 mg/kg esketamine iv over 40 min"),
    ratio=Estimate(
        0.87,
        "1",
        CORREIA,
        "abstract",
        Provenance.DERIVED,
        "falls of 15.5 and 16.8 points, of which about 7 without drug (control arms in Wilkinson 2018 "
        "fell 5): 8.5 against 9.8; standard error of the difference 3 points, so 0.6 is one of them below "
        "and 1.5 two above",
        (0.6, 1.5),
    ),
)
