"""Courses whose published means are known: one infusion for depression, and rates in steps for levels."""

from __future__ import annotations

from dataclasses import replace

from kinetamine.course import Course, parse_regimen
from kinetamine.engine.person import Person

COURSE = Course(
    person=Person(weight_kg=70.0, madrs=25.1),
    regimen=parse_regimen("0.5 mg/kg iv over 40 min, single dose"),
    effects=(),
    outcomes=("depression",),
    people=0,
    follow_up_days=14.0,
)
KINETICS = replace(
    COURSE,
    regimen=parse_regimen(
        "0.28 mg/kg/h iv racemic ketamine for 60 min then 0.57 mg/kg/h for 60 min then 1.14 mg/kg/h for 60 min"
    ),
    outcomes=(),
)
