"""Bodies in JSON: one object, no larger than what is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from starlette.requests import Request

from kinetamine.web import problems
from kinetamine.web.interface import UnreadError, body_of, media_of


async def posted_json(request: Request) -> Mapping[str, Any]:
    """The object that a request brought.

    Raises:
        UnreadError: it brought none, or one that is too large.
    """
    if media_of(request) != "application/json":
        raise UnreadError(problems.NOT_JSON)
    body = await body_of(request)
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnreadError(problems.told(422, "NotJson", "The JSON could not be read.")) from error
    if not isinstance(found, dict):
        raise UnreadError(problems.told(422, "NotJson", "One object is expected, with fields by name."))
    return found


def _no_number(name: str) -> NoReturn:
    message = f"{name} is no number"
    raise ValueError(message)
