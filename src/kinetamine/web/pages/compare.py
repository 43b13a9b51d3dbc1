"""The page Compare: up to six arms on the same axes, and how they differ."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import HTMLResponse

from kinetamine.report.figures import to_script
from kinetamine.web.rendering import page
from kinetamine.web.simulations.arm_choices import choices

router = APIRouter()


@router.get("/compare")
def show() -> HTMLResponse:
    """The page as it opens; what it compares is in its address, which its script reads."""
    return page("compare.html", "/compare", choices=_choices())


@cache
def _choices() -> Markup:
    """Fields and presets as data inside the page; nothing in it can close the element."""
    return Markup(to_script(choices()))  # noqa: S704 - to_script leaves no "<"
