"""Sign in and out: clinic, name, password and code; every refusal is the same sentence."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kinetamine.clinic.refusals import NotSignedInError
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import Services, cookie_name, token_of

router = APIRouter()
_WRONG = (
    "Clinic, name, password or code is wrong, or the code was used already. After several wrong attempts, wait a while."
)


@router.get("/sign-in")
def show(request: Request) -> Response:
    """The form."""
    return page("sign_in.html", None, form=Form({"next": [_inside(request.query_params.get("next", "/"))]}), wrong="")


def asked(request: Request, status: int) -> Response:
    """The form, in place of a page that needs somebody; afterwards that page."""
    onward = "/"
    if request.method == "GET":
        onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wrong = "Please sign in. A sign-in ends by itself after a while without use."
    return page("sign_in.html", None, status=status, form=Form({"next": [onward]}), wrong=wrong)


@router.post("/sign-in")
def enter(request: Request, form: Posted) -> Response:
    """Begin."""
    services: Services = request.app.state.services
    given = [form.typed(name) for name in ("clinic", "name", "password", "code")]
    try:
        signed_in = services.accounts.sign_in(*given)
    except NotSignedInError:
        again = Form({name: [form.typed(name)] for name in ("clinic", "name", "next")})
        return page("sign_in.html", None, status=401, form=again, wrong=_WRONG)
    answer = seen(_inside(form.typed("next")))
    answer.set_cookie(
        cookie_name(services.settings),
        signed_in.token,
        httponly=True,
        samesite="strict",
        secure=services.settings.secure,
        path="/",
    )
    return answer


@router.post("/sign-out")
def leave(request: Request) -> Response:
    """End."""
    services: Services = request.app.state.services
    if token := token_of(request):
        services.accounts.sign_out(token)
    answer = seen("/sign-in")
    answer.delete_cookie(
        cookie_name(services.settings), path="/", secure=services.settings.secure, httponly=True, samesite="strict"
    )
    return answer


def _inside(address: str) -> str:
    """An address of this server, whatever was asked for."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return address if inside else "/"
