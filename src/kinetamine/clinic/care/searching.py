"""What a search asks for, and which resources match it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kinetamine.clinic.fhir.pieces import Resource
from kinetamine.errors import FieldError

PARAMETERS = (("patient", "reference"), ("date", "date"), ("code", "token"), ("_id", "token"))
_PAGING = ("_count", "_page", "_format")
_DATES = (
    "effectiveDateTime", "effectivePeriod", "authored", "authoredOn", "period", "dateTime", "date", "recorded",
    "identifiedDateTime", "occurrenceDateTime",
)  # fmt: skip
_CODES = ("code", "medicationCodeableConcept", "event", "category")
_TIME = r"T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)"
_ASKED = re.compile(rf"(eq|ge|le|gt|lt)?(\d{{4}}(?:-\d\d(?:-\d\d(?:{_TIME})?)?)?)", re.ASCII)
_MOST, _USUAL = 1000, 50
_MOST_PAGE = 10**6


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A search, understood.

    Attributes:
        dates: pairs of comparison and the beginning of a time as it is written.
        codes: pairs of system, or None for any, and code.
    """

    person_id: str | None
    dates: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str | None, str], ...]
    names: tuple[str, ...]
    count: int
    page: int

    def matching(self, found: Iterable[Resource]) -> list[Resource]:
        """Those that match, in their order."""
        return [one for one in found if self._matches(one)]

    def on_page(self, found: list[Resource]) -> list[Resource]:
        """Those of the page that was asked for."""
        start = (self.page - 1) * self.count
        return found[start : start + self.count]

    def _matches(self, one: Resource) -> bool:
        if self.names and one["id"] not in self.names:
            return False
        if self.codes and not any(_has(one, system, code) for system, code in self.codes):
            return False
        written = _date(one)
        return not self.dates or (written != "" and all(_is(written, how, date) for how, date in self.dates))


def understood(given: Iterable[tuple[str, str]]) -> Asked:
    """What was asked; a parameter that is not known would be passed over in silence elsewhere, and is refused here.

    Raises:
        FieldError: a parameter is not known, or its value cannot be understood.
    """
    asked: dict[str, list[str]] = {}
    known = (*(name for name, _ in PARAMETERS), *_PAGING)
    for name, value in given:
        if name not in known:
            raise FieldError(name, value, "one of " + ", ".join(known))
        asked.setdefault(name, []).append(value)
    patients = {value.removeprefix("Patient/") for value in asked.get("patient", ())}
    if len(patients) > 1:
        raise FieldError("patient", ", ".join(sorted(patients)), "one person")
    return Asked(
        person_id=next(iter(patients), None),
        dates=tuple(_compared(value) for value in asked.get("date", ())),
        codes=tuple(_code(one) for value in asked.get("code", ()) for one in value.split(",")),
        names=tuple(one for value in asked.get("_id", ()) for one in value.split(",")),
        count=_whole(asked, "_count", _USUAL, _MOST),
        page=_whole(asked, "_page", 1, _MOST_PAGE),
    )


def _compared(value: str) -> tuple[str, str]:
    found = _ASKED.fullmatch(value)
    if found is None:
        raise FieldError("date", value, "a date such as ge2026-03-02, or a time in UTC")
    return found[1] or "eq", found[2].replace("+00:00", "Z")


def _code(value: str) -> tuple[str | None, str]:
    system, bar, code = value.rpartition("|")
    return (system if bar else None), code


def _whole(asked: Mapping[str, list[str]], name: str, usual: int, most: int) -> int:
    values = asked.get(name)
    if not values:
        return usual
    if not re.fullmatch(r"[0-9]{1,7}", values[-1]) or not 1 <= int(values[-1]) <= most:
        raise FieldError(name, values[-1], f"1 to {most}")
    return int(values[-1])


def _date(one: Resource) -> str:
    for name in _DATES:
        value = one.get(name)
        if isinstance(value, Mapping):
            value = value.get("start") or value.get("end")
        if isinstance(value, str):
            return value
    return ""


def _is(written: str, how: str, date: str) -> bool:
    """Compared to the precision that was asked for; times are kept in UTC, so text compares as they do."""
    start = written[: len(date.removesuffix("Z"))]
    wanted = date.removesuffix("Z")
    return {
        "eq": start == wanted,
        "ge": start >= wanted,
        "le": start <= wanted,
        "gt": start > wanted,
        "lt": start < wanted,
    }[how]


def _has(one: Resource, system: str | None, code: str) -> bool:
    return any(
        coding.get("code") == code and system in {None, coding.get("system")}
        for name in _CODES
        for concept in _listed(one.get(name))
        for coding in concept.get("coding", ())
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []
