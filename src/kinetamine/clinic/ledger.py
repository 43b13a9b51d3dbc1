"""Controlled drugs by lot, in double entry: every microgram comes from an account and goes to another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kinetamine.citation import Reference
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.engine.dose import Salt
from kinetamine.engine.events import Form
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError

CFR_INVENTORY = Reference(
    key="cfr_1304_11",
    authors="{US Drug Enforcement Administration}",
    title="21 CFR 1304.11: inventory requirements",
    journal="",
    year=2019,
    url="http://www.dsd.state.md.us/comar/comarhtml/10/10.19.03.05.htm",
)
CFR_LOSS = Reference(
    key="cfr_1301_76",
    authors="{US Drug Enforcement Administration}",
    title="21 CFR 1301.76(b): theft and loss",
    journal="",
    year=2019,
    url="https://www.pharmacy.la.gov/page/controlled-dangerous-substance-loss-theft",
)
_AS_STATE = "as the rules of a state restate it"
INVENTORY_YEARS = Estimate(2.0, "years", CFR_INVENTORY, _AS_STATE, Provenance.MEASURED, "at the latest")
NOTICE_BUSINESS_DAYS = Estimate(1.0, "business days", CFR_LOSS, _AS_STATE, Provenance.MEASURED, "after discovery")
FORM_DAYS = Estimate(45.0, "days", CFR_LOSS, _AS_STATE, Provenance.MEASURED, "after discovery, form 106")
_UG_PER_MG = 1000


class Account(StrEnum):
    """Where a drug can be."""

    SUPPLIER = "supplier"
    STOCK = "stock"
    PATIENT = "given to a patient"
    WASTE = "wasted"
    RETURNED = "returned for destruction"
    UNEXPLAINED = "unexplained difference"


_WAYS = {
    (Account.SUPPLIER, Account.STOCK): False,
    (Account.STOCK, Account.PATIENT): False,
    (Account.STOCK, Account.SUPPLIER): True,
    (Account.STOCK, Account.WASTE): True,
    (Account.STOCK, Account.RETURNED): True,
    (Account.STOCK, Account.UNEXPLAINED): True,
    (Account.UNEXPLAINED, Account.STOCK): True,
}
"""From where to where drug may move, and whether two must see it; every other way is the reversal of one of these."""


@dataclass(frozen=True, kw_only=True)
class Lot:
    """One lot of one product.

    Attributes:
        salt: what the milligrams of the ledger are of: what is printed on the container.
    """

    number: str
    product: str
    form: Form
    salt: Salt

    def __post_init__(self) -> None:
        """Refuse a lot without number or product."""
        for field in ("number", "product"):
            require_words(field, getattr(self, field))


def micrograms(mg: str | int | Decimal) -> int:
    """Whole micrograms of an amount in mg, exactly; a float is refused, as it cannot be exact.

    Raises:
        FieldError: it is no number, or finer than a microgram.
    """
    try:
        exact = Decimal(mg) * _UG_PER_MG
    except ArithmeticError as error:
        raise FieldError("mg", mg, "a number of mg, such as 12.5") from error
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise FieldError("mg", str(mg), "at most three places after the point")
    return int(exact)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One movement, never changed; a wrong one is reversed by another.

    Attributes:
        name: from the client; the same posting sent twice counts once.
        session: whose drug it was; needed for what goes to a patient.
        reverses: name of the posting that this one takes back in full.
        witness: a second person; needed for whatever leaves the stock unused, for differences and for reversals.
    """

    name: str
    lot: Lot
    source: Account
    target: Account
    ug: int
    signature: Signature
    witness: Signature | None = None
    reason: str = ""
    session: str = ""
    reverses: str = ""

    def __post_init__(self) -> None:
        """Refuse what nobody may book."""
        require_words("name", self.name)
        if isinstance(self.ug, bool) or self.ug <= 0:
            raise FieldError("ug", self.ug, "whole micrograms, more than 0")
        way = (self.target, self.source) if self.reverses else (self.source, self.target)
        if way not in _WAYS:
            raise FieldError("target", f"{self.source} to {self.target}", "a way that drug can move, through the stock")
        if Account.PATIENT in {self.source, self.target}:
            require_words("session", self.session)
        if self.needs_witness:
            require_words("reason", self.reason)
            _require_witness(self.signature, self.witness)

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.signature.at

    @property
    def needs_witness(self) -> bool:
        """Whether one person's word is not enough."""
        return bool(self.reverses) or _WAYS[self.source, self.target]


@dataclass(frozen=True, kw_only=True)
class Count:
    """What two people found when they counted a lot.

    Attributes:
        whole: whether it was part of an inventory of everything.
    """

    name: str
    lot: Lot
    ug: int
    signature: Signature
    witness: Signature
    whole: bool = False

    def __post_init__(self) -> None:
        """Two people count, and nobody counts less than nothing."""
        if isinstance(self.ug, bool) or self.ug < 0:
            raise FieldError("ug", self.ug, "whole micrograms, 0 or more")
        _require_witness(self.signature, self.witness)


@dataclass(frozen=True, kw_only=True)
class Discrepancy:
    """A count that does not agree with the book.

    Attributes:
        missing_ug: in the book and not on the shelf; negative where there is more than there should be.
        found_by: the two who counted.
    """

    lot: Lot
    at: datetime
    expected_ug: int
    counted_ug: int
    found_by: tuple[str, str]

    @property
    def missing_ug(self) -> int:
        """What is missing."""
        return self.expected_ug - self.counted_ug

    @property
    def text(self) -> str:
        """In one sentence, both amounts in mg."""
        book, shelf, gone = (Decimal(ug) / _UG_PER_MG for ug in (self.expected_ug, self.counted_ug, self.missing_ug))
        return f"lot {self.lot.number}: {book} mg in the book, {shelf} mg counted, {gone} mg missing"


