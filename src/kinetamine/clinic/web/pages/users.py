"""Who works here: added, given roles, and stopped by an admin, who sees no patient."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import users
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.records import User
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.signing import again, secret_in
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import FieldError, InputError

router = APIRouter()


@router.get("/users")
def show(visit: SignedIn) -> Response:
    """Everybody who signs in."""
    visit.records.require(Action.CHANGE, User)
    return page("users.html", visit, "/users", users=users.everybody(visit.records))


@router.get("/users/new")
def blank(visit: SignedIn) -> Response:
    """The form."""
    visit.records.require(Action.ADD, User)
    return page("user_new.html", visit, "/users", roles=users.ROLES)


@router.post("/users/new")
def add(visit: SignedIn, form: Posted) -> Response:
    """Somebody new."""
    visit.records.require(Action.ADD, User)
    try:
        found = users.add(visit.records, form.text("name"), _asked(form))
    except InputError as error:
        return page("user_new.html", visit, "/users", form=form, error=error, roles=users.ROLES)
    return seen(f"/users/{found.id}")


@router.get("/users/{user_id}")
def one(visit: SignedIn, user_id: str) -> Response:
    """One of them."""
    visit.records.require(Action.CHANGE, User)
    return _page(visit, user_id)


@router.post("/users/{user_id}")
def change(visit: SignedIn, user_id: str, form: Posted) -> Response:
    """Other roles, or another name on the screen."""
    visit.records.require(Action.CHANGE, User)
    try:
        asked = _asked(form)
        if user_id == visit.member.user_id and "admin" not in asked.roles:
            raise ToldError("roles", "You cannot stop being an admin yourself; another admin can do it.")
        users.change(visit.records, user_id, form.whole("version"), asked, form.typed("why"))
    except InputError as error:
        return _page(visit, user_id, form=form, error=error)
    return seen(f"/users/{user_id}")


@router.post("/users/{user_id}/active")
def let_in(visit: SignedIn, user_id: str, form: Posted) -> Response:
    """Stop somebody, or let them in again."""
    visit.records.require(Action.CHANGE, User)
    try:
        active = form.choice("active", ("yes", "no")) == "yes"
        if user_id == visit.member.user_id and not active:
            raise ToldError("active_why", "You cannot stop yourself; another admin can do it.")
        users.let_in(visit.records, user_id, form.whole("version"), _why(form), active=active)
    except InputError as error:
        return _page(visit, user_id, form=form, error=error)
    return seen(f"/users/{user_id}")


@router.post("/users/{user_id}/credentials")
def set_credentials(visit: SignedIn, user_id: str, form: Posted) -> Response:
    """A new password and second factor; its address is shown once."""
    visit.records.require(Action.CHANGE, User)
    try:
        if form.text("password") != form.typed("password_again"):
            raise ToldError("password_again", "Not the same as above.")
        address = visit.services.accounts.set_credentials(visit.member, user_id, form.text("password"))
    except InputError as error:
        return _page(visit, user_id, form=again(form), error=error)
    user, secret = visit.records.get(User, user_id), secret_in(address)
    return page("user_credentials.html", visit, "/users", user=user, address=address, secret=secret)


def _asked(form: Form) -> users.Asked:
    person_id = form.typed("person_id").rstrip("/").rpartition("/")[2] or None
    return users.Asked(shown_as=form.text("shown_as"), roles=form.all("roles"), person_id=person_id)


def _why(form: Form) -> str:
    if why := form.typed("active_why"):
        return why
    raise FieldError("active_why", "", "the reason, in words")


def _page(visit: Visit, user_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    user = visit.records.get(User, user_id)
    filled: dict[str, Any] = {
        "shown_as": [user.shown_as],
        "roles": list(user.roles),
        "person_id": [user.person_id or ""],
    }
    if form is None or "shown_as" not in form:  # another form of the page was sent, or none
        filled |= {} if form is None else {name: list(form.all(name)) for name in form}
        form = Form(filled)
    return page("user.html", visit, "/users", form=form, error=error, user=user, roles=users.ROLES)
