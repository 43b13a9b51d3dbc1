"""What was asked before treatment, what the rules found in it, and what a physician decided; kept with the enrolment.

Reasons are free text and go into the sealed column; answers, outcomes and who decided go beside the treatment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from kinetamine.clinic.access import Action, Records
from kinetamine.clinic.care.enrolment import ENDED, require_treatment, treatment_json, treatment_of
from kinetamine.clinic.care.told import at_field
from kinetamine.clinic.eligibility.assess import Assessment, Decision, Finding, Outcome, assess, decide, undecided
from kinetamine.clinic.eligibility.facts import Facts
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.rules import Grade, RuleSet
from kinetamine.clinic.records import Enrolment
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One assessment and what was decided on it.

    Attributes:
        by: who asked.
        answers: as given; what is not among them is not known.
        outdated: the rules have changed since, so that everything must be asked again.
    """

    assessment: Assessment
    by: str
    answers: Facts
    decisions: tuple[Decision, ...]
    outdated: bool

    @property
    def open(self) -> tuple[Finding, ...]:
        """What nobody decided on: what is met by gravity, then what is not known."""
        return in_order(undecided(self.assessment, self.decisions))

    @property
    def decided(self) -> tuple[tuple[Finding, Decision], ...]:
        """What was decided on, and how."""
        made = {one.rule: one for one in self.decisions}
        still = {one.rule.name for one in self.open}
        listed = in_order(self.assessment.to_decide)
        return tuple((one, made[one.rule.name]) for one in listed if one.rule.name in made.keys() - still)


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Contraindications first, then what else was answered so, then what is not known."""
    return tuple(sorted(findings, key=lambda one: (one.outcome is Outcome.NOT_KNOWN, list(Grade).index(one.grade))))


def ask(
    records: Records, enrolment_id: str, version: int, answers: Facts, by: Signature, rules: RuleSet = PUBLISHED
) -> Standing:
    """Judge the rules on these answers, in place of any earlier ones, whose decisions do not carry over.

    Raises:
        InputError: an answer is none, or the enrolment does not say for which treatment.
    """
    treatment = require_treatment(_open(records, enrolment_id))
    known = {name: answer for name, answer in answers.items() if answer is not None}
    found = assess(known, rules, treatment, by.at)
    content = {
        "treatment": treatment_json(treatment),
        "answers": known,
        "assessed_at": found.at.isoformat(),
        "assessed_by": by.by,
        "rule_set": found.rule_set,
        "version": found.version,
        "fingerprint": found.fingerprint,
        "decisions": [],
    }
    kept = records.change(Enrolment, enrolment_id, version, "asked before treatment", eligibility=content, notes=None)
    return _standing(kept, rules)


def settle(
    records: Records,
    enrolment_id: str,
    version: int,
    reasons: Mapping[str, str],
    by: Signature,
    rules: RuleSet = PUBLISHED,
) -> Standing:
    """Record decisions on open findings, each with its reason.

    Raises:
        FieldError: no reason is given, nothing was asked yet, or the rules have changed since.
        Refusal: not a physician.
    """
    records.require(Action.CHANGE, Enrolment)
    enrolment = _open(records, enrolment_id)
    stands = standing(enrolment, rules)
    if stands is None or stands.outdated:
        raise FieldError("reasons", "answers to other rules", "answers to the rules as they are: ask anew")
    if not reasons:
        raise FieldError("reasons", "", "a reason beside each finding that is decided on")
    made = []
    for rule, reason in reasons.items():
        with at_field(f"reason_{rule}"):
            made.append(decide(stands.assessment, rule, reason, by))
    names = {one.rule for one in made}
    decisions = (*(one for one in stands.decisions if one.rule not in names), *made)
    content = enrolment.eligibility | {"decisions": [_decision_json(one) for one in decisions]}
    words = json.dumps({one.rule: one.reason for one in decisions}, ensure_ascii=False)
    why = f"decided on {', '.join(sorted(names))}"
    kept = records.change(Enrolment, enrolment_id, version, why, eligibility=content, notes=words)
    return _standing(kept, rules)


def standing(enrolment: Enrolment, rules: RuleSet = PUBLISHED) -> Standing | None:
    """What was asked and decided; None where nothing was asked yet."""
    if "answers" not in enrolment.eligibility or treatment_of(enrolment) is None:
        return None
    return _standing(enrolment, rules)


def still_open(enrolment: Enrolment, at: datetime, zone: tzinfo, rules: RuleSet = PUBLISHED) -> tuple[str, ...]:
    """What is not known to be so of the questions before treatment, in words, for a session's start.

    Pressure and food are asked of one day: answers of another day, or to rules that have changed, are to be asked for
    again. What those answers left open stays on the list until then.

    Args:
        at: the session's time.
        zone: the clinic's, which says on which day that is.
    """
    stands = standing(enrolment, rules)
    if stands is None:
        return ("the questions before treatment were asked",)
    found = []
    if why := _stale(stands, at, zone):
        found.append(f"the questions before treatment were asked today, by the rules of today ({why})")
    if stands.open:
        found.append(f"every finding is decided on ({len(stands.open)} open)")
    return tuple(found)


def _open(records: Records, enrolment_id: str) -> Enrolment:
    enrolment = records.get(Enrolment, enrolment_id)
    if enrolment.state == ENDED:
        raise FieldError("state", ENDED, "an enrolment that has not ended")
    return enrolment


def _stale(stands: Standing, at: datetime, zone: tzinfo) -> str:
    """Why an assessment does not count at this time; empty where it does."""
    asked_on, today = (one.astimezone(zone).date() for one in (stands.assessment.at, at))
    other_day = [] if asked_on == today else [f"last on {asked_on}"]
    return "; ".join([*other_day, *(["the rules have changed since"] if stands.outdated else [])])


def _standing(enrolment: Enrolment, rules: RuleSet) -> Standing:
    held = enrolment.eligibility
    at, treatment = datetime.fromisoformat(held["assessed_at"]), require_treatment(enrolment)
    outdated = held["fingerprint"] != rules.fingerprint
    asked = {one.name for one in rules.questions}
    answers = {name: answer for name, answer in held["answers"].items() if name in asked}
    reasons = json.loads(enrolment.notes) if enrolment.notes and held["decisions"] else {}
    return Standing(
        assessment=assess(answers, rules, treatment, at),
        by=held["assessed_by"],
        answers=answers,
        decisions=tuple(_decision(one, enrolment, reasons) for one in held["decisions"]),
        outdated=outdated,
    )


def _decision_json(decision: Decision) -> dict[str, Any]:
    by = decision.signature
    return {
        "rule": decision.rule,
        "outcome": decision.outcome.value,
        "fingerprint": decision.fingerprint,
        "by": by.by,
        "role": by.role,
        "at": by.at.isoformat(),
    }


def _decision(held: Mapping[str, Any], enrolment: Enrolment, reasons: Mapping[str, str]) -> Decision:
    return Decision(
        rule=held["rule"],
        outcome=Outcome(held["outcome"]),
        treatment=require_treatment(enrolment),
        assessed_at=datetime.fromisoformat(enrolment.eligibility["assessed_at"]),
        fingerprint=held["fingerprint"],
        reason=reasons.get(held["rule"], ""),
        signature=Signature(by=held["by"], role=held["role"], at=datetime.fromisoformat(held["at"])),
    )
