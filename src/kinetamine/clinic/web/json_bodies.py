"""Bodies in JSON: one object, no larger than what is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from starlette.requests import Request

from kinetamine.clinic.records.columns import canonical
from kinetamine.web import problems
from kinetamine.web.interface import UnreadError, body_of, media_of


async def posted_json(request: Request) -> Mapping[str, Any]:
    """The object that a request brought.

    What could not be written down again is refused here once: a number beyond every number, half of a character.

    Raises:
        UnreadError: it brought none, one that is too large, or one that cannot be kept.
    """
    if media_of(request) != "application/json":
        raise UnreadError(problems.NOT_JSON)
    body = await body_of(request)
    try:
        found = json.loads(body, parse_constant=_no_number)
        canonical(found).encode()
    except (ValueError, RecursionError) as error:
        raise UnreadError(problems.told(422, "NotJson", "The JSON could not be read.")) from error
    if not isinstance(found, dict):
        raise UnreadError(problems.told(422, "NotJson", "One object is expected, with fields by name."))
    return found


def _no_number(name: str) -> NoReturn:
    message = f"{name} is no number"
    raise ValueError(message)
