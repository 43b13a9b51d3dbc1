"""The equations of an entry, as they are run."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

_FIELDS = ("individual", "published", "rates", "states", "paths", "drive", "circuit", "curve", "course")


def equations(module: str, entry: Any) -> tuple[str, ...]:
    """The text of each function that the entry's module holds, once."""
    texts = (_source(one, module) for one in _functions(entry))
    return tuple(dict.fromkeys(text for text in texts if text))


def _functions(entry: Any) -> Iterator[Callable[..., Any]]:
    yield from (one for name in _FIELDS if callable(one := getattr(entry, name, None)))
    yield from (output.mg_per_l for output in getattr(entry, "outputs", ()))
    yield from getattr(entry, "absorption", {}).values()
    yield from (readout.of for readout in getattr(entry, "readouts", ()))


def _source(function: Callable[..., Any], module: str) -> str:
    """The text of an equation; what an entry leaves at the engine's default is not an equation of its own."""
    if inspect.getmodule(function) is not sys.modules[module]:
        return ""
    return textwrap.dedent(inspect.getsource(function)).rstrip() + "\n"
