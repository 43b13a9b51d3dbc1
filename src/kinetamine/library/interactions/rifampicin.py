"""Rifampicin, an inducer of CYP3A and CYP2B6: swallowed esketamine falls to a seventh, injected by 14 %."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.model import Estimate, Provenance

RIFAMPICIN = Reference(
    key="peltoniemi_2012_rifampicin",
    authors="Peltoniemi, MA and Saari, TI and Hagelberg, NM and Laine, K and Kurkinen, KJ"
    " and Neuvonen, PJ and Olkkola, KT",
    title="Rifampicin has a profound effect on the pharmacokinetics of oral S-ketamine and less on intravenous"
    " S-ketamine",
    journal="Basic Clin Pharmacol Toxicol",
    year=2012,
    volume="111",
    pages="325-332",
    doi="10.1111/j.1742-7843.2012.00908.x",
)

ENTRY = Interaction(
    name="rifampicin",
    title="Rifampicin (CYP inducer)",
    references=(RIFAMPICIN,),
    clearance=Estimate(
        1.0 / 0.86, "1", RIFAMPICIN, "abstract", Provenance.DERIVED, note="one over the ratio of intravenous AUC, 0.86"
    ),
    oral_auc=Estimate(
        0.14,
        "1",
        RIFAMPICIN,
        "abstract",
        Provenance.MEASURED,
        note="0.3 mg/kg, 11 people, 600 mg of rifampicin a day for 6 days",
    ),
    warning="With rifampicin norketamine falls by half (Noppers 2011), which is not simulated: only ketamine changes.",
)
