"""The ledger over its lines: exact, witnessed, and never changed."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.world import START, World
from kinetamine.clinic.access import records_for
from kinetamine.clinic.care import ledger
from kinetamine.clinic.care.ledger import Asked, Witness
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.ledger import Lot
from kinetamine.clinic.records import LedgerEntry, Role, Signature
from kinetamine.clinic.refusals import NotAllowedError
from kinetamine.clinic.signature import Signature as Hand
from kinetamine.engine.events import Form
from kinetamine.errors import InputError

LOT = Lot(number="L1", product="ketamine (HCl) 500 mg / 10 mL", form=Form.RACEMIC, salt="hydrochloride")
LATER = START + timedelta(hours=1)
RECEIVED = Asked(happened="received", lot=LOT, mg="500", at=START)
WASTED = Asked(happened="wasted", lot=LOT, mg="0.1", at=LATER, reason="rest of the vial")


def hand(world: World, role: Role = Role.NURSE) -> Hand:
    return Hand(by=world.members[role].user_id, role=role.value, at=world.clock.now)


def witness(world: World, role: Role = Role.PHYSICIAN) -> Witness:
    member = world.members[role]
    return Witness(member=member, records=records_for(world.database, member), proof=world.proof(role))


def booked(world: World, asked: Asked, by: Role = Role.NURSE, *, seen: bool = True) -> LedgerEntry:
    return ledger.post(world.records(by), asked, hand(world, by), witness(world) if seen else None)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_whole_micrograms_go_into_the_column_and_come_back_exactly(ug: int) -> None:
    assert ledger.exact(ledger.milligrams(ug)) == ug


@pytest.mark.parametrize(
    ("typed", "ug"), [("12.5", 12500), ("0,001", 1), (" 7 ", 7000), ("999999999.999", 999999999999)]
)
def test_an_amount_is_read_exactly(typed: str, ug: int) -> None:
    assert ledger.amount(typed) == ug


@pytest.mark.parametrize("typed", ["", "-1", "1e3", "0.0001", "1_0", "NaN", "twelve", "1000000000"])
def test_what_is_no_amount_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(ToldError) as told:
        ledger.amount(typed)
    assert told.value.field == "mg"


def test_balances_follow_to_the_microgram(world: World) -> None:
    booked(world, RECEIVED, seen=False)
    for _ in range(3):
        booked(world, WASTED)
    given = replace(WASTED, happened="given", mg="35", session_id=world.sitting())
    booked(world, given, seen=False)
    found = ledger.book(world.records())
    assert found.ledger.lots == (LOT,)
    assert ledger.shown(found.ledger.balance(LOT)) == "464.7"
    assert found.unread == ()
    assert ledger.known_lot(found, "l1") == LOT
    assert ledger.known_lot(found, "L2") is None


def test_the_witness_signs_and_is_another_who_may(world: World) -> None:
    booked(world, RECEIVED, seen=False)
    entry = booked(world, WASTED)
    assert entry.witness_id == world.members[Role.PHYSICIAN].user_id
    (signed,) = world.records().find(Signature, signed_id=entry.id)
    assert (signed.made_by, signed.meaning) == (entry.witness_id, "witnessed")
    with pytest.raises(ToldError, match="Another person"):
        ledger.post(world.records(), WASTED, hand(world, Role.PHYSICIAN), witness(world))
    with pytest.raises(ToldError, match="second person") as told:
        booked(world, WASTED, seen=False)
    assert told.value.field == "witness_name"
    with pytest.raises(ToldError, match="role"):
        ledger.may_witness(world.records(), world.members[Role.THERAPIST])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mg": "600"}, "mg"),
        ({"reason": " "}, "reason"),
        ({"happened": "given"}, "session"),
        ({"happened": "eaten"}, "happened"),
        ({"at": START - timedelta(days=1)}, "mg"),
    ],
)
def test_what_cannot_be_is_told_before_anybody_is_asked_for_a_password(
    world: World, change: dict[str, str], field: str
) -> None:
    booked(world, RECEIVED, seen=False)
    with pytest.raises(InputError) as told:
        ledger.check(world.records(), replace(WASTED, **change), hand(world), "physician")  # type: ignore[arg-type]
    assert getattr(told.value, "field", "") == field
    assert len(ledger.book(world.records()).lines) == 1


def test_a_movement_is_taken_back_in_full_once_and_both_lines_stay(world: World) -> None:
    booked(world, RECEIVED, seen=False)
    entry = booked(world, WASTED)
    nurse = world.records(Role.NURSE)
    back = ledger.take_back(nurse, entry.id, "wrong lot", LATER + timedelta(minutes=1), hand(world), witness(world))
    assert (back.change_mg, back.corrects_id, back.why) == (0.1, entry.id, "wrong lot")
    found = ledger.book(nurse)
    assert ledger.shown(found.ledger.balance(LOT)) == "500"
    assert found.reversed == {entry.id}
    assert (len(found.lines), found.unread) == (3, ())
    for again in (entry.id, back.id, "nobody"):
        with pytest.raises(InputError):
            ledger.take_back(nurse, again, "again", LATER + timedelta(minutes=2), hand(world), witness(world))


def test_two_who_book_at_once_cannot_take_more_than_there_is(world: World) -> None:
    booked(world, RECEIVED, seen=False)
    most, refused = replace(WASTED, mg="300"), list[InputError]()

    def waste() -> None:
        try:
            booked(world, most)
        except InputError as error:
            refused.append(error)

    threads = [threading.Thread(target=waste) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 2
    assert ledger.shown(ledger.book(world.records()).ledger.balance(LOT)) == "200"


def test_a_count_moves_nothing_and_says_what_is_missing(world: World) -> None:
    booked(world, RECEIVED, seen=False)
    nurse = world.records(Role.NURSE)
    entry = ledger.count(nurse, LOT, "499.5", LATER, hand(world), witness(world), whole=True)
    assert (entry.happened, entry.change_mg) == ("counted 499.5 mg, inventory", 0.0)
    found = ledger.book(nurse).ledger
    assert found.balance(LOT) == 500_000
    assert [one.missing_ug for one in found.discrepancies] == [500]
    booked(world, replace(WASTED, happened="missing", mg="0.5", at=LATER))
    assert ledger.book(nurse).ledger.discrepancies == ()


def test_lines_of_another_program_are_shown_and_counted_in_no_balance(world: World) -> None:
    booked(world, RECEIVED, seen=False)
    records = world.records()
    for change in (
        {"drug": "ketamine"},
        {"happened": "came"},
        {"change_mg": -0.00001},
        {"change_mg": 5.0},
        {"happened": "counted 5 mg"},
    ):
        line = {"drug": ledger.drug_of(LOT), "lot": "L1", "happened": "wasted", "change_mg": -5.0, "happened_at": LATER}
        records.add(LedgerEntry(**line | change))
    found = ledger.book(records)
    assert len(found.unread) == 5
    assert found.ledger.balance(LOT) == 500_000


def test_who_may_not_book_does_not(world: World) -> None:
    with pytest.raises(NotAllowedError):
        booked(world, RECEIVED, by=Role.MONITOR, seen=False)
