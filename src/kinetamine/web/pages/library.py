"""The page Library."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from kinetamine.web.rendering import page

router = APIRouter()


@router.get("/library")
def show() -> HTMLResponse:
    """The page as it opens."""
    return page("library.html", "/library")
