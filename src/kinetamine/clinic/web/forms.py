"""What a form sent: text, which each page makes into values; whatever is wrong is told at its field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from fastapi import Depends
from starlette.requests import Request

from kinetamine.clinic.instants import of_our_time
from kinetamine.errors import FieldError
from kinetamine.web import problems
from kinetamine.web.interface import UnreadError, body_of, media_of

_URLENCODED = "application/x-www-form-urlencoded"
_MOST_FIELDS = 500


class Form:
    """Fields by name, as they were typed; an empty one is one that was not filled in."""

    def __init__(self, fields: Mapping[str, list[str]] | None = None) -> None:
        """Nothing typed yet, where nothing is given."""
        self._fields = dict(fields or {})

    def __iter__(self) -> Iterator[str]:
        """Names of the fields that were filled in."""
        return iter(name for name in self._fields if self.typed(name))

    def typed(self, name: str) -> str:
        """What was typed, to show it again; empty where nothing was."""
        return self._fields.get(name, [""])[0].strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Every choice of a field that takes several."""
        return tuple(one.strip() for one in self._fields.get(name, []) if one.strip())

    def text(self, name: str) -> str:
        """Words.

        Raises:
            FieldError: there are none.
        """
        if found := self.typed(name):
            return found
        raise FieldError(name, "", "an answer")

    def optional(self, name: str) -> str | None:
        """Words, or None where nothing was typed."""
        return self.typed(name) or None

    def choice(self, name: str, choices: Iterable[str]) -> str:
        """One of several.

        Raises:
            FieldError: it is none of them.
        """
        known = tuple(choices)
        found = self.text(name)
        if found not in known:
            raise FieldError(name, found, "one of " + ", ".join(known))
        return found

    def number(self, name: str) -> float:
        """A number, with a point or a comma.

        Raises:
            FieldError: nothing was typed, or it is none.
        """
        found = self.maybe_number(name)
        if found is None:
            raise FieldError(name, "", "a number")
        return found

    def maybe_number(self, name: str) -> float | None:
        """A number, or None where nothing was typed.

        Raises:
            FieldError: it is none.
        """
        found = self.typed(name)
        if not found:
            return None
        try:
            value = float(found.replace(",", "."))
        except ValueError as error:
            raise FieldError(name, found, "a number") from error
        if not math.isfinite(value):
            raise FieldError(name, found, "a finite number")
        return value

    def whole(self, name: str) -> int:
        """A whole number.

        Raises:
            FieldError: it is none.
        """
        found = self.number(name)
        if found != int(found):
            raise FieldError(name, self.typed(name), "a whole number")
        return int(found)

    def yes_no(self, name: str) -> bool | None:
        """Yes or no; None where nobody knows.

        Raises:
            FieldError: it is something else.
        """
        found = self.typed(name)
        if found in {"", "unknown"}:
            return None
        if found not in {"yes", "no"}:
            raise FieldError(name, found, "yes, no or not known")
        return found == "yes"

    def moment(self, name: str, zone: ZoneInfo) -> datetime:
        """A time on the clinic's wall, as browsers write it, or one with its own zone.

        Raises:
            FieldError: it is none.
        """
        found = self.text(name)
        try:
            moment = datetime.fromisoformat(found)
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise FieldError(name, found, "a date and a time, such as 2026-03-01T09:30") from error
        return of_our_time(name, moment)


async def _posted(request: Request) -> Form:
    """The form of a request.

    Raises:
        UnreadError: it is none, or too large.
    """
    if media_of(request) != _URLENCODED:
        raise UnreadError(problems.told(415, "NotAForm", f"Send the form as {_URLENCODED}."))
    body = await body_of(request)
    try:
        text = body.decode("ascii")
        return Form(parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except (UnicodeDecodeError, ValueError) as error:
        raise UnreadError(problems.told(422, "NotAForm", "The form could not be read.")) from error


Posted = Annotated[Form, Depends(_posted)]
"""For a route's argument: what the form sent."""
