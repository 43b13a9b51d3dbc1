"""What every figure of a course shows, whoever draws it: panels of traces, bands, guides and dose marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report import thin
from kinetamine.report.groups import Group, groups
from kinetamine.report.mood import CRITERIA, first_words
from kinetamine.report.relapse import still_well
from kinetamine.report.sessions import Session, sessions
from kinetamine.report.words import band_words, figure, shown_unit

DAY_H = 24.0
_OUTCOMES = {
    "madrs": "depression",
    "hama": "anxiety",
    "caps5": "ptsd",
    "ssi": "suicidal_ideation",
    "pain_nrs": "chronic_pain",
}
"""By scale, the outcome that another treatment's benefit is named after."""
_MINUTES = "Minutes since the start of the session"
MOST_BANDS = 2
"""More bands than this on one panel hide each other."""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One line.

    Attributes:
        role: what it stands for; ``palette`` gives the colour.
        style: solid, dotted (another site or part) or dashed (outside the studied range, or a reference).
    """

    name: str
    label: str
    x: Float[np.ndarray, " point"]
    y: Float[np.ndarray, " point"]
    role: str
    style: str = "solid"


@dataclass(frozen=True, kw_only=True)
class Band:
    """Between a low and a high curve; ``trace`` is the name of the trace it belongs to."""

    trace: str
    x: Float[np.ndarray, " point"]
    low: Float[np.ndarray, " point"]
    high: Float[np.ndarray, " point"]
    role: str


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A value worth a thin horizontal line."""

    label: str
    y: float


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One figure, renderer-independent.

    Attributes:
        caption: what the lines and bands are; never empty where there is a band.
        doses_x: where drug is given, on the x axis of the panel.
        from_zero: whether the y axis starts at zero.
        include: values that the y axis must hold, so that an effect too small to matter does not fill it.
        stamp: drawn on the figure itself, so that a copied picture still says what it is.
    """

    key: str
    title: str
    stage: str
    x_label: str
    y_label: str
    traces: tuple[Trace, ...]
    bands: tuple[Band, ...] = ()
    guides: tuple[Guide, ...] = ()
    doses_x: tuple[float, ...] = ()
    caption: str = ""
    from_zero: bool = True
    include: tuple[float, ...] = ()
    stamp: str = ""

    @property
    def description(self) -> str:
        """The panel in one sentence, for those who do not see it."""
        peaks = "; ".join(
            f"{one.label}: lowest {figure(one.y.min())}, highest {figure(one.y.max())}" for one in self.traces
        )
        return f"{self.title}, {self.y_label}, over {self.x_label.lower()}. {peaks}."


def course_panels(trajectory: Trajectory) -> tuple[Panel, ...]:
    """One panel per group of quantities over the whole course, in days, in the order of the chain."""
    found = sessions(trajectory)
    marks = tuple(session.start_h / DAY_H for session in found)
    panels = [replace(panel_of(trajectory, group, scale_h=DAY_H), doses_x=marks) for group in groups(trajectory)]
    return (*panels, *_still_well(trajectory, found))


def _still_well(trajectory: Trajectory, found: tuple[Session, ...]) -> Iterator[Panel]:
    """The share of responders that has not relapsed, where people and a hazard were simulated."""
    curve = still_well(trajectory, found)
    if curve is None:
        return
    x, y = curve.times_h / DAY_H, 100.0 * curve.share
    kept = thin.keep(x, y[None, :])
    yield Panel(
        key="still_well",
        title="Still well after the last session, of those who responded",
        stage="mood",
        x_label=f"Days since {first_words(trajectory)}",
        y_label="Still well, %",
        traces=(Trace(name="still_well", label="Still well", x=x[kept], y=y[kept], role="mood"),),
        guides=(Guide(label="half have relapsed", y=50.0),),
        caption=f"Mean over {curve.of_whom}: each keeps well with a chance that falls with the hazard gathered since.",
        doses_x=tuple(session.start_h / DAY_H for session in found),
        include=(0.0, 100.0),
    )


def panel_of(trajectory: Trajectory, group: Group, *, scale_h: float, origin_h: float = 0.0) -> Panel:
    """The panel of one group; ``scale_h`` is hours per unit of the x axis."""
    factor, unit = shown_unit(group.members[0].series.unit)
    x = (trajectory.times_h - origin_h) / scale_h
    traces: list[Trace] = []
    bands: list[Band] = []
    for member in group.members:
        trace, band = _drawn(member.series, x, factor)
        traces.append(replace(trace, label=member.label, role=member.role, style=member.style))
        if band is not None and len(bands) < MOST_BANDS and not group.lines_only:
            bands.append(replace(band, role=member.role))
    alone = tuple(_without_drug(trajectory, group, x))
    shown = group if alone or not group.note.startswith("Dashed") else replace(group, note="")
    return Panel(
        key=group.key,
        title=group.title,
        stage=group.stage,
        x_label=f"Days since {first_words(trajectory)}" if scale_h == DAY_H else _MINUTES,
        y_label=", ".join(part for part in (group.quantity, unit if unit != "1" else "") if part),
        traces=(*traces, *alone),
        bands=tuple(bands),
        guides=tuple(_guides(group)),
        caption=caption(trajectory, shown, bands),
        from_zero=group.from_zero,
        include=group.include or _wide_enough(traces, from_zero=group.from_zero),
    )


def _wide_enough(traces: Sequence[Trace], *, from_zero: bool) -> tuple[float, ...]:
    """An axis that does not start at zero covers at least a fifth of the value."""
    if from_zero:
        return ()
    low, high = min(one.y.min() for one in traces), max(one.y.max() for one in traces)
    missing = max(0.0, 0.2 * high - (high - low)) / 2.0
    return (round(float(low - missing), 6), round(float(high + missing), 6))


def caption(trajectory: Trajectory, group: Group, bands: Sequence[Band]) -> str:
    """What the lines are, what the bands contain, and what they do not."""
    contains = band_words(trajectory)
    parts = ["Line: typical person." if len(group.members) == 1 else "Lines: typical person."]
    if bands:
        parts.append(f"Band: {contains}.")
    elif contains and group.stage != "plasma":
        pass  # the note of the group says why
    elif contains:
        parts.append("No bands here; the panel of the totals has them.")
    else:
        parts.append("No band: no virtual people were drawn.")
    residual = group.members[0].series.residual_sd
    if residual:
        unit = shown_unit(group.members[0].series.unit)[1]
        parts.append(
            f"A single reading scatters around a person's own course by SD {figure(residual)} {unit}, not drawn."
        )
    return " ".join([*parts, group.note]).strip()


def _drawn(series: Series, x: np.ndarray, factor: float) -> tuple[Trace, Band | None]:
    """The series as a line and, where people were drawn, a band on the same thinned points."""
    band = series.band()
    curves = np.vstack([series.typical] if band is None else [series.typical, *band]) * factor
    kept = thin.keep(x, curves)
    x, curves = x[kept], curves[:, kept]
    trace = Trace(name=series.name, label=series.title, x=x, y=curves[0], role="reference")
    if band is None:
        return trace, None
    return trace, Band(trace=series.name, x=x, low=curves[1], high=curves[2], role="reference")


def _without_drug(trajectory: Trajectory, group: Group, x: np.ndarray) -> Iterator[Trace]:
    """The score as belief alone would have left it: (score / what other treatment leaves) + the drug's part."""
    name = group.members[0].series.name
    part = trajectory.series.get(f"{name}_drug")
    if group.stage != "mood" or part is None:
        return
    benefit = trajectory.series.get(f"benefit_{_OUTCOMES.get(name, '')}")
    left = 1.0 if benefit is None else 1.0 - benefit.typical
    alone = trajectory[name].typical / left + part.typical
    if np.allclose(alone, trajectory[name].typical):
        return
    kept = thin.keep(x, alone[None, :])
    yield Trace(
        name=f"{name}_nonspecific_only",
        label="Nonspecific part only (belief as in this arm)",
        x=x[kept],
        y=alone[kept],
        role="reference",
        style="dashed",
    )


def _guides(group: Group) -> Iterator[Guide]:
    """What counts as response on a scale, the first way of several."""
    series = group.members[0].series
    response = next((one for one in CRITERIA.get(series.name, ()) if one.kind == "Response"), None)
    limit = response.limit(float(series.typical[0])) if response else None
    if response and limit is not None:
        half = response.fall == 0.5
        yield Guide(label="response: half of baseline" if half else response.words.lower(), y=limit)
