"""What the document says: units beside numbers, what does not count, and predictions apart."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from clinic.fhir.made import NOON, one_id, record
from kinetamine.clinic.access.whole import Whole
from kinetamine.clinic.export import pdf
from kinetamine.clinic.export.telling import Section, sections
from kinetamine.clinic.records import Clinic, Person, Session, SessionEvent

SERIES = {"times_min": [0.0, 40.0], "typical": [128.0, 141.0], "low": [110.0, 120.0], "high": [146.0, 162.0]}
BAND = {"title": "Systolic pressure", "unit": "mmHg"} | SERIES
DETAILS = {"prediction": {"model": "m", "version": "1", "bands": {"systolic": BAND}}}
READ = {"values": {"systolic": 184.0, "diastolic": 92.0, "spo2": 97.0}, "absent": {"heart_rate": "moved"}}


def event(number: int, happened: str, content: dict[str, object], **more: object) -> SessionEvent:
    fields = {"session_id": one_id(9), "client_id": f"c{number}", "device_time": NOON, "note": None, "why": None}
    return record(SessionEvent, id=one_id(number), happened=happened, content=content, **fields | more)


def whole() -> Whole:
    person = record(Person, number="D-1", name="Demo <One> & 東", born_on="1980-01-01", sex="female", notes=None)
    session = record(Session, id=one_id(9), person_id=person.id, chair="1", state="closed", details=DETAILS)
    rows = (
        event(10, "reading", READ),
        event(11, "reading", {"values": {"systolic": 134.0}, "absent": {}}, corrects_id=one_id(10), why="misread"),
        event(12, "score", {"scale": "cadss", "answers": {str(item): 1 for item in range(1, 24)}}),
        event(13, "score", {"scale": "unheard of", "answers": {"a": 1}}),
    )
    clinic = record(Clinic, code="demo", name="Demo", time_zone="America/New_York")
    none = dict.fromkeys(("users", "enrolments", "consents", "orders", "scores", "ledger", "tasks", "signatures"), ())
    return Whole(clinic=clinic, person=person, sessions=(session,), events=rows, revisions=(), **none)


def told(title: str) -> Section:
    return next(one for one in sections(whole(), ZoneInfo("America/New_York")) if one.title.startswith(title))


def test_a_session_is_told_with_units_and_what_does_not_count() -> None:
    first, second, *scores = (row[2:4] for row in told("Session of").rows)
    values, note = (text.replace("\u00a0", " ") for text in first)
    assert values == "184/92 mmHg; SpO2 97 %; heart rate: no value, moved"
    assert note == "no longer counts: misread"
    assert second[1] == "a correction: misread"
    assert scores[0][0].startswith("cadss, total 23 points: 1 = 1, 2 = 1")
    assert scores[1][0] == "unheard of, no total: a = 1"
    assert told("Session of").rows[0][0] == "2026-03-02 07:00:00"


def test_predictions_stand_apart() -> None:
    found = told("Expected of the session")
    assert found.predicted
    assert found.lines[0] == "prediction, not a measurement: m, version 1"
    assert found.rows == (("Systolic pressure", "highest at 40 min, typical 141.0 mmHg, band 120.0 to 162.0 mmHg"),)


def test_the_document_is_the_same_every_time_and_takes_any_text() -> None:
    first = pdf.document(whole(), NOON)
    assert first == pdf.document(whole(), NOON)
    assert first.count(b"/Type /Page\n") >= 1


def test_a_text_longer_than_a_page_is_all_there() -> None:
    short, long = whole(), whole()
    long.events[0].note = "every word of it " * 1000
    pages = [pdf.document(one, NOON).count(b"/Type /Page\n") for one in (short, long)]
    assert pages[1] > pages[0]
