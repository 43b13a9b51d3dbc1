"""Several models of one course on one picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report import thin
from kinetamine.report.palette import CYCLE
from kinetamine.report.panels import Panel, Trace
from kinetamine.report.sessions import AFTER_H, sessions
from kinetamine.report.words import is_outside, shown_unit

HOUR_LABEL = "Hours since the first dose"
_ENOUGH_H = 24.0


def comparison_panels(trajectories: Mapping[str, Trajectory], until_h: float | None = None) -> tuple[Panel, ...]:
    """One panel per analyte: every model that predicts it, each at the site it was built on.

    Args:
        trajectories: by model name, as ``kinetamine.course.compare`` gives them.
        until_h: how much of the course to show; by default the first session and a day.
    """
    wanted: dict[str, list[Trace]] = {}
    titles: dict[str, tuple[str, str]] = {}
    for place, (model, trajectory) in enumerate(trajectories.items()):
        for series in _plasma(trajectory):
            analyte, site = series.name.rsplit("_", 1)
            trace = _trace(model, trajectory, series, until_h)
            style = "dashed" if is_outside(trajectory) else "solid" if site == "arterial" else "dotted"
            note = ", outside its range" if is_outside(trajectory) else ""
            label = f"{model}, {site}{note}"
            role = CYCLE[place % len(CYCLE)]
            wanted.setdefault(analyte, []).append(replace(trace, label=label, role=role, style=style))
            titles.setdefault(analyte, (series.title.rsplit(",", 1)[0], series.unit))
    return tuple(_panel(analyte, *titles[analyte], traces) for analyte, traces in wanted.items())


def _panel(analyte: str, title: str, unit: str, traces: list[Trace]) -> Panel:
    models = len({trace.name for trace in traces})
    return Panel(
        key=f"compare_{analyte}",
        title=f"{title} by {models} models" if models > 1 else title,
        stage="plasma",
        x_label=HOUR_LABEL,
        y_label=f"Concentration, {shown_unit(unit)[1]}",
        traces=tuple(traces),
        caption="Typical person by each model. Solid: arterial blood; dotted: venous or not stated; dashed: outside "
        "the range on which that model was built. Arterial levels exceed venous ones while drug is going in, so "
        "curves of different sites do not contradict each other.",
    )


def _plasma(trajectory: Trajectory) -> list[Series]:
    """Totals where there are any, or else the one enantiomer that is followed."""
    plasma = [series for series in trajectory if series.stage == "plasma"]
    totals = [series for series in plasma if not series.name.startswith(("s_", "r_"))]
    return totals or plasma


def _trace(model: str, trajectory: Trajectory, series: Series, until_h: float | None) -> Trace:
    first = sessions(trajectory)[:1]
    end = until_h if until_h is not None else max([_ENOUGH_H, *(one.end_h + 6 * AFTER_H for one in first)])
    if len(sessions(trajectory)) > 1 and until_h is None:
        end = min(end, sessions(trajectory)[1].start_h)
    inside = np.flatnonzero(trajectory.times_h <= end + 1e-9)
    times, values = trajectory.times_h[inside], shown_unit(series.unit)[0] * series.typical[inside]
    kept = thin.keep(times, values[None, :])
    return Trace(name=model, label=model, x=times[kept], y=values[kept], role="reference")
