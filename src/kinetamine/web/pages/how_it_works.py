"""The page How it works."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from kinetamine.web.rendering import page

router = APIRouter()


@router.get("/how-it-works")
def show() -> HTMLResponse:
    """The page as it opens."""
    return page("how_it_works.html", "/how-it-works")
