"""A filled-in scale: its answers as QuestionnaireResponse, and what they come to as Observation derived from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kinetamine import catalogue
from kinetamine.clinic.fhir.codes import FREQUENCY, ITEMS, LOINC, OWN_SCALES, PANELS, SURVEY, TOTALS, Code, concept
from kinetamine.clinic.fhir.decode import superseded
from kinetamine.clinic.fhir.pieces import (
    Resource,
    absent,
    extension,
    moment,
    notes,
    quantity,
    refer,
    resource,
    said,
    who,
)
from kinetamine.clinic.fhir.pieces import questionnaire as form
from kinetamine.clinic.records import Score, Session, SessionEvent
from kinetamine.errors import KinetamineError

_BY_FREQUENCY = {"phq9": 9, "gad7": 7}
"""Scales whose first so many items are answered from not at all to nearly every day."""
_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_SELF = "self-report"
_TOO_LARGE = 2**31
"""FHIR's integers have 32 bits."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One form, whether it was kept as a score or as an entry of a session.

    Attributes:
        status: final, amended or entered-in-error; ``why`` in words.
    """

    name: str
    person_id: str
    session_id: str | None
    scale: str
    method: str
    recall: str
    rater: str
    answered_at: datetime
    made_at: datetime
    made_by: str
    items: Mapping[str, Any]
    total: int | None
    category: str | None
    status: str = "final"
    why: str = ""


def scores(given: Iterable[Score]) -> list[Resource]:
    """Of scores that are kept by themselves."""
    given = list(given)
    replaced = {one.corrects_id: one for one in given if one.corrects_id}
    return [one for score in given for one in resources(_of_score(score, replaced.get(score.id)))]


def entries(session: Session, rows: Iterable[SessionEvent]) -> list[Resource]:
    """Of scores that were entered in a session."""
    rows = list(rows)
    replaced = superseded(rows)
    found = (_of_entry(session, row, replaced.get(row.id)) for row in rows if row.happened == "score")
    return [one for filled in found if filled is not None for one in resources(filled)]


def resources(filled: Filled) -> tuple[Resource, Resource]:
    """Both."""
    return _response(filled), _observation(filled)


def _response(filled: Filled) -> Resource:
    panel, is_self = PANELS.get(filled.scale), filled.rater == _SELF
    subject = refer("Patient", filled.person_id)
    return resource(
        "QuestionnaireResponse",
        filled.name,
        extension=[extension("scoring-method", valueString=filled.method)] if said(filled.method) else None,
        questionnaire=f"http://loinc.org/q/{panel.code}" if panel else form(filled.scale),
        status="completed" if filled.status == "final" else filled.status,
        subject=subject,
        encounter=refer("Encounter", filled.session_id),
        authored=moment(filled.answered_at),
        author=who(filled.made_by),
        source=subject if is_self else None,
        item=[_item(filled.scale, str(name), answer) for name, answer in filled.items.items()],
    )


def _item(scale: str, name: str, answer: object) -> dict[str, Any]:
    known = ITEMS.get(scale, {}).get(name)
    found: dict[str, Any] = {"linkId": f"/{known.code}" if known else name}
    if known and known.item:
        found["text"] = known.item
    return found | ({} if answer is None else {"answer": [_answer(scale, name, answer)]})


def _answer(scale: str, name: str, answer: object) -> dict[str, Any]:
    if isinstance(answer, bool) or not isinstance(answer, int) or abs(answer) >= _TOO_LARGE:
        return {"valueString": str(answer)}
    by_words = name.isdecimal() and int(name) <= _BY_FREQUENCY.get(scale, 0) and 0 <= answer < len(FREQUENCY)
    if not by_words:
        return {"valueInteger": answer}
    return {"valueCoding": {"extension": [{"url": _ORDINAL, "valueDecimal": answer}], **FREQUENCY[answer].coding}}


def _observation(filled: Filled) -> Resource:
    code = TOTALS.get(filled.scale) or Code(OWN_SCALES, filled.scale, filled.scale, "ours")
    return resource(
        "Observation",
        filled.name,
        status=filled.status,
        category=[concept(SURVEY)],
        code=concept(code),
        subject=refer("Patient", filled.person_id),
        encounter=refer("Encounter", filled.session_id),
        effectiveDateTime=moment(filled.answered_at),
        issued=moment(filled.made_at),
        performer=[refer("Patient", filled.person_id) if filled.rater == _SELF else who(filled.made_by)],
        method=concept(text=filled.method) if said(filled.method) else None,
        note=notes(f"time asked about: {filled.recall}" if filled.recall else None, filled.why),
        derivedFrom=[refer("QuestionnaireResponse", filled.name)],
        **_comes_to(filled, code),
    )


def _comes_to(filled: Filled, code: Code) -> dict[str, Any]:
    """The total with the ends of its scale; or the level in words; or that there is neither."""
    if filled.total is not None:
        found: dict[str, Any] = {"valueQuantity": quantity(filled.total, "{score}", "points")}
        if said(filled.category):
            found["interpretation"] = [concept(text=said(filled.category))]
        return found | _ends(filled.scale)
    if said(filled.category) and code.system == LOINC:
        return {"valueCodeableConcept": concept(text=said(filled.category))}
    return {"dataAbsentReason": absent("an answer is missing, so there is no total")}


def _ends(scale: str) -> dict[str, Any]:
    try:
        low, high = catalogue.load("scales", scale).limits
    except KinetamineError:
        return {}
    ends = {"low": quantity(low, "{score}", "points"), "high": quantity(high, "{score}", "points")}
    return {"referenceRange": [ends | {"text": "the ends of the scale, not what is normal"}]}


def _of_score(score: Score, replaced: Score | None) -> Filled:
    return Filled(
        name=score.id,
        person_id=score.person_id,
        session_id=score.session_id,
        scale=score.scale,
        method=score.method,
        recall=score.recall,
        rater=score.rater,
        answered_at=score.answered_at,
        made_at=score.made_at,
        made_by=score.made_by,
        items=score.items,
        total=score.total,
        category=score.category,
        **_status(score, replaced),
    )


def _of_entry(session: Session, row: SessionEvent, replaced: SessionEvent | None) -> Filled | None:
    answers = row.content.get("answers")
    if not isinstance(answers, Mapping):
        return None
    scale = str(row.content.get("scale", ""))
    total, category, method, rater = scored(scale, answers)
    return Filled(
        name=row.id,
        person_id=session.person_id,
        session_id=session.id,
        scale=scale,
        method=method,
        recall=str(row.content.get("recall") or ""),
        rater=rater,
        answered_at=row.device_time,
        made_at=row.made_at,
        made_by=row.made_by,
        items=answers,
        total=total,
        category=category,
        **_status(row, replaced),
    )


def scored(scale: str, answers: Mapping[str, Any]) -> tuple[int | None, str, str, str]:
    """Total, category, method and who rates it; answers that the scale does not know come to nothing."""
    try:
        known = catalogue.load("scales", scale)
        found = known.score(answers)
    except (KinetamineError, TypeError):
        return None, "", "", ""
    return found.total, found.category, found.method, str(known.rater)


def _status(row: Score | SessionEvent, replaced: Score | SessionEvent | None) -> dict[str, str]:
    if replaced is not None:
        return {"status": "entered-in-error", "why": replaced.why or ""}
    if row.corrects_id:
        return {"status": "amended", "why": f"in place of {row.corrects_id}: {row.why}"}
    return {}
