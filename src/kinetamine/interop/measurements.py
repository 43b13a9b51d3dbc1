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

_ROUNDING = 0.5
"""Points by which a person's score may differ from a group's mean before: clinics give whole points."""
_NAMED: dict[str, str] = {"": "", "antidepressant": "oral_antidepressant"}
"""What everyone in a trial got besides, as the library names it; what is not here has the same name."""


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One reading of one output.

    Attributes:
        sd: how far it may stray from the prediction: of a reading, or the standard error of a mean.
        source: where it comes from.
        caution: how the people it comes from were treated otherwise than the course says; empty where alike.
    """

    output: str
    time_h: float
    value: float
    sd: float | None = None
    source: str = ""
    caution: str = ""


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

    Means of a group stand for its typical person, who begins with the score that the group began with. Healthy people
    and what the course does not predict are left out.

    Args:
        study: as ``Singh 2016``, or the key of its citation.
        arm: where the study has several such arms.

    Raises:
        FieldError: there is no such study or arm, none of it fits the course, or the person begins elsewhere.
    """
    names = _studies()
    key = next((one for one in names if study.casefold() in {one.casefold(), names[one].casefold()}), None)
    if key is None:
        raise FieldError(
            "study", study, "a study with means over time: " + ", ".join(sorted(names)), nearest(study, names)
        )
    rows, levels = _of_trials(key, course), list(_of_levels(key, course))
    fitting = _once([row for row in rows if not _unfit(row, course)])
    if not fitting and not levels:
        given = " or ".join(sorted(_regimens(key))) or "no regimen"
        reasons = "; ".join(dict.fromkeys(_unfit(row, course) for row in rows))
        doses = f"a study of these doses; {key} has {given}, and its comparators"
        raise FieldError("study", study, f"results that fit the course; {key} has {reasons}" if rows else doses)
    chosen = _of_arm(key, fitting, arm)
    for row in chosen:
        _require_begun_alike(row, course)
    return (*(_mean(row, course) for row in chosen), *levels)


def _of_arm(study: str, rows: list[trials.TrialRow], arm: str) -> list[trials.TrialRow]:
    """One arm's own; concentrations belong to no arm."""
    arms = sorted({row.arm for row in rows})
    if arm and not arms:
        raise FieldError("arm", arm, f"no arm: of these doses {study} has concentrations alone")
    if (arm and arm not in arms) or (not arm and len(arms) > 1):
        raise FieldError("arm", arm or None, "one of " + "; ".join(arms), nearest(arm, arms) if arm else None)
    return [row for row in rows if not arm or row.arm == arm]


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


def _of_trials(study: str, course: Course) -> list[trials.TrialRow]:
    """Means of scores after the course's doses, or its comparator's."""
    return [
        row
        for row in _means()
        if row.study == study
        and row.comparator == (course.comparator or "")
        and (not row.regimen or _same_doses(row.regimen, course))
    ]


def _unfit(row: trials.TrialRow, course: Course) -> str:
    """Why a mean cannot stand for the course's person; empty where it can."""
    if row.setting == "healthy":
        return "healthy people"
    if row.readout not in {readout.name for effect in course.chosen for readout in effect.readouts}:
        return f"{row.readout}, which the course does not predict"
    if row.quantity == "change" and row.baseline is None:
        return f"changes of {row.readout} without a baseline"
    return ""


def _once(rows: list[trials.TrialRow]) -> list[trials.TrialRow]:
    """Without the means whose change stands there too: the same people would count twice."""
    changes = {(row.arm, row.readout, row.time_h) for row in rows if row.quantity == "change"}
    return [row for row in rows if row.quantity == "change" or (row.arm, row.readout, row.time_h) not in changes]


def _require_begun_alike(row: trials.TrialRow, course: Course) -> None:
    """Refuse a person who begins with another score than the group: the difference would be fitted."""
    own = getattr(course.person, row.readout, None)
    if own is not None and row.baseline is not None and abs(own - row.baseline) > _ROUNDING:
        raise FieldError(row.readout, own, f"{row.baseline:g}, with which {row.arm} of {row.study} began")


def _mean(row: trials.TrialRow, course: Course) -> Measurement:
    """A change counts from the study's baseline."""
    start = (row.baseline or 0.0) if row.quantity == "change" else 0.0
    name, cautions = f"{row.row_id}: {row.arm}", "; ".join(_cautions(row, course))
    return Measurement(
        output=row.readout,
        time_h=row.time_h,
        value=start + row.value,
        sd=row.se,
        source=name,
        caution=f"{row.study}: {cautions}." if cautions else "",
    )


def _cautions(row: trials.TrialRow, course: Course) -> Iterator[str]:
    """A warning, no refusal: whether what was given besides was new or went on as before, the rows do not tell."""
    besides, own = _NAMED.get(row.background, row.background), " and ".join(course.background)
    if besides != own:
        yield f"everyone got {besides or 'nothing'} besides, in the course {own or 'nothing'}"
    if row.setting == "masked" and "depression.EXPECTANCY" not in dict(course.parameters):
        yield "masked by anaesthesia, where depression.EXPECTANCY is another: set it or estimate it"


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
