"""The alarm machine: an alarm is never lost, a critical reading is never blocked, order and repeats do not matter."""

from __future__ import annotations

import ast
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinetamine.clinic.alarms
from kinetamine.clinic.alarms.events import Acknowledged, Event, Passed, Reading, Silenced, Withdrawn
from kinetamine.clinic.alarms.limits import Priority, Vital
from kinetamine.clinic.alarms.machine import Before, Called, Heard, Hushed, Raised, Refused, State, start, step
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.errors import FieldError

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BEFORE = {Vital.SYSTOLIC: 120.0, Vital.DIASTOLIC: 75.0}
FRESH = start(PUBLISHED, [Before(known_at=START, values=tuple(BEFORE.items()))])


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def read(name: str, vital: Vital, value: float, seconds: float = 0.0) -> Reading:
    return Reading(name=name, vital=vital, value=value, at=at(seconds), received_at=at(seconds + 1.0))


def ack(name: str, readings: set[str], seconds: float) -> Acknowledged:
    return Acknowledged(name=name, readings=frozenset(readings), by="nurse-a", at=at(seconds))


def hush(name: str, readings: set[str], seconds: float, length: float = 60.0) -> Silenced:
    return Silenced(name=name, readings=frozenset(readings), seconds=length, by="nurse-a", at=at(seconds))


def run(*events: Event, state: State = FRESH) -> State:
    for event in events:
        state, _ = step(state, event)
    return state


def on_board(state: State) -> list[str]:
    return [one.limit.name for one in state.board]


def test_a_critical_reading_is_accepted_and_alarms() -> None:
    state, effects = step(FRESH, read("a", Vital.SPO2, 85.0))
    assert effects == (Raised("spo2_very_low", Priority.HIGH, "a"), Raised("spo2_low", Priority.MEDIUM, "a"))
    assert on_board(state) == ["spo2_very_low", "spo2_low"]
    assert all(one.sounds for one in state.board)


@pytest.mark.parametrize(("vital", "value"), [(Vital.SPO2, 101.0), (Vital.SYSTOLIC, 1200.0), (Vital.HEART_RATE, 0.0)])
def test_what_cannot_be_is_sent_back_and_changes_nothing_else(vital: Vital, value: float) -> None:
    state, (effect,) = step(FRESH, read("a", vital, value))
    assert isinstance(effect, Refused)
    assert "read again, and type it again" in effect.reason
    assert (state.events, state.board, state.refused) == (frozenset(), (), frozenset({"a"}))
    again, effects = step(state, read("b", Vital.SPO2, 80.0))
    assert on_board(again)[0] == "spo2_very_low"
    assert len(effects) == 2


def test_an_alarm_latches_after_the_value_is_back() -> None:
    state = run(read("a", Vital.SPO2, 85.0), read("b", Vital.SPO2, 98.0, 60))
    assert on_board(state) == ["spo2_very_low", "spo2_low"]
    assert not state.board[0].present
    assert on_board(run(ack("x", {"a"}, 70), state=state)) == []


def test_an_acknowledged_alarm_stays_on_the_board_while_the_value_lasts() -> None:
    state = run(read("a", Vital.SYSTOLIC, 185.0), ack("x", {"a"}, 10))
    assert on_board(state) == ["systolic_high", "systolic_rise"]
    assert not any(one.sounds for one in state.board)


def test_the_next_critical_reading_alarms_anew() -> None:
    state = run(read("a", Vital.SYSTOLIC, 185.0), ack("x", {"a"}, 10))
    after, effects = step(state, read("b", Vital.SYSTOLIC, 190.0, 300))
    assert Raised("systolic_high", Priority.MEDIUM, "b") in effects
    assert after.board[0].unanswered == ("b",)


def test_an_answer_covers_only_what_was_on_the_screen() -> None:
    late = read("late", Vital.SPO2, 80.0, -30)
    state = run(read("a", Vital.SPO2, 85.0), ack("x", {"a"}, 10), late)
    assert state.alarms[0].unanswered == ("late",)


def test_a_reading_without_a_value_clears_nothing() -> None:
    failed = Reading(
        name="b", vital=Vital.SPO2, value=None, at=at(60), received_at=at(61), absent="probe off the finger"
    )
    state = run(read("a", Vital.SPO2, 85.0), failed, ack("x", {"a"}, 70))
    assert state.board[0].present


def test_a_rise_needs_the_reading_before_the_dose() -> None:
    assert on_board(run(read("a", Vital.SYSTOLIC, 160.0))) == ["systolic_rise"]
    blind = start(PUBLISHED)
    assert on_board(run(read("a", Vital.SYSTOLIC, 160.0), state=blind)) == []
    assert {one.name for one in blind.unmeasured} == {"systolic_rise", "diastolic_rise"}
    with pytest.raises(FieldError, match="30 to 350 mmHg"):
        start(PUBLISHED, [Before(known_at=START, values=((Vital.SYSTOLIC, 3.0),))])


