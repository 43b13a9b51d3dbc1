"""Without GluN2B on interneurons ketamine has no effect in mice."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

GERHARD = Reference(
    key="gerhard_2020",
    authors="Gerhard, DM and Pothula, S and Liu, RJ and Wu, M and Li, XY and Girgenti, MJ and Taylor, SR and Duman, CH "
    "and Delpire, E and Picciotto, M and Wohleb, ES and Duman, RS",
    title="GABA interneurons are the cellular trigger for ketamine's rapid antidepressant actions",
    journal="Journal of Clinical Investigation",
    year=2020,
    volume="130",
    pages="1336-1349",
    doi="10.1172/JCI130808",
)

ENTRY = Finding(
    name="interneuron_knockdown",
    title="no NMDA receptors on interneurons",
    references=(GERHARD,),
    species=Species.RODENTS,
    published="Knock-down of GluN2B in Gad1, Sst or Pvalb cells of the mouse prefrontal cortex blocked "
    "ketamine's effect; in principal cells it did not.",
    number=None,
    grade=Grade.MODERATE,
    contrast=Case(parameters={"IN_KNOCKDOWN": 1.0}),
    ratio=Estimate(
        0.1,
        "1",
        GERHARD,
        "abstract",
        Provenance.ASSUMED,
        '"blocked"; a third is left because knock-down of one subunit in one region is not complete',
        (0.0, 0.35),
    ),
)
