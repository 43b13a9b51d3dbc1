"""Which series stand on one panel: rules for names, so that a readout nobody foresaw still gets its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.arms import ASKED
from kinetamine.report.readouts import RULES

_PLASMA = re.compile(r"^(?:(?P<enantiomer>[sr])_)?(?P<analyte>[a-z0-9]+)_(?P<site>[a-z]+)$")
STAGES = ("plasma", "receptor", "acute", "mechanism", "mood")
"""Order of the chain."""
_STAGE_ROLE = {
    "plasma": "venous",
    "receptor": "receptor",
    "acute": "acute",
    "mechanism": "mechanism",
    "mood": "mood",
}


@dataclass(frozen=True)
class Member:
    """A series on a panel: how it is called there and what colour and style it has."""

    series: Series
    label: str
    role: str
    style: str = "solid"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Series that share a panel.

    Attributes:
        quantity: for the y axis, without unit; empty where the title says it.
        include: values that the y axis must hold.
        lines_only: no bands, as they would hide each other or stand on another panel already.
        slow: it moves over days, so that a picture of one session shows nothing.
    """

    key: str
    title: str
    stage: str
    quantity: str
    members: tuple[Member, ...]
    from_zero: bool = True
    include: tuple[float, ...] = ()
    lines_only: bool = False
    slow: bool = False
    note: str = ""


_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "systolic_rise": "systolic",
        "diastolic_rise": "diastolic",
        "heart_rate_rise": "heart_rate",
        "relapse_risk": "relapse_hazard",
    }
)
"""Readouts that the panel of another one already shows."""
_OF_SCALES = ("_drug", "_nonspecific")
"""What readouts that are parts of a scale end with."""


def groups(trajectory: Trajectory) -> tuple[Group, ...]:
    """Every series worth a panel on exactly one, unless another readout already shows it; in the order of the chain."""
    series = {name: one for name, one in trajectory.series.items() if _worth_a_panel(trajectory, one)}
    found = [*_plasma([one for one in series.values() if one.stage == "plasma"])]
    found += _known(series)
    shown = {member.series.name for group in found for member in group.members}
    found += [_own(one) for one in series.values() if one.name not in shown]
    return tuple(sorted(found, key=lambda group: _rank(group.stage)))


def _worth_a_panel(trajectory: Trajectory, one: Series) -> bool:
    """Not what another panel shows, what no drug drives, or a benefit where no other treatment is given.

    Belief acts through every score and has a panel only where expectancy was asked for.
    """
    if _PARTS.get(one.name) in trajectory.series:
        return False
    if any(one.name.endswith(end) and one.name.removesuffix(end) in trajectory.series for end in _OF_SCALES):
        return False
    if one.stage != "mood":
        return bool(trajectory.events)
    if one.name == "belief":
        return "expectancy" in trajectory.attributes.get(ASKED, "").split()
    if one.name.startswith("benefit_"):
        return bool((one.typical > 0.0).any())
    return bool(trajectory.events) or float(np.ptp(one.typical)) > 0.0 or one.unit == "points"


def _rank(stage: str) -> int:
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def _known(series: Mapping[str, Series]) -> Iterator[Group]:
    for rule in RULES:
        members = tuple(
            Member(series[name], label, role) for name, (label, role) in rule.labels.items() if name in series
        )
        if members:
            yield Group(
                key=rule.key,
                title=rule.title,
                stage=members[0].series.stage,
                quantity=rule.quantity,
                members=members,
                from_zero=rule.from_zero,
                include=rule.include,
                lines_only=rule.lines_only,
                slow=rule.slow or members[0].series.stage == "mood",
                note=rule.note,
            )


def _own(series: Series) -> Group:
    member = Member(series, series.title, _STAGE_ROLE.get(series.stage, "acute"))
    return Group(
        key=series.name,
        title=series.title,
        stage=series.stage,
        quantity="",
        members=(member,),
        slow=series.stage == "mood",
    )


@dataclass(frozen=True)
class _Molecule:
    """A plasma series by what its name says."""

    series: Series
    enantiomer: str
    analyte: str
    site: str

    @property
    def metabolite(self) -> bool:
        return self.analyte != "ketamine"


def _plasma(series: Iterable[Series]) -> Iterator[Group]:
    """Parent and metabolites; totals first, then the enantiomers where both are followed."""
    molecules = [
        _Molecule(one, named["enantiomer"] or "", named["analyte"], named["site"])
        for one in series
        if (named := _PLASMA.match(one.name)) is not None
    ]
    for metabolite, key, title in ((False, "ketamine", "Ketamine"), (True, "metabolites", "Metabolites")):
        chosen = [one for one in molecules if one.metabolite == metabolite]
        totals = [one for one in chosen if not one.enantiomer]
        apart = [one for one in chosen if one.enantiomer]
        if totals:
            yield _blood(key, f"{title} in blood", totals, _total)
        if apart:
            both = len({one.enantiomer for one in apart}) == 2
            name = "S- and R-enantiomers" if both else f"{apart[0].enantiomer.upper()}-enantiomer"
            heading = (
                f"{title}, {name}" if totals or both else f"{apart[0].enantiomer.upper()}-{title.lower()} in blood"
            )
            yield _blood(f"{key}_enantiomers", heading, apart, _enantiomer, lines_only=bool(totals))


def _blood(
    key: str,
    title: str,
    molecules: list[_Molecule],
    drawn: Callable[[_Molecule, list[_Molecule]], Member],
    *,
    lines_only: bool = False,
) -> Group:
    members = tuple(drawn(one, molecules) for one in molecules)
    stage = molecules[0].series.stage
    return Group(key=key, title=title, stage=stage, quantity="Concentration", members=members, lines_only=lines_only)


def _total(one: _Molecule, molecules: list[_Molecule]) -> Member:
    if not one.metabolite:
        return Member(one.series, f"{one.site.capitalize()}", one.site)
    analytes = list(dict.fromkeys(other.analyte for other in molecules))
    role = ("metabolite", "metabolite2", "s", "acute2")[analytes.index(one.analyte) % 4]
    return Member(one.series, one.series.title, role, _site_style(one, molecules))


def _enantiomer(one: _Molecule, molecules: list[_Molecule]) -> Member:
    if len({other.enantiomer for other in molecules}) == 1:
        return Member(*_only_enantiomer(one, molecules))
    analytes = list(dict.fromkeys(other.analyte for other in molecules))
    style = "dotted" if analytes.index(one.analyte) else _site_style(one, molecules)
    return Member(one.series, one.series.title, one.enantiomer, style)


def _only_enantiomer(one: _Molecule, molecules: list[_Molecule]) -> tuple[Series, str, str, str]:
    member = _total(one, molecules)
    return member.series, member.label, member.role, member.style


def _site_style(one: _Molecule, molecules: list[_Molecule]) -> str:
    """Solid for the first site of an analyte, dotted for the next."""
    sites = list(dict.fromkeys(other.site for other in molecules if other.analyte == one.analyte))
    return "dotted" if sites.index(one.site) else "solid"
