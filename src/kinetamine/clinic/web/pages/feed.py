"""Where devices send readings to: JSON, HL7 version 2 or FHIR, each answered in its own format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kinetamine.clinic.care import feed
from kinetamine.clinic.feeds.formats import MEDIA, Format, format_of
from kinetamine.clinic.feeds.message import Outcome
from kinetamine.clinic.refusals import NoOpenSessionError, NotSignedInError, Refusal
from kinetamine.clinic.web.visit import Services, token_of
from kinetamine.errors import InputError
from kinetamine.web import problems
from kinetamine.web.interface import UnreadError, body_of

router = APIRouter()
_AGAIN_S = "5"
_LEFT = problems.told(499, "Left", "The connection ended before the message was whole.")
"""Nobody is there to read it."""


@dataclass(frozen=True)
class _Sent:
    """A body that is not looked at yet, by a device whose token is not looked at either."""

    format: Format | None
    body: bytes
    token: str


async def _sent(request: Request) -> _Sent:
    """What was sent.

    Raises:
        NotSignedInError: there is no token.
        UnreadError: the body is too large.
    """
    if not (token := token_of(request)):
        raise NotSignedInError
    try:
        body = await body_of(request)
    except ClientDisconnect:
        raise UnreadError(_LEFT) from None
    return _Sent(format_of(request.headers.get("content-type", "")), bytes(body), token)


@router.post("/feed")
def take(request: Request, sent: Annotated[_Sent, Depends(_sent)]) -> Response:
    """Answered with 200 once every reading is on the disk; otherwise nothing of the message is."""
    services: Services = request.app.state.services
    macs = services.devices.macs(sent.token)
    _require_device(services, macs, sent.token)
    if sent.format is None:
        raise UnreadError(problems.told(415, "NotAFeed", "Send readings as one of " + ", ".join(MEDIA) + "."))
    try:
        outcome = feed.deliver(services.intake, macs, sent.format.read(sent.body))
    except (InputError, Refusal) as error:
        outcome = _wrong(error)
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": _AGAIN_S} if outcome.later else {})
    return Response(
        sent.format.answer(outcome, sent.body), outcome.status, headers, media_type=_media(request, sent.format)
    )


def _require_device(services: Services, macs: tuple[str, ...], token: str) -> None:
    """Refuse whoever is none, before anything of theirs is read.

    Raises:
        Refusal: nobody, or somebody who is signed in, and no device.
    """
    try:
        services.intake.require_device(macs)
    except NotSignedInError:
        person = services.accounts.member(token)
        raise services.intake.refused(person) from None


def _wrong(error: InputError | Refusal) -> Outcome:
    status = error.status if isinstance(error, Refusal) else 422
    return Outcome(
        status=status, message=str(error), kind=type(error).__name__, later=isinstance(error, NoOpenSessionError)
    )


def _media(request: Request, found: Format) -> str:
    """As it was sent."""
    given = request.headers["content-type"].partition(";")[0].strip().casefold()
    return given if given in found.media else found.media[0]
