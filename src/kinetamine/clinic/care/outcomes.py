"""Scores over weeks: each scale beside what the model expected, what a change may mean, and what to decide on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from kinetamine.clinic.access import Action, Records, policy
from kinetamine.clinic.care import expecting, ratings
from kinetamine.clinic.care.expecting import Given
from kinetamine.clinic.eligibility.assess import Finding, Outcome, assess
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.outcomes.boosters import Proposal, booster
from kinetamine.clinic.outcomes.change import Rating, scale_of
from kinetamine.clinic.outcomes.trajectory import Expected, Path, Relapse, path, relapse_watch
from kinetamine.clinic.records import Enrolment, Order, Score
from kinetamine.engine.events import Form
from kinetamine.engine.scale import Scale


@dataclass(frozen=True, kw_only=True)
class Track:
    """One scale with one recall, over time.

    Attributes:
        path: every rating against the baseline, and against the band where there is one.
        forms: the stored form of every rating, by id.
        expected: what the model expects; None, and ``why_not`` says why.
    """

    scale: Scale
    recall: str
    path: Path
    forms: dict[str, Score]
    relapse: Relapse
    expected: Expected | None
    why_not: str
    proposal: Proposal | None

    @property
    def key(self) -> str:
        """Scale and recall."""
        return f"{self.scale.name}, {self.recall}"

    @property
    def is_later(self) -> bool:
        """Whether the model can be asked, and was not yet."""
        return self.why_not == expecting.LATER


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """All that is known of how somebody fares.

    Attributes:
        tracks: the scales with most forms first.
        doses: what was given and what is planned, in order.
        unread: forms that the scales of today cannot read; they are kept.
        not_known: rules of the latest assessment that could not be judged; None where nobody asked.
        hidden: what belongs to it, and the role does not read.
    """

    tracks: tuple[Track, ...]
    doses: tuple[Given, ...]
    unread: tuple[Score, ...]
    not_known: int | None
    hidden: tuple[str, ...] = ()


def outlook(records: Records, person_id: str, now: datetime, *, roles: Iterable[str], work: bool = True) -> Outlook:
    """Read everything that belongs to it and that these roles read.

    Args:
        work: compute expectations that are not at hand, which takes some seconds.

    Raises:
        NoSuchRecordError: there is no such person.
    """
    forms = ratings.standing(ratings.of_person(records, person_id))
    reads = {kind: policy.scope(roles, kind.kind, Action.READ) is not None for kind in (Order, Enrolment)}
    doses = expecting.doses(records, person_id, now, orders=reads[Order])
    findings = _findings(records, person_id) if reads[Enrolment] else None
    read = {one.id: rating for one in forms if (rating := ratings.rating_of(one)) is not None}
    by_id = {one.id: one for one in forms}
    around = _Around(forms=by_id, doses=doses, findings=findings, now=now, work=work, orders=reads[Order])
    tracks = [_track(group, around) for group in _groups(list(read.values()))]
    return Outlook(
        tracks=tuple(sorted(tracks, key=lambda one: (-len(one.path.points), one.scale.title))),
        doses=doses,
        unread=tuple(one for one in forms if one.id not in read),
        not_known=None if findings is None else sum(one.outcome is Outcome.NOT_KNOWN for one in findings),
        hidden=tuple(kind.kind for kind, read in reads.items() if not read),
    )


def _groups(found: Sequence[Rating]) -> list[list[Rating]]:
    """By scale and recall: another recall is another instrument."""
    ordered = sorted(found, key=lambda one: (one.scale, one.recall, one.at))
    return [list(same) for _, same in groupby(ordered, key=lambda one: (one.scale, one.recall))]


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What every scale is looked at with."""

    forms: dict[str, Score]
    doses: tuple[Given, ...]
    findings: tuple[Finding, ...] | None
    now: datetime
    work: bool
    orders: bool


def _track(group: list[Rating], around: _Around) -> Track:
    given = [one for one in around.doses if one.was_given]
    expected, why_not = None, "it follows from the orders, which your role does not read"
    if around.orders:
        expected, why_not = expecting.expected(group, around.doses, around.now, work=around.work)
    found = path(group, given[0].at if given else None, None if expected is None else expected.band)
    return Track(
        scale=scale_of(group[0].scale),
        recall=group[0].recall,
        path=found,
        forms={one.name: around.forms[one.name] for one in group},
        relapse=relapse_watch(found),
        expected=expected,
        why_not=why_not,
        proposal=_proposal(found, around) if given else None,
    )


def _proposal(found: Path, around: _Around) -> Proposal | None:
    planned = [one.at for one in around.doses if not one.was_given and one.at >= around.now]
    return booster(
        found,
        last_dose_at=max(one.at for one in around.doses if one.was_given),
        next_dose_at=min(planned, default=None),
        open_findings=tuple(one for one in around.findings or () if one.outcome is not Outcome.NOT_KNOWN),
        now=around.now,
    )


def _findings(records: Records, person_id: str) -> tuple[Finding, ...] | None:
    """What the latest assessment was left with, decided on or not: it speaks against a further dose either way."""
    asked = [one for one in records.find(Enrolment, person_id=person_id) if one.eligibility.get("answers")]
    if not asked:
        return None
    held = max(asked, key=lambda one: one.started_at).eligibility
    known = {one.name for one in PUBLISHED.questions}
    treatment = Treatment(
        form=Form(held["treatment"]["form"]), route=held["treatment"]["route"], use=Use(held["treatment"]["use"])
    )
    answers = {name: answer for name, answer in held["answers"].items() if name in known}
    at = in_utc("assessed_at", datetime.fromisoformat(held["assessed_at"]))
    return assess(answers, PUBLISHED, treatment, at).to_decide
