"""The devices that send readings: listed, given a token that is shown once, and revoked, by an admin."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.accounts.devices import Issued
from kinetamine.clinic.care.every import every
from kinetamine.clinic.records import Device
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import FieldError, InputError

router = APIRouter()


@router.get("/devices")
def show(visit: SignedIn) -> Response:
    """Every device, and the form that adds one."""
    return _page(visit)


@router.post("/devices")
def add(visit: SignedIn, form: Posted) -> Response:
    """Add one; the answer is the only place where its token ever stands, so it is no redirection."""
    try:
        issued = visit.services.devices.issue(visit.member, form.text("name"), form.text("chair"))
    except InputError as error:
        return _page(visit, form=form, error=error)
    except ConflictError:
        taken = FieldError("name", form.typed("name"), "a name that no other device has had here")
        return _page(visit, form=form, error=taken)
    return _page(visit, issued=issued)


@router.post("/devices/revoke")
def revoke(visit: SignedIn, form: Posted) -> Response:
    """From now on it is nobody."""
    try:
        visit.services.devices.revoke(visit.member, form.text("device"), form.text("why"))
    except InputError as error:
        return _page(visit, form=form, error=error, revoking=True)
    return seen("/devices")


def _page(
    visit: Visit,
    *,
    form: Form | None = None,
    error: InputError | None = None,
    issued: Issued | None = None,
    revoking: bool = False,
) -> Response:
    devices = sorted(every(visit.records, Device), key=lambda one: (not one.active, one.name.casefold()))
    return page(
        "devices.html",
        visit,
        "/devices",
        form=form,
        error=error,
        devices=devices,
        active=[(one.id, f"{one.name}, chair {one.chair}") for one in devices if one.active],
        issued=issued,
        revoking=revoking,
        may_add=visit.may(Action.ADD, Device.kind),
        may_change=visit.may(Action.CHANGE, Device.kind),
    )
