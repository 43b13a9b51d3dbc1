"""What was measured of a course: the user's readings, or published results of the same doses."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kinetamine import trials
from kinetamine.course import Course, parse_regimen
from kinetamine.engine.table_records import Observation
from kinetamine.errors import FieldError, InputError, nearest


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One reading of one output.

    Attributes:
        sd: how far it may stray from the prediction: of a reading, or the standard error of a mean.
        source: where it comes from.
    """

    output: str
    time_h: float
    value: float
    sd: float | None = None
    source: str = ""


def from_observations(observations: Iterable[Observation], names: Iterable[str]) -> tuple[Measurement, ...]:
    """Readings of an event table; DVID has the name of an output, or its number in ``names``.

    Raises:
        FieldError: a reading does not say of what.
    """
    known = list(names)
    found = []
    for one in observations:
        if one.missing or one.value is None or one.below_limit:
            continue
        output = one.output or ""
        if output.isdigit() and 1 <= int(output) <= len(known):
            output = known[int(output) - 1]
        if not output or output.isdigit():
            raise FieldError(f"DVID in row {one.row}", one.output, "the name of an output, such as ketamine_venous")
        found.append(Measurement(output=output, time_h=one.time_h, value=one.value, source=f"row {one.row}"))
    return tuple(found)


def published(study: str, course: Course, arm: str = "") -> tuple[Measurement, ...]:
    """Published results of a study that got the course's own doses, or its comparator at the same sessions.

    Means of a group stand for its typical person.

    Args:
        study: as ``Singh 2016``, or the key of its citation.
        arm: where the study has several such arms.

    Raises:
        FieldError: there is no such study or arm, or none of it fits the course.
    """
    names = _studies()
    key = next((one for one in names if study.casefold() in {one.casefold(), names[one].casefold()}), None)
    if key is None:
        raise FieldError(
            "study", study, "a study with means over time: " + ", ".join(sorted(names)), nearest(study, names)
        )
    found = [*_of_trials(key, course), *_of_levels(key, course)]
    if not found:
        given = " or ".join(sorted(_regimens(key))) or "no regimen"
        raise FieldError("study", study, f"a study of these doses; {key} has {given}, and its comparators")
    return tuple(_of_arm(key, found, arm))


def _of_arm(study: str, found: Iterable[Measurement], arm: str) -> Iterator[Measurement]:
    """One arm's own; concentrations belong to no arm."""
    by_arm = [(one.source.partition(": ")[2], one) for one in found]
    arms = sorted({name for name, _ in by_arm if name})
    if arm and not arms:
        raise FieldError("arm", arm, f"no arm: of these doses {study} has concentrations alone")
    if (arm and arm not in arms) or (not arm and len(arms) > 1):
        raise FieldError("arm", arm or None, "one of " + "; ".join(arms), nearest(arm, arms) if arm else None)
    return (one for name, one in by_arm if not arm or name in {"", arm})


@cache
def _levels() -> tuple[dict[str, str], ...]:
    """Published concentrations at a time."""
    text = (resources.files("kinetamine.library.observations") / "pk.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(row for row in rows if row["metric"] == "conc_at_t" and row["unit"] == "ng/mL" and row["time_h"])


def _study_of(citation: str) -> str:
    """Author and year."""
    words = citation.split()
    year = next((place for place, word in enumerate(words) if word[:4].isdigit()), 1)
    return " ".join(words[: year + 1])


def _means() -> Iterator[trials.TrialRow]:
    return (row for row in trials.load() if row.status == "read" and row.quantity in {"mean", "change"})


def _studies() -> dict[str, str]:
    """Studies with something to measure against, and the keys of their citations."""
    names = {row.study: row.citation_key for row in _means()}
    return names | {(study := _study_of(row["citation"])): study.casefold().replace(" ", "_") for row in _levels()}


def _regimens(study: str) -> set[str]:
    of_levels = {row["regimen"] for row in _levels() if _study_of(row["citation"]) == study}
    return {row.regimen for row in _means() if row.study == study and row.regimen} | of_levels


def _same_doses(words: str, course: Course) -> bool:
    try:
        return parse_regimen(words).events(course.person) == course.scheduled
    except InputError:
        return False


def _of_trials(study: str, course: Course) -> Iterator[Measurement]:
    """Means of scores; a change counts from the study's baseline."""
    for row in _means():
        if row.study != study or row.comparator != (course.comparator or ""):
            continue
        if row.regimen and not _same_doses(row.regimen, course):
            continue
        if row.quantity == "change" and row.baseline is None:
            continue
        start = (row.baseline or 0.0) if row.quantity == "change" else 0.0
        name = f"{row.row_id}: {row.arm}"
        yield Measurement(output=row.readout, time_h=row.time_h, value=start + row.value, sd=row.se, source=name)


def _of_levels(study: str, course: Course) -> Iterator[Measurement]:
    """Mean concentrations, with their standard error where the spread between people is known.

    Levels in blood that the model does not predict are left out.
    """
    predicted = {output.name for output in course.pk_model.outputs}
    for row in _levels():
        if course.comparator or _study_of(row["citation"]) != study or not _same_doses(row["regimen"], course):
            continue
        people = float(row["people"] or 0.0)
        spread = float(row["spread"]) if row["spread"] and row["spread_type"] == "SD" else None
        sd = spread / math.sqrt(people) if spread and people else None
        output = f"{row['analyte']}_{row['site']}"
        if output.removeprefix("s_").removeprefix("r_") not in predicted:
            continue
        yield Measurement(
            output=output, time_h=float(row["time_h"]), value=float(row["value"]), sd=sd, source=row["id"]
        )
