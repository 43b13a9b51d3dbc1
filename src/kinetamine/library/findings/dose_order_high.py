"""Twice the dose does no less."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

FAVA = Reference(
    key="fava_2020",
    authors="Fava, M and Freeman, MP and Flynn, M and Judge, H and Hoeppner, BB and Cusin, C and Ionescu, DF "
    "and Mathew, SJ and Chang, LC and Iosifescu, DV and Murrough, J and others",
    title="Double-blind, placebo-controlled, dose-ranging trial of intravenous ketamine as adjunctive therapy in "
    "treatment-resistant depression (TRD)",
    journal="Mol Psychiatry",
    year=2020,
    volume="25",
    pages="1592-1603",
    doi="10.1038/s41380-018-0256-5",
)

ENTRY = Finding(
    name="dose_order_high",
    title="1.0 against 0.5 mg/kg",
    references=(FAVA,),
    species=Species.PEOPLE,
    published="1.0 mg/kg was superior to midazolam as 0.5 mg/kg was (20 and 22 people).",
    number=99,
    grade=Grade.MODERATE,
    contrast=Case(regimen="1 mg/kg iv over 40 min"),
    ratio=Estimate(
        1.1,
        "1",
        FAVA,
        "abstract",
        Provenance.ASSUMED,
        "both superior to the same control; twice the effect would have been seen, a fifth less would not",
        (0.8, 2.0),
    ),
)
