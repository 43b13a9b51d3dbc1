"""R-ketamine lasts longer than S-ketamine in mice."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

YANG = Reference(
    key="yang_2015",
    authors="Yang, C and Shirayama, Y and Zhang, JC and Ren, Q and Yao, W and Ma, M and Dong, C and Hashimoto, K",
    title="R-ketamine: a rapid-onset and sustained antidepressant without psychotomimetic side effects",
    journal="Translational Psychiatry",
    year=2015,
    volume="5",
    pages="e632",
    doi="10.1038/tp.2015.136",
)

ENTRY = Finding(
    name="r_over_s_mouse",
    title="R against S, one week",
    references=(YANG,),
    species=Species.RODENTS,
    published="In mice after social defeat and in learned helplessness R-ketamine was more potent and lasted "
    "longer than S-ketamine.",
    number=None,
    grade=Grade.MODERATE,
    intact=Case(regimen="0.5 mg/kg esketamine iv over 40 min", time_h=168.0),
    contrast=Case(regimen="0.5 mg/kg arketamine iv over 40 min", time_h=168.0),
    ratio=Estimate(
        2.0,
        "1",
        YANG,
        "abstract",
        Provenance.ASSUMED,
        '"greater potency and longer-lasting": more of it at a week, by how much was not read',
        (1.0, math.inf),
    ),
)
