"""Grapefruit juice, an inhibitor of CYP3A in the gut: swallowed esketamine rises 3-fold."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.model import Estimate, Provenance

GRAPEFRUIT = Reference(
    key="peltoniemi_2012_grapefruit",
    authors="Peltoniemi, MA and Saari, TI and Hagelberg, NM and Laine, K and Neuvonen, PJ and Olkkola, KT",
    title="S-ketamine concentrations are greatly increased by grapefruit juice",
    journal="Eur J Clin Pharmacol",
    year=2012,
    volume="68",
    pages="979-986",
    doi="10.1007/s00228-012-1214-9",
    pmid="22286159",
)

ENTRY = Interaction(
    name="grapefruit",
    title="Grapefruit juice (gut CYP3A inhibitor)",
    references=(GRAPEFRUIT,),
    clearance=Estimate(
        1.0,
        "1",
        GRAPEFRUIT,
        "none: not studied",
        Provenance.ASSUMED,
        note="not measured; the juice acts mainly in the gut wall",
    ),
    oral_auc=Estimate(
        3.0,
        "1",
        GRAPEFRUIT,
        "abstract",
        Provenance.MEASURED,
        note="0.2 mg/kg, 12 people; Cmax 2.1-fold",
        interval=(2.4, 3.6),
    ),
    warning="With grapefruit juice half-life rose by 24 % and norketamine over ketamine fell to 0.43: not simulated.",
)
