"""Pages from templates: everything written is escaped, and every page has the same frame."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

import kinetamine
from kinetamine.report.nature import USE
from kinetamine.web.assets import asset

MENU = (
    ("/", "Simulate"),
    ("/compare", "Compare"),
    ("/library", "Library"),
    ("/how-it-works", "How it works"),
)
"""Pages by address, as the menu shows them."""


def environment(*folders: Path) -> Environment:
    """Where templates are found: in the given folders first, then among the simulator's."""
    found = Environment(
        loader=FileSystemLoader([*folders, Path(__file__).parent / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"asset": asset, "menu": MENU, "use": USE, "version": kinetamine.__version__}
    return found


@cache
def _environment() -> Environment:
    return environment()


def page(template: str, here: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page; ``here`` is its place in the menu."""
    whole = _environment().get_template(template).render(here=here, page=Path(template).stem, **values)
    return HTMLResponse(whole, status_code=status)
