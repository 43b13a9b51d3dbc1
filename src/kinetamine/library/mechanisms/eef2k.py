"""Direct eEF2K: block of resting receptors stops a kinase, and BDNF is made without any surge of glutamate."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.maths import Number
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.model import Estimate, Provenance, Values

AUTRY = Reference(
    key="autry_2011",
    authors="Autry, AE and Adachi, M and Nosyreva, E and Na, ES and Los, MF and Cheng, PF and Kavalali, ET and "
    "Monteggia, LM",
    title="NMDA receptor blockade at rest triggers rapid behavioural antidepressant responses",
    journal="Nature",
    year=2011,
    volume="475",
    pages="91-95",
    doi="10.1038/nature10130",
)
GIDEONS = Reference(
    key="gideons_2014",
    authors="Gideons, ES and Kavalali, ET and Monteggia, LM",
    title="Mechanisms underlying differential effectiveness of memantine and ketamine in rapid antidepressant "
    "responses",
    journal="Proceedings of the National Academy of Sciences",
    year=2014,
    volume="111",
    pages="8649-8654",
    doi="10.1073/pnas.1323920111",
)
ZARATE = Reference(
    key="zarate_2006_memantine",
    authors="Zarate, CA and Singh, JB and Quiroz, JA and De Jesus, G and Denicoff, KK and Luckenbaugh, DA and "
    "Manji, HK and Charney, DS",
    title="A double-blind, placebo-controlled study of memantine in the treatment of major depression",
    journal="American Journal of Psychiatry",
    year=2006,
    volume="163",
    pages="153-155",
    doi="10.1176/appi.ajp.163.1.153",
)


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """The kinase is off in the measure of block: kinase' = (B/(EEF50 + B) - kinase)/T_EEF, B occupancy."""
    free = c.nmda_occupancy / (1.0 - c.nmda_occupancy) + p.MEMANTINE
    block = free / (1.0 + free)
    return {"kinase": (block / (p.EEF50 + block) - x.kinase) / p.T_EEF}


ENTRY = Mechanism(
    name="eef2k",
    title="direct eEF2K",
    references=(AUTRY, GIDEONS, ZARATE),
    parameters={
        "EEF50": Estimate(0.35, "1", AUTRY, "no source", Provenance.ASSUMED, "occupancy that turns half of it off"),
        "T_EEF": Estimate(0.5, "h", AUTRY, "abstract: within 30 min", Provenance.DERIVED, "mouse hippocampus"),
        "STRENGTH_EEF": Estimate(
            2.46, "1", AUTRY, "docs/fits/mechanism.py", Provenance.DERIVED, "alone: the same relief at 24 h"
        ),
    },
    initial={"kinase": 0.0},
    rates=rates,
    drive=lambda x, _c, p: p.STRENGTH_EEF * x.kinase,
    evidence=(
        Evidence(
            "Blocking receptors at rest releases BDNF translation within 30 min; inhibitors of the kinase act alike.",
            AUTRY,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "Memantine leaves the kinase alone at physiological magnesium, where ketamine does not.",
            GIDEONS,
            supports=True,
            grade=Grade.LOW,
        ),
        Evidence(
            "Any blocker of enough occupancy should work; memantine did not (n=32).",
            ZARATE,
            supports=False,
            grade=Grade.MODERATE,
        ),
    ),
)
