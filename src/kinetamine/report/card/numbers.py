"""Every number of an entry, by name, with how far it can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kinetamine.engine.model import Estimate, Provenance, Variability
from kinetamine.engine.population import Population
from kinetamine.engine.scale import Scale
from kinetamine.report.card.parts import NumberRow, Numbers
from kinetamine.report.words import figure

_SEXES = (" female", " male")


def estimates(entry: Any) -> dict[str, Estimate]:
    """Every number of an entry by name; interactions hold theirs as fields, harms some in their events."""
    if isinstance(entry, Population):
        return dict(entry.estimates())
    if isinstance(entry, Scale):
        return dict(entry.numbers) | {f"alert at item {one.item}": one.least for one in entry.alerts}
    if hasattr(entry, "parameters"):
        return dict(entry.parameters) | dict(_counted(entry))
    return {name: value for name, value in vars(entry).items() if isinstance(value, Estimate)}


def _counted(entry: Any) -> Iterator[tuple[str, Estimate]]:
    for event in getattr(entry, "events", ()):
        for arm in ("drug", "control", "first_week", "correlation"):
            if (estimate := getattr(event, arm)) is not None:
                yield f"{event.name}, {arm.replace('_', ' ')}", estimate


def provenances(entry: Any) -> dict[Provenance, int]:
    """How many numbers of each provenance, the most trusted first."""
    counted = Counter(estimate.provenance for estimate in estimates(entry).values())
    return {one: counted[one] for one in Provenance if counted[one]}


def unverified(entry: Any) -> int:
    """How many numbers are second-hand."""
    return provenances(entry).get(Provenance.UNVERIFIED, 0)


def numbers(entry: Any) -> Numbers:
    """The values of an entry, each with how it differs between people."""
    found = estimates(entry)
    shown = _of_both_sexes(found) if isinstance(entry, Population) else found
    return table_of(shown, getattr(entry, "variability", {}))


def between_people(entry: Any) -> Numbers:
    """Variances, covariances and residuals: numbers too, with sources of their own."""
    found: dict[str, Estimate] = {}
    for name, spread in getattr(entry, "variability", {}).items():
        found[f"\u03c9\u00b2 of {name}"] = spread.omega2
    for (one, other), estimate in getattr(entry, "covariance", {}).items():
        found[f"covariance of {one} and {other}"] = estimate
    for name, estimate in getattr(entry, "residual", {}).items():
        found[f"residual of {name}"] = estimate
    return table_of(found, {})


def table_of(found: Mapping[str, Estimate], variability: Mapping[str, Variability]) -> Numbers:
    """Numbers in the order in which they are given."""
    where = tuple(dict.fromkeys(read_at(one) for one in found.values()))
    rows = (NumberRow(name, one, where.index(read_at(one)) + 1, variability.get(name)) for name, one in found.items())
    return Numbers(tuple(rows), where)


def _of_both_sexes(found: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """One row in place of two where women and men have the same number."""
    women, men = _SEXES
    shown: dict[str, Estimate] = {}
    for name, estimate in found.items():
        other = name.replace(women, men) if women in name else name.replace(men, women)
        same = other != name and found.get(other) is estimate
        shown[name.replace(women, "").replace(men, "") if same else name] = estimate
    return shown


def read_at(one: Estimate) -> str:
    """Where a number was read, and what was done with it."""
    return f"{one.where}; {one.note}" if one.note else one.where


def value(one: Estimate) -> str:
    """As many digits as were published."""
    return f"{one.value:.6g}"


def interval(one: Estimate) -> str:
    """The published interval; empty without one."""
    return f"{figure(one.interval[0])} to {figure(one.interval[1])}" if one.interval else ""


def unit(one: Estimate) -> str:
    """The unit; empty for a pure number."""
    return "" if one.unit == "1" else one.unit


def between(spread: Variability | None) -> str:
    """Variance and what it means: a coefficient of variation on the log scale."""
    if spread is None:
        return ""
    scale = f"{spread.cv_percent:.0f} %" if spread.scale == "log" else spread.scale
    return f"{figure(spread.omega2.value)} ({scale})"
