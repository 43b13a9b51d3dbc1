"""What was asked before treatment, as QuestionnaireResponse; every finding that is open, as DetectedIssue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from kinetamine.clinic.eligibility.assess import assess
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.fhir.codes import concept
from kinetamine.clinic.fhir.pieces import Resource, moment, refer, resource, said, who
from kinetamine.clinic.fhir.pieces import questionnaire as form
from kinetamine.clinic.records import Enrolment
from kinetamine.engine.events import Form
from kinetamine.errors import KinetamineError

_WORDS = {one.name: one.question for one in QUESTIONS}
_SEVERITY = {"contraindicated": "high", "decide and record": "moderate", "caution": "moderate"}
_OPEN = ("met", "not known", "")
_TOO_LARGE = 1e15
_DECIDED = "decided on; the reason is not recorded"
_LISTS = ("findings", "to_decide")
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9.-]+")


def response(enrolment: Enrolment) -> list[Resource]:
    """The answers, where they were kept; what nobody knew has none."""
    facts = enrolment.eligibility.get("facts") or enrolment.eligibility.get("answers")
    if not isinstance(facts, Mapping):
        return []
    made = resource(
        "QuestionnaireResponse",
        enrolment.id,
        questionnaire=form("eligibility", _version(enrolment)),
        status="completed",
        subject=refer("Patient", enrolment.person_id),
        authored=moment(enrolment.started_at),
        author=who(enrolment.made_by),
        item=[_item(str(name), answer) for name, answer in facts.items() if said(str(name))],
    )
    return [made]


def issues(enrolment: Enrolment) -> list[Resource]:
    """One for each rule that is met, not known, or answered so and judged by none, with its reason and its source."""
    return [_issue(enrolment, place, one) for place, one in enumerate(_findings(enrolment), start=1)]


def _issue(enrolment: Enrolment, place: int, finding: Mapping[str, Any]) -> Resource:
    rule = str(finding.get("rule") or finding.get("name") or place)
    grade = str(finding.get("grade") or "")
    decision = finding.get("decision") or finding.get("reason_decided")
    text = finding.get("text") or finding.get("reason") or rule
    return resource(
        "DetectedIssue",
        f"{enrolment.id}-{_NOT_IN_IDS.sub('-', str(place))}",
        status="final",
        code=concept(text=": ".join(one for one in (rule.replace("_", " "), grade) if one)),
        severity=_SEVERITY.get(grade, "low"),
        patient=refer("Patient", enrolment.person_id),
        identifiedDateTime=moment(enrolment.started_at),
        author=who(enrolment.made_by),
        detail=str(text),
        evidence=[{"code": [concept(text=str(one))]}]
        if (one := finding.get("source") or finding.get("cited"))
        else None,
        mitigation=[_mitigation(decision)] if decision else None,
    )


def _findings(enrolment: Enrolment) -> Iterable[Mapping[str, Any]]:
    """As they were listed, or judged again from the answers where the rules are still the same."""
    eligibility = enrolment.eligibility
    judged = _judged(enrolment)
    if judged is not None:
        return judged
    found = next((eligibility[one] for one in _LISTS if isinstance(eligibility.get(one), Sequence)), ())
    listed = (one if isinstance(one, Mapping) else {"rule": str(one)} for one in found)
    return [one for one in listed if str(one.get("outcome", "")) in _OPEN]


def _judged(enrolment: Enrolment) -> list[Mapping[str, Any]] | None:
    held = enrolment.eligibility
    if held.get("fingerprint") != PUBLISHED.fingerprint:
        return None
    try:
        given = held["treatment"]
        treatment = Treatment(form=Form(given["form"]), route=given["route"], use=Use(given["use"]))
        found = assess(held["answers"], PUBLISHED, treatment, datetime.fromisoformat(held["assessed_at"]))
    except (KinetamineError, KeyError, TypeError, ValueError):
        return None
    made, reasons = {one["rule"]: one for one in held.get("decisions", ())}, _reasons(enrolment)
    return [
        {
            "rule": one.rule.name,
            "grade": str(one.grade),
            "outcome": str(one.outcome),
            "text": one.text,
            "source": one.rule.basis.cited,
            "decision": made.get(one.rule.name) and {**made[one.rule.name], "reason": reasons.get(one.rule.name)},
        }
        for one in found.to_decide
    ]


def _reasons(enrolment: Enrolment) -> Mapping[str, str]:
    """Why each was decided so: kept sealed, beside the decisions."""
    try:
        found = json.loads(enrolment.notes or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _item(name: str, answer: object) -> dict[str, Any]:
    found: dict[str, Any] = {"linkId": name, "text": _WORDS.get(name, name.replace("_", " "))}
    match answer:
        case None:
            return found
        case bool():
            value: dict[str, Any] = {"valueBoolean": answer}
        case int() | float() if abs(answer) < _TOO_LARGE:
            value = {"valueDecimal": answer}
        case _:
            value = {"valueString": said(str(answer))}
    return found | ({"answer": [value]} if value != {"valueString": ""} else {})


def _mitigation(decision: object) -> dict[str, Any]:
    """What was decided, by whom and when."""
    if not isinstance(decision, Mapping):
        return {"action": concept(text=said(str(decision)) or _DECIDED)}
    text = said(str(decision.get("reason") or decision.get("why") or ""))
    more = {"date": decision.get("at"), "author": who(decision.get("by"))}
    return {"action": concept(text=text or _DECIDED)} | {name: value for name, value in more.items() if value}


def _version(enrolment: Enrolment) -> str:
    return str(enrolment.eligibility.get("version") or enrolment.eligibility.get("rules") or "unknown")
