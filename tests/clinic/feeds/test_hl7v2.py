"""HL7 version 2: messages as monitors send them, and messages as nobody should."""

from __future__ import annotations

from datetime import UTC, datetime

import hl7
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.feeds import hl7v2
from kinetamine.clinic.feeds.message import Outcome
from kinetamine.errors import FieldError

HEAD = r"MSH|^~\&|MONITOR|OR1|CLINIC|K|20260302090005+0000||ORU^R01^ORU_R01|MSG7|P|2.6"
PID = "PID|||17^^^CLINIC^MR~PATIENT-9^^^OTHER^PI"
OBR = "OBR|1||1|182777000^monitoring of patient^SCT|||20260302090000+0000"
SYSTOLIC = "OBX|1|NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1.1.9.150021|120|266016^MDC_DIM_MMHG^MDC|||||F"
DIASTOLIC = "OBX|2|NM|150022^MDC_PRESS_BLD_NONINV_DIA^MDC|1.1.9.150022|80|mm[Hg]^mm[Hg]^UCUM|||||F"
HEART = "OBX|3|NM|147842^MDC_ECG_HEART_RATE^MDC|1.7.4|72|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||R"
PULSE = "OBX|4|NM|149530^MDC_PULS_OXIM_PULS_RATE^MDC|1.3.1|75|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||R"
SPO2 = "OBX|5|NM|59408-5^SpO2^LN|1.3.1|97|%^percent^UCUM|||||F|||20260302090003+0000"


def message(*lines: str, end: str = "\r") -> bytes:
    return (end.join((HEAD, PID, OBR, *lines)) + end).encode()


def changed(line: str, place: int, to: str) -> str:
    fields = line.split("|")
    fields += [""] * (place + 1 - len(fields))
    fields[place] = to
    return "|".join(fields)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_message_of_a_monitor(end: str) -> None:
    found = hl7v2.read(message(SYSTOLIC, DIASTOLIC, HEART, SPO2, end=end))
    first, second = found.readings
    assert first.at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert dict(first.values) == {Vital.SYSTOLIC: 120.0, Vital.DIASTOLIC: 80.0, Vital.HEART_RATE: 72.0}
    assert (second.at, second.values) == (datetime(2026, 3, 2, 9, 0, 3, tzinfo=UTC), ((Vital.SPO2, 97.0),))
    assert first.patients == ("17", "PATIENT-9")
    assert found.not_taken == ()


def test_a_name_is_the_same_when_it_is_sent_again_and_another_for_another_message() -> None:
    names = [one.name for one in hl7v2.read(message(SYSTOLIC, SPO2)).readings]
    assert names == [one.name for one in hl7v2.read(message(SYSTOLIC, SPO2)).readings]
    other = message(SYSTOLIC, SPO2).replace(b"MSG7", b"MSG8")
    assert not {one.name for one in hl7v2.read(other).readings} & set(names)


def test_between_start_and_end_marks_as_by_mllp() -> None:
    assert hl7v2.read(b"\x0b" + message(SYSTOLIC) + b"\x1c\r").readings


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (changed(SPO2, 5, ""), "sent without a value"),
        (changed(SPO2, 5, '""'), "sent without a value"),
        (changed(SPO2, 11, "X"), "no result (OBX-11 X)"),
        (changed(changed(SPO2, 5, "0"), 11, "X"), "no result (OBX-11 X)"),
        (changed(SPO2, 5, "---"), "sent as ---"),
        (changed(SPO2, 5, "1e9"), "sent as 1e9"),
        (changed(SPO2, 5, "nan"), "sent as nan"),
        (changed(SPO2, 5, "9" * 400), "sent as " + "9" * 20),
    ],
)
def test_a_value_that_is_missing_is_absent_and_never_zero(line: str, reason: str) -> None:
    (reading,) = hl7v2.read(message(line)).readings
    assert (reading.values, reading.absent) == ((), ((Vital.SPO2, reason),))


def test_of_two_sources_of_one_sign_one_is_taken_and_the_other_named() -> None:
    found = hl7v2.read(message(PULSE, HEART))
    assert [one.values for one in found.readings] == [((Vital.HEART_RATE, 72.0),)]
    assert found.not_taken == ("OBX-4 MDC_PULS_OXIM_PULS_RATE: MDC_ECG_HEART_RATE was taken",)
    off = hl7v2.read(message(PULSE, changed(HEART, 5, "")))
    assert [one.values for one in off.readings] == [((Vital.HEART_RATE, 75.0),)]


def test_what_has_no_place_is_named() -> None:
    heat = "OBX|9|NM|150344^MDC_TEMP^MDC|1|36.6|268192^MDC_DIM_DEGC^MDC|||||F"
    panel = "OBX|8||150020^MDC_PRESS_BLD_NONINV^MDC|1.0.1|||||||X"
    found = hl7v2.read(message(heat, panel, changed(SPO2, 11, "C")))
    assert found.readings == ()
    assert found.not_taken == (
        "OBX-9 150344^MDC_TEMP^MDC",
        "OBX-5 59408-5^SpO2^LN: status C; corrections are made by people",
    )


