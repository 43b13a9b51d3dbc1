"""How a law is held over every entry of the library.

A law is a function from a case to its violations, in words. ``hold`` fails on any violation of a case that is
not in quarantine, and fails on a case in quarantine that has none: an excuse goes when its reason is gone.
"""

from __future__ import annotations

import dataclasses
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest

import kinetamine.library
from kinetamine import catalogue
from kinetamine.engine.model import Estimate


class Entry(NamedTuple):
    """One file of the library."""

    kind: str
    name: str
    held: Any

    def __str__(self) -> str:
        """For example ``pk/kamp_2020``."""
        return f"{self.kind}/{self.name}"


KINDS = tuple(
    module.name
    for module in pkgutil.iter_modules(kinetamine.library.__path__)
    if module.ispkg and catalogue.names(module.name)
)
"""Folders of the library that hold entries; a new one is under the laws at once."""


def entries(*kinds: str) -> list[Entry]:
    """Every entry of these kinds, or of all."""
    return [Entry(kind, name, catalogue.load(kind, name)) for kind in kinds or KINDS for name in catalogue.names(kind)]


def each(cases: Iterable[object]) -> pytest.MarkDecorator:
    """A test for each case, named by it."""
    return pytest.mark.parametrize("case", list(cases), ids=str)


def hold(violations: Iterable[str], case: object, quarantine: Mapping[str, str] | None = None) -> None:
    """Fail unless the case obeys, or is in quarantine for a reason that still holds."""
    found, reason = list(violations), (quarantine or {}).get(str(case))
    if reason is None:
        assert not found, f"{case}: " + "; ".join(found)
    else:
        assert found, f"{case} obeys now; take it out of quarantine ({reason})"


def known(quarantine: Mapping[str, str], cases: Iterable[object]) -> None:
    """Fail when quarantine holds what is no case, or a case without a reason."""
    strangers = set(quarantine) - {str(case) for case in cases}
    assert not strangers, f"in quarantine but nowhere else: {sorted(strangers)}"
    assert all(len(reason.split()) > 3 for reason in quarantine.values()), "a reason is a sentence"


def estimates(held: Any) -> Iterator[tuple[str, Estimate]]:
    """Every estimate anywhere in an entry, and where it stands."""
    for field in dataclasses.fields(held):
        yield from _estimates(field.name, getattr(held, field.name))


def _estimates(where: str, value: Any) -> Iterator[tuple[str, Estimate]]:
    if isinstance(value, Estimate):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _estimates(f"{where}[{key}]", inner)
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _estimates(f"{where}[{getattr(inner, 'name', position)}]", inner)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _estimates(f"{where}.{field.name}", getattr(value, field.name))
