"""Itraconazole, an inhibitor of CYP3A: swallowed esketamine does not change."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.model import Estimate, Provenance

PELTONIEMI = Reference(
    key="peltoniemi_2011",
    authors="Peltoniemi, MA and Saari, TI and Hagelberg, NM and Reponen, P and Turpeinen, M and Laine, K"
    " and Neuvonen, PJ and Olkkola, KT",
    title="Exposure to oral S-ketamine is unaffected by itraconazole but greatly increased by ticlopidine",
    journal="Clin Pharmacol Ther",
    year=2011,
    volume="90",
    pages="296-302",
    doi="10.1038/clpt.2011.140",
)

ENTRY = Interaction(
    name="itraconazole",
    title="Itraconazole (CYP3A inhibitor, no effect)",
    references=(PELTONIEMI,),
    clearance=Estimate(
        1.0, "1", PELTONIEMI, "none: not studied", Provenance.ASSUMED, note="as the oral exposure does not change"
    ),
    oral_auc=Estimate(
        1.0, "1", PELTONIEMI, "abstract", Provenance.MEASURED, note="0.2 mg/kg, 11 people; exposure not increased"
    ),
)
