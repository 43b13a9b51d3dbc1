"""Records as the store would give them, for any content that it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st

from kinetamine.clinic.fhir.codes import ROUTES, SIGNS
from kinetamine.clinic.records import (
    AuditRow,
    Clinic,
    Consent,
    Enrolment,
    Order,
    Person,
    Record,
    Score,
    Session,
    SessionEvent,
    Signature,
    Task,
    User,
)
from kinetamine.clinic.session.entries import SYMPTOMS

R = TypeVar("R", bound=Record)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
texts = st.text(max_size=40)
ids = st.uuids().map(str)
moments = st.integers(0, 10**9).map(lambda ms: NOON + timedelta(milliseconds=ms))
maybe = st.none() | moments
amounts = st.floats(0.001, 5000.0)


def one_id(number: int) -> str:
    """An id, the same every time."""
    return str(UUID(int=number))


def record(kind: type[R], **fields: Any) -> R:
    """A record with what the store fills in."""
    kept = {"id": one_id(1), "clinic_id": one_id(2), "version": 1, "made_at": NOON, "made_by": one_id(3)}
    return kind(**kept | fields)


def some(kind: type[R], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[R]:
    """Records of a kind with drawn fields."""
    kept = {"id": ids, "made_by": ids | st.just("operator"), "made_at": moments}
    return st.fixed_dictionaries(kept | fields).map(lambda drawn: record(kind, **drawn))


people = some(
    Person,
    number=texts,
    name=texts,
    born_on=st.dates().map(str) | texts,
    contact=st.none() | texts,
    sex=st.sampled_from(("female", "male", "other", "unknown", "")),
)
clinics = some(Clinic, code=texts, name=texts)
users = some(
    User,
    shown_as=texts,
    roles=st.sampled_from((("nurse",), ("physician", "admin"), ("patient",), ("device",))),
    active=st.booleans(),
)
consents = some(
    Consent, person_id=ids, text=texts, text_version=texts, digest=texts, given_at=moments, revoked_at=maybe
)
orders = some(
    Order,
    person_id=ids,
    regimen=texts,
    drug=texts | st.just("esketamine"),
    route=st.sampled_from(tuple(ROUTES)) | texts,
    dose_mg=amounts,
    weight_kg=st.floats(0.0, 300.0),
    planned_at=maybe,
    state=st.sampled_from(("planned", "signed", "given")) | texts,
)
_bands = st.fixed_dictionaries(
    {
        "title": texts,
        "unit": texts,
        "times_min": st.just([0.0, 5.0]),
        "typical": st.lists(amounts, max_size=2),
        "low": st.just([1.0, 2.0]),
        "high": st.just([3.0, 4.0]),
    }
)
predictions = st.fixed_dictionaries(
    {
        "model": texts,
        "version": texts,
        "bands": st.dictionaries(texts, _bands | st.just({}), max_size=3),
        "warnings": st.lists(texts, max_size=2),
    }
)
sessions = some(
    Session,
    person_id=ids,
    order_id=st.none() | ids,
    chair=texts,
    state=st.sampled_from(("planned", "open", "closed")) | texts,
    started_at=maybe,
    ended_at=maybe,
    details=st.just({}) | predictions.map(lambda one: {"prediction": one}),
)
tasks = some(
    Task,
    person_id=st.none() | ids,
    what=texts,
    priority=texts | st.just("high"),
    due_at=moments,
    assigned_to=st.none() | ids,
    done_at=maybe,
    outcome=st.none() | texts,
    changed_at=maybe,
)
_items = st.dictionaries(st.integers(1, 12).map(str), st.none() | st.integers(0, 6), max_size=12)
scores = some(
    Score,
    person_id=ids,
    session_id=st.none() | ids,
    scale=st.sampled_from(("phq9", "gad7", "pcl5", "madrs", "cssrs_screener", "cadss", "unheard of")),
    method=texts,
    recall=texts,
    rater=st.sampled_from(("self-report", "clinician")),
    answered_at=moments,
    items=_items,
    total=st.none() | st.integers(0, 90),
    category=st.none() | texts,
    corrects_id=st.none() | ids,
    why=st.none() | texts,
)
signatures = some(
    Signature,
    signed_kind=st.sampled_from(("order", "consent", "clinic")),
    signed_id=ids,
    meaning=texts,
    signed_version=st.just(1),
)
findings = st.fixed_dictionaries(
    {
        "rule": texts,
        "grade": st.sampled_from(("contraindicated", "caution", "")),
        "outcome": st.sampled_from(("met", "not known", "not met")),
        "text": texts,
        "source": texts,
        "decision": st.none() | st.fixed_dictionaries({"reason": texts}),
    }
)
enrolments = some(
    Enrolment,
    person_id=ids,
    started_at=moments,
    eligibility=st.fixed_dictionaries(
        {"version": texts},
        optional={
            "facts": st.dictionaries(texts, st.none() | st.booleans() | amounts | texts, max_size=5),
            "findings": st.lists(findings | texts, max_size=4),
        },
    ),
)
rows = st.builds(
    AuditRow,
    seq=st.integers(1, 10**6),
    at=moments.map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
    clinic_id=ids | st.just(""),
    actor=ids | st.sampled_from(("", "operator")),
    action=st.sampled_from(("read", "add", "sign in", "export")),
    kind=st.sampled_from(("person", "session_event", "database", "")),
    record_id=ids | st.sampled_from(("", "?abc")),
    outcome=st.sampled_from(("done", "refused")),
    mac=st.just("ab" * 32),
)
_contents = {
    "infusion started": st.fixed_dictionaries(
        {"ml_per_h": amounts, "mg_per_ml": amounts, "salt": st.sampled_from(("base", "hydrochloride")), "lot": texts}
    ),
    "rate changed": st.fixed_dictionaries({"ml_per_h": amounts}),
    "injected": st.fixed_dictionaries({"mg": amounts, "salt": st.just("base"), "lot": texts}),
    "device used": st.fixed_dictionaries({"number": st.integers(1, 3), "lot": texts}),
    "reading": st.fixed_dictionaries(
        {
            "values": st.dictionaries(st.sampled_from(tuple(SIGNS)) | texts, st.floats(-10, 400), max_size=4),
            "absent": st.dictionaries(st.sampled_from(tuple(SIGNS)), texts, max_size=2),
        }
    ),
    "score": st.fixed_dictionaries({"scale": st.sampled_from(("cadss", "phq9")), "answers": _items, "recall": texts}),
    "symptom": st.fixed_dictionaries({"kind": st.sampled_from(SYMPTOMS), "resolved": st.booleans()}),
    "alarm acknowledged": st.just({"readings": ["x"]}),
    "left": st.just({}),
    "paused": st.just({}),
    "resumed": st.just({}),
    "stopped": st.just({}),
}


@st.composite
def courses(draw: st.DrawFn) -> tuple[Session, list[SessionEvent]]:
    """A session and its entries, some of them corrected or entered in error, some not to be read at all."""
    session = draw(sessions)
    found: list[SessionEvent] = []
    for number in range(draw(st.integers(0, 12))):
        happened = draw(st.sampled_from(tuple(_contents)))
        content = draw(_contents[happened] | st.just({"garbled": None}))
        fields = {"happened": happened, "content": content, "device_time": draw(moments), "note": draw(texts)}
        standing = [one for one in found if one.id not in {more.corrects_id for more in found}]
        if standing and draw(st.integers(0, 3)) == 0:
            first = draw(st.sampled_from(standing))
            wrong = draw(st.booleans())
            fields |= {"happened": "entered in error", "content": {}} if wrong else {"happened": first.happened}
            fields |= {"corrects_id": first.id, "why": draw(texts)}
        found.append(
            record(
                SessionEvent,
                id=one_id(100 + number),
                session_id=session.id,
                client_id=f"c{number}",
                device=draw(st.none() | texts),
                **fields,
            )
        )
    return session, found
