"""The ledger: nothing negative, nothing lost, waste by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.clinic.ledger import (
    Account,
    Count,
    Ledger,
    Lot,
    Posting,
    form_due,
    inventory_due,
    micrograms,
    notice_due,
)
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LOT = Lot(number="L1", product="ketamine 500 mg / 10 mL", form=Form.RACEMIC, salt="hydrochloride")
OTHER = replace(LOT, number="L2")


def signed(by: str, hours: float) -> Signature:
    return Signature(by=by, role="nurse", at=AT + timedelta(hours=hours))


def received(name: str, mg: int, hours: float, lot: Lot = LOT) -> Posting:
    return Posting(
        name=name,
        lot=lot,
        source=Account.SUPPLIER,
        target=Account.STOCK,
        ug=micrograms(mg),
        signature=signed("a", hours),
    )


def gave(name: str, mg: str, hours: float) -> Posting:
    return replace(
        received(name, 1, hours), source=Account.STOCK, target=Account.PATIENT, ug=micrograms(mg), session="s1"
    )


def wasted(name: str, mg: str, hours: float, witness: str | None = "b") -> Posting:
    return Posting(
        name=name,
        lot=LOT,
        source=Account.STOCK,
        target=Account.WASTE,
        ug=micrograms(mg),
        signature=signed("a", hours),
        witness=None if witness is None else signed(witness, hours),
        reason="rest of the syringe",
    )


def counted(name: str, mg: str, hours: float, lot: Lot = LOT, *, whole: bool = False) -> Count:
    return Count(
        name=name, lot=lot, ug=micrograms(mg), signature=signed("a", hours), witness=signed("b", hours), whole=whole
    )


def booked(*postings: Posting) -> Ledger:
    ledger = Ledger()
    for one in postings:
        ledger = ledger.posted(one)
    return ledger


def test_every_microgram_is_somewhere() -> None:
    ledger = booked(received("r", 500, 0), gave("g", "35", 1), wasted("w", "15.125", 2))
    assert ledger.balance(LOT) == micrograms("449.875")
    assert ledger.balance(LOT, Account.PATIENT) == 35000
    assert ledger.balance(LOT, at=AT + timedelta(hours=1)) == micrograms("465")
    assert sum(ledger.balance(LOT, account) for account in Account) == 0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: wasted("w", "1", 2, witness=None), "a second person, who saw it"),
        (lambda: wasted("w", "1", 2, witness="A"), "another person than a"),
        (lambda: replace(wasted("w", "1", 2), reason=" "), "words, not a blank"),
        (lambda: replace(gave("g", "1", 1), session=""), "words, not a blank"),
        (lambda: replace(received("r", 1, 0), ug=0), "more than 0"),
        (lambda: replace(received("r", 1, 0), target=Account.SUPPLIER), "a way that drug can move"),
        (lambda: replace(received("r", 1, 0), target=Account.PATIENT, session="s"), "through the stock"),
        (lambda: replace(gave("g", "1", 1), target=Account.SUPPLIER), "words, not a blank"),
        (lambda: replace(wasted("w", "1", 2), source=Account.WASTE, target=Account.STOCK), "a way that drug can move"),
        (lambda: replace(counted("c", "1", 1), witness=signed("A", 1)), "another person"),
        (lambda: replace(counted("c", "1", 1), ug=-1), "0 or more"),
        (lambda: replace(LOT, number=" "), "words, not a blank"),
        (lambda: micrograms("0.0001"), "three places"),
        (lambda: micrograms("much"), "a number of mg"),
        (lambda: micrograms("NaN"), "three places|a number"),
    ],
)
def test_what_nobody_may_book_is_refused(make: object, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        make()  # type: ignore[operator]


def test_no_more_can_be_given_than_there_is() -> None:
    with pytest.raises(FieldError, match="lot L1 lacks 1000 ug"):
        booked(received("r", 10, 0), gave("g", "11", 1))


def test_a_late_posting_cannot_make_the_past_impossible() -> None:
    ledger = booked(received("r", 10, 0), gave("g", "8", 5))
    with pytest.raises(FieldError, match="lacks 1000 ug"):
        ledger.posted(gave("late", "3", 2))
    with pytest.raises(FieldError, match="lacks"):
        booked(received("r", 10, 4)).posted(gave("g", "1", 2))


def test_the_same_posting_twice_counts_once_and_its_name_is_taken() -> None:
    ledger = booked(received("r", 10, 0))
    assert ledger.posted(received("r", 10, 0)) is ledger
    with pytest.raises(FieldError, match="a name of its own"):
        ledger.posted(received("r", 11, 0))


def test_a_wrong_posting_is_reversed_by_two_and_once() -> None:
    wrong = wasted("w", "5", 2)
    back = Posting(
        name="back",
        lot=LOT,
        source=Account.WASTE,
        target=Account.STOCK,
        ug=5000,
        signature=signed("a", 3),
        witness=signed("b", 3),
        reason="wrong lot",
        reverses="w",
    )
    ledger = booked(received("r", 10, 0), wrong, back)
    assert (ledger.balance(LOT), ledger.balance(LOT, Account.WASTE)) == (10000, 0)
    assert wrong in ledger.postings
    for other, message in (
        (replace(back, name="again"), "not reversed before"),
        (replace(back, name="x", reverses="r"), "the other way round"),
        (replace(back, name="x", reverses="nothing"), "the name of a posting"),
    ):
        with pytest.raises(FieldError, match=message):
            ledger.posted(other)


def test_a_count_that_does_not_agree_is_reported_until_it_is_explained() -> None:
    ledger = booked(received("r", 500, 0), gave("g", "35", 1)).counted(counted("c", "460", 5))
    (one,) = ledger.discrepancies
    assert (one.missing_ug, one.found_by) == (5000, ("a", "b"))
    assert one.text == "lot L1: 465 mg in the book, 460 mg counted, 5 mg missing"
    assert ledger.posted(wasted("w", "5", 3)).discrepancies == ()
    booked_off = replace(wasted("u", "5", 6), target=Account.UNEXPLAINED, reason="not found")
    after = ledger.posted(booked_off).counted(counted("c2", "460", 7))
    assert [one.at for one in after.discrepancies] == [AT + timedelta(hours=5)]


def test_more_than_there_should_be_is_a_discrepancy_too() -> None:
    (one,) = booked(received("r", 10, 0)).counted(counted("c", "11", 1)).discrepancies
    assert one.missing_ug == -1000


def test_an_inventory_is_whole_only_when_every_lot_in_stock_was_counted() -> None:
    ledger = booked(received("r", 10, 0), received("r2", 10, 0, OTHER)).counted(counted("c", "10", 5, whole=True))
    assert ledger.last_inventory(UTC) is None
    whole = ledger.counted(counted("c2", "10", 6, OTHER, whole=True))
    assert whole.last_inventory(UTC) == date(2026, 3, 2)
    assert whole.last_inventory(ZoneInfo("Pacific/Kiritimati")) == date(2026, 3, 3)
    assert whole.counted(counted("c2", "10", 6, OTHER, whole=True)) is whole
    with pytest.raises(FieldError, match="a name of its own"):
        whole.counted(counted("c2", "9", 6, OTHER, whole=True))
    used_up = ledger.posted(replace(gave("g2", "10", 4), lot=OTHER))
    assert used_up.last_inventory(UTC) == date(2026, 3, 2)
    later = whole.counted(counted("c3", "10", 24 * 400, whole=True))
    assert later.last_inventory(UTC) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("last", "due"),
    [(None, date(2026, 1, 5)), (date(2026, 3, 2), date(2028, 3, 2)), (date(2024, 2, 29), date(2026, 2, 28))],
)
def test_everything_is_counted_again_within_two_years(last: date | None, due: date) -> None:
    assert inventory_due(last, date(2026, 1, 5)) == due


def test_a_loss_is_notified_by_the_next_business_day_and_the_form_follows() -> None:
    friday = date(2026, 3, 6)
    assert notice_due(friday) == date(2026, 3, 9)
    assert notice_due(friday, [date(2026, 3, 9)]) == date(2026, 3, 10)
    assert notice_due(date(2026, 3, 3)) == date(2026, 3, 4)
    assert form_due(friday) == date(2026, 4, 20)


MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                (Account.SUPPLIER, Account.STOCK),
                (Account.STOCK, Account.PATIENT),
                (Account.STOCK, Account.WASTE),
                (Account.STOCK, Account.UNEXPLAINED),
                (Account.UNEXPLAINED, Account.STOCK),
                (Account.PATIENT, Account.STOCK),
                (Account.STOCK, Account.RETURNED),
            ]
        ),
        st.integers(1, 60),
        st.integers(0, 12),
        st.sampled_from([LOT, OTHER]),
    ),
    max_size=25,
)


def tried(moves: list[tuple[tuple[Account, Account], int, int, Lot]]) -> Ledger:
    """Book what can be booked; drug back from a patient stands for the reversal of an earlier posting."""
    ledger = Ledger()
    for place, ((source, target), ug, hours, lot) in enumerate(moves):
        name, wrong = f"{place}", ledger.postings[ug % len(ledger.postings)] if ledger.postings else None
        if source is Account.PATIENT and wrong is None:
            continue
        plain = {"lot": lot, "source": source, "target": target, "ug": ug}
        if source is Account.PATIENT and wrong is not None:
            plain = {"lot": wrong.lot, "source": wrong.target, "target": wrong.source, "ug": wrong.ug}
        try:
            posting = Posting(
                name=name,
                signature=signed("a", hours),
                witness=signed("b", hours),
                reason="a test",
                session="s",
                reverses=wrong.name if source is Account.PATIENT and wrong is not None else "",
                **plain,  # type: ignore[arg-type]
            )
            ledger = ledger.posted(posting)
        except FieldError:
            continue
    return ledger


@given(MOVES)
def test_nothing_is_ever_negative_and_nothing_is_lost(
    moves: list[tuple[tuple[Account, Account], int, int, Lot]],
) -> None:
    ledger = tried(moves)
    for lot in (LOT, OTHER):
        for hour in range(13):
            moment = AT + timedelta(hours=hour)
            held = {account: ledger.balance(lot, account, moment) for account in Account}
            assert sum(held.values()) == 0
            assert min(held[one] for one in (Account.STOCK, Account.PATIENT, Account.WASTE, Account.RETURNED)) >= 0
    assert len({one.name for one in ledger.postings}) == len(ledger.postings)


@given(MOVES)
def test_a_refusal_changes_nothing(moves: list[tuple[tuple[Account, Account], int, int, Lot]]) -> None:
    ledger = tried(moves)
    greedy = replace(gave("greedy", "1", 12), ug=10**9)
    with pytest.raises(FieldError, match="lacks"):
        ledger.posted(greedy)
    assert all(one.name != "greedy" for one in ledger.postings)
