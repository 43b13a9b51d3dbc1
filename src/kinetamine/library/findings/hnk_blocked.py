"""Ketamine that is hardly turned into hydroxynorketamine has no effect in mice."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

ZANOS = Reference(
    key="zanos_2016",
    authors="Zanos, P and Moaddel, R and Morris, PJ and Georgiou, P and Fischell, J and Elmer, GI and Alkondon, M and "
    "Yuan, P and Pribut, HJ and Singh, NS and others",
    title="NMDAR inhibition-independent antidepressant actions of ketamine metabolites",
    journal="Nature",
    year=2016,
    volume="533",
    pages="481-486",
    doi="10.1038/nature17998",
)
SHIRAYAMA = Reference(
    key="shirayama_2018",
    authors="Shirayama, Y and Hashimoto, K",
    title="Lack of antidepressant effects of (2R,6R)-hydroxynorketamine in a rat learned helplessness "
    "model: comparison with (R)-ketamine",
    journal="International Journal of Neuropsychopharmacology",
    year=2018,
    volume="21",
    pages="84-88",
    url="https://dbpia.nl.go.kr/ijnp/article/21/1/84/4633900",
)

ENTRY = Finding(
    name="hnk_blocked",
    title="no HNK formed",
    references=(
        ZANOS,
        SHIRAYAMA,
    ),
    species=Species.RODENTS,
    published="Deuteration, which hinders the formation of (2R,6R)-hydroxynorketamine, took ketamine's "
    "sustained effect away in mice.",
    number=None,
    grade=Grade.LOW,
    contrast=Case(parameters={"HNK_BLOCK": 1.0}),
    ratio=Estimate(
        0.1,
        "1",
        ZANOS,
        "as told in Shirayama 2018, abstract",
        Provenance.ASSUMED,
        '"essential"; a third is left for what is formed all the same. In rats the metabolite itself did '
        "nothing where R-ketamine worked (Shirayama 2018)",
        (0.0, 0.35),
    ),
)
