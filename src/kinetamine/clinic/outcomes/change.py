"""What a change of score may mean: reliable, meaningful, response, remission; by numbers with sources, or not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.signature import require_words
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Scale, Score
from kinetamine.errors import FieldError, UnknownNameError

LOWE = Reference(
    key="lowe_2004",
    authors='L{\\"o}we, B and Un{\\"u}tzer, J and Callahan, CM and Perkins, AJ and Kroenke, K',
    title="Monitoring depression treatment outcomes with the Patient Health Questionnaire-9",
    journal="Medical Care",
    year=2004,
    volume="42",
    pages="1194-1201",
    doi="10.1097/00005650-200412000-00006",
    pmid="15550799",
)
TRANSFORM = Reference(
    key="transform_meaningful_change",
    authors="{TRANSFORM-1 and TRANSFORM-2 analysis}",
    title="Meaningful change of the PHQ-9 and the MADRS in treatment-resistant depression, by an anchor of severity",
    journal="Journal of Affective Disorders",
    year=2020,
    pmid="33261932",
    url="https://pubmed.ncbi.nlm.nih.gov/33261932/",
)
BISCHOFF = Reference(
    key="bischoff_2020",
    authors="Bischoff, T and Anderson, SR and Heafner, J and Tambling, R",
    title="Establishment of a reliable change index for the GAD-7",
    journal="Psychology, Community and Health",
    year=2020,
    doi="10.5964/pch.v8i1.309",
)
TOUSSAINT = Reference(
    key="toussaint_2020",
    authors='Toussaint, A and H{\\"u}sing, P and Gumz, A and Wingenfeld, K and H{\\"a}rter, M and Schramm, E and '
    'L{\\"o}we, B',
    title="Sensitivity to change and minimal clinically important difference of the 7-item Generalized Anxiety "
    "Disorder Questionnaire (GAD-7)",
    journal="Journal of Affective Disorders",
    year=2020,
    volume="265",
    pages="395-401",
    doi="10.1016/j.jad.2020.01.032",
    pmid="32090765",
)
_ABSTRACT, _POINTS = "abstract", "points"
RELIABLE: Mapping[str, Estimate] = {
    "phq9": Estimate(5.0, _POINTS, LOWE, _ABSTRACT, Provenance.MEASURED, "two standard errors of measurement"),
    "gad7": Estimate(6.0, _POINTS, BISCHOFF, _ABSTRACT, Provenance.MEASURED, "5.59, rounded up"),
}
"""Least change that is more than scatter; for the rest the scale's own ``RELIABLE``, or nothing is said."""
MEANINGFUL: Mapping[str, Estimate] = {
    "phq9": Estimate(6.0, _POINTS, TRANSFORM, _ABSTRACT, Provenance.MEASURED, "fall, in resistant depression"),
    "madrs": Estimate(10.0, _POINTS, TRANSFORM, _ABSTRACT, Provenance.MEASURED, "fall, in resistant depression"),
    "gad7": Estimate(4.0, _POINTS, TOUSSAINT, _ABSTRACT, Provenance.MEASURED, "chronic depression"),
}
"""Least change that matters; for the rest the scale's own ``MEANINGFUL``."""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One form that was filled in.

    Attributes:
        recall: the time it asks about; ratings of another recall are another instrument.
        answers: every item's, kept; an item that is left out, or None, was not answered.
    """

    name: str
    scale: str
    at: datetime
    recall: str
    answers: tuple[tuple[str, int | None], ...]
    by: str

    def __post_init__(self) -> None:
        """The time in UTC, an author, a recall that the scale has, and answers that it takes."""
        object.__setattr__(self, "at", in_utc("at", self.at))
        for field in ("name", "by"):
            require_words(field, getattr(self, field))
        known = scale_of(self.scale).recall
        if self.recall not in known:
            raise UnknownNameError(f"recall of {self.scale}", self.recall, known)
        _ = self.score

    @cached_property
    def score(self) -> Score:
        """The answers, scored by the scale's versioned function."""
        return scale_of(self.scale).score(dict(self.answers))


@dataclass(frozen=True, kw_only=True)
class Change:
    """From one rating to a later one; None wherever nothing can be said.

    Attributes:
        better_by: points to the better, negative to the worse.
        share: of the first score that is gone.
        reliable: better or worse by more than scatter; ``meaningful`` by what matters.
        response, remission: by the scale's own numbers.
        why_not: what is not known, and why.
    """

    scale: str
    better_by: int | None
    share: float | None
    reliable: bool | None
    meaningful: bool | None
    response: bool | None
    remission: bool | None
    why_not: tuple[str, ...]


def scale_of(name: str) -> Scale:
    """The scale of that name."""
    found: Scale = catalogue.load("scales", name)
    return found


def reliable_points(scale: str) -> Estimate | None:
    """The least change on a scale that is more than scatter, where anybody has published one."""
    return RELIABLE.get(scale) or scale_of(scale).numbers.get("RELIABLE")


def meaningful_points(scale: str) -> Estimate | None:
    """The least change on a scale that matters, where anybody has published one."""
    return MEANINGFUL.get(scale) or scale_of(scale).numbers.get("MEANINGFUL")


def change(first: Rating, later: Rating, *, wide_remission: bool = False) -> Change:
    """What became of a score.

    Args:
        wide_remission: the limit that the trials of esketamine use, where a scale has two.

    Raises:
        FieldError: two scales, two recalls, or the wrong order.
    """
    _require_pair(first, later)
    scale = scale_of(first.scale)
    before, after = first.score.total, later.score.total
    numbers = scale.numbers
    why = [f"{one.name}: no total" for one in (first, later) if one.score.total is None]
    sign = 1 if scale.worse == "higher" else -1
    fall = None if before is None or after is None else sign * (before - after)
    share = None if fall is None or not before else fall / before
    limit = (
        numbers.get("REMISSION_WIDE") if wide_remission and "REMISSION_WIDE" in numbers else numbers.get("REMISSION")
    )
    response = numbers.get("RESPONSE")
    asked = {
        "reliable change": reliable_points(first.scale),
        "meaningful change": meaningful_points(first.scale),
        "response": response,
        "remission": limit,
    }
    why += [f"{name}: no number published for {first.scale} was read" for name, one in asked.items() if one is None]
    return Change(
        scale=first.scale,
        better_by=fall,
        share=share,
        reliable=_reaches(None if fall is None else abs(fall), asked["reliable change"]),
        meaningful=_reaches(None if fall is None else abs(fall), asked["meaningful change"]),
        response=_reaches(share, response),
        remission=None if limit is None or after is None else after <= limit.value,
        why_not=tuple(why),
    )


def _reaches(value: float | None, least: Estimate | None) -> bool | None:
    return None if value is None or least is None else value >= least.value


def _require_pair(first: Rating, later: Rating) -> None:
    for field in ("scale", "recall"):
        if getattr(first, field) != getattr(later, field):
            raise FieldError(field, getattr(later, field), f"{getattr(first, field)}, as in the first rating")
    if later.at < first.at:
        raise FieldError("at", later.at.isoformat(), f"not before {first.at.isoformat()}")
