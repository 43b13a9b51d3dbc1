"""Consent: the text as it is shown, with its version and hash; given, and taken back."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic import texts
from kinetamine.clinic.access import Action
from kinetamine.clinic.care import consent, users
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.consent import Purpose
from kinetamine.clinic.records import Consent, Person
from kinetamine.clinic.refusals import NoSuchRecordError
from kinetamine.clinic.signature import Signature
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.pages import person
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.signing import signing
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import InputError

router = APIRouter()
PURPOSES = {"labelled": Purpose.LABELLED, "off-label": Purpose.OFF_LABEL}
"""By what their addresses end with."""


@router.get("/people/{person_id}/consent/{purpose}")
def show(visit: SignedIn, person_id: str, purpose: str) -> Response:
    """The text and the form."""
    visit.records.require(Action.ADD, Consent)
    return _page(visit, person_id, purpose)


@router.post("/people/{person_id}/consent/{purpose}")
def give(visit: SignedIn, person_id: str, purpose: str, form: Posted) -> Response:
    """Record that the person agreed."""
    visit.records.require(Action.ADD, Consent)
    try:
        if not form.typed("agreed"):
            raise ToldError("agreed", "Tick that the person agreed to this very text.")
        at, by = form.moment("given_at", visit.zone), signing(visit)
        if at > by.at:
            raise ToldError("given_at", "A time that has passed.")
        act = Signature(by=by.by, role=by.role, at=at)
        consent.give(visit.records, person_id, _purpose(purpose), form.text("sha256"), act, form.optional("notes"))
    except InputError as error:
        return _page(visit, person_id, purpose, form=form, error=error)
    return seen(f"/people/{person_id}")


@router.get("/consents/{consent_id}/take-back")
def ask(visit: SignedIn, consent_id: str) -> Response:
    """The form to take it back."""
    visit.records.require(Action.CHANGE, Consent)
    return _back(visit, consent_id)


@router.post("/consents/{consent_id}/take-back")
def take_back(visit: SignedIn, consent_id: str, form: Posted) -> Response:
    """Record that the person took it back."""
    visit.records.require(Action.CHANGE, Consent)
    try:
        at = form.moment("revoked_at", visit.zone)
        if at > signing(visit).at:
            raise ToldError("revoked_at", "A time that has passed.")
        version, said = form.whole("version"), form.optional("said")
        found = consent.take_back(visit.records, consent_id, version, at, said)
    except InputError as error:
        return _back(visit, consent_id, form=form, error=error)
    return seen(f"/people/{found.person_id}")


@person.part
def part(visit: Visit, whom: Person) -> tuple[str, dict[str, Any]] | None:
    """On the person's page: what is in force and what is not."""
    if not visit.may(Action.READ, Consent.kind):
        return None
    kept, now = consent.of(visit.records, whom.id), visit.services.database.clock()
    values = {
        "standings": [
            (slug, consent.standing_of(kept, whom.id, purpose, now), _latest(kept, purpose))
            for slug, purpose in PURPOSES.items()
        ],
        "kept": kept,
        "person": whom,
        "may_add": visit.may(Action.ADD, Consent.kind),
        "names": {} if visit.is_patient() else users.names(visit.records, [one.record.made_by for one in kept]),
    }
    return "_part_consent.html", values


def _latest(kept: tuple[consent.Kept, ...], purpose: Purpose) -> Consent | None:
    return next((one.record for one in kept if one.purpose is purpose and one.record.revoked_at is None), None)


def _purpose(slug: str) -> Purpose:
    if slug not in PURPOSES:
        raise NoSuchRecordError("consent text", slug)
    return PURPOSES[slug]


def _page(
    visit: Visit, person_id: str, slug: str, form: Form | None = None, error: InputError | None = None
) -> Response:
    whom, purpose = visit.records.get(Person, person_id), _purpose(slug)
    text = texts.current(purpose, visit.services.database.clock())
    return page(
        "consent.html", visit, "/people", form=form, error=error, person=whom, form_text=text, notice=texts.TEMPLATE
    )


def _back(visit: Visit, consent_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    record = visit.records.get(Consent, consent_id)
    whom = visit.records.get(Person, record.person_id)
    return page("consent_back.html", visit, "/people", form=form, error=error, record=record, person=whom)
