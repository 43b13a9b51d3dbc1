"""The clinic's server: the only place where its parts are wired."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import kinetamine
from kinetamine.clinic import limits_in_use
from kinetamine.clinic.access.intake import Intake
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.care.floor import Floor
from kinetamine.clinic.database import Database
from kinetamine.clinic.refusals import NotSignedInError, Refusal
from kinetamine.clinic.web import fhir_answers, rendering
from kinetamine.clinic.web.pages import (
    audit,
    board,
    consent,
    devices,
    dose_check,
    eligibility,
    enrolment,
    feed,
    fhir,
    ledger,
    mine,
    monitoring_record,
    order,
    outcomes,
    password,
    people,
    person,
    plan,
    scores,
    seen,
    session,
    session_entries,
    sign_in,
    tasks,
    users,
)
from kinetamine.clinic.web.settings import ServeSettings
from kinetamine.clinic.web.visit import Services, Visit
from kinetamine.errors import KinetamineError
from kinetamine.web import assets, interface, problems
from kinetamine.web.security import Guard

PAGES = (
    *(sign_in, password, users, devices),
    *(board, session, session_entries, monitoring_record),
    *(people, person, enrolment, eligibility, consent, plan, order, dose_check, ledger),
    *(scores, outcomes, seen, tasks, mine, audit),
)
"""Pages for people."""
INTERFACES = (feed, fhir)
"""What programs ask: described at /api/openapi.json."""
_IN_FHIR = "/fhir/"
_FOR_PROGRAMS = ("/api/", _IN_FHIR, "/feed")


def create_app(database: Database, settings: ServeSettings | None = None, accounts: Accounts | None = None) -> FastAPI:
    """The clinic's pages and interfaces over one database.

    Raises:
        FieldError: the clinic's own limits cannot be; and which.
    """
    settings = settings or ServeSettings()
    app = FastAPI(
        title="Kinetamine clinic", version=kinetamine.__version__, openapi_url=None, docs_url=None, redoc_url=None
    )
    app.state.settings = settings
    floor = Floor(limits_in_use.read(database.settings.limits_file))
    intake = Intake(database, floor.entered)
    app.state.services = Services(database, accounts or Accounts(database), settings, intake, Devices(database), floor)
    app.add_middleware(Guard, settings=settings)
    for kind, handler in (
        (Refusal, _refused),
        (KinetamineError, _wrong),
        (HTTPException, _not_served),
        (RequestValidationError, _not_understood),
    ):
        app.add_exception_handler(kind, handler)
    app.routes.extend(assets.routes())
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    for part in INTERFACES:
        app.include_router(part.router)
    app.add_api_route("/api/health", _health, include_in_schema=False)
    app.add_api_route("/api/openapi.json", _description, include_in_schema=False)
    return app


def _health() -> dict[str, str]:
    return {"kinetamine": kinetamine.__version__}


def _description(request: Request) -> JSONResponse:
    found: FastAPI = request.app
    return JSONResponse(found.openapi())


def _told(request: Request, problem: problems.Problem) -> Response:
    """A problem in the form that this interface speaks."""
    if request.url.path.startswith(_IN_FHIR):
        return fhir_answers.refused(problem["status"], problem["message"])
    return interface.refused(problem)


def _is_program(request: Request) -> bool:
    return request.url.path.startswith(_FOR_PROGRAMS)


async def _refused(request: Request, error: Exception) -> Response:
    """Somebody asked for what they may not have."""
    status = error.status if isinstance(error, Refusal) else 400
    visit = _visit(request)
    if visit is not None and isinstance(error, Refusal):
        await run_in_threadpool(visit.records.log, error)
    if _is_program(request):
        found = _told(request, problems.told(status, type(error).__name__, str(error)))
        if status == 401:
            found.headers["WWW-Authenticate"] = "Bearer"
        return found
    if isinstance(error, NotSignedInError):
        return sign_in.asked(request, status=401)
    return rendering.page("refused.html", visit, status=status, message=str(error), code=status)


async def _wrong(request: Request, error: Exception) -> Response:
    """What no page told at a field."""
    assert isinstance(error, KinetamineError)  # noqa: S101 - what it is registered for
    problem = problems.problem_of(error)
    if _is_program(request):
        return _told(request, problem)
    status = problem["status"]
    return rendering.page("refused.html", _visit(request), status=status, message=str(error), code=status)


async def _not_served(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    message = "There is nothing at this address." if status == 404 else "This address is not asked that way."
    if _is_program(request):
        found = _told(request, problems.told(status, "NotFound" if status == 404 else "NotAllowed", message))
    else:
        found = rendering.page("refused.html", _visit(request), status=status, message=message, code=status)
    found.headers.update(getattr(error, "headers", None) or {})
    return found


async def _not_understood(request: Request, error: Exception) -> Response:
    """An address or a body that holds what it must not."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": ("",), "msg": str(error)}
    at = ".".join(str(part) for part in first["loc"][1:])
    message = f"{at}: {first['msg']}"
    if _is_program(request):
        return _told(request, problems.told(422, "FieldError", message, at=at, field=at))
    return rendering.page("refused.html", _visit(request), status=422, message=message, code=422)


def _visit(request: Request) -> Visit | None:
    return getattr(request.state, "visit", None)
