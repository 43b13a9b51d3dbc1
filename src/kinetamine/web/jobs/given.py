"""What a question holds: one object in JSON, of nothing that could not be written down again."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

from kinetamine.errors import FieldError
from kinetamine.web.problems import PlaceError

_DEEPEST = 32
"""No question is nested as deeply; what is may exhaust whoever walks through it later."""
_SHOWN = 60


def read(body: bytes) -> dict[str, Any]:
    """The object of a body.

    Numbers too large for a computer and halves of characters are refused here, at their field: an answer that repeats
    them could not be written.

    Raises:
        FieldError: it is no JSON object, or holds what cannot be told.
    """
    try:
        found = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FieldError("body", _shown(body), f"JSON ({error})") from error
    if not isinstance(found, dict):
        raise FieldError("body", _shown(body), 'a JSON object, such as {"regimen": "0.5 mg/kg iv"}')
    for place, one in _parts(found):
        _require_tellable(".".join(place), one)
    return found


def _refuse(constant: str) -> NoReturn:
    message = f"{constant} is not a number of JSON"
    raise ValueError(message)


def _shown(body: bytes) -> str:
    return body[:_SHOWN].decode("utf-8", "replace")


def _parts(found: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Everything in it with its place, keys included, which stand where their object does.

    Raises:
        FieldError: it is nested too deeply.
    """
    coming: list[tuple[tuple[str, ...], Any]] = [((), found)]
    while coming:
        place, one = coming.pop()
        if len(place) > _DEEPEST:
            raise FieldError("body", ".".join(place)[:_SHOWN], f"JSON nested at most {_DEEPEST} deep")
        if isinstance(one, dict):
            yield from ((place, key) for key in one)
            coming += (((*place, key), value) for key, value in one.items())
        elif isinstance(one, list):
            coming += (((*place, str(number)), value) for number, value in enumerate(one))
        else:
            yield place, one


def _require_tellable(place: str, one: object) -> None:
    if isinstance(one, float) and not math.isfinite(one):
        raise _wrong(place, str(one), "a finite number")
    if isinstance(one, int) and abs(one) > sys.float_info.max:
        raise _wrong(place, f"a whole number of {len(str(abs(one)))} digits", "one that a computer can reckon with")
    if isinstance(one, str) and not _is_whole(one):
        shown = one.encode("utf-8", "backslashreplace").decode()[:_SHOWN]
        raise _wrong(place, shown, "whole characters: half of a pair of surrogates is none")


def _wrong(place: str, given: str, expected: str) -> FieldError:
    return PlaceError(place, given, expected) if place else FieldError("body", given, expected)


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
