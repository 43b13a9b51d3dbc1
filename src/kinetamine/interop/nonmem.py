"""Simulated data as a NONMEM table: doses, covariates, and what would be read at given times.

Columns mean what they mean in event tables of ours (``engine.event_table``), so the table can be read back. DVID
numbers the outputs, as NONMEM reads numbers only; the column OUTPUT has their names, last, for NONMEM to drop. At the
time of a dose the value is the one before it.
"""

from __future__ import annotations

import csv
import io
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kinetamine.course import Course, simulate
from kinetamine.engine.event_table import EventTable, write_event_table
from kinetamine.engine.table_covariates import covariates_of
from kinetamine.engine.table_records import Observation
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.interop.whole import write_text

NAMES = "OUTPUT"
"""Column with the name of what DVID numbers."""
_AFTER_H = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_DAY_H = 24.0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to read, and when.

    Attributes:
        outputs: names of series; none: all but the inner states of a mechanism.
        times_h: none: 15 min to 8 h after each dose, just before it, and once a day.
        residual: whether readings stray from the true value, as far as the library says by how much.
    """

    outputs: tuple[str, ...] = ()
    times_h: tuple[float, ...] = ()
    residual: bool = False


def simulated_tables(
    courses: Mapping[str, Course], wanted: Wanted | None = None
) -> tuple[dict[str, EventTable], tuple[str, ...]]:
    """One table a person and the outputs that DVID numbers, from 1.

    A course with virtual people gives one table for each of them, the typical person left out; one without gives the
    typical person. Each identity draws its people and its readings from a stream of its own.

    Raises:
        InputError: an output or a time is not possible, or a course is not.
    """
    asked = wanted or Wanted()
    tables: dict[str, EventTable] = {}
    names: tuple[str, ...] = ()
    for identity, given in courses.items():
        course = replace(given, seed=_seed(given.seed, identity))
        times_h = asked.times_h or usual_times_h(course)
        trajectory = simulate(replace(course, times_h=tuple(sorted(set(times_h)))))
        names = names or _names(trajectory, asked)
        for person, observations in enumerate(_observed(trajectory, names, asked, course), start=1):
            number = str(len(tables) + 1) if course.people or not identity else identity
            whose = f"{identity}-{person}" if course.people and len(courses) > 1 else number
            tables[whose] = replace(_table(course, whose), observations=observations)
    return tables, names


def _seed(seed: int, identity: str) -> int:
    """A seed for each identity of a table, so that nobody is drawn twice; a course alone keeps its own."""
    if not identity:
        return seed
    mixed = np.random.SeedSequence([seed, zlib.crc32(identity.encode())])
    return int(mixed.generate_state(1, np.uint64)[0]) // 2  # seeds end at 63 bits


def to_nonmem(courses: Mapping[str, Course], wanted: Wanted | None = None) -> str:
    """The CSV text of such tables.

    Raises:
        InputError: as ``simulated_tables``.
    """
    tables, names = simulated_tables(courses, wanted)
    lines = csv.DictReader(io.StringIO(write_event_table(tables)))
    header = [*(lines.fieldnames or ()), NAMES]
    numbered = {str(number): name for number, name in enumerate(names, start=1)}
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**line, NAMES: numbered.get(line["DVID"], ".")} for line in lines)
    return buffer.getvalue()


def write_nonmem(courses: Mapping[str, Course], path: str | Path, wanted: Wanted | None = None) -> Path:
    """Write the table to a file, whole or not at all.

    Raises:
        InputError: as ``simulated_tables``.
    """
    return write_text(Path(path), to_nonmem(courses, wanted))


def usual_times_h(course: Course) -> tuple[float, ...]:
    """15 min to 8 h after each dose, at it, and once a day."""
    horizon = course.problem().horizon_h or _DAY_H
    starts = {start for event in course.scheduled for start in event.starts_h} or {0.0}
    close = {start + after for start in starts for after in (0.0, *_AFTER_H)}
    daily = set(np.arange(0.0, horizon + 1e-9, _DAY_H).tolist())
    return tuple(sorted(time for time in close | daily if time <= horizon))


def _names(trajectory: Trajectory, asked: Wanted) -> tuple[str, ...]:
    for name in asked.outputs:
        if name not in trajectory:
            raise UnknownNameError("output", name, trajectory.series)
    return asked.outputs or tuple(series.name for series in trajectory if series.stage != "mechanism")


def _observed(
    trajectory: Trajectory, names: Sequence[str], asked: Wanted, course: Course
) -> list[tuple[Observation, ...]]:
    """What is read of each person, in time order."""
    missing = [name for name in names if name not in trajectory]
    if missing:
        raise FieldError("outputs", missing[0], "an output that every course of the table predicts")
    values = {name: _read(trajectory[name], asked, course) for name in names}
    people = max(one.shape[0] for one in values.values())
    values = {name: np.broadcast_to(one, (people, one.shape[1])) for name, one in values.items()}
    return [
        tuple(
            Observation(time_h=float(time_h), output=str(number), value=float(values[name][person, place]))
            for place, time_h in enumerate(trajectory.times_h)
            for number, name in enumerate(names, start=1)
        )
        for person in range(people)
    ]


def _read(series: Series, asked: Wanted, course: Course) -> np.ndarray:
    """Values by person and time, with what a reading adds where that is wanted and known, within the scale."""
    true = series.typical[None, :] if series.people is None else series.people
    if not asked.residual:
        return true
    stream = np.random.default_rng([course.seed, zlib.crc32(f"residual {series.name}".encode())])
    noise = stream.standard_normal(true.shape)
    if series.residual_sd is not None:
        return np.clip(true + series.residual_sd * noise, *_bounds(series.name, course))
    sd = proportional_sd(series.name, course)
    return np.asarray(true * np.exp(sd * noise))


def _bounds(output: str, course: Course) -> tuple[float, float]:
    readouts = (one for effect in course.problem().effects for one in effect.readouts)
    return next((one.bounds for one in readouts if one.name == output), (-math.inf, math.inf))


def proportional_sd(output: str, course: Course) -> float:
    """By which share readings of a concentration stray, as its model was fitted; 0 where nobody says."""
    total = output.removeprefix("s_").removeprefix("r_")
    estimate = course.pk_model.residual.get(total)
    return estimate.value if estimate else 0.0


def _table(course: Course, identity: str) -> EventTable:
    """Doses and covariates; covariates that change hold from their time on."""
    people = [(0.0, course.person), *course.person_changes]
    known = {time_h: covariates_of(person) for time_h, person in people}
    courses = {
        name: tuple((time_h, values[name]) for time_h, values in known.items() if name in values) for name in known[0.0]
    }
    settled = {
        name: points[:1] if len({value for _, value in points}) == 1 else points for name, points in courses.items()
    }
    varying = any(len(points) > 1 for points in settled.values())
    events = tuple(replace(event, row=0) for event in course.doses)
    return EventTable(identity=identity, events=events, covariates=settled, interpolation="locf" if varying else None)
