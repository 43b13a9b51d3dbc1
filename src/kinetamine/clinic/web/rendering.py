"""Pages of the clinic: the simulator's frame and style sheet, with who is signed in and where."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment
from starlette.responses import HTMLResponse, RedirectResponse

from kinetamine.clinic.web.forms import Form
from kinetamine.clinic.web.visit import Visit
from kinetamine.clinic.web.waiting import waiting
from kinetamine.errors import InputError
from kinetamine.web import assets, problems
from kinetamine.web.rendering import environment

_HERE = Path(__file__).parent


@cache
def _environment() -> Environment:
    assets.offer("clinic", _HERE / "static")
    found = environment(_HERE / "templates")
    found.filters |= {"moment": moment, "clock": clock, "day": day, "number": number, "words": words}
    return found


def page(
    template: str,
    visit: Visit | None,
    here: str = "",
    *,
    status: int = 200,
    form: Form | None = None,
    error: InputError | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page; ``here`` is its place in the menu.

    Args:
        form: what was typed, to be shown again.
        error: what is wrong with it: told at its field, with status 422.
    """
    shown = {
        "visit": visit,
        "zone": ZoneInfo("UTC") if visit is None else visit.zone,
        "menu": [] if visit is None else visit.menu,
        "here": here,
        "waiting": None if visit is None or status >= 400 else waiting(visit),
        "page": Path(template).stem,
        "form": form or Form(),
        "problem": None if error is None else problems.problem_of(error) | {"at": getattr(error, "field", "")},
    }
    whole = _environment().get_template(template).render(shown | values)
    headers = {"Cache-Control": "no-store"}
    return HTMLResponse(whole, status_code=status if error is None else 422, headers=headers)


def seen(address: str) -> RedirectResponse:
    """After something was done: the browser asks for the page that shows it, and can be reloaded."""
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def moment(given: datetime | None, zone: ZoneInfo) -> str:
    """Date and time on the clinic's wall, by the 24-h clock."""
    return "not recorded" if given is None else given.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def clock(given: datetime | None, zone: ZoneInfo) -> str:
    """The time alone."""
    return "not recorded" if given is None else given.astimezone(zone).strftime("%H:%M")


def day(given: datetime | None, zone: ZoneInfo) -> str:
    """The date alone."""
    return "not recorded" if given is None else given.astimezone(zone).strftime("%Y-%m-%d")


def number(given: float | None, places: int = 1) -> str:
    """A number for people: a zero before the point, none at the end; what is not there is not recorded."""
    if given is None:
        return "not recorded"
    text = f"{given:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def words(given: str) -> str:
    """A name of the code as words."""
    return given.replace("_", " ")
