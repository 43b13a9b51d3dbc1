"""The state is what the entries come to: amounts by the pump's rate, device by device, oddities kept."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.session.histories import INFUSION, PUMP, SPRAY, START, at, clock, entry, read
from kinetamine.clinic.session.entries import (
    Correction,
    DeviceUsed,
    EnteredInError,
    Entry,
    Injected,
    Left,
    Paused,
    RateChanged,
    Read,
    Resumed,
    Scored,
    Stopped,
    Symptom,
)
from kinetamine.clinic.session.state import Phase, state_at
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.errors import FieldError, InputError
from kinetamine.units import BASE_PER_HYDROCHLORIDE


def test_a_whole_infusion_gives_what_was_ordered() -> None:
    state = at(120, *INFUSION)
    assert state.phase is Phase.GIVEN
    assert state.ml == pytest.approx(35.0)
    assert state.base_mg == pytest.approx(35.0 * BASE_PER_HYDROCHLORIDE)
    assert (state.started_at, state.last_drug_at, state.lots) == (START, clock(40), ("L1",))
    assert state.oddities == ()


def test_on_the_way_the_pump_has_given_part_of_it() -> None:
    state = at(20, *INFUSION)
    assert (state.phase, state.ml_per_h, round(state.ml, 9)) == (Phase.RUNNING, 52.5, 17.5)


def test_pauses_and_rates_count_by_the_minute() -> None:
    steps = (
        entry("start", 0, PUMP),
        entry("pause", 10, Paused(reason="pressure 182")),
        entry("resume", 20, Resumed()),
        entry("slower", 30, RateChanged(ml_per_h=30.0)),
        entry("stop", 50, Stopped(reason="patient asks")),
    )
    assert at(15, *steps).phase is Phase.PAUSED
    state = at(60, *steps)
    assert state.ml == pytest.approx(52.5 * 20 / 60 + 30.0 * 20 / 60)
    assert (state.stop_reason, state.ml_per_h) == ("patient asks", 0.0)


def test_a_spray_counts_device_by_device() -> None:
    state = at(140, *SPRAY)
    assert (state.devices, state.base_mg, state.lots) == ((1, 2, 3), 84.0, ("S1", "S2"))
    assert (state.phase, state.left_at) == (Phase.LEFT, clock(130))
    assert state.oddities == ()


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ([("d1", 0.0, DeviceUsed(number=1, lot="S")), ("d2", 3.0, DeviceUsed(number=2, lot="S"))], "3.0 min after"),
        ([("d2", 0.0, DeviceUsed(number=2, lot="S"))], "device 1 was next"),
        ([("p", 0.0, Paused(reason="x"))], "no pump had been started"),
        ([("s", 0.0, PUMP), ("r", 1.0, Resumed())], "cannot do this now"),
        ([("s", 0.0, PUMP), ("s2", 1.0, PUMP)], "another had not been stopped"),
        ([("s", 0.0, PUMP), ("p", 1.0, Paused(reason="x")), ("c", 2.0, RateChanged(ml_per_h=9.0))], "stood still"),
        ([("l", 0.0, Left()), ("i", 1.0, Injected(mg=30.0, salt="base", lot="L"))], "after the person had left"),
        ([("s", 0.0, PUMP), ("l", 1.0, Left())], "had not been stopped"),
        ([("x", 0.0, Symptom(kind="nausea", resolved=True))], "it had not begun"),
    ],
)
def test_what_does_not_fit_is_kept_and_named(steps: list[tuple[str, float, object]], text: str) -> None:
    entries = [entry(name, minutes, what) for name, minutes, what in steps]  # type: ignore[arg-type]
    state = at(30, *entries)
    assert any(text in one.text for one in state.oddities), state.oddities
    assert len(Timeline().merged(entries).everything) == len(entries)


def test_a_rate_set_while_paused_holds_once_the_pump_runs_again() -> None:
    steps = (
        entry("s", 0, PUMP),
        entry("p", 10, Paused(reason="x")),
        entry("c", 12, RateChanged(ml_per_h=30.0)),
        entry("r", 20, Resumed()),
    )
    assert at(50, *steps).ml == pytest.approx(52.5 / 6.0 + 15.0)


def test_an_injection_is_given_at_once() -> None:
    state = at(5, entry("i", 0, Injected(mg=35.0, salt="hydrochloride", lot="L9")))
    assert (state.phase, round(state.base_mg, 3)) == (Phase.GIVEN, 30.346)


def test_a_correction_keeps_the_original_and_its_reason() -> None:
    wrong = entry("r15", 15, Read(values=(("systolic", 410.0),)))
    right = Correction(of="r15", what=Read(values=(("systolic", 140.0),)), reason="typing", at=clock(14))
    timeline = Timeline().merged([entry("s", 0, PUMP), wrong, entry("c", 16, right, by="nurse-b")])
    (one,) = [one for one in timeline.everything if one.entry.name == "r15"]
    assert (one.entry, one.at, one.what) == (wrong, clock(14), right.what)
    assert [(change.by, change.what) for change in one.history] == [("nurse-b", right)]
    assert state_at(timeline, clock(20)).values("systolic") == ((clock(14), 140.0, "r15"),)


def test_what_was_entered_in_error_counts_for_nothing_and_can_be_put_right_again() -> None:
    steps = [*INFUSION, entry("e", 41, EnteredInError(of="r15", reason="other patient"))]
    timeline = Timeline().merged(steps)
    assert "r15" not in [one.entry.name for one in timeline.standing]
    assert [one.in_error for one in timeline.everything if one.entry.name == "r15"] == ["other patient"]
    back = Correction(of="r15", what=Read(values=(("systolic", 141.0),)), reason="it was this patient after all")
    again = timeline.merged([entry("c", 42, back)])
    assert "r15" in [one.entry.name for one in again.standing]


def test_a_correction_that_arrives_first_waits_for_its_entry() -> None:
    late = entry("c", 16, EnteredInError(of="r15", reason="other patient"))
    timeline = Timeline().merged([late])
    assert timeline.orphans == (late,)
    assert any("not arrived" in one.text for one in state_at(timeline, clock(20)).oddities)
    assert timeline.merged([read("r15", 15)]).orphans == ()


def test_two_entries_of_one_name_are_both_kept_and_the_first_received_stands() -> None:
    first = entry("r", 15, Read(values=(("systolic", 140.0),)), received=16)
    other = entry("r", 15, Read(values=(("systolic", 150.0),)), received=15)
    timeline = Timeline().merged([first]).merged([other])
    assert timeline.conflicts == (first,)
    assert state_at(timeline, clock(20)).values("systolic")[0][1] == 150.0
    assert any("says something else" in one.text for one in state_at(timeline, clock(20)).oddities)


def test_an_entry_sent_again_is_the_same_entry() -> None:
    once = read("r", 15)
    again = replace(once, received_at=clock(50))
    timeline = Timeline().merged([again, once])
    assert (timeline.conflicts, len(timeline.standing)) == ((), 1)
    assert timeline.standing[0].entry == once


def test_both_clocks_are_kept_and_one_that_is_ahead_is_named() -> None:
    ahead = entry("r", 30, Read(values=(("systolic", 140.0),)), received=20)
    offline = entry("o", 10, Read(values=(("systolic", 130.0),)), received=40)
    state = at(60, ahead, offline)
    assert [one.text for one in state.oddities] == ["the device's clock is 599 s ahead"]
    assert [round(one.entry.skew_s) for one in state.readings] == [1801, -599]


def test_a_device_that_is_behind_is_named_by_the_newest_of_its_delivery() -> None:
    spo2 = Read(values=(("spo2", 97.0),))

    def sent(name: str, minutes: float, received: float) -> Entry:
        return entry(name, minutes, spo2, received=received, by="m1", device="Monitor 1")

    kept = (sent("a", 10, 20), sent("b", 19.5, 20))
    assert at(60, *kept).oddities == ()
    late = at(60, *kept, sent("c", 20, 21.2), sent("d", 20.1, 21.2))
    words = "came 67 s late: the device's clock is behind, or it was offline"
    assert [(one.entry, one.text) for one in late.oddities] == [("c", words), ("d", words)]
    assert late.behind == {"c", "d"}
    seen = entry("x", 30, Correction(of="c", what=spo2, reason="the time is right"))
    assert at(60, *kept, sent("c", 20, 21.2), seen).oddities == ()


def test_what_was_entered_for_a_time_long_before_the_session_is_named() -> None:
    steps = (read("r", -16), read("true", -15), entry("d1", -20, DeviceUsed(number=1, lot="S")), entry("s", -17, PUMP))
    timeline = Timeline().merged(steps)
    found = state_at(timeline, clock(1), opened_at=clock(0))
    assert [(one.entry, one.text) for one in found.oddities] == [
        ("d1", "20 min before the session was opened"),
        ("s", "17 min before the session was opened"),
        ("r", "16 min before the session was opened"),
    ]
    assert found.before_opening == (
        "device used 20 min before the session was opened",
        "infusion started 17 min before the session was opened",
    )
    right = entry("c", 1, Correction(of="d1", what=DeviceUsed(number=1, lot="S"), reason="typing", at=clock(0)))
    assert len(state_at(timeline.merged([right]), clock(2), opened_at=clock(0)).before_opening) == 1
    assert state_at(timeline, clock(1)).before_opening == ()


def test_a_pump_is_stopped_when_that_is_heard_though_the_devices_clock_is_ahead() -> None:
    ahead = entry("s", 600, Stopped(reason="pressure"), received=20)
    state = at(21, entry("p", 0, PUMP), ahead)
    assert state.phase is Phase.GIVEN
    assert state.last_drug_at is not None
    assert abs((state.last_drug_at - clock(20)).total_seconds()) < 1.5


@given(st.permutations(list(INFUSION)), st.integers(0, 120))
def test_the_order_of_arrival_does_not_matter(entries: list[Entry], minutes: int) -> None:
    assert at(minutes, *entries) == at(minutes, *INFUSION)


@given(st.lists(st.sampled_from([*INFUSION, *SPRAY]), max_size=12), st.integers(0, 10**6))
def test_merging_is_a_union(entries: list[Entry], seed: int) -> None:
    cut = len(entries) // 2
    one, other = Timeline().merged(entries[:cut]), Timeline().merged(entries[cut:])
    shuffled = entries * 2
    random.Random(seed).shuffle(shuffled)
    whole = Timeline().merged(shuffled)
    assert one.merged(other.entries) == other.merged(one.entries) == whole
    assert whole.merged(whole.entries) == whole
    assert whole.entries == frozenset(entries)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.sampled_from([PUMP, Paused(reason="x"), Resumed(), Stopped(reason="x"), RateChanged(ml_per_h=20.0)]),
        ),
        max_size=10,
    )
)
def test_the_amount_given_only_grows(steps: list[tuple[int, object]]) -> None:
    entries = [entry(f"{place}", minutes, what) for place, (minutes, what) in enumerate(steps)]  # type: ignore[arg-type]
    amounts = [at(minutes, *entries).base_mg for minutes in range(0, 90, 5)]
    assert amounts == sorted(amounts)
    assert amounts[-1] <= 52.5 * 1.5 * BASE_PER_HYDROCHLORIDE + 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        Read,
        lambda: Read(values=(("systolic", 120.0), ("systolic", 121.0))),
        lambda: Read(values=(("systolic", 80.0), ("diastolic", 120.0))),
        lambda: Read(values=(("systolic", float("nan")),)),
        lambda: Read(absent=(("systolic", " "),)),
        lambda: Paused(reason=""),
        lambda: DeviceUsed(number=0, lot="x"),
        lambda: RateChanged(ml_per_h=0.0),
        lambda: Injected(mg=-1.0, salt="base", lot="x"),
        lambda: Symptom(kind="odd", resolved=False),
        lambda: Scored(scale="cadss", answers=(("1", 9),)),
        lambda: Scored(scale="nothing", answers=()),
        lambda: Correction(of="x", what=Left(), reason=" "),
        lambda: EnteredInError(of="x", reason=""),
        lambda: replace(read("r", 1), by=" "),
        lambda: replace(read("r", 1), at=START.replace(tzinfo=None)),
    ],
)
def test_an_entry_that_says_too_little_or_nonsense_is_refused(wrong: object) -> None:
    with pytest.raises(InputError):
        wrong()  # type: ignore[operator]


def test_a_critical_reading_is_no_nonsense() -> None:
    assert Read(values=(("systolic", 250.0), ("diastolic", 150.0), ("spo2", 60.0))).values
    with pytest.raises(FieldError, match="less than the systolic pressure"):
        Read(values=(("systolic", 120.0), ("diastolic", 120.0)))


def test_a_symptom_runs_from_its_beginning_to_its_end_with_what_was_done() -> None:
    begins = entry("n", 20, Symptom(kind="nausea", resolved=False, action="ondansetron 4 mg"))
    again = entry("n2", 25, Symptom(kind="nausea", resolved=False))
    ends = entry("g", 50, Symptom(kind="nausea", resolved=True))
    (lasting,) = at(30, begins, again).symptoms
    assert (lasting.since, lasting.until) == (clock(20), None)
    (gone,) = at(60, begins, again, ends).symptoms
    assert (gone.until, gone.action) == (clock(50), "ondansetron 4 mg")
    told = entry("g", 50, Symptom(kind="nausea", resolved=True, action="it passed"))
    assert at(60, begins, told).symptoms[0].action == "ondansetron 4 mg; it passed"
    assert at(60, begins, ends, entry("n3", 55, Symptom(kind="nausea", resolved=False))).symptoms[1].until is None


def test_what_was_done_is_kept_when_a_beginning_is_told_again() -> None:
    tellings = [
        entry(name, minutes, Symptom(kind="nausea", resolved=False, action=action))
        for name, minutes, action in (("a", 20, "a bowl"), ("b", 25, "ondansetron 4 mg"), ("c", 30, "a bowl"))
    ]
    (one,) = at(40, *tellings).symptoms
    assert (one.action, one.since, one.entries) == ("a bowl; ondansetron 4 mg", clock(20), ("a", "b", "c"))


PAIN = entry("pain", 50, Symptom(kind="other", resolved=False, action="chest pain, ECG done"))
ITCH = entry("itch", 60, Symptom(kind="other", resolved=False, action="itching, looked at"))


def lasting(*steps: Entry) -> list[str]:
    return [one.action for one in at(120, *steps).symptoms if one.until is None]


@pytest.mark.parametrize(
    ("begun", "words", "left"),
    [
        ((PAIN, ITCH), "itching gone", [PAIN]),
        ((PAIN, ITCH), "Chest pain: gone by itself", [ITCH]),
        ((PAIN, ITCH), "", [PAIN, ITCH]),
        ((PAIN, ITCH), "gone by itself", [PAIN, ITCH]),
        ((PAIN, ITCH), "no more itching", [PAIN, ITCH]),
        ((PAIN, entry("p", 60, Symptom(kind="other", resolved=False, action="chest"))), "chest pain gone", ["chest"]),
        ((PAIN,), "", []),
        ((PAIN,), "itching gone", [PAIN]),
        ((entry("x", 60, Symptom(kind="other", resolved=False)),), "a rash, gone", []),
        ((PAIN, entry("again", 60, PAIN.what)), "chest pain gone", []),
    ],
)
def test_of_all_that_is_called_other_only_what_is_named_ends(
    begun: tuple[Entry, ...], words: str, left: list[Entry | str]
) -> None:
    steps = (*begun, entry("gone", 70, Symptom(kind="other", resolved=True, action=words)))
    wanted = [one.what.action if isinstance(one, Entry) and isinstance(one.what, Symptom) else one for one in left]
    assert lasting(*steps) == wanted
    odd = [one.text for one in at(120, *steps).oddities]
    ended = len(begun) > len(left)
    assert odd == [] if ended else "is not clear: its end must begin with the words" in odd[0]
    assert all("pain" not in text for text in odd)


def test_an_end_sent_again_under_another_name_ends_nothing_else() -> None:
    gone = [
        entry(name, minutes, Symptom(kind="other", resolved=True, action="itching gone"))
        for name, minutes in (("g", 70), ("g2", 71))
    ]
    assert lasting(PAIN, ITCH, *gone) == ["chest pain, ECG done"]


def test_a_failed_reading_says_why_and_is_no_zero() -> None:
    failed = entry("f", 15, Read(values=(("spo2", 97.0),), absent=(("systolic", "cuff slipped"),)))
    state = at(20, failed)
    assert state.values("systolic") == ()
    assert state.observed == ("spo2",)
