"""The ledger of controlled drugs over its lines on record.

The column holds mg as a float, the book whole micrograms. An amount of whole micrograms has at most three places after
the point, and up to thousands of kilograms the shortest text of its float is that very number: ``Decimal(repr(mg))``
is exact both ways, so no second column is needed. A line for which that does not hold is shown and not counted.

What a count found is no movement: it stands in words in ``happened``, as ``counted 465 mg``, and changes nothing.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kinetamine.clinic.access import Action, Member, Proof, Records, policy
from kinetamine.clinic.care.every import every
from kinetamine.clinic.care.told import ToldError, at_field
from kinetamine.clinic.ledger import Account, Count, Ledger, Lot, Posting, micrograms
from kinetamine.clinic.records import LedgerEntry, User
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError, InputError

WAYS = {
    "received": (Account.SUPPLIER, Account.STOCK),
    "given": (Account.STOCK, Account.PATIENT),
    "wasted": (Account.STOCK, Account.WASTE),
    "returned for destruction": (Account.STOCK, Account.RETURNED),
    "sent back to the supplier": (Account.STOCK, Account.SUPPLIER),
    "missing": (Account.STOCK, Account.UNEXPLAINED),
    "turned up": (Account.UNEXPLAINED, Account.STOCK),
}
"""What may happen, and between which accounts."""
ALONE = frozenset({"received", "given"})
"""What needs no witness."""
_BACK = ", taken back"
_COUNTED = re.compile(r"counted (\d+(?:\.\d+)?) mg(, inventory)?")
_DRUG = re.compile(r"(.+) \((racemic ketamine|esketamine|arketamine), mg of (base|hydrochloride)\)")
_STAFF = "staff"
"""The role under an act that was read back: the line says which account it was."""
_BOOKING = threading.Lock()
"""Two who book at once are taken in turn: what is left is looked up and booked as one."""


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A second person who has just proved who they are.

    Attributes:
        records: their own way to data, by which they sign.
    """

    member: Member
    records: Records
    proof: Proof


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A movement as the form has it.

    Attributes:
        mg: as typed, exactly.
    """

    happened: str
    lot: Lot
    mg: str
    at: datetime
    reason: str = ""
    session_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line on record, and what the book reads in it; neither where it cannot be read."""

    record: LedgerEntry
    posting: Posting | None = None
    count: Count | None = None

    @property
    def ug(self) -> int | None:
        """What moved into the stock, or out of it."""
        if self.posting is None:
            return None
        return self.posting.ug * ((self.posting.target is Account.STOCK) - (self.posting.source is Account.STOCK))


@dataclass(frozen=True, kw_only=True)
class Book:
    """All lines, the latest first, and the ledger that they make.

    Attributes:
        reversed: the lines that were taken back.
    """

    lines: tuple[Line, ...]
    ledger: Ledger

    @property
    def unread(self) -> tuple[Line, ...]:
        """Lines that another program wrote, or that cannot be: in no balance."""
        return tuple(one for one in self.lines if one.posting is None and one.count is None)

    @property
    def reversed(self) -> frozenset[str]:
        """Which lines were taken back."""
        return frozenset(one.reverses for one in self.ledger.postings if one.reverses)

    @property
    def lots(self) -> tuple[Lot, ...]:
        """What may be booked on: not a lot whose every movement was taken back, as it was received by mistake."""
        moved, back = {one.lot for one in self.ledger.postings}, self.reversed
        stands = {one.lot for one in self.ledger.postings if not one.reverses and one.name not in back}
        return tuple(one for one in self.ledger.lots if one in stands or one not in moved)


def book(records: Records) -> Book:
    """Read all of it."""
    return book_of(every(records, LedgerEntry))


def book_of(rows: Iterable[LedgerEntry]) -> Book:
    """The book that these lines make."""
    lines = sorted((_line(one) for one in rows), key=lambda one: (one.record.happened_at, one.record.made_at))
    postings = tuple(one.posting for one in lines if one.posting is not None)
    counts = tuple(one.count for one in lines if one.count is not None)
    return Book(lines=tuple(reversed(lines)), ledger=Ledger(postings, counts))


def check(records: Records, asked: Asked, by: Signature, witness: str) -> None:
    """Whether it could be booked, before anybody is asked for a password.

    Raises:
        InputError: it is no way that drug can move, there is not so much, or something is missing.
    """
    _booked(records, asked, by, Signature(by=witness or by.by, role=_STAFF, at=asked.at) if witness else None)


