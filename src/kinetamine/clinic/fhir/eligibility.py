"""What was asked before treatment, as QuestionnaireResponse; every finding that is open, as DetectedIssue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.fhir.codes import concept
from kinetamine.clinic.fhir.pieces import Resource, moment, refer, resource, who
from kinetamine.clinic.fhir.pieces import questionnaire as form
from kinetamine.clinic.records import Enrolment

_WORDS = {one.name: one.question for one in QUESTIONS}
_SEVERITY = {"contraindicated": "high", "decide and record": "moderate", "caution": "moderate"}
_OPEN = ("met", "not known", "")
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
        item=[_item(str(name), answer) for name, answer in facts.items()],
    )
    return [made]


def issues(enrolment: Enrolment) -> list[Resource]:
    """One for each rule that is met or not known, with its reason and its source."""
    return [_issue(enrolment, place, one) for place, one in enumerate(_findings(enrolment.eligibility), start=1)]


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
        mitigation=[{"action": concept(text=_told(decision))}] if decision else None,
    )


def _findings(eligibility: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    found = next((eligibility[one] for one in _LISTS if isinstance(eligibility.get(one), Sequence)), ())
    listed = (one if isinstance(one, Mapping) else {"rule": str(one)} for one in found)
    return [one for one in listed if str(one.get("outcome", "")) in _OPEN]


def _item(name: str, answer: object) -> dict[str, Any]:
    found: dict[str, Any] = {"linkId": name, "text": _WORDS.get(name, name.replace("_", " "))}
    match answer:
        case None:
            return found
        case bool():
            value: dict[str, Any] = {"valueBoolean": answer}
        case int() | float():
            value = {"valueDecimal": answer}
        case _:
            value = {"valueString": str(answer)}
    return found | {"answer": [value]}


def _told(decision: object) -> str:
    if isinstance(decision, Mapping):
        return str(decision.get("reason") or decision.get("why") or decision)
    return str(decision)


def _version(enrolment: Enrolment) -> str:
    return str(enrolment.eligibility.get("version") or enrolment.eligibility.get("rules") or "unknown")
