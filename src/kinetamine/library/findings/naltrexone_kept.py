"""Naltrexone leaves ketamine's effect as it is."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

YOON = Reference(
    key="yoon_2019",
    authors="Yoon, G and Petrakis, IL and Krystal, JH",
    title="Association of combined naltrexone and ketamine with depressive symptoms in a case series of patients with "
    "depression and alcohol use disorder",
    journal="JAMA Psychiatry",
    year=2019,
    volume="76",
    pages="337-338",
    doi="10.1001/jamapsychiatry.2018.3990",
)
YOON_2025 = Reference(
    key="yoon_2025",
    authors="Yoon, G and Pittman, B and Ralevski, E and Petrakis, IL and Krystal, JH",
    title="Antidepressant efficacy of ketamine plus naltrexone for major depression comorbid with alcohol "
    "use disorder: a randomized controlled trial",
    journal="International Journal of Neuropsychopharmacology",
    year=2025,
    doi="10.1093/ijnp/pyaf056",
    pmid="40795937",
)

ENTRY = Finding(
    name="naltrexone_kept",
    title="naltrexone, effect kept",
    references=(
        YOON,
        YOON_2025,
    ),
    species=Species.PEOPLE,
    published="On long-acting naltrexone all of five people responded within four infusions (open); in a trial "
    "of 58 naltrexone made no difference, but midazolam did as well, with alcohol dependence in all.",
    number=58,
    grade=Grade.LOW,
    contrast=Case(parameters={"NALTREXONE": 1.0}),
    ratio=Estimate(
        1.0,
        "1",
        YOON,
        "abstracts",
        Provenance.ASSUMED,
        "no difference between arms of twenty; with no benefit over midazolam the trial cannot show that "
        "an effect was kept, so this stands mainly on five open cases",
        (0.6, 1.6),
    ),
)
