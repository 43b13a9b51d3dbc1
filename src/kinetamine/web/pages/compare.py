"""The page Compare."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from kinetamine.web.rendering import page

router = APIRouter()


@router.get("/compare")
def show() -> HTMLResponse:
    """The page as it opens."""
    return page("compare.html", "/compare")