def systolic_before(*known: tuple[float, float]) -> State:
    """From these seconds on, these values were known."""
    return start(
        PUBLISHED, [Before(known_at=at(seconds), values=((Vital.SYSTOLIC, value),)) for seconds, value in known]
    )


def test_a_rise_stays_one_whatever_is_known_later() -> None:
    steps = read("a", Vital.SYSTOLIC, 160.0, 10), read("b", Vital.SYSTOLIC, 160.0, 40)
    (alarm,) = run(*steps, state=systolic_before((0, 118.0), (30, 130.0))).board
    assert (alarm.readings, alarm.unanswered, alarm.present) == (("a",), ("a",), False)
    assert on_board(run(*steps, ack("x", {"a"}, 50), state=systolic_before((0, 118.0), (30, 130.0)))) == []
    (later,) = run(*steps, state=systolic_before((0, 130.0), (60, 118.0))).board
    assert (later.unanswered, later.present) == (("a", "b"), True)
    gone = start(PUBLISHED, (*systolic_before((0, 118.0)).before, Before(known_at=at(30), values=())))
    assert run(*steps, state=gone).board[0].unanswered == ("a",)
    assert {one.name for one in gone.unmeasured} == {"systolic_rise", "diastolic_rise"}


def test_a_silence_ends_by_itself_and_does_not_cover_what_comes_after() -> None:
    state, effects = step(run(read("a", Vital.SPO2, 85.0)), hush("s", {"a"}, 5))
    assert Hushed("spo2_very_low") in effects
    assert not state.board[0].sounds
    louder, _ = step(state, read("b", Vital.SPO2, 84.0, 10))
    assert louder.board[0].sounds
    _, ended = step(state, Passed(at=at(66)))
    assert Heard("spo2_very_low") in ended
    assert [one.name for one in state.silences] == ["s"]


def test_a_silence_is_no_longer_than_its_priority_allows() -> None:
    state = run(read("a", Vital.SPO2, 85.0), hush("s", {"a"}, 5, length=300.0), Passed(at=at(70)))
    high, medium = state.board
    assert (high.sounds, medium.sounds) == (True, False)
    _, (effect,) = step(state, hush("s2", {"a"}, 70, length=3600.0))
    assert isinstance(effect, Refused)


def test_an_unanswered_alarm_climbs_the_ladder_silenced_or_not() -> None:
    state = run(read("a", Vital.SPO2, 85.0), hush("s", {"a"}, 2))
    calls = []
    for seconds in (20, 32, 62, 92, 400):
        state, effects = step(state, Passed(at=at(seconds)))
        calls.append([one.role for one in effects if isinstance(one, Called) and one.limit == "spo2_very_low"])
    assert calls == [[], ["monitor"], ["nurse"], ["physician"], []]
    assert run(ack("x", {"a"}, 401), state=state).alarms[0].called == ()


def test_a_withdrawn_reading_leaves_the_board_and_its_alarm_stays() -> None:
    wrong = Withdrawn(name="w", reading="a", reason="cuff on the wrong arm", by="nurse-a", at=at(30))
    state = run(read("a", Vital.SYSTOLIC, 230.0), wrong)
    assert on_board(state) == []
    assert {(one.readings, one.unanswered) for one in state.alarms} == {(("a",), ())}
    assert wrong in state.events


def test_the_same_event_twice_changes_nothing_and_another_of_that_name_is_sent_back() -> None:
    events: list[Event] = [read("a", Vital.SPO2, 85.0), ack("x", {"a"}, 10), hush("s", {"a"}, 12)]
    state = run(*events)
    for event in events:
        assert step(state, event) == (state, ())
    for other in (read("a", Vital.SPO2, 84.0), ack("x", set(), 10)):
        same, (effect,) = step(state, other)
        assert same == state
        assert isinstance(effect, Refused)


@pytest.mark.parametrize("field", ["at", "received_at"])
def test_a_time_without_a_zone_is_refused(field: str) -> None:
    with pytest.raises(FieldError, match="a time with its zone"):
        replace(read("a", Vital.SPO2, 95.0), **{field: START.replace(tzinfo=None)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Reading(name="a", vital=Vital.SPO2, value=None, at=START, received_at=START),
        lambda: replace(read("a", Vital.SPO2, 95.0), absent="off"),
        lambda: hush("s", set(), 0.0, length=0.0),
        lambda: Withdrawn(name="w", reading="a", reason=" ", by="x", at=START),
    ],
)
def test_an_event_that_says_too_little_is_refused(wrong: object) -> None:
    with pytest.raises(FieldError):
        wrong()  # type: ignore[operator]


