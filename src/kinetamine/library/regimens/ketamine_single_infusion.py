"""One infusion of racemic ketamine, the regimen of most depression trials."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

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

ENTRY = NamedRegimen(
    name="ketamine_single_infusion",
    title="One infusion of ketamine for depression",
    words="0.5 mg/kg iv over 40 min, single dose",
    references=(FAVA,),
    note="The trial also gave 0.1, 0.2 and 1.0 mg/kg over the same 40 min.",
)