def post(records: Records, asked: Asked, by: Signature, witness: Witness | None) -> LedgerEntry:
    """Book a movement; the witness signs the line.

    Raises:
        InputError: as ``check``.
        Refusal: the role does not allow it.
    """
    seen = None if witness is None else Signature(by=witness.member.user_id, role=_STAFF, at=asked.at)
    with _BOOKING:
        posting = _booked(records, asked, by, seen)
        into = (posting.target is Account.STOCK) - (posting.source is Account.STOCK)
        entry = records.add(
            LedgerEntry(
                drug=drug_of(asked.lot),
                lot=asked.lot.number,
                happened=asked.happened,
                happened_at=asked.at,
                change_mg=milligrams(into * posting.ug),
                session_id=asked.session_id,
                witness_id=None if seen is None else seen.by,
                note=asked.reason or None,
            )
        )
    _countersign(entry, witness, "witnessed")
    return entry


def count(
    records: Records, lot: Lot, mg: str, at: datetime, by: Signature, witness: Witness, *, whole: bool
) -> LedgerEntry:
    """Write down what two people counted.

    Raises:
        InputError: it is no amount, or one person counted.
        Refusal: the role does not allow it.
    """
    ug = amount(mg)
    mine, theirs = (Signature(by=one, role=_STAFF, at=at) for one in (by.by, witness.member.user_id))
    Count(name="new", lot=lot, ug=ug, signature=mine, witness=theirs, whole=whole)
    said = f"counted {shown(ug)} mg" + (", inventory" if whole else "")
    entry = records.add(
        LedgerEntry(
            drug=drug_of(lot), lot=lot.number, happened=said, happened_at=at, change_mg=0.0, witness_id=theirs.by
        )
    )
    _countersign(entry, witness, "counted")
    return entry


def take_back(records: Records, entry_id: str, why: str, at: datetime, by: Signature, witness: Witness) -> LedgerEntry:
    """Reverse a movement in full by another line; the first stays.

    Raises:
        InputError: it is no movement, was taken back already, or nobody says why.
        Refusal: the role does not allow it.
    """
    require_words("why", why)
    with _BOOKING:
        found = book(records)
        line = next((one for one in found.lines if one.record.id == entry_id), None)
        if line is None or line.posting is None or line.posting.reverses:
            raise FieldError("why", why, "a movement that the book can read")
        wrong, seen = line.posting, Signature(by=witness.member.user_id, role=_STAFF, at=at)
        mirror = Posting(
            name="new",
            lot=wrong.lot,
            source=wrong.target,
            target=wrong.source,
            ug=wrong.ug,
            signature=Signature(by=by.by, role=by.role, at=at),
            witness=seen,
            reason=why,
            session=wrong.session,
            reverses=wrong.name,
        )
        found.ledger.posted(mirror)
        entry = records.correct(
            LedgerEntry,
            entry_id,
            why,
            happened=line.record.happened + _BACK,
            happened_at=at,
            change_mg=-line.record.change_mg,
            witness_id=seen.by,
        )
    _countersign(entry, witness, "witnessed")
    return entry


def may_witness(records: Records, member: Member) -> None:
    """Refuse a witness whose role may sign no line of the ledger.

    Raises:
        ToldError: theirs does not.
    """
    roles = records.get(User, member.user_id).roles
    if policy.scope(roles, LedgerEntry.kind, Action.SIGN) is None:
        raise ToldError("witness_name", "Their role does not let them witness a line of the ledger.")


def known_lot(found: Book, number: str) -> Lot | None:
    """The one lot of that number; None where there is none, or more than one."""
    lots = [one for one in found.lots if one.number.casefold() == number.casefold()]
    return lots[0] if len(lots) == 1 else None


def require_same(lot: Lot, *, product: str, molecule: str, salt: str) -> None:
    """Refuse what was typed about a lot in the book where it contradicts the book; what was left empty does not.

    Raises:
        ToldError: at the first field that does.
    """
    said = {"product": (product, lot.product), "molecule": (molecule, lot.form.value), "salt": (salt, lot.salt)}
    for field, (typed, booked) in said.items():
        if typed and _letters(typed) != _letters(booked):
            what = f"Lot {lot.number} is in the book as {lot.product}, {lot.form.value}, mg of {lot.salt}"
            raise ToldError(field, f"{what}: give another product another number, or take a wrong line back.")


def _letters(text: str) -> str:
    """A product is the same however its name is spaced, and in capitals or not."""
    return "".join(text.split()).casefold()


