"""Peaks, times and odds of a course: one table for the report, the command line and JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.mood import mood_rows
from kinetamine.report.pressure import odds_rows
from kinetamine.report.relapse import relapse_rows
from kinetamine.report.rows import Row, Span, area, peak, spread, terminal_rate
from kinetamine.report.sessions import Session, sessions

COURSE = "Whole course"
MECHANISM = "Between block and mood"
_UNMEASURED = "as the chosen mechanism has it; not measured in people"
_PLASTICITY = {
    "block_interneuron": "Largest block at interneurons",
    "pyramidal_rate": "Highest firing of pyramidal cells, rest 1",
    "glutamate": "Highest glutamate, rest 1",
    "bdnf": "Highest BDNF, rest 1",
    "potentiation": "Highest fast potentiation",
    "synapses": "Most synapses gained",
    "relief": "Largest relief of the circuit",
}
_PEAKS = {
    "nmda_occupancy": "Peak NMDA receptor occupancy",
    "cadss": "Peak CADSS",
    "psychotomimetic": "Peak psychotomimetic rating",
    "loss_of_responsiveness": "Highest probability of being unresponsive",
    "systolic_rise": "Largest rise of systolic pressure",
    "diastolic_rise": "Largest rise of diastolic pressure",
    "heart_rate_rise": "Largest rise of heart rate",
    "analgesia": "Peak acute analgesia",
}
_MIXING_H = 2.0 / 60.0
_NO_CIRCULATION = "the model has no circulation: not to be read in the first two minutes"
_TROUGHS = {"sedation": "Deepest sedation (MOAA/S)"}


def summary(trajectory: Trajectory) -> tuple[Row, ...]:
    """All rows: the course, its mood outcomes and relapse, then session by session."""
    found = sessions(trajectory)
    return (
        *(_while_drug(trajectory, found) if trajectory.events else ()),
        *mood_rows(trajectory, found),
        *relapse_rows(trajectory, found),
        *(row for session in found if trajectory.events for row in _session(trajectory, session)),
    )


def _while_drug(trajectory: Trajectory, found: tuple[Session, ...]) -> Iterator[Row]:
    """Levels, acute effects and plasticity of the course: nothing of them without ketamine."""
    span = _whole(trajectory, found)
    yield from _exposure(trajectory, found)
    yield from _acute(span, trajectory)
    yield from odds_rows(trajectory, found, COURSE)
    for name, quantity in _PLASTICITY.items():
        if name in trajectory.series:
            yield replace(peak(span, trajectory[name], quantity), section=MECHANISM, note=_UNMEASURED)


def measured_blood(trajectory: Trajectory) -> tuple[Series, ...]:
    """Plasma series worth a row each: totals, or else the one enantiomer that is followed."""
    plasma = [one for one in trajectory if one.stage == "plasma"]
    totals = [one for one in plasma if not one.name.startswith(("s_", "r_"))]
    return tuple(totals or plasma)


def _whole(trajectory: Trajectory, found: tuple[Session, ...]) -> Span:
    return Span(
        section=COURSE,
        times_h=trajectory.times_h,
        inside=np.arange(len(trajectory.times_h)),
        starts_h=tuple(session.start_h for session in found),
        named=True,
    )


def _exposure(trajectory: Trajectory, found: tuple[Session, ...]) -> Iterator[Row]:
    span = _whole(trajectory, found)
    for series in measured_blood(trajectory):
        yield _highest(trajectory, span, series)
        yield from _areas(trajectory, series, found)


def _highest(trajectory: Trajectory, span: Span, series: Series) -> Row:
    """Cmax; after a bolus by vein it is what the model starts from."""
    row = peak(span, series, f"Cmax, {_lower(series.title)}")
    boluses = [
        start
        for event in trajectory.events
        if (event.route == "intravenous" or event.compartment) and event.length_h == 0.0
        for start in event.starts_h
    ]
    at_once = row.time_h is not None and any(0.0 <= row.time_h - start <= _MIXING_H for start in boluses)
    return replace(row, note=_NO_CIRCULATION) if at_once else row


def _areas(trajectory: Trajectory, series: Series, found: tuple[Session, ...]) -> Iterator[Row]:
    """Area over what was simulated, the total to infinity, and the half-life of the typical tail."""
    times, name = trajectory.times_h, _lower(series.title)
    seen = float(area(times, series.typical))
    people = None if series.people is None else np.asarray(area(times, series.people))
    unit = f"{series.unit.split('/')[0]}·h/{series.unit.split('/')[-1]}"
    yield Row(section=COURSE, quantity=f"AUC over the course, {name}", value=seen, unit=unit, range=spread(people))
    start = found[-1].start_h if found else float(times[0])
    tail = times >= start - 1e-9
    rate = terminal_rate(times[tail], series.typical[tail])
    if rate is None:
        return
    beyond = float(series.typical[-1]) / rate
    yield Row(
        section=COURSE,
        quantity=f"AUC to infinity, {name}",
        value=seen + beyond,
        unit=unit,
        note="typical person; all sessions together",
    )
    yield Row(
        section=COURSE,
        quantity=f"Terminal half-life, {name}",
        value=math.log(2.0) / rate,
        unit="h",
        note="log-linear tail of the typical curve after the last session",
    )


def _acute(span: Span, trajectory: Trajectory) -> Iterator[Row]:
    for name, quantity in _PEAKS.items():
        if name in trajectory.series:
            yield peak(span, trajectory[name], quantity)
    for name, quantity in _TROUGHS.items():
        if name in trajectory.series:
            yield peak(span, trajectory[name], quantity, lowest=True)


def _session(trajectory: Trajectory, session: Session) -> Iterator[Row]:
    inside = session.interval(trajectory)
    if not len(inside):
        return
    times = trajectory.times_h[inside]
    span = Span(section=session.label, times_h=trajectory.times_h, inside=inside, starts_h=(session.start_h,))
    for series in measured_blood(trajectory):
        name = _lower(series.title)
        highest = _highest(trajectory, span, series)
        yield highest
        if highest.time_h is not None:
            after = 60.0 * (highest.time_h - session.start_h)
            yield Row(section=span.section, quantity=f"Tmax, {name}", value=after, unit="min")
        people = None if series.people is None else np.asarray(area(times, series.people[:, inside]))
        yield Row(
            section=span.section,
            quantity=f"AUC, {name}",
            value=float(area(times, series.typical[inside])),
            unit=f"{series.unit.split('/')[0]}·h/{series.unit.split('/')[-1]}",
            range=spread(people),
            note="from the start of this session until the next, carry-over included",
        )
    yield from _acute(span, trajectory)


def _lower(title: str) -> str:
    """``Ketamine, venous`` as ``venous ketamine``; ``S-`` and ``R-`` keep their capitals."""
    molecule, _, site = title.partition(", ")
    molecule = molecule if molecule[1:2] == "-" else molecule[:1].lower() + molecule[1:]
    return f"{site} {molecule}".strip()