@dataclass(frozen=True)
class Ledger:
    """All postings and counts, in the order in which they were booked; each step gives a new ledger."""

    postings: tuple[Posting, ...] = ()
    counts: tuple[Count, ...] = ()

    def posted(self, posting: Posting) -> Ledger:
        """With one posting more; the same one again changes nothing.

        Raises:
            FieldError: its name is taken, the stock would have been less than nothing at some time, or it reverses
                what is not there.
        """
        for known in self.postings:
            if known.name == posting.name:
                if known != posting:
                    raise FieldError("name", posting.name, "a name of its own: another posting has it")
                return self
        if posting.reverses:
            self._require_mirror(posting)
        after = Ledger((*self.postings, posting), self.counts)
        short = after._shortfall(posting.lot)
        if short is not None:
            raise FieldError("ug", posting.ug, f"no more than there was: lot {posting.lot.number} lacks {short} ug")
        return after

    def counted(self, count: Count) -> Ledger:
        """With one count more; the same one again changes nothing."""
        for known in self.counts:
            if known.name == count.name:
                if known != count:
                    raise FieldError("name", count.name, "a name of its own: another count has it")
                return self
        return Ledger(self.postings, (*self.counts, count))

    def balance(self, lot: Lot, account: Account = Account.STOCK, at: datetime | None = None) -> int:
        """Micrograms of a lot in an account at a time, movements of that instant included; by default now."""
        own = (one for one in self.postings if one.lot == lot and (at is None or one.at <= at))
        return sum(one.ug * ((one.target is account) - (one.source is account)) for one in own)

    @cached_property
    def lots(self) -> tuple[Lot, ...]:
        """Every lot that was ever booked or counted."""
        return tuple(dict.fromkeys([*(one.lot for one in self.postings), *(one.lot for one in self.counts)]))

    @property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """Every count that does not agree with the book as it stands today, in time order.

        A difference that was booked since, at its own time, no longer shows before it; late postings may explain one.
        """
        found = (
            Discrepancy(
                lot=one.lot,
                at=one.signature.at,
                expected_ug=self.balance(one.lot, at=one.signature.at),
                counted_ug=one.ug,
                found_by=(one.signature.by, one.witness.by),
            )
            for one in sorted(self.counts, key=lambda one: (one.signature.at, one.name))
        )
        return tuple(one for one in found if one.missing_ug)

    def last_inventory(self, zone: tzinfo) -> date | None:
        """The latest day on the clinic's wall on which every lot then in stock was counted for a whole inventory."""
        by_day: dict[date, list[Count]] = {}
        for one in self.counts:
            if one.whole:
                by_day.setdefault(one.signature.at.astimezone(zone).date(), []).append(one)
        return next((day for day in sorted(by_day, reverse=True) if self._is_whole(by_day[day])), None)

    def _is_whole(self, counts: list[Count]) -> bool:
        counted = {one.lot for one in counts}
        began = min(one.signature.at for one in counts)
        return all(lot in counted for lot in self.lots if self.balance(lot, at=began) > 0)

    def _require_mirror(self, posting: Posting) -> None:
        wrong = next((one for one in self.postings if one.name == posting.reverses), None)
        if wrong is None:
            raise FieldError("reverses", posting.reverses, "the name of a posting")
        if any(one.reverses == wrong.name for one in self.postings):
            raise FieldError("reverses", wrong.name, "a posting that was not reversed before")
        mirror = (wrong.lot, wrong.target, wrong.source, wrong.ug)
        if (posting.lot, posting.source, posting.target, posting.ug) != mirror:
            raise FieldError("reverses", wrong.name, "the same lot and amount, the other way round")

    def _shortfall(self, lot: Lot) -> int | None:
        """By how much the stock of a lot, or any account but the supplier's, was ever less than nothing."""
        held = dict.fromkeys(Account, 0)
        # At one instant what comes in counts before what goes out: nobody's clock tells the two apart.
        for one in sorted((one for one in self.postings if one.lot == lot), key=_in_time):
            held[one.source] -= one.ug
            held[one.target] += one.ug
            if one.source not in _OUTSIDE and held[one.source] < 0:
                return -held[one.source]
        return None


_OUTSIDE = {Account.SUPPLIER, Account.UNEXPLAINED}
"""Accounts that may go below nothing: drug comes from the one, and turns up from the other."""


def inventory_due(last: date | None, started: date) -> date:
    """The day by which everything must be counted again; the first count is due on the day stock is first held."""
    if last is None:
        return started
    years = int(INVENTORY_YEARS.value)
    try:
        return last.replace(year=last.year + years)
    except ValueError:  # the 29th of February
        return last.replace(year=last.year + years, day=28)


def notice_due(discovered: date, holidays: Iterable[date] = ()) -> date:
    """The day by which theft or a significant loss must be notified: the next that is no weekend and no holiday."""
    closed, day = set(holidays), discovered
    for _ in range(int(NOTICE_BUSINESS_DAYS.value)):
        day += timedelta(days=1)
        while day.weekday() >= 5 or day in closed:
            day += timedelta(days=1)
    return day


def form_due(discovered: date) -> date:
    """The day by which the form on theft or loss must be sent."""
    return discovered + timedelta(days=int(FORM_DAYS.value))


def _in_time(posting: Posting) -> tuple[datetime, bool]:
    return posting.at, posting.source is Account.STOCK


def _require_witness(signature: Signature, witness: Signature | None) -> None:
    if witness is None:
        raise FieldError("witness", None, "a second person, who saw it")
    if witness.by.casefold() == signature.by.casefold():
        raise FieldError("witness", witness.by, f"another person than {signature.by}")
