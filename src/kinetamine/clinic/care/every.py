"""All records of a kind, where a list must not end after its first page."""

from __future__ import annotations

from typing import Any, TypeVar

from kinetamine.clinic.access import Records
from kinetamine.clinic.records import Record

R = TypeVar("R", bound=Record)
_PAGE = 1000


def every(records: Records, kind: type[R], **equals: Any) -> tuple[R, ...]:
    """All records of a kind, however many.

    Raises:
        Refusal: they are not for this person.
    """
    found: list[R] = []
    while True:
        page = records.find(kind, limit=_PAGE, skip=len(found), **equals)
        found += page
        if len(page) < _PAGE:
            return tuple(found)
