"""More hydroxynorketamine goes with less improvement in people."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

FARMER = Reference(
    key="farmer_2020",
    authors="Farmer, CA and Gilbert, JR and Moaddel, R and George, J and Adeojo, L and Lovett, J and Nugent, AC and "
    "Kadriu, B and Yuan, P and Gould, TD and Park, LT and Zarate, CA",
    title="Ketamine metabolites, clinical response, and gamma power in a randomized, placebo-controlled, crossover "
    "trial for treatment-resistant major depression",
    journal="Neuropsychopharmacology",
    year=2020,
    volume="45",
    pages="1398-1404",
    doi="10.1038/s41386-020-0663-6",
)
GRUNEBAUM = Reference(
    key="grunebaum_2019",
    authors="Grunebaum, MF and Galfalvy, HC and Choo, TH and Parris, MS and Burke, AK and Suckow, RF and "
    "Cooper, TB and Mann, JJ",
    title="Ketamine metabolite pilot study in a suicidal depression trial",
    journal="Journal of Psychiatric Research",
    year=2019,
    volume="117",
    pages="129-134",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC6746183",
)

ENTRY = Finding(
    name="hnk_level_human",
    title="half the HNK",
    references=(
        FARMER,
        GRUNEBAUM,
    ),
    species=Species.PEOPLE,
    published="Higher (2,6)-HNK went with less improvement on days 3 and 7 (n=34); in another trial (n=53) "
    "higher (2R,6R)-HNK with less at 24 h (r 0.37).",
    number=87,
    grade=Grade.MODERATE,
    intact=Case(time_h=72.0),
    contrast=Case(parameters={"HNK_BLOCK": 0.5}, time_h=72.0),
    ratio=Estimate(
        1.2,
        "1",
        FARMER,
        "abstracts",
        Provenance.ASSUMED,
        "the sign only: half the level must not mean clearly less relief. Correlations between people can "
        "have other causes, such as clearance of ketamine itself",
        (0.9, math.inf),
    ),
)
