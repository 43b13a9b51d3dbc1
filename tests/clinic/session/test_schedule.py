"""What is due: in time, late, missed, and never filled twice by one entry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.session.histories import INFUSION, PUMP, SPRAY, at, awake, clock, entry, read
from kinetamine.clinic.session.entries import Entry, Left, Paused, Read
from kinetamine.clinic.session.schedule import INFUSION_SESSION, SPRAY_SESSION, Due, Protocol, Slot, Status, due
from kinetamine.errors import FieldError


def statuses(found: tuple[Due, ...]) -> dict[str, Status]:
    return {one.slot.name: one.status for one in found}


def spray(minutes: float, *entries: Entry) -> dict[str, Status]:
    return statuses(due(SPRAY_SESSION, at(minutes, *entries)))


def test_a_spray_session_by_the_label_is_all_done() -> None:
    found = due(SPRAY_SESSION, at(140, *SPRAY))
    assert set(statuses(found).values()) == {Status.DONE}
    assert [one.done_by for one in found] == ["before", "r40", "drowsy", "r115"]


def test_before_any_drug_only_what_comes_before_is_due() -> None:
    assert spray(0) == {
        "before": Status.DUE,
        "peak": Status.TO_COME,
        "alertness": Status.TO_COME,
        "before leaving": Status.TO_COME,
    }
    assert spray(0, read("r", -5))["before"] is Status.DONE
    assert due(SPRAY_SESSION, at(0))[1].at is None


@pytest.mark.parametrize(
    ("minutes", "status"),
    [(34.9, Status.TO_COME), (35.0, Status.DUE), (45.0, Status.DUE), (46.0, Status.LATE), (56.0, Status.MISSED)],
)
def test_a_reading_that_nobody_took_is_due_then_late_then_missed(minutes: float, status: Status) -> None:
    assert spray(minutes, *SPRAY[:4])["peak"] is status


@pytest.mark.parametrize(
    ("taken", "status"), [(34.0, Status.MISSED), (36.0, Status.DONE), (45.0, Status.DONE), (50.0, Status.DONE_LATE)]
)
def test_a_reading_is_in_time_late_or_too_early_to_count(taken: float, status: Status) -> None:
    assert spray(60.0, *SPRAY[:4], read("r", taken))["peak"] is status


def test_half_a_reading_fills_no_slot_that_asks_for_more() -> None:
    half = entry("r", 40, Read(values=(("systolic", 140.0),), absent=(("diastolic", "cuff slipped"),)))
    assert spray(41, *SPRAY[:4], half)["peak"] is Status.DUE


def test_one_entry_fills_one_slot() -> None:
    protocol = Protocol(
        name="x",
        version="1",
        slots=tuple(
            Slot(name=f"{minute:g}", what=("spo2",), minute=minute, basis=SPRAY_SESSION.slots[0].basis)
            for minute in (14.0, 10.0)
        ),
    )
    found = due(protocol, at(15, entry("s", 0, PUMP), read("r", 12)))
    assert [(one.slot.name, one.status) for one in found] == [("10", Status.DONE), ("14", Status.DUE)]


def test_a_reading_after_the_first_drug_is_none_from_before() -> None:
    assert spray(20, *SPRAY[1:4], read("r", 1))["before"] is Status.MISSED


def test_what_is_due_with_the_first_drug_waits_for_it_and_can_be_late() -> None:
    slot = Slot(name="zero", what=("spo2",), minute=0.0, basis=SPRAY_SESSION.slots[0].basis)
    protocol = Protocol(name="x", version="1", slots=(slot,))
    assert due(protocol, at(0))[0].status is Status.TO_COME
    assert due(protocol, at(20, entry("s", 0, PUMP), read("r", 8)))[0].status is Status.DONE_LATE


def test_who_has_left_can_be_read_no_more() -> None:
    assert spray(60, *SPRAY[:4], entry("l", 50, Left()))["before leaving"] is Status.MISSED


def test_a_pause_moves_nothing() -> None:
    paused = entry("p", 5, Paused(reason="pressure"))
    (one,) = [one for one in due(INFUSION_SESSION, at(20, entry("s", 0, PUMP), paused)) if one.slot.name == "minute 15"]
    assert (one.at, one.status) == (clock(15), Status.DUE)


def test_an_infusion_has_its_own_times() -> None:
    found = statuses(due(INFUSION_SESSION, at(120, *INFUSION, awake("a", 60))))
    assert found["before"] is found["minute 15"] is found["minute 40"] is found["minute 90"] is Status.DONE
    assert found["minute 30"] is found["minute 60"] is Status.MISSED


def test_a_reading_on_time_is_not_the_late_one_of_the_slot_before() -> None:
    found = {one.slot.name: one.done_by for one in due(INFUSION_SESSION, at(120, *INFUSION))}
    assert (found["minute 30"], found["minute 40"]) == ("", "r40")


@given(st.permutations(list(INFUSION)), st.integers(0, 180))
def test_the_order_of_arrival_does_not_matter(entries: list[Entry], minutes: int) -> None:
    assert due(INFUSION_SESSION, at(minutes, *entries)) == due(INFUSION_SESSION, at(minutes, *INFUSION))


def test_every_slot_has_a_source_and_makes_sense() -> None:
    for protocol in (SPRAY_SESSION, INFUSION_SESSION):
        for slot in protocol.slots:
            assert slot.basis.where
    with pytest.raises(FieldError, match="each name once"):
        Protocol(name="x", version="1", slots=SPRAY_SESSION.slots[:1] * 2)
    with pytest.raises(FieldError, match="at least late_min"):
        Slot(name="x", what=("spo2",), minute=1.0, basis=SPRAY_SESSION.slots[0].basis, late_min=9.0, missed_min=5.0)
