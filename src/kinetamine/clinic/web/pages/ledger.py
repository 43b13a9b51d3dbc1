"""The ledger of controlled drugs: what is in stock, what came and went, what was counted, and what does not agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import enrolment, ledger, users
from kinetamine.clinic.care.every import every
from kinetamine.clinic.care.ledger import Asked, Book
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.ledger import Lot, form_due, inventory_due, notice_due
from kinetamine.clinic.records import LedgerEntry, Person, Session
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.signing import again, signing, witnessed
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.engine.dose import Salt
from kinetamine.engine.events import Form as Molecule
from kinetamine.errors import FieldError, InputError

router = APIRouter()
SALTS = get_args(Salt)
_MOST_SESSIONS = 1000
"""What was given in older ones is in the book already."""


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A session that a dose may have been given in, for a list."""

    id: str
    text: str


@router.get("/ledger")
def show(visit: SignedIn) -> Response:
    """Balances, differences and every line."""
    found = ledger.book(visit.records)
    people = [one for line in found.lines for one in (line.record.made_by, line.record.witness_id) if one]
    return page(
        "ledger.html",
        visit,
        "/ledger",
        book=found,
        balances=[(lot, ledger.shown(found.ledger.balance(lot))) for lot in found.ledger.lots],
        differences=[(one, _dues(one.at, visit)) for one in found.ledger.discrepancies],
        inventory=_inventory(found, visit),
        names=users.names(visit.records, people),
        may_add=visit.may(Action.ADD, LedgerEntry.kind),
        shown=ledger.shown,
    )


@router.get("/ledger/new")
def blank(visit: SignedIn, request: Request) -> Response:
    """The form of a movement."""
    visit.records.require(Action.ADD, LedgerEntry)
    asked = {name: [request.query_params.get(name, "")] for name in ("happened", "lot", "session", "at")}
    return _movement(visit, Form(asked))


@router.post("/ledger/new")
def post(visit: SignedIn, form: Posted) -> Response:
    """Book a movement."""
    visit.records.require(Action.ADD, LedgerEntry)
    try:
        asked, by = _asked(visit, form), signing(visit)
        alone = asked.happened in ledger.ALONE and not form.typed("witness_name")
        ledger.check(visit.records, asked, by, form.typed("witness_name"))
        ledger.post(visit.records, asked, by, None if alone else witnessed(visit, form))
    except InputError as error:
        return _movement(visit, form, _told(error))
    return seen("/ledger")


@router.get("/ledger/count")
def blank_count(visit: SignedIn, request: Request) -> Response:
    """The form of a count."""
    visit.records.require(Action.ADD, LedgerEntry)
    return _count(visit, Form({"lot": [request.query_params.get("lot", "")]}))


@router.post("/ledger/count")
def count(visit: SignedIn, form: Posted) -> Response:
    """Write down what two people counted."""
    visit.records.require(Action.ADD, LedgerEntry)
    try:
        lot = ledger.known_lot(ledger.book(visit.records), form.text("lot"))
        if lot is None:
            raise ToldError("lot", "There is no lot of that number in the book.")
        at = _passed(visit, form)
        ledger.amount(form.text("mg"))
        whole = bool(form.typed("whole"))
        ledger.count(visit.records, lot, form.text("mg"), at, signing(visit), witnessed(visit, form), whole=whole)
    except InputError as error:
        return _count(visit, form, error)
    return seen("/ledger")


@router.get("/ledger/{entry_id}/take-back")
def blank_back(visit: SignedIn, entry_id: str) -> Response:
    """The form that takes a movement back."""
    visit.records.require(Action.ADD, LedgerEntry)
    return _back(visit, entry_id)


@router.post("/ledger/{entry_id}/take-back")
def take_back(visit: SignedIn, entry_id: str, form: Posted) -> Response:
    """Reverse a movement in full."""
    visit.records.require(Action.ADD, LedgerEntry)
    try:
        why, by = form.text("why"), signing(visit)
        ledger.take_back(visit.records, entry_id, why, by.at, by, witnessed(visit, form))
    except InputError as error:
        return _back(visit, entry_id, form, error)
    return seen("/ledger")


