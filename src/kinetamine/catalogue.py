"""Folder to entries: the only dynamic code.

Every module of ``kinetamine.library.<kind>`` holds one entry, an object named ``ENTRY``
whose ``name`` is the module's name. Adding a file adds the entry everywhere.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from kinetamine.errors import KinetamineError, UnknownNameError


@cache
def names(kind: str) -> tuple[str, ...]:
    """The names of all entries of a kind (``pk``, ``routes``, ``effects`` ...), sorted; imports none of them."""
    package = importlib.import_module(f"kinetamine.library.{kind}")
    return tuple(sorted(module.name for module in pkgutil.iter_modules(package.__path__)))


@cache
def load(kind: str, name: str) -> Any:
    """The entry of that kind and name.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    if name not in names(kind):
        raise UnknownNameError(_SINGULAR.get(kind, kind), name, names(kind))
    entry = importlib.import_module(f"kinetamine.library.{kind}.{name}").ENTRY
    if entry.name != name:
        message = f"library/{kind}/{name}.py holds an entry named {entry.name!r}; file and entry must share a name"
        raise KinetamineError(message)
    return entry


def load_all(kind: str) -> tuple[Any, ...]:
    """Every entry of a kind, sorted by name."""
    return tuple(load(kind, name) for name in names(kind))


_SINGULAR = {
    "pk": "model",
    "routes": "route",
    "effects": "effect",
    "outcomes": "outcome",
    "regimens": "regimen",
    "interactions": "interaction",
    "mechanisms": "mechanism",
    "comparators": "comparator",
    "harms": "harm table",
    "populations": "population",
    "findings": "finding",
    "scales": "scale",
}
