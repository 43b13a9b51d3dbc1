"""Clarithromycin, an inhibitor of CYP3A: swallowed esketamine rises 2.6-fold."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.model import Estimate, Provenance

HAGELBERG = Reference(
    key="hagelberg_2010",
    authors="Hagelberg, NM and Peltoniemi, MA and Saari, TI and Kurkinen, KJ and Laine, K"
    " and Neuvonen, PJ and Olkkola, KT",
    title="Clarithromycin, a potent inhibitor of CYP3A, greatly increases exposure to oral S-ketamine",
    journal="Eur J Pain",
    year=2010,
    volume="14",
    pages="625-629",
    doi="10.1016/j.ejpain.2009.10.003",
    pmid="19897389",
)

ENTRY = Interaction(
    name="clarithromycin",
    title="Clarithromycin (CYP3A inhibitor)",
    references=(HAGELBERG,),
    clearance=Estimate(
        1.0,
        "1",
        HAGELBERG,
        "none: not studied",
        Provenance.ASSUMED,
        note="not measured; ketamine's clearance is near liver blood flow, so an inhibitor moves it little",
    ),
    oral_auc=Estimate(2.6, "1", HAGELBERG, "abstract", Provenance.MEASURED, note="0.2 mg/kg, 10 people; Cmax 3.6-fold"),
)
