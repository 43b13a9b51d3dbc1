"""Files that browsers fetch: ours, the report's, and plotly's as its package ships it; addresses change with them."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import mimetypes
from functools import cache
from importlib import resources
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kinetamine.errors import UnknownNameError
from kinetamine.report.page import plotly_file
from kinetamine.report.palette import DARK, LIGHT, css_variables
from kinetamine.web.settings import is_loopback

_FOREVER = "public, max-age=31536000, immutable"
_OWN = Path(__file__).parent / "static"
_LIGHT = (
    "--page: #f6f6f3; --card: var(--c-ground); --line: #d9dce2; --edge: #8a929e; --accent: #1f5f8b; --wrong: #b3261e; "
    "--warn-ground: #fff4e0; --warn-edge: #b45309; --warn-ink: #6b3305;"
)
_DARK = (
    "--page: #101319; --card: var(--c-ground); --line: #313946; --edge: #6f7a8a; --accent: #8cc4ee; --wrong: #ff9d94; "
    "--warn-ground: #33240f; --warn-edge: #f2b04a; --warn-ink: #ffdca6;"
)


_OFFERED: dict[str, Path] = {}
"""Folders of files of other parts, by what their addresses begin with."""


def offer(prefix: str, folder: Path) -> None:
    """Serve another part's files, too."""
    _OFFERED[prefix] = folder
    _places.cache_clear()


def asset(name: str) -> str:
    """The address of a file, which says what is in it.

    Raises:
        UnknownNameError: there is no such file.
    """
    return f"/static/{name}?v={_mark(name)}"


@cache
def _mark(name: str) -> str:
    return hashlib.sha256(_read(name)).hexdigest()[:12]


def _read(name: str) -> bytes:
    return palette().encode() if name == "palette.css" else _place(name).read_bytes()


def _place(name: str) -> Path:
    """Where a file is kept.

    Raises:
        UnknownNameError: there is no such file.
    """
    found = _places().get(name)
    if found is None:
        raise UnknownNameError("file", name, sorted(_places()))
    return found


@cache
def _places() -> dict[str, Path]:
    """Every file that is served, by name: nothing else can be asked for."""
    report = Path(str(resources.files("kinetamine.report") / "assets"))
    found = {one.relative_to(_OWN).as_posix(): one for one in sorted(_OWN.rglob("*")) if one.is_file()}
    for prefix, folder in _OFFERED.items():
        found |= {f"{prefix}/{one.relative_to(folder).as_posix()}": one for one in sorted(folder.rglob("*"))}
    found |= {f"report/{name}": report / name for name in ("report.css", "figures.js", "explanation.css")}
    return found | {"plotly.js": plotly_file()}


def palette() -> str:
    """Colours by what they stand for: as the system has it, or as the reader chose."""
    light, dark = f"{css_variables(LIGHT)} {_LIGHT}", f"{css_variables(DARK)} {_DARK}"
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark; {dark} }} }}\n"
        f"@media screen {{ :root[data-theme=dark] {{ color-scheme: dark; {dark} }} }}\n"
        f"@media screen {{ :root[data-theme=light] {{ color-scheme: light; {light} }} }}\n"
    )


def routes() -> list[Route]:
    """The one route that serves them."""
    return [Route("/static/{name:path}", _serve)]


async def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    headers = {"Cache-Control": _FOREVER if "v" in request.query_params else "no-cache"}
    if name == "palette.css":
        return Response(palette(), media_type="text/css", headers=headers)
    if name not in _places():
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    place = _place(name)
    if not _is_far(request):
        return FileResponse(place, headers=headers)
    body = await asyncio.to_thread(_packed, name, place.stat().st_mtime_ns)
    headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, media_type=mimetypes.guess_type(name)[0], headers=headers)


def _is_far(request: Request) -> bool:
    """Whether the way to the browser is long enough for compression to pay."""
    here = request.client is None or is_loopback(request.client.host)
    return not here and "gzip" in request.headers.get("accept-encoding", "")


@cache
def _packed(name: str, _changed_ns: int) -> bytes:
    return gzip.compress(_read(name), 6)
