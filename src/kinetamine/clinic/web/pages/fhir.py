"""FHIR R4 for programs: reading, searching, the whole record of one person, and what a client asks first."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import kinetamine
from kinetamine.clinic.care import export, interop, searching
from kinetamine.clinic.fhir import bundle, capability
from kinetamine.clinic.refusals import NoSuchRecordError
from kinetamine.clinic.web.fhir_answers import answer
from kinetamine.clinic.web.visit import SignedIn, Visit

router = APIRouter()
_STARTED = datetime.now(UTC)


@router.get("/.well-known/smart-configuration")
@router.get("/fhir/.well-known/smart-configuration")
def smart() -> Response:
    """What a SMART client asks first; anybody may."""
    return JSONResponse(capability.smart())


@router.get("/fhir/metadata")
def metadata() -> Response:
    """What can be asked; anybody may."""
    said = capability.statement(kinetamine.__version__, _STARTED, interop.TYPES, searching.PARAMETERS)
    return answer(said)


@router.get("/fhir/Patient/{person_id}/$everything")
def everything(visit: SignedIn, request: Request, person_id: str) -> Response:
    """The whole record of one person, for who may export it."""
    found = export.resources(visit.records.everything(person_id))
    return answer(bundle.searchset(found, len(found), _base(request), {"self": str(request.url)}))


@router.get("/fhir/{kind}/{name}")
def read(visit: SignedIn, kind: str, name: str) -> Response:
    """One resource."""
    _require(kind)
    return answer(interop.read(_reader(visit), kind, name))


@router.get("/fhir/{kind}")
def search(visit: SignedIn, request: Request, kind: str) -> Response:
    """Resources of one type, page by page."""
    _require(kind)
    asked = searching.understood(request.query_params.multi_items())
    person_id = asked.person_id if not visit.is_patient() else asked.person_id or visit.badge.person_id
    found = asked.matching(interop.find(_reader(visit), kind, person_id))
    links = {"self": str(request.url)}
    if asked.page * asked.count < len(found):
        links["next"] = _page(request, asked.page + 1)
    return answer(bundle.searchset(asked.on_page(found), len(found), _base(request), links))


def _reader(visit: Visit) -> interop.Reader:
    return interop.Reader(visit.records, visit.badge.roles, visit.member.user_id, visit.badge.person_id)


def _require(kind: str) -> None:
    if kind not in interop.TYPES:
        raise NoSuchRecordError("type", kind)


def _base(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}/fhir"


def _page(request: Request, number: int) -> str:
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "_page"]
    return f"{str(request.url).partition('?')[0]}?{urlencode([*asked, ('_page', str(number))])}"
