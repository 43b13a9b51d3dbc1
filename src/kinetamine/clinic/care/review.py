"""The series looked at again before one dose of it: what was asked, what the rules find, and what was decided.

The decision is free text and is kept, sealed, as the reason of the change that wrote the answers down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinetamine.clinic.access import Action, Records
from kinetamine.clinic.care.eligibility import in_order
from kinetamine.clinic.care.plan import require_to_come, treatment_of_order
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.eligibility.assess import Assessment, Finding, Outcome, assess
from kinetamine.clinic.eligibility.facts import Facts
from kinetamine.clinic.plan_rules import SERIES
from kinetamine.clinic.records import Order
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError

REVIEW = "review"
QUESTIONS = tuple(one for one in SERIES.questions if one.name != "day")
"""What is asked; the day of the series the order knows itself."""


@dataclass(frozen=True, kw_only=True)
class Review:
    """One look at the series.

    Attributes:
        by: who asked.
        decision: in words; empty where nothing was to be decided on, or the reader may not see it.
        outdated: the rules have changed since.
    """

    assessment: Assessment
    by: str
    answers: Facts
    decision: str
    outdated: bool

    @property
    def listed(self) -> tuple[Finding, ...]:
        """What is met by gravity, then what is not known."""
        return in_order(self.assessment.to_decide)


def ask(records: Records, order_id: str, version: int, answers: Facts, decision: str, by: Signature) -> Order:
    """Judge the rules of the series for this dose, and keep what was decided on them.

    Raises:
        InputError: an answer is none, or a rule is met and nobody says what was decided.
        Refusal: the role does not allow it, or the order has changed since.
    """
    records.require(Action.CHANGE, Order)
    order = records.get(Order, order_id)
    require_to_come(records, order, "state")
    known = {name: answer for name, answer in answers.items() if answer is not None}
    found = _judged(order, known, by.at)
    if any(one.outcome is Outcome.MET for one in found.to_decide) and not decision.strip():
        listed = "; ".join(one.rule.title for one in found.to_decide if one.outcome is Outcome.MET)
        raise ToldError("decision", f"Say what was decided, and why, on: {listed}.")
    kept = {
        "answers": known,
        "at": found.at.isoformat(),
        "by": by.by,
        "role": by.role,
        "fingerprint": found.fingerprint,
        "decided_in": version,
    }
    why = decision.strip() or "looked at before the dose; no rule was met"
    return records.change(Order, order_id, version, why, details=order.details | {REVIEW: kept})


def of(records: Records, order: Order) -> Review | None:
    """The latest look at the series for this dose; None where there was none."""
    held = order.details.get(REVIEW)
    if not held:
        return None
    reasons = {one.version: one.why for one in records.history(Order, order.id)}
    return Review(
        assessment=_judged(order, held["answers"], datetime.fromisoformat(held["at"])),
        by=held["by"],
        answers=held["answers"],
        decision=reasons.get(held["decided_in"], ""),
        outdated=held["fingerprint"] != SERIES.fingerprint,
    )


def still_open(records: Records, order: Order) -> tuple[str, ...]:
    """What is not known to be so of the series before this dose, in words, for a session's start.

    A rule that is met stays on the list, with what was decided on it.
    """
    found = of(records, order)
    if found is None:
        return ("the series was looked at before this dose",)
    outdated = ["the series was looked at by the rules of today (they have changed since)"] if found.outdated else []
    decided = f"; decided: {found.decision}" if found.decision else ""
    met = [one for one in found.listed if one.outcome is Outcome.MET]
    return (*outdated, *(f"no rule of the series is met ({one.rule.title}: {one.grade}{decided})" for one in met))


def _judged(order: Order, answers: Facts, at: datetime) -> Assessment:
    treatment = treatment_of_order(order)
    if treatment is None:
        raise FieldError("treatment", None, "an order that was planned here, and says for what")
    return assess({"day": float(order.details["day"])} | dict(answers), SERIES, treatment, at)
