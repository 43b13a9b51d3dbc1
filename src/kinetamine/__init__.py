"""Kinetamine simulates ketamine therapy from milligrams to mood.

    from kinetamine import Course, Person, Regimen, simulate

    regimen = Regimen.parse("0.5 mg/kg iv over 40 min, twice weekly for 3 weeks")
    trajectory = simulate(Course(person=Person(weight_kg=70.0), regimen=regimen))

What is listed in ``__all__`` is public; the rest may change. ``import kinetamine`` itself loads nothing heavy:
each name is fetched when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinetamine.citation import Reference, cite
    from kinetamine.course import Course, compare, simulate
    from kinetamine.course import load as load_course
    from kinetamine.engine.dose import Dose
    from kinetamine.engine.events import Form
    from kinetamine.engine.person import Person
    from kinetamine.engine.regimen import Regimen
    from kinetamine.engine.trajectory import Series, Trajectory
    from kinetamine.errors import (
        FieldError,
        InputError,
        KinetamineError,
        OutsideStudiedRangeError,
        SolverError,
        UnknownNameError,
    )
    from kinetamine.prediction import Forecast, contrast, predict
    from kinetamine.validation import validate

__version__ = "0.1.0"

__all__ = (
    "Course",
    "Dose",
    "FieldError",
    "Forecast",
    "Form",
    "InputError",
    "KinetamineError",
    "OutsideStudiedRangeError",
    "Person",
    "Reference",
    "Regimen",
    "Series",
    "SolverError",
    "Trajectory",
    "UnknownNameError",
    "__version__",
    "cite",
    "compare",
    "contrast",
    "load_course",
    "models",
    "predict",
    "simulate",
    "validate",
)

_HOMES = {
    "kinetamine.citation": ("Reference", "cite"),
    "kinetamine.course": ("Course", "compare", "simulate"),
    "kinetamine.engine.dose": ("Dose",),
    "kinetamine.engine.events": ("Form",),
    "kinetamine.engine.person": ("Person",),
    "kinetamine.engine.regimen": ("Regimen",),
    "kinetamine.engine.trajectory": ("Series", "Trajectory"),
    "kinetamine.errors": (
        "FieldError",
        "InputError",
        "KinetamineError",
        "OutsideStudiedRangeError",
        "SolverError",
        "UnknownNameError",
    ),
    "kinetamine.prediction": ("Forecast", "contrast", "predict"),
    "kinetamine.validation": ("validate",),
}
_HOME = {name: (module, name) for module, names in _HOMES.items() for name in names}
_HOME["load_course"] = ("kinetamine.course", "load")


def models() -> tuple[str, ...]:
    """The names of all PK models, for ``Course(model=...)``."""
    from kinetamine import catalogue  # noqa: PLC0415 - as everything here, only when it is used

    return catalogue.names("pk")


def __getattr__(name: str) -> object:
    """Fetch a public name from the module it lives in."""
    if name not in _HOME:
        message = f"module 'kinetamine' has no attribute {name!r}"
        raise AttributeError(message)
    module, attribute = _HOME[name]
    found: object = getattr(importlib.import_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted(__all__)
