"""Several models of one course on one picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report import thin
from kinetamine.report.palette import CYCLE
from kinetamine.report.panels import Panel, Trace
from kinetamine.report.sessions import sessions
from kinetamine.report.words import is_outside, shown_unit

HOUR_LABEL = "Hours since the first dose"
_AFTER_H = 8.0


def comparison_panels(trajectories: Mapping[str, Trajectory], until_h: float | None = None) -> tuple[Panel, ...]:
    """One panel per analyte that several models predict, each at the site it was built on.

    Args:
        trajectories: by model name, as ``kinetamine.course.compare`` gives them.
        until_h: how much of the course to show; by default the first session and eight hours.
    """
    wanted: dict[str, list[Trace]] = {}
    titles: dict[str, tuple[str, str]] = {}
    for place, (model, trajectory) in enumerate(trajectories.items()):
        drawn: set[str] = set()
        for series in _plasma(trajectory):
            analyte, site = series.name.rsplit("_", 1)
            style = "dashed" if is_outside(trajectory) else "dotted" if analyte in drawn else "solid"
            drawn.add(analyte)
            label = f"{model}, {site}" + (", outside its range" if is_outside(trajectory) else "")
            trace = _trace(model, trajectory, series, until_h)
            role = CYCLE[place % len(CYCLE)]
            wanted.setdefault(analyte, []).append(replace(trace, label=label, role=role, style=style))
            titles.setdefault(analyte, (series.title.rsplit(",", 1)[0], series.unit))
    several = {analyte for analyte, traces in wanted.items() if len({trace.name for trace in traces}) > 1}
    chosen = {analyte: traces for analyte, traces in wanted.items() if analyte in several or not several}
    return tuple(_panel(analyte, *titles[analyte], traces) for analyte, traces in chosen.items())


def _panel(analyte: str, title: str, unit: str, traces: list[Trace]) -> Panel:
    models = len({trace.name for trace in traces})
    return Panel(
        key=f"compare_{analyte}",
        title=f"{title} by {models} models" if models > 1 else title,
        stage="plasma",
        x_label=HOUR_LABEL,
        y_label=f"Concentration, {shown_unit(unit)[1]}",
        traces=tuple(traces),
        caption="Typical person by each model. Dotted: arterial blood of a model that has venous blood too; dashed: "
        "outside the range on which that model was built. Arterial levels exceed venous ones while drug is going in, "
        "so curves of different sites do not contradict each other.",
    )


def _plasma(trajectory: Trajectory) -> list[Series]:
    """Totals where there are any, or else the one enantiomer that is followed; arterial blood last."""
    plasma = [series for series in trajectory if series.stage == "plasma"]
    totals = [series for series in plasma if not series.name.startswith(("s_", "r_"))]
    return sorted(totals or plasma, key=lambda series: series.name.endswith("_arterial"))


def _trace(model: str, trajectory: Trajectory, series: Series, until_h: float | None) -> Trace:
    if until_h is None:
        first = next(iter(sessions(trajectory)), None)
        until_h = min(first.end_h + _AFTER_H, first.next_h) if first else float(trajectory.times_h[-1])
    inside = np.flatnonzero(trajectory.times_h <= until_h + 1e-9)
    times, values = trajectory.times_h[inside], shown_unit(series.unit)[0] * series.typical[inside]
    kept = thin.keep(times, values[None, :])
    return Trace(name=model, label=model, x=times[kept], y=values[kept], role="reference")
