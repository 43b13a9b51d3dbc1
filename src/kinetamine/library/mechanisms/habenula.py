"""Habenular burst block: ketamine trapped in receptors of the lateral habenula silences its bursts for a day."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.maths import Number
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.model import Estimate, Provenance, Values

MA = Reference(
    key="ma_2023",
    authors="Ma, S and Chen, M and Jiang, Y and Xiang, X and Wang, S and Wu, Z and Li, S and Cui, Y and Wang, J and "
    "Zhu, Y and others",
    title="Sustained antidepressant effect of ketamine through NMDAR trapping in the LHb",
    journal="Nature",
    year=2023,
    volume="622",
    pages="802-809",
    doi="10.1038/s41586-023-06624-1",
)
YANG = Reference(
    key="yang_2018",
    authors="Yang, Y and Cui, Y and Sang, K and Dong, Y and Ni, Z and Ma, S and Hu, H",
    title="Ketamine blocks bursting in the lateral habenula to rapidly relieve depression",
    journal="Nature",
    year=2018,
    volume="554",
    pages="317-322",
    doi="10.1038/nature25509",
)


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """Trapping in the measure of what is free, release at a slow rate: trapped' = K_TRAP f (1 - trapped) - trapped k.

    Memantine is not trapped (Gideons 2014 argue from its weaker trapping), so only ketamine's own occupancy counts.
    """
    free = c.nmda_occupancy / (1.0 - c.nmda_occupancy)
    return {"trapped": p.K_TRAP * free * (1.0 - x.trapped) - math.log(2.0) / p.T_TRAP * x.trapped}


ENTRY = Mechanism(
    name="habenula",
    title="habenular burst block",
    references=(MA, YANG),
    parameters={
        "K_TRAP": Estimate(0.9, "1/h", MA, "no source", Provenance.ASSUMED, "an infusion traps a third of receptors"),
        "T_TRAP": Estimate(
            14.0, "h", MA, "abstract: block and silence to 24 h", Provenance.DERIVED, "half-life of release; mouse"
        ),
        "STRENGTH_LHB": Estimate(
            4.25, "1", MA, "docs/fits/mechanism.py", Provenance.DERIVED, "alone: the same relief at 24 h"
        ),
    },
    initial={"trapped": 0.0},
    rates=rates,
    circuit=lambda x, _c, p: p.STRENGTH_LHB * x.trapped,
    evidence=(
        Evidence(
            "Infused into the habenula alone, blockers of its bursts act within an hour in rats and mice.",
            YANG,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "Trapped block and silence last up to 24 h in mice, though the drug is gone within an hour.",
            MA,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "A day of silence cannot carry a week of benefit: alone it fails the day-7 results.",
            MA,
            supports=False,
            grade=Grade.HIGH,
        ),
    ),
)