def test_a_second_code_of_the_same_thing_is_as_good() -> None:
    ours = changed(HEART, 3, "HR^Pulse^99LOCAL^8867-4^Heart rate^LN")
    assert [one.values for one in hl7v2.read(message(ours)).readings] == [((Vital.HEART_RATE, 72.0),)]


def test_kilopascals_are_converted() -> None:
    (reading,) = hl7v2.read(message(changed(changed(SYSTOLIC, 5, "16"), 6, "265987^MDC_DIM_KILO_PASCAL^MDC"))).readings
    assert reading.values == ((Vital.SYSTOLIC, 120.01),)


@pytest.mark.parametrize("unit", ["", "cm[H2O]", "266000^MDC_DIM_OTHER^MDC", "kPa^kPa^UCUM&x"])
def test_another_unit_is_refused_by_name(unit: str) -> None:
    line = changed(HEART, 6, unit)
    with pytest.raises(FieldError, match=r"unit of heart rate"):
        hl7v2.read(message(line))


def test_a_time_without_a_zone_stays_without() -> None:
    (reading,) = hl7v2.read(message(changed(SPO2, 14, "20260302100000.25"))).readings
    assert reading.at == datetime(2026, 3, 2, 10, 0, 0, 250_000)  # noqa: DTZ001 - that is what is tested


@pytest.mark.parametrize(
    "at", ["2026", "20260302", "20261302090000", "20260302090000+9999", "now", "00010101000000+1400"]
)
def test_a_time_that_is_none_is_refused(at: str) -> None:
    with pytest.raises(FieldError, match="field 14"):
        hl7v2.read(message(changed(SPO2, 14, at)))


@pytest.mark.parametrize("at", ["99991231235959", "19991231235959+0000", "99991231235959-0000"])
def test_a_time_of_another_century_is_refused(at: str) -> None:
    with pytest.raises(FieldError, match="a year from 2000 to 2099"):
        hl7v2.read(message(changed(SPO2, 14, at)))


def test_another_kind_of_message_and_one_without_a_name_are_refused() -> None:
    with pytest.raises(FieldError, match="ORU"):
        hl7v2.read(message(SYSTOLIC).replace(b"ORU^R01^ORU_R01", b"ADT^A01"))
    with pytest.raises(FieldError, match="MSH-10"):
        hl7v2.read(message(SYSTOLIC).replace(b"MSG7", b""))


@pytest.mark.parametrize(
    "lines",
    [
        ("PID|||18^^^CLINIC^MR", OBR, HEART),
        (PID, OBR, HEART),
        (" PID|||18", HEART),
        ("PID", HEART),
        (HEAD.replace("MSG7", "MSG8"), "PID|||18", OBR, HEART),
        (HEAD.replace("MSG7", "MSG8"), OBR, HEART),
        ("\x1c", "\x0b" + HEAD, OBR, HEART),
    ],
)
def test_a_second_patient_or_message_in_a_body_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(FieldError, match=r"one (patient|message) in a"):
        hl7v2.read(message(SYSTOLIC, *lines))


def test_the_answer_names_the_message_and_what_was_not_taken() -> None:
    body = message(SYSTOLIC)
    taken = hl7.parse(hl7v2.answer(Outcome(stored=1, not_taken=("OBX-9 x|y",)), body).decode())
    assert (str(taken.segment("MSA")(1)), str(taken.segment("MSA")(2))) == ("AA", "MSG7")
    assert (str(taken.segment("MSH")(5)), str(taken.segment("MSH")(9))) == ("MONITOR", "ACK^R01^ACK")
    assert str(taken.segment("ERR")(8)) == r"not taken: OBX-9 x\F\y"
    wrong = Outcome(status=422, message="systolic", kind="FieldError")
    assert b"MSA|AE|MSG7" in hl7v2.answer(wrong, body)
    later = Outcome(status=409, message="no session", kind="NoOpenSessionError", later=True)
    assert b"MSA|AR|MSG7" in hl7v2.answer(later, body)
    assert b"MSA|AE|" in hl7v2.answer(wrong, b"not a message")


@given(st.binary(max_size=200), st.integers(0, 300), st.integers(0, 300))
def test_whatever_is_cut_and_put_in_is_read_or_refused(extra: bytes, start: int, length: int) -> None:
    whole = message(SYSTOLIC, DIASTOLIC, SPO2)
    body = whole[:start] + extra + whole[start + length :]
    try:
        hl7v2.read(body)
    except FieldError as error:
        hl7v2.answer(Outcome(status=422, message=str(error), kind="FieldError"), body)
