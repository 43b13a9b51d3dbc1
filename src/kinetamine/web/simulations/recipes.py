"""The same run elsewhere: what was asked of the server as a command line, as Python and as a course file."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kinetamine.web.simulations.door import Values

_FLAGS = {
    "regimen": "--regimen",
    "model": "--model",
    "effects": "--effects",
    "outcomes": "--outcomes",
    "mechanism": "--mechanism",
    "comparator": "--comparator",
    "background": "--with",
    "follow_up_days": "--follow-up",
    "people": "--people",
    "seed": "--seed",
    "engine": "--engine",
    "title": "--title",
}
_PERSON_FLAGS = {
    "weight_kg": "--weight",
    "age_y": "--age",
    "sex": "--sex",
    "comedication": "--comedication",
    "hepatic": "--hepatic",
    "madrs": "--madrs",
    "pain_nrs": "--pain",
    "hama": "--hama",
    "caps5": "--caps5",
    "pcl5": "--pcl5",
    "ssi": "--ssi",
    "failed_treatments": "--failed-treatments",
    "previous_sessions": "--sessions",
}
_FILE = "course.toml"


def recipes(given: Values) -> dict[str, str]:
    """``command``, ``python`` and ``toml``; the command reads the file where flags cannot say everything."""
    return {"command": _command(given), "python": _python(given), "toml": _toml(given)}


def _command(given: Values) -> str:
    person: Mapping[str, Any] = given.get("person", {})
    if not set(person) <= set(_PERSON_FLAGS):
        return f"kinetamine simulate {_FILE}"
    words = ["kinetamine", "simulate"]
    for key, flag in _FLAGS.items():
        if key in given:
            words += [flag, _said(given[key])]
    for key, value in person.items():
        words += [_PERSON_FLAGS[key], _said(value)]
    for name, value in _flat(given.get("parameters", {})):
        words += ["--set", f"{name}={value!r}"]
    return shlex.join([*words, *(["--outside"] if given.get("outside") else [])])


def _said(value: Any) -> str:
    """A value as a flag takes it."""
    if isinstance(value, Mapping):
        return ",".join(f"{name}={share!r}" for name, share in value.items())
    if isinstance(value, list | tuple):
        return ",".join(value) or "none"
    return value if isinstance(value, str) else repr(value)


def _python(given: Values) -> str:
    own = {key: value for key, value in given.items() if key not in {"person", "parameters"}}
    parameters = tuple(_flat(given.get("parameters", {})))
    lines = [f"    person=Person({', '.join(_keywords(given.get('person', {})))}),"]
    lines += [f"    {one}," for one in _keywords(own)]
    lines += [f"    parameters={parameters!r},"] if parameters else []
    return "\n".join(
        [
            "from kinetamine import Course, Person, simulate",
            "",
            "course = Course(",
            *lines,
            ")",
            "trajectory = simulate(course)",
            "print(trajectory)",
        ]
    )


def _keywords(given: Mapping[str, Any]) -> Iterator[str]:
    for key, value in given.items():
        yield f"{key}={tuple(value) if isinstance(value, list) else value!r}"


def _toml(given: Values) -> str:
    """Plain values first, then the tables, as the format wants it."""
    plain = [f"{key} = {_value(value)}" for key, value in given.items() if not isinstance(value, Mapping)]
    tables = []
    for key, value in given.items():
        if isinstance(value, Mapping) and value:
            pairs = _flat(value) if key == "parameters" else value.items()
            tables += ["", f"[{key}]", *(f"{name} = {_value(one)}" for name, one in pairs)]
    return "\n".join([*plain, *tables]) + "\n"


def _value(value: Any) -> str:
    """A TOML value: JSON writes texts, whole numbers, truth and lists of texts alike."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _flat(table: Mapping[str, Any], owner: str = "") -> Iterable[tuple[str, Any]]:
    """Pairs of ``entry.NAME`` and value from nested tables."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{owner}{name}.")
        else:
            yield f"{owner}{name}", value
