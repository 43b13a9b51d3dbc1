"""The page that describes the interface for programs."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kinetamine.web.description import told
from kinetamine.web.rendering import page

router = APIRouter()


@router.get("/api/docs")
def show(request: Request) -> HTMLResponse:
    """The page as it opens."""
    settings = request.app.state.settings
    address = str(request.base_url).rstrip("/")
    return page("docs.html", "/api/docs", functions=told(request.app, address), address=address, settings=settings)
