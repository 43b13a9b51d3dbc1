"""The equations of an entry, as they are run."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

_FIELDS = ("individual", "published", "rates", "states", "paths", "drive", "circuit", "curve", "course")


def equations(module: str, entry: Any) -> tuple[str, ...]:
    """The text of each function that the entry's module holds, in the module's order, and of those that they call."""
    found: dict[FunctionType, None] = {}
    for given in _functions(entry):
        _add(found, given, module)
    placed = sorted(found, key=lambda one: one.__code__.co_firstlineno)
    return tuple(dict.fromkeys(textwrap.dedent(inspect.getsource(one)).rstrip() + "\n" for one in placed))


def _functions(entry: Any) -> Iterator[Callable[..., Any]]:
    yield from (one for name in _FIELDS if callable(one := getattr(entry, name, None)))
    yield from (output.mg_per_l for output in getattr(entry, "outputs", ()))
    yield from getattr(entry, "absorption", {}).values()
    yield from (readout.of for readout in getattr(entry, "readouts", ()))


def _add(found: dict[FunctionType, None], one: object, module: str) -> None:
    """Add a function with what it calls; what an entry leaves at the engine's default is no equation of its own."""
    if isinstance(one, FunctionType) and one.__module__ == module and one not in found:
        found[one] = None
        for called in inspect.getclosurevars(one).globals.values():
            _add(found, called, module)
