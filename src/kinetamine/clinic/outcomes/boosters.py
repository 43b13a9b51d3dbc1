"""Proposals to bring a dose forward, with what speaks for and against each: a list to decide on, never an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinetamine.clinic.basis import PROJECT, SPRAVATO_LABEL_2019
from kinetamine.clinic.eligibility.assess import Finding
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.outcomes.trajectory import Path, Place, Relapse, Watch, relapse_watch
from kinetamine.engine.model import Estimate, Provenance

CLOSEST_D = Estimate(
    3.0, "days", SPRAVATO_LABEL_2019, "section 2.2", Provenance.DERIVED, "twice weekly is the closest it has"
)
OLDEST_RATING_D = Estimate(7.0, "days", PROJECT, "boosters", Provenance.ASSUMED, "an older score says little of today")
NO_ORDER = "A proposal to decide on. It names no dose, and nothing follows from it by itself."


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Look at bringing the next dose forward.

    Attributes:
        reasons: what speaks for it; ``against`` what speaks against it or is not known.
    """

    scale: str
    made_at: datetime
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    note: str = NO_ORDER


def booster(
    found: Path,
    *,
    last_dose_at: datetime,
    next_dose_at: datetime | None,
    open_findings: tuple[Finding, ...],
    now: datetime,
) -> Proposal | None:
    """A proposal where a response is being lost; None where nothing in the scores speaks for one.

    Args:
        open_findings: of the latest assessment: they stand against it, word for word.
    """
    moment = in_utc("now", now)
    relapse = relapse_watch(found)
    reasons = _reasons(found, relapse)
    if not reasons:
        return None
    against = (
        *_time_against(relapse, in_utc("last_dose_at", last_dose_at), next_dose_at, moment),
        *_findings(open_findings),
    )
    return Proposal(scale=found.scale, made_at=moment, reasons=reasons, against=against)


def _reasons(found: Path, relapse: Relapse) -> tuple[str, ...]:
    reasons = []
    if relapse.watch in {Watch.WATCH, Watch.LOST}:
        reasons.append(relapse.watch.value)
    if relapse.reliably:
        reasons.append(f"{relapse.worse_by} points worse on {found.scale} than at best, which is more than scatter")
    if reasons and found.points[-1].place is Place.ABOVE:
        reasons.append("the last score lies above what the model expected of this series")
    return tuple(reasons)


def _time_against(
    relapse: Relapse, last_dose_at: datetime, next_dose_at: datetime | None, now: datetime
) -> tuple[str, ...]:
    against = []
    since = (now - last_dose_at).total_seconds() / 86400.0
    if since < CLOSEST_D.value:
        against.append(f"{since:.1f} days since the last dose; {CLOSEST_D.value:g} is the closest that the label has")
    if (
        next_dose_at is not None
        and (days := (in_utc("next_dose_at", next_dose_at) - now).total_seconds() / 86400.0) >= 0
    ):
        against.append(f"a dose is planned in {days:.1f} days")
    if relapse.last is not None and (age := (now - relapse.last.at).total_seconds() / 86400.0) > OLDEST_RATING_D.value:
        against.append(f"the last score is {age:.0f} days old: rate again first")
    if relapse.reliably is None:
        against.append("whether the change is more than scatter is not known: no number was published")
    elif not relapse.reliably:
        against.append("the change is within scatter")
    return tuple(against)


def _findings(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(one.text for one in findings if one.is_open)
