"""Naltrexone takes ketamine's effect away."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

WILLIAMS = Reference(
    key="williams_2018",
    authors="Williams, NR and Heifets, BD and Blasey, C and Sudheimer, K and Pannu, J and Pankow, H and Hawkins, J and "
    "Birnbaum, J and Lyons, DM and Rodriguez, CI and Schatzberg, AF",
    title="Attenuation of antidepressant effects of ketamine by opioid receptor antagonism",
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="1205-1215",
    doi="10.1176/appi.ajp.2018.18020138",
)

ENTRY = Finding(
    name="naltrexone_lost",
    title="naltrexone, effect lost",
    references=(WILLIAMS,),
    species=Species.PEOPLE,
    published="With naltrexone 50 mg before ketamine the scores of 12 completers fell significantly less on "
    "days 1 and 3, dissociation was the same; with placebo 7 of 12 responded.",
    number=12,
    grade=Grade.LOW,
    contrast=Case(parameters={"NALTREXONE": 1.0}),
    ratio=Estimate(
        0.1,
        "1",
        WILLIAMS,
        "abstract",
        Provenance.ASSUMED,
        '"dramatically blocked", stopped at an interim analysis; half of the effect is the least that so '
        "few people would show as lost",
        (0.0, 0.5),
    ),
)
