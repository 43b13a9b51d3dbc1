"""Scores of one person in time, beside the model's expectation; whether a response was lost; what to decide on next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kinetamine.clinic.bands import CONTENTS, NATURE, Band, band_of
from kinetamine.clinic.basis import PROJECT
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.outcomes.change import Change, Rating, change, reliable_points, scale_of
from kinetamine.clinic.plan import Plan
from kinetamine.course import Course, simulate
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.schedule import DAY_H
from kinetamine.errors import FieldError, UnknownNameError

EXPECTED = {"madrs": "depression", "pain_nrs": "chronic_pain", "pcl5": "ptsd"}
"""Scales that the model predicts from a person's own first score, and the outcome that predicts each.

Not the PHQ-9: the model makes it out of the MADRS, so nobody's own PHQ-9 is a baseline for it.
"""
LOST_AFTER = Estimate(
    2.0, "ratings", PROJECT, "relapse watch", Provenance.ASSUMED, "one bad week is not yet a relapse: two in a row"
)


class Place(StrEnum):
    """Where a score lies against its expectation."""

    INSIDE = "inside"
    ABOVE = "above"
    BELOW = "below"
    NOT_EXPECTED = "not predicted"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One rating in its place.

    Attributes:
        since_baseline: the change from the baseline; nothing but remission is known where there is none before it.
        place: against the band, where there is one.
    """

    rating: Rating
    day: float
    since_baseline: Change
    place: Place


@dataclass(frozen=True, kw_only=True)
class Path:
    """All ratings of one scale and recall.

    Attributes:
        baseline: what the later ones are set against; None where there is none from before the first dose.
        nature, contents: what must stand beside any picture of the band.
    """

    scale: str
    points: tuple[Point, ...]
    baseline: Rating | None
    band: Band | None
    nature: str = NATURE
    contents: str = CONTENTS


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the model expects of a scale.

    Attributes:
        baseline: the person's own score that it starts from.
        warnings: what a reader must know, the model's own remarks included.
    """

    band: Band
    baseline: int
    model: str
    version: str
    warnings: tuple[str, ...]


def expectation(plan: Plan, scale: str, baseline: int, days: int) -> Band:
    """What the model expects of a scale over the days of a plan, from this person's own first score.

    Raises:
        UnknownNameError: no outcome of the model is on that scale.
        FieldError: the baseline is none that the scale can have.
    """
    return expected(plan.course, scale, baseline, days).band


def expected(course: Course, scale: str, baseline: int, days: int) -> Expected:
    """The same of any course of doses; its clock begins with the first.

    Raises:
        UnknownNameError: no outcome of the model is on that scale.
        FieldError: the baseline is none that the scale can have.
        OutsideStudiedRangeError: nobody studied such a person or course, and the course does not say to go on.
        SolverError: a computation failed its own check.
    """
    if scale not in EXPECTED:
        raise UnknownNameError("scale that is predicted", scale, EXPECTED)
    asked = replace(
        course,
        person=course.person.with_covariates(**{scale: float(baseline)}),
        outcomes=(EXPECTED[scale],),
        times_h=tuple(DAY_H * day for day in range(days + 1)),
    )
    trajectory = simulate(asked)
    return Expected(
        band=band_of(trajectory[scale], trajectory.times_h, 0.0, DAY_H * days),
        baseline=baseline,
        model=trajectory.attributes["model"],
        version=trajectory.version,
        warnings=trajectory.warnings,
    )


def baseline_of(ratings: Iterable[Rating], first_dose_at: datetime | None) -> Rating | None:
    """The last rating with a total at or before the first dose; the last so far where no dose was given yet."""
    scored = [one for one in ratings if one.score.total is not None]
    before = [one for one in scored if first_dose_at is None or one.at <= first_dose_at]
    return max(before, key=_in_time, default=None)


def path(ratings: Iterable[Rating], first_dose_at: datetime | None, band: Band | None = None) -> Path:
    """Put the ratings of one scale in order, each against the baseline and against the band.

    Args:
        first_dose_at: when the first dose was given, where the band begins; None where none was: days are then counted
            from the first rating.

    Raises:
        FieldError: there is none, or they are of several scales or recalls.
    """
    ordered = sorted(ratings, key=_in_time)
    if not ordered:
        raise FieldError("ratings", 0, "at least one")
    start = ordered[0].at if first_dose_at is None else in_utc("first_dose_at", first_dose_at)
    baseline = baseline_of(ordered, first_dose_at)
    changes = [_since(baseline, ordered[0], one) for one in ordered]
    days = [(one.at - start) / timedelta(days=1) for one in ordered]
    return Path(
        scale=ordered[0].scale,
        points=tuple(
            Point(rating=one, day=day, since_baseline=since, place=_place(one, day, band))
            for one, day, since in zip(ordered, days, changes, strict=True)
        ),
        baseline=baseline,
        band=band,
    )


def _in_time(rating: Rating) -> tuple[datetime, str]:
    return rating.at, rating.name


def _since(baseline: Rating | None, first: Rating, rating: Rating) -> Change:
    alone = change(first, rating)  # which refuses another scale or recall
    if baseline is not None and _in_time(baseline) <= _in_time(rating):
        return change(baseline, rating)
    why = "it is older than the baseline" if baseline else "there is no score from before the first dose"
    return replace(
        alone, better_by=None, share=None, reliable=None, meaningful=None, response=None, why_not=(f"change: {why}",)
    )


def _place(rating: Rating, day: float, band: Band | None) -> Place:
    ends = None if band is None else band.at(day * DAY_H * 60.0)
    total = rating.score.total
    if ends is None or total is None:
        return Place.NOT_EXPECTED
    if total > ends[1]:
        return Place.ABOVE
    return Place.BELOW if total < ends[0] else Place.INSIDE


class Watch(StrEnum):
    """How a response stands."""

    NOT_KNOWN = "not known"
    NO_RESPONSE = "no response yet"
    RESPONSE = "response holds"
    WATCH = "response not reached at the last rating: rate again soon"
    LOST = "response lost: to be decided on"


@dataclass(frozen=True, kw_only=True)
class Relapse:
    """Whether a response is being lost.

    Attributes:
        worse_by: from the best rating to the last, in points; None where nothing can be said.
        reliably: whether that is more than scatter; None where no number was published.
    """

    watch: Watch
    best: Rating | None
    last: Rating | None
    worse_by: int | None
    reliably: bool | None


def relapse_watch(found: Path) -> Relapse:
    """Look at the response over all ratings: once reached, is it still there?"""
    scored = [point for point in found.points if point.rating.score.total is not None]
    known = [point for point in scored if point.since_baseline.response is not None]
    if len(known) < 2:
        return Relapse(watch=Watch.NOT_KNOWN, best=None, last=None, worse_by=None, reliably=None)
    sign = 1 if scale_of(found.scale).worse == "higher" else -1
    best = min(known, key=lambda point: (sign * (point.rating.score.total or 0), point.rating.at)).rating
    last = known[-1].rating
    worse = sign * ((last.score.total or 0) - (best.score.total or 0))
    least = reliable_points(found.scale)
    return Relapse(
        watch=_watch([bool(point.since_baseline.response) for point in known]),
        best=best,
        last=last,
        worse_by=worse,
        reliably=None if least is None else worse >= least.value,
    )


def _watch(responses: Sequence[bool]) -> Watch:
    if not any(responses):
        return Watch.NO_RESPONSE
    if responses[-1]:
        return Watch.RESPONSE
    missed = list(reversed(responses)).index(True)
    return Watch.LOST if missed >= LOST_AFTER.value else Watch.WATCH
