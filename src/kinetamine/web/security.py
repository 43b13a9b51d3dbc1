"""What no request and no answer goes without: whose pages may ask, how much, and what a browser may do with it."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kinetamine.report.page import plotly_file
from kinetamine.web import problems
from kinetamine.web.interface import UnreadError, refused
from kinetamine.web.settings import Settings

_STYLE = re.compile(r"createElement\(.style.\);.{0,160}?textContent='([^'\\]*)'")
"""How plotly.js holds the style that it adds for its maps when it is loaded."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})


@cache
def headers() -> dict[str, str]:
    """What every answer carries."""
    return {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }


def policy() -> str:
    """Nothing but our own files; no script in a page, and no style but the few that plotly.js makes."""
    styles = " ".join(_hashed(one) for one in ("", *_STYLE.findall(plotly_file().read_text(encoding="utf-8"))))
    rules = (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {styles}",  # of the empty one, plotly.js adds its rules by script
        "style-src-attr 'unsafe-inline'",  # plotly.js draws some things so
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(rules)


def _hashed(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


class Guard:
    """Stands before everything else."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """``settings`` say under which names the server is known, and how much is read."""
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(headers())
            await send(message)

        problem = self._problem(scope)
        try:
            await (self._app if problem is None else refused(problem))(scope, receive, sent)
        except UnreadError as unread:
            await refused(unread.problem)(scope, receive, sent)
        except Exception:
            logging.getLogger("kinetamine").exception("a request could not be answered")
            if begun:
                raise
            await refused(problems.UNEXPECTED)(scope, receive, sent)

    def _problem(self, scope: Scope) -> problems.Problem | None:
        """Why a request is not let through."""
        given = Headers(scope=scope)
        host = given.get("host", "")
        if not self._is_ours(host):
            return problems.unknown_host(self._settings.command)
        if scope["method"] in _SAFE:
            return None
        if _is_cross_site(given, host):
            return problems.CROSS_SITE
        length = given.get("content-length", "0")
        if not length.isdigit() or int(length) > self._settings.most_bytes:
            return problems.too_large(self._settings.most_bytes)
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
        return name.casefold() in {one.casefold() for one in self._settings.allowed_hosts}


def _is_cross_site(given: Headers, host: str) -> bool:
    """Whether a page of somebody else asks: another port of this machine is somebody else, too."""
    site = given.get("sec-fetch-site", "none")
    if site not in _OURS:
        return True
    origin = given.get("origin")
    if origin == "null" and site == "same-origin":
        # A form of a page that tells nobody where it is: browsers then say "null", and vouch for it all the same.
        return False
    return origin is not None and origin.partition("://")[2].casefold() != host.casefold()
