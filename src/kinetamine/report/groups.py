"""Which series stand on one panel: rules for names, so that a readout nobody foresaw still gets its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kinetamine.engine.trajectory import Series, Trajectory

_PLASMA = re.compile(r"^(?:(?P<enantiomer>[sr])_)?(?P<analyte>[a-z0-9]+)_(?P<site>[a-z]+)$")
STAGES = ("plasma", "receptor", "acute", "mood")
"""Order of the chain."""
_STAGE_ROLE = {"plasma": "venous", "receptor": "receptor", "acute": "acute", "mood": "mood"}


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
    """

    key: str
    title: str
    stage: str
    quantity: str
    members: tuple[Member, ...]
    from_zero: bool = True
    include: tuple[float, ...] = ()
    lines_only: bool = False
    note: str = ""


@dataclass(frozen=True)
class _Rule:
    """A panel of known readouts: title, quantity, and label and colour of each readout by name."""

    key: str
    title: str
    quantity: str
    labels: Mapping[str, tuple[str, str]]
    from_zero: bool = True
    include: tuple[float, ...] = ()
    note: str = ""


_RULES = (
    _Rule(
        "nmda",
        "NMDA receptor occupancy",
        "Receptors blocked",
        {"nmda_occupancy": ("Occupancy", "receptor")},
        include=(0.0, 10.0),
    ),
    _Rule("dissociation", "Dissociation", "CADSS", {"cadss": ("CADSS", "acute")}, include=(0.0, 5.0)),
    _Rule(
        "psychotomimetic",
        "Psychotomimetic rating",
        "Rating",
        {"psychotomimetic": ("Rating", "acute")},
        include=(0.0, 10.0),
    ),
    _Rule(
        "sedation",
        "Sedation",
        "MOAA/S",
        {"sedation": ("MOAA/S", "acute2")},
        include=(0.0, 5.2),
        note="5 is awake, 0 is no response to a painful squeeze.",
    ),
    _Rule(
        "responsiveness",
        "Loss of responsiveness",
        "Probability",
        {"loss_of_responsiveness": ("Probability of being unresponsive", "acute2")},
        include=(0.0, 1.0),
    ),
    _Rule(
        "pressure",
        "Blood pressure",
        "Pressure",
        {"systolic": ("Systolic", "arterial"), "diastolic": ("Diastolic", "venous")},
        from_zero=False,
    ),
    _Rule("heart_rate", "Heart rate", "Rate", {"heart_rate": ("Heart rate", "r")}, from_zero=False),
    _Rule("analgesia", "Acute analgesia", "Analgesia", {"analgesia": ("Analgesia", "s")}, include=(0.0, 10.0)),
    _Rule("ventilation", "Respiration", "Change of ventilation", {"ventilation_rise": ("Change", "acute2")}),
    _Rule(
        "opioid_shift",
        "Breathing with an opioid",
        "Remifentanil needed",
        {"opioid_shift": ("Ratio", "acute2")},
        note="How much more remifentanil it takes for the same depression of breathing.",
    ),
    _Rule(
        "madrs",
        "Depression, MADRS",
        "MADRS",
        {"madrs": ("MADRS", "mood")},
        note="Dashed: what the nonspecific part (expectancy, attention, natural course) alone would leave; "
        "the distance from there to the line is the part the model gives to the drug.",
    ),
    _Rule("phq9", "Depression, PHQ-9", "PHQ-9", {"phq9": ("PHQ-9", "mood2")}),
    _Rule("pain", "Chronic pain", "Pain rating, 0–10", {"pain_nrs": ("Pain rating", "s")}),
)
_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "systolic_rise": "systolic",
        "diastolic_rise": "diastolic",
        "heart_rate_rise": "heart_rate",
        "madrs_drug": "madrs",
        "madrs_nonspecific": "madrs",
    }
)
"""Readouts that the panel of another one already shows."""


def groups(trajectory: Trajectory) -> tuple[Group, ...]:
    """Every series on exactly one panel, unless another readout already shows it; in the order of the chain."""
    series = {name: one for name, one in trajectory.series.items() if _PARTS.get(name) not in trajectory.series}
    found = [*_plasma([one for one in series.values() if one.stage == "plasma"])]
    found += _known(series)
    shown = {member.series.name for group in found for member in group.members}
    found += [_own(one) for one in series.values() if one.name not in shown]
    return tuple(sorted(found, key=lambda group: _rank(group.stage)))


def _rank(stage: str) -> int:
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def _known(series: Mapping[str, Series]) -> Iterator[Group]:
    for rule in _RULES:
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
                note=rule.note,
            )


def _own(series: Series) -> Group:
    member = Member(series, series.title, _STAGE_ROLE.get(series.stage, "acute"))
    return Group(key=series.name, title=series.title, stage=series.stage, quantity="", members=(member,))


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
