"""St John's wort, an inducer: swallowed esketamine falls to 42 %."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.model import Estimate, Provenance

WORT = Reference(
    key="peltoniemi_2012_st_johns_wort",
    authors="Peltoniemi, MA and Saari, TI and Hagelberg, NM and Laine, K and Neuvonen, PJ and Olkkola, KT",
    title="St John's wort greatly decreases the plasma concentrations of oral S-ketamine",
    journal="Fundam Clin Pharmacol",
    year=2012,
    volume="26",
    pages="743-750",
    doi="10.1111/j.1472-8206.2011.00954.x",
    pmid="21635359",
)

ENTRY = Interaction(
    name="st_johns_wort",
    title="St John's wort (CYP inducer)",
    references=(WORT,),
    clearance=Estimate(
        1.0,
        "1",
        WORT,
        "none: not studied",
        Provenance.ASSUMED,
        note="not measured; rifampicin, a stronger inducer, raised it by a sixth only",
    ),
    oral_auc=Estimate(
        0.42, "1", WORT, "abstract", Provenance.MEASURED, note="0.3 mg/kg, 12 people, 14 days; Cmax 0.34"
    ),
)
