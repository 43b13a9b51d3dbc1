"""A record in words, section by section, for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kinetamine.clinic.access.whole import Whole
from kinetamine.clinic.bands import CONTENTS, NATURE
from kinetamine.clinic.fhir import eligibility, prediction
from kinetamine.clinic.fhir.administration import administrations
from kinetamine.clinic.fhir.codes import UNITS
from kinetamine.clinic.fhir.decode import absent_of, superseded, values_of
from kinetamine.clinic.fhir.score import scored
from kinetamine.clinic.records import Score, Session, SessionEvent

_NONE = "-"
_PRESSURES = ("systolic", "diastolic")
_NUMBERS = {"ml_per_h": "mL/h", "mg_per_ml": "mg/mL", "mg": "mg", "number": "", "salt": "", "lot": "lot"}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the document.

    Attributes:
        predicted: a model's, and set in another ink.
        widths: of its columns, to each other.
    """

    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    predicted: bool = False


@dataclass(frozen=True)
class _Teller:
    record: Whole
    zone: ZoneInfo

    def when(self, at: datetime | None) -> str:
        return _NONE if at is None else at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")

    def who(self, user_id: str | None) -> str:
        names = {one.id: one.shown_as for one in self.record.users}
        return _NONE if user_id is None else names.get(user_id, user_id)


def sections(record: Whole, zone: ZoneInfo) -> Iterator[Section]:
    """All of it, in the order in which it is read."""
    tell = _Teller(record, zone)
    person = record.person
    yield Section(
        title="Person",
        head=("number", "name", "born on", "sex", "contact", "notes"),
        rows=(_texts(person.number, person.name, person.born_on, person.sex, person.contact, person.notes),),
    )
    yield from _before(tell)
    for session in sorted(record.sessions, key=lambda one: one.started_at or one.made_at):
        yield from _session(tell, session)
    yield _scores(tell)
    yield from _after(tell)


def _before(tell: _Teller) -> Iterator[Section]:
    record = tell.record
    yield Section(
        title="Enrolment",
        head=("condition", "programme", "state", "from", "to", "eligibility", "notes"),
        rows=tuple(
            _texts(
                one.condition,
                one.programme,
                one.state,
                tell.when(one.started_at),
                tell.when(one.ended_at),
                one.eligibility.get("summary") or f"rules {one.eligibility.get('version', _NONE)}",
                one.notes,
            )
            for one in record.enrolments
        ),
        widths=(2, 2, 1, 2, 2, 4, 2),
    )
    issues = [one for enrolment in record.enrolments for one in eligibility.issues(enrolment)]
    if issues:
        yield Section(
            title="Findings before treatment, met or not known",
            head=("rule and grade", "finding", "decided"),
            rows=tuple(_texts(one["code"]["text"], one.get("detail"), _decided(one)) for one in issues),
            widths=(2, 6, 3),
        )
    yield Section(
        title="Consents",
        head=("text", "version", "given", "revoked", "SHA-256 of the text"),
        rows=tuple(
            _texts(one.text, one.text_version, tell.when(one.given_at), tell.when(one.revoked_at), one.digest)
            for one in record.consents
        ),
        widths=(2, 1, 2, 2, 3),
    )
    yield Section(
        title="Orders",
        head=("ordered", "regimen", "drug", "route", "dose, mg", "weight, kg", "state"),
        rows=tuple(
            _texts(tell.when(one.made_at), one.regimen, one.drug, one.route, one.dose_mg, one.weight_kg, one.state)
            for one in record.orders
        ),
        widths=(2, 4, 2, 2, 1, 1, 1),
    )


def _session(tell: _Teller, session: Session) -> Iterator[Section]:
    rows = [one for one in tell.record.events if one.session_id == session.id]
    replaced = superseded(rows)
    name = f"Session of {tell.when(session.started_at)}, chair {session.chair}, {session.state}"
    yield Section(
        title=name,
        head=("time", "what", "values", "note", "by"),
        rows=tuple(
            _texts(tell.when(one.device_time), one.happened, _told(one), _note(one, replaced), tell.who(one.made_by))
            for one in sorted(rows, key=lambda one: (one.device_time, one.made_at))
        ),
        lines=tuple(f"Given: {one['dosage']['text']}, {one['status']}" for one in administrations(session, rows)),
        widths=(2.2, 1.8, 5, 3.5, 1.8),
    )
    predicted = prediction.assessment(session)
    if predicted is not None:
        yield Section(
            title=f"Expected of the session of {tell.when(session.started_at)}",
            lines=(predicted["method"]["text"], CONTENTS),
            head=("what", "at its highest"),
            rows=tuple(
                _texts(_short(one["outcome"]["text"]), _short(one.get("rationale", "")))
                for one in predicted.get("prediction", ())
            ),
            widths=(3, 5),
            predicted=True,
        )


