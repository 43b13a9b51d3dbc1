"""The monitoring record and its seven days, on the clinic's own calendar."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.session.histories import SPRAY, at, clock, read
from kinetamine.clinic.rems import (
    GATES,
    Colour,
    Duty,
    Identity,
    Record,
    closed_gates,
    duty_of,
    filled,
)
from kinetamine.clinic.rems import clock as seven_days
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError, UnknownNameError

ZONE = ZoneInfo("America/New_York")
SESSION = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
WHO = Identity(
    first_name="A",
    last_name="B",
    birth_date=date(1980, 1, 1),
    sex="female",
    setting_name="Clinic",
    setting_address="Main St 1, Town, NY 10000",
)


def colour(days: float, sent_days: float | None = None) -> Colour:
    sent = None if sent_days is None else SESSION + timedelta(days=sent_days)
    return seven_days(Duty.REQUIRED, SESSION, SESSION + timedelta(days=days), ZONE, sent).colour


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Colour.GREEN),
        (3, Colour.GREEN),
        (4, Colour.AMBER),
        (5, Colour.AMBER),
        (6, Colour.RED),
        (7, Colour.RED),
        (8, Colour.OVERDUE),
    ],
)
def test_the_clock_turns_amber_red_and_overdue(days: int, expected: Colour) -> None:
    assert colour(days) is expected


def test_what_was_sent_is_in_time_or_late() -> None:
    assert colour(20, 7) is Colour.SENT
    assert colour(20, 8) is Colour.SENT_LATE


def test_days_are_those_on_the_clinics_wall() -> None:
    evening = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)
    found = seven_days(Duty.REQUIRED, evening, evening, ZONE)
    assert (found.due, found.day) == (date(2026, 3, 9), 0)
    assert seven_days(Duty.REQUIRED, evening, datetime(2026, 3, 10, 3, 59, tzinfo=UTC), ZONE).colour is Colour.RED
    assert seven_days(Duty.REQUIRED, evening, datetime(2026, 3, 10, 4, 1, tzinfo=UTC), ZONE).colour is Colour.OVERDUE


def test_nothing_can_be_before_the_session() -> None:
    with pytest.raises(FieldError, match="not before the session"):
        colour(-1)
    with pytest.raises(FieldError, match="not before the session"):
        colour(1, -1)


@given(st.integers(0, 400), st.integers(0, 60))
def test_the_clock_only_gets_worse(hours: int, more: int) -> None:
    order = [Colour.GREEN, Colour.AMBER, Colour.RED, Colour.OVERDUE]
    assert order.index(colour(hours / 24.0)) <= order.index(colour((hours + more) / 24.0))


@pytest.mark.parametrize(
    ("drug", "route", "outpatient", "expected"),
    [
        (Form.ESKETAMINE, "intranasal", True, Duty.REQUIRED),
        (Form.ESKETAMINE, "intranasal", False, Duty.INPATIENT),
        ("Esketamine hydrochloride", "intranasal", True, Duty.REQUIRED),
        ("SPRAVATO 56 mg", "intranasal", True, Duty.REQUIRED),
        (Form.RACEMIC, "intravenous", True, Duty.GOOD_PRACTICE),
        (Form.RACEMIC, "intranasal", True, Duty.GOOD_PRACTICE),
        (Form.ARKETAMINE, "intranasal", True, Duty.GOOD_PRACTICE),
        (Form.ESKETAMINE, "intravenous", True, Duty.GOOD_PRACTICE),
    ],
)
def test_only_the_spray_has_a_rems_and_the_rest_says_so(
    drug: str, route: str, expected: Duty, *, outpatient: bool
) -> None:
    assert duty_of(drug, route, outpatient=outpatient) is expected


def test_a_record_lists_all_that_is_missing() -> None:
    assert set(Record(identity=Identity()).missing) == {
        field.name for kind in (Identity, Record) for field in fields(kind)
    } - {"identity"}
    assert "first_name" not in Record(identity=WHO).missing


def test_a_no_is_an_answer() -> None:
    assert "sedation" not in replace(Record(identity=WHO), sedation=False).missing
    assert "lots" in replace(Record(identity=WHO), lots=()).missing


def test_a_session_fills_in_what_it_knows_and_no_more() -> None:
    record = filled(Record(identity=WHO), at(140, *SPRAY), ZONE, clock(100))
    assert (record.treatment_date, record.dose_mg, record.lots) == (date(2026, 3, 2), 84.0, ("S1", "S2"))
    assert (record.total_min, record.ready_min) == (130.0, 100.0)
    assert (record.pressure_before, record.pressure_peak, record.pressure_after) == (
        (122.0, 76.0),
        (150.0, 92.0),
        (122.0, 76.0),
    )
    assert {"sedation", "dissociation", "monitor_last_name", "vitals_acceptable_after"} <= set(record.missing)


def test_a_reading_far_from_forty_minutes_is_none_at_forty_minutes() -> None:
    steps = [*SPRAY[:4], read("r", 20)]
    assert filled(Record(identity=WHO), at(60, *steps), ZONE, None).pressure_peak is None
    assert filled(Record(identity=WHO), at(60, *SPRAY[:1]), ZONE, None) == Record(identity=WHO)


def test_while_the_person_is_there_the_end_is_missing() -> None:
    record = filled(Record(identity=WHO), at(100, *SPRAY), ZONE, None)
    assert {"total_min", "ready_min", "pressure_after"} <= set(record.missing)


def test_a_gate_is_closed_until_somebody_says_it_is_open() -> None:
    assert closed_gates({}, Duty.REQUIRED) == tuple(GATES.values())
    assert closed_gates(dict.fromkeys(GATES, True), Duty.REQUIRED) == ()
    assert closed_gates({**dict.fromkeys(GATES, True), "patient_enrolled": False}, Duty.REQUIRED) == (
        "the patient is enrolled",
    )
    assert GATES["patient_enrolled"] not in closed_gates({}, Duty.INPATIENT)
    assert GATES["setting_certified"] not in closed_gates({}, Duty.GOOD_PRACTICE)
    with pytest.raises(UnknownNameError, match="gate"):
        closed_gates({"enrolled": True}, Duty.REQUIRED)