def amount(mg: str) -> int:
    """Whole micrograms of what was typed.

    Raises:
        ToldError: it is no amount, or finer than a microgram.
    """
    text = mg.strip().replace(",", ".")
    with at_field("mg"):
        if not re.fullmatch(r"\d{1,9}(\.\d+)?", text):
            raise FieldError("mg", mg, "a number of mg, such as 12.5")
        return micrograms(text)


def shown(ug: int) -> str:
    """Micrograms as mg, exactly: a zero before the point, none at the end."""
    text = f"{Decimal(ug) / 1000:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def milligrams(ug: int) -> float:
    """For the column; ``exact`` is the way back."""
    return float(Decimal(ug) / 1000)


def exact(mg: float) -> int:
    """Whole micrograms of the column.

    Raises:
        FieldError: it is finer than a microgram.
    """
    return micrograms(repr(mg))


def drug_of(lot: Lot) -> str:
    """Product, molecule and salt in one line."""
    return f"{lot.product} ({lot.form.value}, mg of {lot.salt})"


def lot_of(entry: LedgerEntry) -> Lot:
    """The lot that a line is about.

    Raises:
        FieldError: another program wrote it, and it does not say of what the mg are.
    """
    found = _DRUG.fullmatch(entry.drug)
    if found is None:
        raise FieldError("drug", entry.drug, "product, molecule and salt, as this ledger writes them")
    salt = "base" if found[3] == "base" else "hydrochloride"
    return Lot(number=entry.lot, product=found[1], form=Form(found[2]), salt=salt)  # type: ignore[arg-type]  # one of two


def _booked(records: Records, asked: Asked, by: Signature, witness: Signature | None) -> Posting:
    if asked.happened not in WAYS:
        raise FieldError("happened", asked.happened, "one of " + ", ".join(WAYS))
    source, target = WAYS[asked.happened]
    ug = amount(asked.mg)
    if asked.happened == "given" and not asked.session_id:
        raise ToldError("session", "Say in which session it was given.")
    if asked.happened not in ALONE and not asked.reason.strip():
        raise ToldError("reason", "Say why; whatever does not go to a patient needs a reason.")
    _require_second(asked, by, witness)
    with at_field("mg"):
        posting = Posting(
            name="new",
            lot=asked.lot,
            source=source,
            target=target,
            ug=ug,
            signature=Signature(by=by.by, role=by.role, at=asked.at),
            witness=witness,
            reason=asked.reason,
            session=asked.session_id or "",
        )
        book(records).ledger.posted(posting)
    return posting


def _require_second(asked: Asked, by: Signature, witness: Signature | None) -> None:
    """Refuse one person's word where two are needed.

    Raises:
        ToldError: nobody stands beside, or the same person does.
    """
    if witness is None and asked.happened not in ALONE:
        raise ToldError("witness_name", "A second person must have seen it.")
    if witness is not None and witness.by == by.by:
        raise ToldError("witness_name", "Another person must have seen it.")


def _line(record: LedgerEntry) -> Line:
    try:
        return _read(record)
    except (InputError, KeyError):
        return Line(record=record)


def _read(record: LedgerEntry) -> Line:
    lot = lot_of(record)
    by = Signature(by=record.made_by, role=_STAFF, at=record.happened_at)
    seen = None if record.witness_id is None else Signature(by=record.witness_id, role=_STAFF, at=record.happened_at)
    counted = _COUNTED.fullmatch(record.happened)
    if counted is not None:
        if seen is None:
            raise FieldError("witness_id", None, "two people who counted")
        ug = micrograms(counted[1])
        return Line(
            record=record,
            count=Count(name=record.id, lot=lot, ug=ug, signature=by, witness=seen, whole=bool(counted[2])),
        )
    source, target = WAYS[record.happened.removesuffix(_BACK)]
    if record.corrects_id is not None:
        source, target = target, source
    ug = exact(record.change_mg)
    if (ug > 0) is not (target is Account.STOCK):
        raise FieldError("change_mg", record.change_mg, "more where it came in, less where it went out")
    posting = Posting(
        name=record.id,
        lot=lot,
        source=source,
        target=target,
        ug=abs(ug),
        signature=by,
        witness=seen,
        reason=record.why or record.note or "",
        session=record.session_id or "",
        reverses=record.corrects_id or "",
    )
    return Line(record=record, posting=posting)


def _countersign(entry: LedgerEntry, witness: Witness | None, meaning: str) -> None:
    if witness is not None:
        witness.records.sign(entry, meaning, witness.proof)
