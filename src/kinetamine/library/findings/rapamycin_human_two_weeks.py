"""Rapamycin prolongs the effect in people."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

ABDALLAH = Reference(
    key="abdallah_2020",
    authors="Abdallah, CG and Averill, LA and Gueorguieva, R and Goktas, S and Purohit, P and Ranganathan, M "
    "and Sherif, M and Ahn, KH and D'Souza, DC and Formica, R and Southwick, SM and Duman, RS and "
    "Sanacora, G and Krystal, JH",
    title="Modulation of the antidepressant effects of ketamine by the mTORC1 inhibitor rapamycin",
    journal="Neuropsychopharmacology",
    year=2020,
    volume="45",
    pages="990-997",
    doi="10.1038/s41386-020-0644-9",
)

ENTRY = Finding(
    name="rapamycin_human_two_weeks",
    title="rapamycin, two weeks",
    references=(ABDALLAH,),
    species=Species.PEOPLE,
    published="Two weeks after ketamine 41 % responded with rapamycin, 13 % without (p 0.04); remission 29 % "
    "against 7 %.",
    number=20,
    grade=Grade.LOW,
    intact=Case(time_h=336.0),
    contrast=Case(parameters={"RAPAMYCIN": 1.0}, time_h=336.0),
    ratio=Estimate(
        2.0,
        "1",
        ABDALLAH,
        "abstract",
        Provenance.ASSUMED,
        "more responders, so not less relief; how much more cannot be told from rates in twenty people",
        (1.0, math.inf),
    ),
)
