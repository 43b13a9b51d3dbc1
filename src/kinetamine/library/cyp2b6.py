"""How frequent the slow allele CYP2B6*6 is, by ancestry."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Group

CLAW = Reference(
    key="claw_2019",
    authors="Claw, KG and others",
    title="Pharmacogenomics of nicotine metabolism: novel CYP2A6 and CYP2B6 genetic variation patterns in Alaska "
    "Native and American Indian populations",
    journal="Nicotine and Tobacco Research",
    year=2019,
    volume="22",
    pages="910-918",
    doi="10.1093/ntr/ntz105",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC7249913/",
)
MATIMBA = Reference(
    key="matimba_2008",
    authors="Matimba, A and others",
    title="Establishment of a biobank and pharmacogenetics database of African populations",
    journal="European Journal of Human Genetics",
    year=2008,
    doi="10.1038/ejhg.2008.49",
)
REFERENCES = (CLAW, MATIMBA)
_TABLE = "table 1, CYP2B6*6, earlier studies cited there"


def _allele(value: float, source: Reference, where: str, note: str = "") -> Estimate:
    provenance = Provenance.ASSUMED if note else Provenance.MEASURED
    return Estimate(value, "fraction of alleles", source, where, provenance, note)


FREQUENCIES: dict[Group, Estimate] = {
    "white": _allele(0.256, CLAW, f"{_TABLE}: White 25.6 %"),
    "black": _allele(0.328, CLAW, f"{_TABLE}: African American 32.8 %"),
    "asian": _allele(0.21, MATIMBA, "table 1: CYP2B6*6, Chinese 21 %"),
    "japanese": _allele(0.18, CLAW, f"{_TABLE}: Japanese 18.0 %"),
    "other": _allele(0.256, CLAW, f"{_TABLE}: White 25.6 %", "as in White people: the other groups are of many kinds"),
}
"""Surveys differ: Chinese 15 to 21 %, African American 33 to 47 %."""
