"""The limits that a server judges by: the published ones, or those that a clinic sets and signs in a file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from kinetamine.citation import Reference
from kinetamine.clinic.alarms.limits import Limit, LimitSet, Priority, Times, Vital
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.clinic.bands import ENDS
from kinetamine.clinic.discharge import OBSERVED_H, Acceptable
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError, nearest
from kinetamine.report.words import source_words

_HEAD = ("name", "version", "signed_by", "signed_on")
_TIMES = {"silence": "longest_silence_s", "unanswered": "unanswered_s"}
_TABLES = ("limit", *_TIMES, "leaving")
_OF_VALUE = ("value", "unit", "source")
_OF_LIMIT = (*_OF_VALUE, "on", "priority")
_NUMBER = 1e9
"""Beyond it nothing is a number of anything here; neither is what is not a number."""
_SIGNS = {"breaths": Vital.RESPIRATORY_RATE, "alertness": Vital.ALERTNESS}
"""Signs that the list before leaving calls otherwise."""


@dataclass(frozen=True, kw_only=True)
class InUse:
    """What is in use together: alarms, and values with which somebody may leave.

    Attributes:
        signed_by: who answers for what differs from the published limits; empty: nothing does.
    """

    alarms: LimitSet = PUBLISHED
    leaving: Acceptable = field(default_factory=Acceptable)
    signed_by: str = ""

    def __post_init__(self) -> None:
        """Refuse values for leaving that nobody can have, and that exclude each other."""
        values: dict[str, Estimate] = vars(self.leaving)
        for name, value in values.items():
            low, high = self._ends(name)
            if not low <= value.value <= high:
                raise FieldError(f"leaving {name}", value.value, f"{low:g} to {high:g} {value.unit}")
            most = values.get(name.removesuffix("_least") + "_most")
            if name.endswith("_least") and most is not None and value.value > most.value:
                raise FieldError(f"leaving {name}", value.value, f"at most the {most.value:g} that is the most")

    @property
    def text(self) -> str:
        """What they are called, and who signed them."""
        signed = f", signed by {self.signed_by}" if self.signed_by else ""
        return f"{self.alarms.name}, version {self.alarms.version}{signed}"

    @property
    def fingerprint(self) -> str:
        """Of everything that is judged by them."""
        parts = (self.alarms.name, self.alarms.fingerprint, self.leaving, self.signed_by)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    @property
    def about(self) -> dict[str, str]:
        """What a session keeps of them."""
        return {"name": self.alarms.name, "version": self.alarms.version, "fingerprint": self.fingerprint}

    def _ends(self, name: str) -> tuple[float, float]:
        """What a value for leaving can be; the last reading belongs to the two hours that are watched."""
        what = name.rpartition("_")[0]
        if what == "age":
            return 1.0, 60.0 * OBSERVED_H.value
        if what in ENDS:
            low, high = ENDS[what]
            return low, high
        possible = self.alarms.range_of(_SIGNS.get(what) or Vital(what))
        return possible.low.value, possible.high.value


AS_PUBLISHED = InUse()
"""What is used where a clinic brings no file."""


def read(path: Path | None) -> InUse:
    """The limits of a clinic's file; without one, those that are published.

    Raises:
        FieldError: it cannot be read, or an entry of it is wrong; and which.
    """
    if path is None:
        return AS_PUBLISHED
    try:
        return from_mapping(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FieldError("limits", str(path), "a readable TOML file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FieldError("limits", str(path), f"valid TOML ({error})") from error
    except FieldError as error:
        raise FieldError(f"{path.name}, {error.field}", error.given, error.expected, error.nearest) from error


def from_mapping(content: Mapping[str, Any]) -> InUse:
    """The published limits, with what a clinic says otherwise in their place.

    Raises:
        FieldError: an entry is not known, has no source, or holds what cannot be.
    """
    _require_known("entry", content, (*_HEAD, *_TABLES))
    signed_by = _words("signed_by", content.get("signed_by"))
    by = _reference(content, signed_by)
    limits = _entries(content, "limit", (one.name for one in PUBLISHED.limits), _OF_LIMIT)
    leaving = _entries(content, "leaving", (one.name for one in fields(Acceptable)), _OF_VALUE)
    alarms = replace(
        PUBLISHED,
        name=_words("name", content.get("name")),
        version=_words("version", content.get("version")),
        limits=tuple(_limit(one, limits[one.name], by) if one.name in limits else one for one in PUBLISHED.limits),
        times=_times(content, by),
    )
    as_published = vars(Acceptable())
    values = {name: _estimate(f"leaving {name}", given, as_published[name], by) for name, given in leaving.items()}
    return InUse(alarms=alarms, leaving=Acceptable(**values), signed_by=signed_by)


def _reference(content: Mapping[str, Any], signed_by: str) -> Reference:
    signed_on = content.get("signed_on")
    if not isinstance(signed_on, date):
        raise FieldError("signed_on", signed_on, "a date, such as 2026-03-02, without quotation marks")
    return Reference(
        key="clinic_limits",
        authors=f"{{{_words('name', content.get('name'))}}}",
        title=f"Limits of this clinic, version {content.get('version')}, signed by {signed_by} on {signed_on:%Y-%m-%d}",
        journal="",
        year=signed_on.year,
    )


def _entries(
    content: Mapping[str, Any], kind: str, known: Iterator[str], keys: tuple[str, ...]
) -> dict[str, Mapping[str, Any]]:
    """The entries of one kind by name, each with a source and nothing that is not understood."""
    found = content.get(kind, {})
    if not isinstance(found, dict):
        raise FieldError(kind, found, f"tables, each under [{kind}.NAME]")
    _require_known(kind, found, tuple(known))
    for name, given in found.items():
        if not isinstance(given, dict):
            raise FieldError(f"{kind} {name}", given, f"a table, under [{kind}.{name}]")
        _require_known(f"{kind} {name}", given, keys)
        _words(f"{kind} {name} source", given.get("source"))
    return found


def _limit(held: Limit, given: Mapping[str, Any], by: Reference) -> Limit:
    where = f"limit {held.name}"
    on, priority = given.get("on", held.on), given.get("priority", held.priority)
    if not isinstance(on, bool):
        raise FieldError(f"{where} on", on, "true or false")
    if priority not in list(Priority):
        raise FieldError(f"{where} priority", priority, "one of " + ", ".join(Priority))
    if {"value", "unit"} & set(given):
        value = _estimate(where, given, held.value, by)
    elif {"on", "priority"} & set(given):
        said = f"{source_words(by)}: {given['source']}"
        value = replace(held.value, note="; ".join(one for one in (held.value.note, said) if one))
    else:
        raise FieldError(where, "a source alone", "a value with its unit, on or priority")
    return replace(held, value=value, on=on, priority=Priority(priority))


def _times(content: Mapping[str, Any], by: Reference) -> dict[Priority, Times]:
    found = dict(PUBLISHED.times)
    for kind, name in _TIMES.items():
        for priority, given in _entries(content, kind, (str(one) for one in Priority), _OF_VALUE).items():
            held = found[Priority(priority)]
            value = _estimate(f"{kind} {priority}", given, getattr(held, name), by)
            found[Priority(priority)] = replace(held, **{name: value})
    return found


def _estimate(where: str, given: Mapping[str, Any], held: Estimate, by: Reference) -> Estimate:
    """A number in the unit that it is kept in: written beside it, so that nobody types kPa or minutes."""
    value, unit = given.get("value"), given.get("unit")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _NUMBER:
        raise FieldError(f"{where} value", value, "a number")
    if unit != held.unit:
        raise FieldError(f"{where} unit", unit, held.unit)
    note = f"instead of {held.value:g} {held.unit}"
    return Estimate(float(value), held.unit, by, given["source"].strip(), Provenance.ASSUMED, note)


def _words(where: str, given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        raise FieldError(where, given, "words")
    return given.strip()


def _require_known(where: str, given: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise FieldError(where, name, "one of " + ", ".join(known), nearest(name, known))
