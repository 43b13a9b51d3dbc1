"""Server-sent events: what is new, for as long as whoever looks may look."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import StreamingResponse

from kinetamine.clinic.access import Action, Scope, policy
from kinetamine.clinic.records import Session, SessionEvent
from kinetamine.clinic.refusals import NotSignedInError
from kinetamine.clinic.web.visit import Visit, token_of

_STEP_S = 0.25
"""How long something new may wait to be shown."""
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is shown.

    Attributes:
        version: grows when something is new.
        whole: all of it; ``passing`` what changes as time passes.
        tick_s: how often time itself is looked at.
        check_s: how often it is asked whether the sign-in and the role still stand.
    """

    version: Callable[[], int]
    whole: Callable[[], dict[str, Any]]
    passing: Callable[[], dict[str, Any]]
    tick_s: float = 5.0
    check_s: float = 15.0


def events(request: Request, visit: Visit, source: Source) -> StreamingResponse:
    """A stream that ends when the sign-in does."""
    token = token_of(request)
    return StreamingResponse(_events(visit, token, source), media_type="text/event-stream", headers=_HEADERS)


def may_look(roles: tuple[str, ...]) -> bool:
    """Whether roles reach every session of the clinic, and what is entered in it."""
    return all(policy.scope(roles, kind, Action.READ) is Scope.CLINIC for kind in (Session.kind, SessionEvent.kind))


async def _events(visit: Visit, token: str, source: Source) -> AsyncIterator[bytes]:
    seen, ticked, checked = -1, time.monotonic(), time.monotonic()
    while True:
        now = time.monotonic()
        if now - checked >= source.check_s:
            checked = now
            if not await asyncio.to_thread(_still, visit, token):
                yield _event("ended", {})
                return
        if (version := source.version()) != seen:
            seen, ticked = version, now
            yield _event("whole", await asyncio.to_thread(source.whole))
        elif now - ticked >= source.tick_s:
            ticked = now
            yield _event("passing", await asyncio.to_thread(source.passing))
        await asyncio.sleep(_STEP_S)


def _still(visit: Visit, token: str) -> bool:
    """Whether the same person is still signed in at the same clinic, with a role that may look."""
    try:
        badge = visit.services.accounts.badge(token, used=False)
    except NotSignedInError:
        return False
    return badge.member == visit.member and may_look(badge.roles)


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()
