"""Subcutaneous racemic ketamine for depression."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

LOO = Reference(
    key="loo_2023",
    authors="Loo, C and Glozier, N and Barton, D and Baune, BT and Mills, NT and Fitzgerald, P and Glue, P "
    "and Sarma, S and Galvez-Ortiz, V and Hadzi-Pavlovic, D and others",
    title="Efficacy and safety of a 4-week course of repeated subcutaneous ketamine injections for "
    "treatment-resistant depression (KADS study): randomised double-blind active-controlled trial",
    journal="Br J Psychiatry",
    year=2023,
    volume="223",
    pages="533-541",
    doi="10.1192/bjp.2023.79",
)

ENTRY = NamedRegimen(
    name="ketamine_subcutaneous",
    title="Subcutaneous ketamine, twice weekly",
    words="0.5 mg/kg subcutaneous, twice weekly for 4 weeks",
    references=(LOO,),
    note="The fixed dose of cohort 1; cohort 2 went up to 0.9 mg/kg by response.",
)