def _asked(visit: Visit, form: Form) -> Asked:
    found = ledger.book(visit.records)
    happened = form.choice("happened", ledger.WAYS)
    return Asked(
        happened=happened,
        lot=_lot(found, form, happened),
        mg=form.text("mg"),
        at=_passed(visit, form),
        reason=form.typed("reason"),
        session_id=form.optional("session") if happened == "given" else None,
    )


def _lot(found: Book, form: Form, happened: str) -> Lot:
    lot = ledger.known_lot(found, form.text("lot"))
    if lot is None:
        return _new_lot(form, happened)
    ledger.require_same(lot, **{name: form.typed(name) for name in ("product", "molecule", "salt")})
    return lot


def _new_lot(form: Form, happened: str) -> Lot:
    if happened != "received":
        raise ToldError("lot", "There is no lot of that number in the book; receive it first.")
    salt = form.choice("salt", SALTS)
    return Lot(
        number=form.text("lot"),
        product=form.text("product"),
        form=Molecule(form.choice("molecule", enrolment.FORMS)),
        salt="base" if salt == "base" else "hydrochloride",
    )


def _passed(visit: Visit, form: Form) -> datetime:
    at = form.moment("at", visit.zone)
    if at > visit.services.database.clock():
        raise ToldError("at", "A time that has passed.")
    return at


def _told(error: InputError) -> InputError:
    """At a field that the form has."""
    return ToldError("mg", str(error)) if getattr(error, "field", "") == "ug" else error


def _movement(visit: Visit, form: Form, error: InputError | None = None) -> Response:
    return page(
        "ledger_new.html",
        visit,
        "/ledger",
        form=again(form),
        error=error,
        ways=tuple(ledger.WAYS),
        lots=ledger.book(visit.records).lots,
        forms=enrolment.FORMS,
        salts=SALTS,
        sessions=[(one.id, one.text) for one in _sessions(visit)],
    )


def _count(visit: Visit, form: Form, error: InputError | None = None) -> Response:
    lots = ledger.book(visit.records).lots
    return page("ledger_count.html", visit, "/ledger", form=again(form), error=error, lots=lots)


def _back(visit: Visit, entry_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    record = visit.records.get(LedgerEntry, entry_id)
    if record.corrects_id is not None or record.happened not in ledger.WAYS:
        raise FieldError("entry", record.happened, "a movement that was not taken back")
    kept = None if form is None else again(form)
    return page("ledger_back.html", visit, "/ledger", form=kept, error=error, record=record)


def _sessions(visit: Visit) -> list[_Row]:
    """The latest first: number of the person, chair, and when it was opened."""
    if not visit.may(Action.READ, Session.kind) or not visit.may(Action.READ, Person.kind):
        return []
    numbers = {one.id: one.number for one in every(visit.records, Person)}
    rows = []
    for one in visit.records.newest(Session, limit=_MOST_SESSIONS):
        when = (one.started_at or one.made_at).astimezone(visit.zone).strftime("%Y-%m-%d %H:%M")
        rows.append(_Row(id=one.id, text=f"{numbers.get(one.person_id, '?')}, chair {one.chair}, {when}"))
    return rows


def _inventory(found: Book, visit: Visit) -> dict[str, Any] | None:
    """When all was counted last, and by when it must be again; nothing where there never was any stock."""
    if not found.ledger.postings:
        return None
    last = found.ledger.last_inventory(visit.zone)
    first = min(one.at for one in found.ledger.postings).astimezone(visit.zone).date()
    return {"last": last, "due": inventory_due(last, first)}


def _dues(at: datetime, visit: Visit) -> tuple[str, str]:
    day = at.astimezone(visit.zone).date()
    return notice_due(day).isoformat(), form_due(day).isoformat()
