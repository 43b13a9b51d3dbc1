"""Rapamycin leaves the effect at 24 h as it is in people."""

from __future__ import annotations

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
    name="rapamycin_human",
    title="rapamycin, 24 h",
    references=(ABDALLAH,),
    species=Species.PEOPLE,
    published="Rapamycin 6 mg two hours before ketamine did not alter its effect on the MADRS at 24 h (crossover).",
    number=20,
    grade=Grade.MODERATE,
    contrast=Case(parameters={"RAPAMYCIN": 1.0}),
    ratio=Estimate(
        1.0,
        "1",
        ABDALLAH,
        "abstract",
        Provenance.ASSUMED,
        '"did not alter": in twenty people, each their own control, a loss of half might pass unseen; '
        "whether the dose reached the brain's mTORC1 is open",
        (0.5, 1.5),
    ),
)
