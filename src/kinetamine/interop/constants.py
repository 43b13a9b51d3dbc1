"""Numbers that stand bare in equations, and their units: molar masses, a person's resting values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from kinetamine import units
from kinetamine.engine.person import Person

_COVARIATES = {"systolic_mmhg": "mmHg", "diastolic_mmhg": "mmHg", "heart_rate_bpm": "beats/min"}
"""Fields of Person that effects take as a resting value."""


class Covariate(float):
    """A covariate that remembers its unit as long as nothing is done with it."""

    unit = ""


def tagged(person: Person) -> Person:
    """The same person, whose resting values know their unit."""
    fields = {name: Covariate(getattr(person, name)) for name in _COVARIATES}
    for name, field in fields.items():
        field.unit = _COVARIATES[name]
    return replace(person, **fields)  # type: ignore[arg-type]  # each is a float


class Named(NamedTuple):
    """A constant by name, with its unit."""

    name: str
    unit: str
    title: str


MOLAR: Mapping[float, Named] = {
    units.KETAMINE_G_PER_MOL: Named("ketamine_g_per_mol", "g/mol", "molar mass of ketamine base"),
    units.NORKETAMINE_G_PER_MOL: Named("norketamine_g_per_mol", "g/mol", "molar mass of norketamine base"),
    units.HYDROXYNORKETAMINE_G_PER_MOL: Named(
        "hydroxynorketamine_g_per_mol", "g/mol", "molar mass of hydroxynorketamine base"
    ),
}
"""These are what they are wherever they stand."""
