"""Panels of a comparison: one quantity each, with a line for every arm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import kinetamine
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.figures import panel_data
from kinetamine.report.groups import STAGES, Group, Member, groups
from kinetamine.report.panels import DAY_H, Panel, course_panels, panel_of
from kinetamine.report.readouts import RULES
from kinetamine.report.summary import measured_blood
from kinetamine.web.simulations.arm_numbers import in_order

if TYPE_CHECKING:
    from kinetamine.web.simulations.arm import Arm

STILL_WELL = "still_well"
FIRST = ("ketamine_venous", "nmda_occupancy", "cadss", "systolic")
"""Quantities to look at before the others; the scores and the share still well join them."""
_SCORES = ("madrs", "hama", "caps5", "ssi", "pain_nrs", STILL_WELL)
_MODEL_ONLY = ", never measured in people"
_SLOW = {name for rule in RULES if rule.slow for name in rule.labels}
"""Quantities that move over days: one session shows nothing of them."""


def quantity_panels(trajectory: Trajectory) -> Iterator[Panel]:
    """Every quantity of one arm on a panel of its own, its typical line and its band."""
    if trajectory.events:
        for series in measured_blood(trajectory):
            yield panel_of(trajectory, _blood(series), scale_h=DAY_H)
    for group in groups(trajectory):
        if group.stage != "plasma":
            for member in group.members:
                yield panel_of(trajectory, _alone(group, member), scale_h=DAY_H)
    for panel in course_panels(trajectory):
        if panel.key == STILL_WELL:
            yield replace(panel, title="Still well, of those who responded")


def _blood(series: Series) -> Group:
    """A level in blood; under the same key whether both enantiomers were followed or one alone."""
    return Group(
        key=series.name.removeprefix("s_").removeprefix("r_"),
        title=series.title,
        stage=series.stage,
        quantity="Concentration",
        members=(Member(series, series.title, "venous"),),
    )


def _alone(group: Group, member: Member) -> Group:
    """A group of one: what shares a panel in a report has one each where arms share it."""
    title = group.title
    if len(group.members) > 1:
        label = member.label if member.label[1:2].isupper() else member.label[:1].lower() + member.label[1:]
        title = f"{group.title.removesuffix(_MODEL_ONLY)}: {label}"
        title += _MODEL_ONLY if group.title.endswith(_MODEL_ONLY) else ""
    return replace(group, key=member.series.name, title=title, members=(member,), note="")


def panels(arms: Sequence[Arm]) -> list[dict[str, Any]]:
    """Every quantity that any arm has, in the order of the chain from milligrams to mood."""
    having = [arm.found.panels for arm in arms if arm.found is not None]
    stages = {key: panel.stage for panels in having for key, panel in panels.items()}
    keys = sorted(in_order(having), key=lambda key: STAGES.index(stages[key]) if stages[key] in STAGES else len(STAGES))
    return [_shared(key, arms) for key in keys]


def _shared(key: str, arms: Sequence[Arm]) -> dict[str, Any]:
    """One panel: a line for each arm that has the quantity, bands for those that show theirs."""
    having = [(arm, arm.found.panels[key]) for arm in arms if arm.found is not None and key in arm.found.panels]
    first = having[0][1]
    traces = [
        replace(panel.traces[0], name=_name(arm), label=arm.name, role=arm.look[0], style=arm.look[1])
        for arm, panel in having
    ]
    bands = [
        replace(band, trace=_name(arm), role=arm.look[0])
        for arm, panel in having
        for band in panel.bands[:1]
        if arm.band
    ]
    ends = [one for _, panel in having for one in panel.include]
    whole = replace(
        first,
        title=_title([panel.title for _, panel in having]),
        x_label=_since(arms),
        traces=tuple(traces),
        bands=tuple(bands),
        guides=first.guides if all(panel.guides == first.guides for _, panel in having) else (),
        include=(min(ends), max(ends)) if ends else (),
        stamp=_stamp([arm for arm, _ in having]),
    )
    shown = key in FIRST or key in _SCORES
    slow = whole.stage == "mood" or key in _SLOW
    said = {
        "first": shown,
        "slow": slow,
        "caption": _caption(whole, arms, having),
        "description": whole.description,
    }
    return panel_data(whole) | said


def _name(arm: Arm) -> str:
    return f"arm{arm.index}"


def _title(titles: Sequence[str]) -> str:
    """The shortest: that of both enantiomers together, where an arm has one alone."""
    return min(titles, key=len)


def _since(arms: Sequence[Arm]) -> str:
    """What the time axis counts from; arms may begin in different ways."""
    begin = {arm.found.since for arm in arms if arm.found is not None}
    return f"Days since {begin.pop()}" if len(begin) == 1 else "Days since the start of each arm"


def _stamp(having: Sequence[Arm]) -> str:
    """What the figure says of itself, on the figure itself."""
    found = [arm.found for arm in having if arm.found is not None]
    models = list(dict.fromkeys(one.model for one in found if one.model))
    outside = " · partly outside the studied range" if any(one.outside for one in found) else ""
    return " · ".join(["Prediction", ", ".join(models), f"kinetamine {kinetamine.__version__}"]) + outside


def _caption(whole: Panel, arms: Sequence[Arm], having: Sequence[tuple[Arm, Panel]]) -> str:
    """What lines and bands are, and which arms are missing."""
    if whole.key == STILL_WELL:
        said = ["Of those who responded, a day after the last session."]
    else:
        said = ["Lines: typical person."]
    said += [
        f"Band of {arm.name}: 5–95 % between {arm.found.people} virtual people."
        for arm, panel in having
        if arm.band and panel.bands and arm.found is not None
    ]
    there = {arm.index for arm, _ in having}
    missing = [arm.name for arm in arms if arm.found is not None and arm.index not in there]
    if missing:
        said.append(f"Nothing of it in: {', '.join(missing)}.")
    return " ".join(said)
