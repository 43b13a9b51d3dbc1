"""The application: the only place where its parts are wired."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import kinetamine
from kinetamine.web import assets, interface, problems
from kinetamine.web.description import describe
from kinetamine.web.jobs import Desk
from kinetamine.web.pages import compare, docs, how_it_works, library, missing, simulate
from kinetamine.web.security import Guard
from kinetamine.web.settings import Settings

PAGES = (simulate, compare, library, how_it_works, docs)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The server with its interface and its pages; the processes that simulate run while it is served."""
    settings = settings or Settings()
    app = FastAPI(
        title="Kinetamine",
        version=kinetamine.__version__,
        lifespan=_served,
        openapi_url=None,  # ours describes the questions, too
        docs_url=None,  # FastAPI's comes from another server
        redoc_url=None,  # the same
    )
    app.state.settings, app.state.desk = settings, Desk(settings)
    app.add_middleware(Guard, settings=settings)
    app.add_exception_handler(HTTPException, _not_served)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.routes.extend(assets.routes())
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.include_router(interface.router)
    app.add_api_route("/api/openapi.json", _description, include_in_schema=False)
    return app


@asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[None]:
    await app.state.desk.open()
    try:
        yield
    finally:
        await app.state.desk.close()


def _description(request: Request) -> JSONResponse:
    return JSONResponse(describe(request.app))


async def _not_served(request: Request, error: Exception) -> Response:
    """What is not there: a page for people, a problem for programs."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    if not request.url.path.startswith("/api/"):
        return missing.show(status)
    message = "There is nothing at this address; /api/docs lists what there is."
    if status == 405:
        message = "This address is not asked that way; /api/docs says how."
    found = interface.refused(problems.told(status, "NotFound" if status == 404 else "NotAllowed", message))
    found.headers.update(getattr(error, "headers", None) or {})
    return found


async def _not_understood(_request: Request, error: Exception) -> Response:
    """An address that holds what it must not."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": ("",), "msg": str(error)}
    at = str(first["loc"][-1])
    return interface.refused(problems.told(422, "FieldError", f"{at}: {first['msg']}", at=at, field=at))
