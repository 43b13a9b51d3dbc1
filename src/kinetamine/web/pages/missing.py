"""The page for an address where there is none."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from kinetamine.web.rendering import page


def show(status: int) -> HTMLResponse:
    """The page, with its status."""
    return page("missing.html", "", status=status)
