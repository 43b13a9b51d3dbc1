"""Eight infusions of racemic ketamine for post-traumatic stress disorder."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

ABDALLAH = Reference(
    key="abdallah_2022",
    authors="Abdallah, CG and Roache, JD and Gueorguieva, R and Averill, LA and Young-McCaughan, S and Shiroma, PR "
    "and Purohit, P and Brundige, A and Murff, W and Ahn, KH and others",
    title="Dose-related effects of ketamine for antidepressant-resistant symptoms of posttraumatic stress disorder in "
    "veterans and active duty military",
    journal="Neuropsychopharmacology",
    year=2022,
    volume="47",
    pages="1574-1581",
    doi="10.1038/s41386-022-01266-9",
)

ENTRY = NamedRegimen(
    name="ketamine_ptsd_eight_infusions",
    title="Eight infusions of ketamine for PTSD, twice weekly",
    words="0.5 mg/kg iv over 40 min, twice weekly for 4 weeks",
    references=(ABDALLAH,),
    note="The trial also had an arm of 0.2 mg/kg, and found no effect of dose on PTSD scores.",
)