def _scores(tell: _Teller) -> Section:
    replaced = {one.corrects_id: one for one in tell.record.scores if one.corrects_id}
    return Section(
        title="Scales",
        head=("answered", "scale", "total, points", "category", "answers", "time asked about", "rater", "note"),
        rows=tuple(
            _texts(
                tell.when(one.answered_at),
                one.scale,
                one.total,
                one.category,
                _answers(one.items),
                one.recall,
                one.rater,
                _corrected(one, replaced),
            )
            for one in sorted(tell.record.scores, key=lambda one: one.answered_at)
        ),
        widths=(2.2, 1.2, 1, 1.6, 3.6, 1.4, 1.4, 1.6),
    )


def _after(tell: _Teller) -> Iterator[Section]:
    record = tell.record
    yield Section(
        title="Tasks",
        head=("what", "due", "whose", "done", "outcome"),
        rows=tuple(
            _texts(one.what, tell.when(one.due_at), tell.who(one.assigned_to), tell.when(one.done_at), one.outcome)
            for one in record.tasks
        ),
    )
    yield Section(
        title="Controlled drug, lines of this person's sessions",
        head=("time", "what", "drug", "lot", "change, mg", "by", "witness", "note"),
        rows=tuple(
            _texts(
                tell.when(one.happened_at),
                one.happened,
                one.drug,
                one.lot,
                one.change_mg,
                tell.who(one.made_by),
                tell.who(one.witness_id),
                one.note,
            )
            for one in sorted(record.ledger, key=lambda one: (one.happened_at, one.made_at))
        ),
        widths=(2.2, 1.4, 3.2, 1.4, 1.4, 1.6, 1.6, 2),
    )
    yield Section(
        title="Signatures",
        head=("signed", "what", "version", "meaning", "by"),
        rows=tuple(
            _texts(tell.when(one.made_at), one.signed_kind, one.signed_version, one.meaning, tell.who(one.made_by))
            for one in record.signatures
        ),
    )
    yield Section(
        title="Earlier versions",
        head=("changed", "what", "version", "fields", "why", "by"),
        rows=tuple(
            _texts(tell.when(one.made_at), one.kind, one.version, ", ".join(one.names), one.why, tell.who(one.made_by))
            for one in record.revisions
        ),
    )
    lines = (f"{len(record.audit)} rows of the audit name this record; they go with it in the folder audit.",)
    yield Section(title="Audit", lines=lines)


def _told(row: SessionEvent) -> str:
    if row.happened == "reading":
        return "; ".join(_read(values_of(row), absent_of(row)))
    answers = row.content.get("answers")
    if isinstance(answers, Mapping):
        scale = str(row.content.get("scale"))
        total, category, *_ = scored(scale, answers)
        points = "no total" if total is None else f"total {total} points"
        return f"{scale}, {category or points}: {_answers(answers)}"
    if row.happened == "symptom":
        return f"{row.content.get('kind')}, {'gone' if row.content.get('resolved') else 'began'}"
    if row.happened == "arranged":
        return _words(str(row.content.get("what")))
    return "; ".join(_part(name, value) for name, value in row.content.items())


def _read(values: Mapping[str, float], absent: Mapping[str, str]) -> Iterator[str]:
    """Pressures as they are spoken, then the rest, each with its unit."""
    both = [values[one] for one in _PRESSURES if one in values]
    if len(both) == len(_PRESSURES):
        yield "/".join(_number(one) for one in both) + "\u00a0mmHg"
    for name, value in values.items():
        if name not in _PRESSURES or len(both) < len(_PRESSURES):
            yield f"{_words(name)} {_number(value)}\u00a0{UNITS.get(name, ('', ''))[1]}".strip()
    yield from (f"{_words(name)}: no value, {reason}" for name, reason in absent.items())


def _answers(items: Mapping[str, Any]) -> str:
    ordered = sorted(items.items(), key=lambda one: (int(one[0]) if one[0].isdecimal() else 0, one[0]))
    return ", ".join(f"{item} = {answer}" for item, answer in ordered)


def _part(name: str, value: object) -> str:
    unit = _NUMBERS.get(name)
    if unit == "lot":
        return f"lot {value}"
    return f"{_number(value)} {unit}".strip() if unit is not None else f"{_words(name)} {value}"


def _short(text: str) -> str:
    """Without the sentence that stands above already."""
    return text.removesuffix(f", {NATURE}").removeprefix(f"{NATURE}: ")


def _decided(issue: Mapping[str, Any]) -> str:
    return "; ".join(one["action"]["text"] for one in issue.get("mitigation", ()))


def _note(row: SessionEvent, replaced: Mapping[str, SessionEvent]) -> str:
    found = [row.note] if row.note else []
    if row.id in replaced:
        found.append(f"no longer counts: {replaced[row.id].why}")
    if row.corrects_id and row.happened != "entered in error":
        found.append(f"a correction: {row.why}")
    return "; ".join(found)


def _corrected(score: Score, replaced: Mapping[str, Score]) -> str:
    if score.id in replaced:
        return f"no longer counts: {replaced[score.id].why}"
    return f"a correction: {score.why}" if score.corrects_id else ""


def _words(name: str) -> str:
    return "SpO2" if name == "spo2" else name.replace("_", " ")


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _texts(*values: Any) -> tuple[str, ...]:
    return tuple(_NONE if value in {None, ""} else _number(value) for value in values)
