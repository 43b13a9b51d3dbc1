"""Ticlopidine, an inhibitor of CYP2B6 and CYP2C19: swallowed esketamine rises 2.4-fold."""

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
SPRAVATO = Reference(
    key="spravato_label_ph",
    authors="{Janssen}",
    title="Spravato: product information (Philippines, MIMS; undated, read in 2026)",
    journal="",
    year=2026,
    url="https://sit.mimsdev.com/philippines/drug/info/spravato/drug-interactions",
)

ENTRY = Interaction(
    name="ticlopidine",
    title="Ticlopidine (CYP2B6 inhibitor)",
    references=(
        PELTONIEMI,
        SPRAVATO,
    ),
    clearance=Estimate(
        1.0,
        "1",
        SPRAVATO,
        "section on interactions",
        Provenance.ASSUMED,
        note="nasal half-life unchanged; nasal AUC x1.29 is what first pass alone explains",
    ),
    oral_auc=Estimate(2.4, "1", PELTONIEMI, "abstract", Provenance.MEASURED, note="0.2 mg/kg, 11 people"),
    warning="With ticlopidine nasal esketamine had AUC x1.29 and an unchanged Cmax; the model overstates it (x1.6).",
)
