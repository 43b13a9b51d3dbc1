"""Kinds of columns: moments in UTC, sealed text, and JSON that reads the same everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import DateTime, Dialect, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator

from kinetamine.clinic.keys import KeyRing
from kinetamine.errors import FieldError

_RINGS: WeakKeyDictionary[Dialect, KeyRing] = WeakKeyDictionary()
"""Which keys a database's sealed columns are sealed with: one engine has one dialect."""


def seal_with(dialect: Dialect, ring: KeyRing) -> None:
    """Give an engine the keys of its sealed columns."""
    _RINGS[dialect] = ring


def canonical(content: object) -> str:
    """JSON with one form for one content: sorted, without blanks, UTF-8, no NaN."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def written(moment: datetime) -> str:
    """A moment as text, in UTC to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; times without a zone are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise FieldError("time", value.isoformat(), "a time with its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC again."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """Text that only holders of the record keys can read; AES-GCM, bound to its column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, use: str) -> None:
        """Name the table and column."""
        super().__init__()
        self.use = use

    @property
    def python_type(self) -> type[Any]:
        """What a program sees."""
        return str

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal."""
        return None if value is None else _RINGS[dialect].seal(self.use, value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open."""
        return None if value is None else _RINGS[dialect].open(self.use, bytes(value)).decode()


class Json(TypeDecorator[Mapping[str, Any]]):
    """A small tree of values."""

    impl = Text
    cache_ok = True

    @property
    def python_type(self) -> type[Any]:
        """What a program sees."""
        return dict

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        """In its one form."""
        del dialect
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        """As a dict."""
        del dialect
        return None if value is None else json.loads(value)


def each_once(words: Iterable[str]) -> tuple[str, ...]:
    """Words as they are kept: sorted, and each once, however they were given."""
    return tuple(sorted(set(words)))


class Words(TypeDecorator[tuple[str, ...]]):
    """A few words without blanks, in order."""

    impl = String(200)
    cache_ok = True

    @property
    def python_type(self) -> type[Any]:
        """What a program sees."""
        return tuple

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Joined by blanks."""
        del dialect
        return None if value is None else " ".join(each_once(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Apart again."""
        del dialect
        return None if value is None else tuple(value.split())
