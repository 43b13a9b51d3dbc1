"""Steps of hours, days and weeks: each score, what a placebo would have done, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from kinetamine.course import Course, simulate
from kinetamine.engine.events import Event
from kinetamine.engine.trajectory import Trajectory
from kinetamine.explanation.claims import CLAIMS
from kinetamine.explanation.step import Number, Picture, Step
from kinetamine.explanation.telling import DAY_H, Facts, lasting, of_people, plain, sentences
from kinetamine.report.arms import has_own_course
from kinetamine.report.mood import CRITERIA
from kinetamine.report.relapse import still_well
from kinetamine.treatment import DEFAULT_MECHANISM

HOURS, A_DAY, A_WEEK = 2.0, DAY_H, 7.0 * DAY_H
_BACK = "What may come back, and when"
_OBSERVED = (
    "After a first course of infusions half of those who had responded had relapsed within 18 days in one small study; "
    "trials found fewer relapses where treatment went on."
)
_BANDS = ((7.0, "hardly any"), (20.0, "mild"), (35.0, "moderate"), (61.0, "severe"))
"""MADRS below which depression is called so."""


@dataclass(frozen=True)
class _Scale:
    """How a scale is told."""

    heading: str
    what: str
    claim: str
    caution: str = ""


_SCALES: Mapping[str, _Scale] = {
    "madrs": _Scale("Mood", "Depression on the MADRS (0 to 60)", "C2"),
    "hama": _Scale(
        "Anxiety",
        "Anxiety on the HAM-A (0 to 56)",
        "C2b",
        "Trials in anxiety disorders had a dozen people each; an effect of zero is within what is known.",
    ),
    "caps5": _Scale(
        "Post-traumatic stress",
        "Post-traumatic stress on the CAPS-5 (0 to 80)",
        "C9ptsd",
        "The largest trial, 158 people, saw no effect.",
    ),
    "ssi": _Scale(
        "Thoughts of suicide",
        "Thoughts of suicide on Beck's scale (0 to 38)",
        "C11",
        "This is a score of thoughts, not a risk. It takes the place of no conversation with a professional.",
    ),
    "pain_nrs": _Scale("Chronic pain", "Pain (0 to 10)", "C9pain"),
}


def steps(facts: Facts) -> Iterator[Step]:
    """Each score, the placebo, and what may come back."""
    shown = [name for name in _SCALES if facts.has(name)]
    for name in shown:
        yield _score(facts, name)
    if shown:
        yield _placebo(facts, shown[0])
        yield _back(facts, shown[0])


def _score(facts: Facts, name: str) -> Step:
    scale, claim = _SCALES[name], CLAIMS[_SCALES[name].claim]
    before = facts.at(name, facts.first.start_h)
    return Step(
        key=name,
        heading=f"{scale.heading} over hours, days and weeks",
        sentences=sentences(
            f"{scale.what} begins at {plain(before)}{_band(name, before)}.",
            f"It stands at {_readings(facts, name)}.",
            _shares(facts, name),
            "Relief begins within hours; older antidepressants take a week or more to show."
            if name == "madrs" and facts.is_drug
            else "",
            scale.caution,
        ),
        graded=claim.says if facts.is_drug else "",
        grade=claim.grade if facts.is_drug else None,
        source=claim.source if facts.is_drug else (),
        numbers=tuple(
            Number(f"score {when}", facts.at(name, time_h), "points")
            for when, time_h in (("before", facts.first.start_h), *_times(facts))
        ),
        picture=Picture((name,)),
    )


def _band(name: str, score: float) -> str:
    if name != "madrs":
        return ""
    return f", which is called {next(word for limit, word in _BANDS if score < limit)}"


def _times(facts: Facts) -> list[tuple[str, float]]:
    """Hours, a day, a week, the end of treatment, the end of follow-up; each where it comes before the next."""
    start, last = facts.first.start_h, facts.last_h
    readings = [("a day later", start + A_DAY), ("a week after the start", start + A_WEEK)]
    if facts.is_drug:
        readings.insert(0, ("two hours after the start", start + HOURS))
    if last > start and not has_own_course(facts.trajectory):
        readings.append(("a day after the last session", last + A_DAY))
    readings.append(("at the end of follow-up", facts.end_h))
    kept: list[tuple[str, float]] = []
    for when, time_h in sorted(readings, key=lambda one: one[1]):
        if time_h <= facts.end_h + 1e-9 and not (kept and time_h - kept[-1][1] < 1.0):
            kept.append((when, time_h))
    return kept


def _readings(facts: Facts, name: str) -> str:
    said = [f"{plain(facts.at(name, time_h))} {when}" for when, time_h in _times(facts)]
    days = f" (day {max(1, round((facts.end_h - facts.first.start_h) / DAY_H))})"
    *first, last = said
    return (f"{', '.join(first)} and {last}" if first else last) + days


def _shares(facts: Facts, name: str) -> str:
    """How many of a hundred virtual people respond, and are in remission, a day after the last session."""
    title = facts.trajectory[name].title
    own = has_own_course(facts.trajectory)
    time_h = facts.end_h if own else facts.last_h + A_DAY
    when = "At the end" if own else "A day after the last session"
    said = []
    for criterion in CRITERIA.get(name, ())[:2]:
        row = facts.row_at(f"{criterion.words}, {title}", time_h)
        if row is not None:
            said.append(f"{of_people(row.value)} {_met(criterion.kind, criterion.words)}")
    if not said:
        return ""
    mean = facts.row_at(title, time_h)
    average = f", and the average is {plain(mean.mean)}" if mean and mean.mean is not None else ""
    return f"{when} {' and '.join(said)}{average}: people differ widely, and this includes what belief does."


def _met(kind: str, words: str) -> str:
    inside = words.partition(" (")[2].rstrip(")")
    if kind == "Remission":
        return f"have hardly any symptoms left ({inside.replace(' or less', ' points or less')})"
    return "have lost half of their symptoms" if inside.startswith("50 %") else f"count as responders ({inside})"


def _placebo(facts: Facts, name: str) -> Step:
    """Salt water at the same sessions, simulated; for another treatment, its own nonspecific part."""
    claim = CLAIMS["C2c"]
    a_day_later = facts.is_drug and facts.last_h + A_DAY <= facts.end_h
    time_h, when = (facts.last_h + A_DAY, "a day after the last one") if a_day_later else (facts.end_h, "at the end")
    real = facts.at(name, time_h)
    if facts.is_drug:
        score = _placebo_arm(facts).at(name, time_h)
        told = (
            f"With a placebo in ketamine's place, at the same sessions, the score would stand at {plain(score)} "
            f"{when}, instead of {plain(real)}."
        )
    else:
        score = facts.at(name, facts.first.start_h) - facts.at(f"{name}_nonspecific", time_h)
        told = (
            f"Hope, attention and the passing of time alone would leave the score at {plain(score)} {when}, instead of "
            f"{plain(real)}."
        )
    hidden = (
        "Nearly everybody in the trials could tell which they had been given, so part of the difference may be belief. "
        "In the one trial that hid ketamine under anaesthesia both groups got better alike (40 people)."
    )
    return Step(
        key="placebo",
        heading="What a placebo would have done",
        sentences=sentences(told, hidden if facts.is_drug else ""),
        graded=claim.says if facts.is_drug else "",
        grade=claim.grade if facts.is_drug else None,
        source=claim.source if facts.is_drug else (),
        numbers=(Number("score with a placebo", score, "points"), Number("score as treated", real, "points")),
    )


def _placebo_arm(facts: Facts) -> Trajectory:
    """The typical person, given a placebo of the same kind at the same sessions.

    Doses and weight are set to one value each, on which nothing depends here: arms that differ only in them are one.
    """
    course = facts.course
    sprayed = all(event.route == "intranasal" for event in course.doses)
    outcomes = tuple(name for name in course.outcomes if name != "relapse")
    kept = ("expectancy", *outcomes)
    return _simulated(
        replace(
            course,
            regimen=None,
            events=tuple(_of_one_mg(event) for event in course.doses),
            person=replace(course.person, weight_kg=None),
            title="",
            mechanism=DEFAULT_MECHANISM,
            comparator="placebo_spray" if sprayed else "placebo",
            effects=(),
            outcomes=outcomes,
            model=None,
            people=0,
            outside=True,
            parameters=tuple(one for one in course.parameters if one[0].rpartition(".")[0] in kept),
        )
    )


def _of_one_mg(event: Event) -> Event:
    """The same record with an amount of 1 mg, unless the length of the session hangs on it."""
    return replace(event, amount_mg=1.0) if event.is_dose and not event.rate_mg_per_h else event


@lru_cache(maxsize=32)
def _simulated(course: Course) -> Trajectory:
    return simulate(course)


def _back(facts: Facts, name: str) -> Step:
    if has_own_course(facts.trajectory):
        return Step(
            key="back",
            heading=_BACK,
            sentences=("This treatment goes on to the end of what is simulated; what happens after it stops is not.",),
            numbers=(Number("days simulated", facts.end_h / DAY_H, "days"),),
        )
    claim = CLAIMS["C15"]
    end, half = facts.at(name, facts.end_h), _half_gone(facts, name)
    after = lasting(facts.end_h - facts.last_h)
    return Step(
        key="back",
        heading=_BACK,
        sentences=sentences(
            f"Nothing in the model cures: at the end of follow-up, {after} after the last session began, the score "
            f"stands at {plain(end)}, having begun at {plain(facts.at(name, facts.first.start_h))}.",
            f"Half of what the drug had done a day after the last session is gone {lasting(half - facts.last_h)} after "
            "it."
            if half is not None
            else "",
            _relapse(facts),
            _OBSERVED if facts.is_drug else "",
        ),
        graded=claim.says if facts.is_drug else "",
        grade=claim.grade if facts.is_drug else None,
        source=claim.source if facts.is_drug else (),
        numbers=(Number("score at the end", end, "points"), *_relapse_numbers(facts)),
        picture=Picture((name,), (facts.last_h, facts.end_h)) if facts.end_h - facts.last_h > A_DAY else None,
    )


def _half_gone(facts: Facts, name: str) -> float | None:
    part = facts.trajectory.series.get(f"{name}_drug")
    if part is None:
        return None
    start = facts.last_h + A_DAY
    at_start = float(np.interp(start, facts.trajectory.times_h, part.typical))
    late = np.flatnonzero((facts.trajectory.times_h > start) & (part.typical <= 0.5 * at_start))
    return float(facts.trajectory.times_h[late[0]]) if len(late) and at_start > 0.05 else None


def _relapse(facts: Facts) -> str:
    curve = still_well(facts.trajectory, facts.sessions)
    if curve is None:
        return ""
    share = of_people(100.0 * float(curve.share[-1])).removesuffix(" people")
    told = f"Of those who had responded, with no further treatment, {share} are still well at the end"
    if curve.median_d is None:
        return f"{told}."
    return f"{told}; half have relapsed {plain(curve.median_d)} days after the last session."


def _relapse_numbers(facts: Facts) -> tuple[Number, ...]:
    curve = still_well(facts.trajectory, facts.sessions)
    if curve is None:
        return ()
    found = [Number("responders still well at the end", 100.0 * float(curve.share[-1]), "%")]
    if curve.median_d is not None:
        found.append(Number("median time to relapse", curve.median_d, "days"))
    return tuple(found)