NAMES = st.sampled_from("abcdef")
SECONDS = st.integers(0, 900)
READINGS = st.builds(
    lambda name, vital, value, seconds: read(f"{name}{vital}{value}{seconds}", vital, value, seconds),
    NAMES,
    st.sampled_from([Vital.SPO2, Vital.SYSTOLIC, Vital.HEART_RATE]),
    st.sampled_from([35.0, 85.0, 95.0, 100.0, 125.0, 182.0, 230.0]),
    SECONDS,
).filter(lambda one: not (one.vital is Vital.SPO2 and (one.value or 0.0) > 100.0))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    readings = draw(st.lists(READINGS, min_size=1, max_size=8, unique_by=lambda one: one.name))
    names = st.sets(st.sampled_from([one.name for one in readings]))
    acks = draw(st.lists(st.tuples(names, SECONDS), max_size=3))
    hushes = draw(st.lists(st.tuples(names, SECONDS, st.integers(1, 200)), max_size=2))
    wrong = draw(st.lists(st.sampled_from([one.name for one in readings]), max_size=1))
    return [
        *readings,
        *(ack(f"ack{place}", seen, seconds) for place, (seen, seconds) in enumerate(acks)),
        *(hush(f"hush{place}", seen, seconds, length) for place, (seen, seconds, length) in enumerate(hushes)),
        *(Withdrawn(name="w", reading=one, reason="error", by="x", at=at(500)) for one in wrong),
        *(Passed(at=at(seconds)) for seconds in draw(st.lists(SECONDS, max_size=3))),
    ]


@given(histories(), st.integers(0, 10**6))
def test_neither_order_nor_repeats_matter(history: list[Event], seed: int) -> None:
    shuffled = [*history, *history]
    random.Random(seed).shuffle(shuffled)
    assert run(*shuffled) == run(*history)
    assert run(*shuffled).alarms == run(*history).alarms


@given(histories())
def test_an_alarm_is_never_lost(history: list[Event]) -> None:
    state = run(*history)
    answered = {name for one in history if isinstance(one, Acknowledged) for name in one.readings}
    answered |= {one.reading for one in history if isinstance(one, Withdrawn)}
    for reading in (one for one in history if isinstance(one, Reading)):
        for limit in PUBLISHED.limits:
            crossed = limit.on and limit.vital is reading.vital
            if not crossed or not limit.crossed_by(reading.value or 0.0, BEFORE.get(limit.vital)):
                continue
            (alarm,) = [one for one in state.alarms if one.limit == limit]
            assert reading.name in alarm.readings
            assert (reading.name in alarm.unanswered) == (reading.name not in answered)
            assert alarm.is_on_board or reading.name in answered


@given(histories())
def test_every_crossing_reading_is_raised_once_and_is_accepted(history: list[Event]) -> None:
    state, raised = FRESH, []
    for event in history:
        state, effects = step(state, event)
        raised += [one for one in effects if isinstance(one, Raised)]
        assert not any(isinstance(one, Refused) for one in effects)
    assert len(raised) == len(set(raised))
    assert {(one.limit, one.reading) for one in raised} == {
        (alarm.limit.name, name) for alarm in state.alarms for name in alarm.readings
    }
    assert state.readings == tuple(
        sorted((one for one in history if isinstance(one, Reading)), key=lambda one: (one.at, one.name))
    )


@given(histories())
def test_after_every_silence_an_unanswered_alarm_sounds_and_has_called_everybody(history: list[Event]) -> None:
    state = run(*history, Passed(at=at(10**5)))
    for alarm in state.alarms:
        assert alarm.sounds == bool(alarm.unanswered)
        assert alarm.called == (PUBLISHED.ladder if alarm.unanswered else ())


@given(histories())
def test_the_board_is_ordered_by_urgency(history: list[Event]) -> None:
    state = run(*history)
    assert all(one.limit.priority.rank <= next_one.limit.priority.rank for one, next_one in pairwise(state.board))


def test_the_package_needs_nothing_else_of_the_clinic() -> None:
    folder = Path(kinetamine.clinic.alarms.__file__).parent
    used = {
        name
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [one.name for one in getattr(node, "names", [])]
        )
        if isinstance(node, ast.Import | ast.ImportFrom) and name.startswith("kinetamine")
    }
    outside = {name for name in used if not name.startswith("kinetamine.clinic.alarms")}
    assert outside == {"kinetamine.citation", "kinetamine.engine.model", "kinetamine.errors"}
