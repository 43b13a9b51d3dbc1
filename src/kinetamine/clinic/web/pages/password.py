"""My password: whoever is signed in sets their own, and a second factor that nobody else has seen."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.refusals import NotSignedInError
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page
from kinetamine.clinic.web.signing import WRONG, again, secret_in
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import InputError

router = APIRouter()


@router.get("/password")
def blank(visit: SignedIn) -> Response:
    """The form."""
    return page("password.html", visit)


@router.post("/password")
def change(visit: SignedIn, form: Posted) -> Response:
    """A new password of one's own; every sign-in ends, this one too."""
    try:
        address = _changed(visit, form)
    except InputError as error:
        return page("password.html", visit, form=again(form), error=error)
    return page("password_set.html", None, address=address, secret=address and secret_in(address))


def _changed(visit: Visit, form: Form) -> str | None:
    """The address of the second factor, where that is new too."""
    old, code, new = (form.text(name) for name in ("old_password", "code", "password"))
    if new != form.typed("password_again"):
        raise ToldError("password_again", "Not the same as above.")
    try:
        return visit.services.accounts.change_password(
            visit.member, old, code, new, fresh_factor=form.typed("fresh_factor") == "yes"
        )
    except NotSignedInError as error:
        raise ToldError("code", f"Your password or code {WRONG}") from error
