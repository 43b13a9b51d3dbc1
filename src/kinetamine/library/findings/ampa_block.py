"""Blockers of AMPA receptors take ketamine's effect away in mice."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

MAENG = Reference(
    key="maeng_2008",
    authors="Maeng, S and Zarate, CA and Du, J and Schloesser, RJ and McCammon, J and Chen, G and Manji, HK",
    title="Cellular mechanisms underlying the antidepressant effects of ketamine: role of "
    "alpha-amino-3-hydroxy-5-methylisoxazole-4-propionic acid receptors",
    journal="Biological Psychiatry",
    year=2008,
    volume="63",
    pages="349-352",
    pmid="17643398",
    url="https://pubmed.ncbi.nlm.nih.gov/17643398/",
)

ENTRY = Finding(
    name="ampa_block",
    title="AMPA receptors blocked",
    references=(MAENG,),
    species=Species.RODENTS,
    published="NBQX before ketamine attenuated its antidepressant-like effect in mice.",
    number=None,
    grade=Grade.MODERATE,
    contrast=Case(parameters={"AMPA_BLOCK": 1.0}),
    ratio=Estimate(
        0.1,
        "1",
        MAENG,
        "abstract",
        Provenance.ASSUMED,
        '"attenuated": how far was not read, so a third is left; no test in people was found',
        (0.0, 0.35),
    ),
)
