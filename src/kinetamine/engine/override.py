"""An entry with some of its numbers replaced by the user's, and marked so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from kinetamine.engine.model import Effect, PKModel, Provenance, Route
from kinetamine.errors import FieldError, UnknownNameError

Entry = TypeVar("Entry", PKModel, Route, Effect)


def with_values(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """The entry with other parameter values, in the units it states; the source says that the user set them.

    Raises:
        UnknownNameError: the entry has no such parameter; the message offers the nearest.
        FieldError: a value is not a finite number.
    """
    if not values:
        return entry
    parameters = dict(entry.parameters)
    for name, value in values.items():
        if name not in parameters:
            raise UnknownNameError(f"parameter of {entry.name}", name, parameters)
        stood = parameters[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise FieldError(f"{entry.name}.{name}", value, f"a finite number in {stood.unit}")
        note = f"set by the user; the library has {stood.value:g}"
        parameters[name] = replace(
            stood, value=float(value), provenance=Provenance.ASSUMED, note=note, where="the course", interval=None
        )
    return replace(entry, parameters=parameters)
