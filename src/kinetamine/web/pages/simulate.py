"""The page Simulate: a course in a form, and everything that follows from it beside it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

import kinetamine
from kinetamine.report.layout import STAGES
from kinetamine.web.course_form import form_values
from kinetamine.web.rendering import page

router = APIRouter()


@router.get("/")
def show(request: Request) -> HTMLResponse:
    """The page as it opens; an address with a course in it opens with that course."""
    query = request.query_params
    shown: dict[str, Any] = {
        "made_with": query.get("v", kinetamine.__version__),
        "stages": STAGES,
    }
    return page("simulate.html", "/", **shown, **form_values(query))
