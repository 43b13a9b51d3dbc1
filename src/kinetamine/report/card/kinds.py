"""Kinds of entry, what people call them, and what is told of an entry in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from kinetamine import catalogue
from kinetamine.engine.evidence import Grade

KINDS = MappingProxyType(
    {
        "pk": "PK models, where the drug goes",
        "routes": "Routes, how the drug gets in where a model does not say so itself",
        "effects": "Effects, minutes to hours",
        "mechanisms": "Mechanisms, rival hypotheses of how block becomes relief",
        "outcomes": "Outcomes, days to weeks",
        "comparators": "Comparators, given in ketamine's place or beside it",
        "harms": "Harms, adverse events as trials counted them",
        "findings": "Findings, published results that tell the mechanisms apart",
        "interactions": "Interactions, other drugs, genes and the liver",
        "regimens": "Regimens, protocols that have a name",
        "populations": "Populations, whom virtual people are drawn from",
        "scales": "Scales, how symptoms are rated and scored",
    }
)
"""In the order of the chain."""
ONE = MappingProxyType(
    {
        "pk": "PK model",
        "routes": "Route",
        "effects": "Effect",
        "mechanisms": "Mechanism",
        "outcomes": "Outcome",
        "comparators": "Comparator",
        "harms": "Table of harms",
        "findings": "Finding",
        "interactions": "Interaction",
        "regimens": "Regimen",
        "populations": "Population",
        "scales": "Scale",
    }
)
"""One of each kind."""


def about(kind: str, entry: Any) -> str:
    """What tells an entry from others of its kind, in one line; empty where the title says it all."""
    return str(_ABOUT[kind](entry))


def _treatment(entry: Any) -> str:
    outcomes = ", ".join(entry.sizes).replace("_", " ")
    return f"{outcomes or 'belief alone'}; studied to day {entry.days[1]:g}"


def _predicted(entry: Any) -> str:
    return ", ".join(one.title for one in entry.readouts)


def _argued(entry: Any, *, supports: bool) -> str:
    """How many pieces of evidence of each grade."""
    counted = Counter(one.grade for one in entry.evidence if one.supports is supports)
    return ", ".join(f"{counted[one]} {one.value}" for one in Grade if counted[one]) or "nothing"


def every() -> tuple[tuple[str, str], ...]:
    """Kind and name of every entry."""
    return tuple((kind, name) for kind in KINDS for name in catalogue.names(kind))


_ABOUT: MappingProxyType[str, Callable[[Any], str]] = MappingProxyType(
    {
        "pk": lambda one: one.studied.population,
        "routes": lambda one: one.verified,
        "effects": _predicted,
        "mechanisms": lambda one: f"for: {_argued(one, supports=True)}; against: {_argued(one, supports=False)}",
        "outcomes": _predicted,
        "comparators": _treatment,
        "harms": lambda one: f"{one.people} people beside {one.control_people} on {one.control_arm}",
        "findings": lambda one: f"in {one.species.value}, {one.grade.value}",
        "interactions": lambda one: "" if one.default_on else "acts only if asked for by name",
        "regimens": lambda one: one.words,
        "populations": lambda one: ", ".join(one.covariates).replace("_", " "),
        "scales": lambda one: f"{one.version}; {one.rater.value}",
    }
)
