"""A fifth of the dose does less."""

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
    name="dose_order_low",
    title="0.1 against 0.5 mg/kg",
    references=(FAVA,),
    species=Species.PEOPLE,
    published="0.5 and 1.0 mg/kg were superior to midazolam, 0.1 mg/kg before adjustment only (d -0.82 on day "
    "1, adjusted p 0.14; 18 to 22 an arm), 0.2 not.",
    number=99,
    grade=Grade.MODERATE,
    contrast=Case(regimen="0.1 mg/kg iv over 40 min"),
    ratio=Estimate(
        0.5,
        "1",
        FAVA,
        "abstract",
        Provenance.ASSUMED,
        "less than 0.5 mg/kg, though how much less arms of twenty cannot tell: d -0.82 speaks for some "
        "effect, the adjusted p for none",
        (0.0, 0.9),
    ),
)
