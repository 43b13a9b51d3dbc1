"""Rapamycin in the prefrontal cortex takes ketamine's effect away in rats."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

LI = Reference(
    key="li_2010",
    authors="Li, N and Lee, B and Liu, RJ and Banasr, M and Dwyer, JM and Iwata, M and Li, XY and Aghajanian, G and "
    "Duman, RS",
    title="mTOR-dependent synapse formation underlies the rapid antidepressant effects of NMDA antagonists",
    journal="Science",
    year=2010,
    volume="329",
    pages="959-964",
    doi="10.1126/science.1190287",
)
ABDALLAH = Reference(
    key="abdallah_2020",
    authors="Abdallah, CG and Averill, LA and Gueorguieva, R and Goktas, S and Purohit, P and Ranganathan, M "
    "and Sherif, M and Ahn, KH and D'Souza, DC and Formica, R and Southwick, SM and Duman, RS and "
    "Sanacora, G and Krystal, JH",
    title="Modulation of the antidepressant effects of ketamine by the mTORC1 inhibitor rapamycin",
    journal="Neuropsychopharmacology",
    year=2020,
    volume="45",
    pages="990-997",
    doi="10.1038/s41386-020-0644-9",
)

ENTRY = Finding(
    name="rapamycin_rodent",
    title="rapamycin",
    references=(
        LI,
        ABDALLAH,
    ),
    species=Species.RODENTS,
    published="Blockade of mTOR completely blocked the new synapses and the behaviour of rats after ketamine.",
    number=None,
    grade=Grade.MODERATE,
    contrast=Case(parameters={"RAPAMYCIN": 1.0}),
    ratio=Estimate(
        0.0,
        "1",
        LI,
        "abstract",
        Provenance.ASSUMED,
        '"completely blocked"; a quarter is left for what such a test does not see. Abdallah 2020 cites '
        "preclinical studies that saw no activation of mTORC1 at all",
        (0.0, 0.25),
    ),
)
