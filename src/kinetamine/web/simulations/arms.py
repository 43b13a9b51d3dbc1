"""Arms: up to six courses, each a base with changes, on the same axes and with their differences."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import kinetamine
from kinetamine.errors import FieldError, KinetamineError
from kinetamine.report.arms import run
from kinetamine.web.problems import problem_of
from kinetamine.web.simulations.arm import LOOKS, Arm, Simulated, simulated
from kinetamine.web.simulations.arm_numbers import same_everywhere, table
from kinetamine.web.simulations.arm_panels import panels
from kinetamine.web.simulations.course import course_of
from kinetamine.web.simulations.door import Tell, Values

FEWEST, MOST = 2, len(LOOKS)
_NAME_LENGTH = 80
_NESTED = ("person", "parameters")
"""Tables of a course, of which an arm may change a single key."""
_PLACES = {"interaction": "person.comedication", "outcome": "outcomes", "effect": "effects", "route": "regimen"}
"""Where a problem belongs that names a kind of entry instead of a key."""
_PATIENCE_S = 0.7
"""What is ready is told after this long, so that arms that are new to the engine do not hold up the others."""


def arms(given: Values, tell: Tell) -> dict[str, Any]:
    """Up to six courses on the same axes, and a table of how they differ from the first.

    ``base`` is a course; each of ``arms`` has a ``name``, ``changes`` to it (None takes a key away) and perhaps a
    ``band``. A problem in one leaves the others working. Each is told as ``arm`` when it is ready, and all that are
    ready as ``some`` where it takes long.

    Raises:
        FieldError: there are not two to six arms, or one of them is malformed.
    """
    base, asked = _table("base", given.get("base", {})), _asked(given.get("arms"))
    ready: list[Arm] = []
    told = time.monotonic()
    for index, one in enumerate(asked):
        ready.append(_arm(index, one, base))
        tell("arm", {"index": index, "of": len(asked), "name": one["name"], "problem": ready[-1].problem})
        if index + 1 < len(asked) and time.monotonic() - told > _PATIENCE_S:
            tell("some", _shown(ready))
            told = time.monotonic()
    return _shown(ready)


def merged(base: Values, changes: Values) -> dict[str, Any]:
    """The course of an arm: the base with what the arm changes; None takes a key away."""
    found = dict(base)
    for key, value in changes.items():
        if value is None:
            found.pop(key, None)
        elif key in _NESTED and isinstance(value, Mapping) and isinstance(found.get(key, {}), Mapping):
            found[key] = merged(found.get(key, {}), value)
        else:
            found[key] = value
    return found


def _asked(given: object) -> list[dict[str, Any]]:
    """Each arm with a name, changes and whether it has a band.

    Raises:
        FieldError: there are too few or too many, or one is malformed.
    """
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise FieldError("arms", given, f"a list of {FEWEST} to {MOST} arms")
    if not FEWEST <= len(given) <= MOST:
        raise FieldError("arms", len(given), f"{FEWEST} to {MOST} arms")
    return [_one(index, one) for index, one in enumerate(given)]


def _one(index: int, given: object) -> dict[str, Any]:
    arm = _table(f"arm {index + 1}", given)
    unknown = next((key for key in arm if key not in {"name", "changes", "band"}), None)
    if unknown is not None:
        raise FieldError(f"arm {index + 1}", unknown, "one of the keys name, changes, band")
    name, band = arm.get("name", f"Arm {index + 1}"), arm.get("band", False)
    if not isinstance(name, str) or len(name) > _NAME_LENGTH:
        raise FieldError(f"name of arm {index + 1}", name, f"text of at most {_NAME_LENGTH} characters")
    if not isinstance(band, bool):
        raise FieldError(f"band of arm {index + 1}", band, "true or false")
    changes = _table(f"changes of arm {index + 1}", arm.get("changes", {}))
    return {"name": name.strip() or f"Arm {index + 1}", "band": band, "changes": changes}


def _table(where: str, given: object) -> Mapping[str, Any]:
    """A mapping.

    Raises:
        FieldError: it is something else.
    """
    if not isinstance(given, Mapping):
        raise FieldError(where, given, "a table of keys and values")
    return given


def _arm(index: int, asked: Mapping[str, Any], base: Values) -> Arm:
    """Simulated, or what is wrong with it."""
    course = merged(base, asked["changes"])
    arm = Arm(index=index, name=asked["name"], band=asked["band"], changed=_paths(asked["changes"]))
    try:
        return arm.having(_kept(json.dumps(course, sort_keys=True)))
    except KinetamineError as error:
        problem = problem_of(error)
        return arm.failing(problem | {"path": _place(str(problem.get("field", "")), course)})


@lru_cache(maxsize=18)
def _kept(course: str) -> Simulated:
    """Arms that did not change since are not simulated again."""
    found = course_of(json.loads(course))
    return simulated(found, run(found))


def _paths(changes: Values) -> tuple[str, ...]:
    """Keys that an arm changes, those of tables after a point."""
    found: list[str] = []
    for key, value in changes.items():
        if key in _NESTED and isinstance(value, Mapping):
            found += [f"{key}.{inner}" for inner in value]
        else:
            found.append(key)
    return tuple(found)


def _place(field: str, course: Values) -> str:
    """The key of a course that a problem belongs to; empty where it belongs to none."""
    person = course.get("person", {})
    if field == "weight_kg" or (isinstance(person, Mapping) and field in person):
        return f"person.{field}"
    numbers = course.get("parameters", {})
    if isinstance(numbers, Mapping):
        known = next((name for name in numbers if name == field or field.endswith((f" {name}", f".{name}"))), None)
        known = known or next(iter(numbers), None) if field.startswith(("parameter of", "entry of")) else known
        if known is not None:
            return f"parameters.{known}"
    found = _PLACES.get(field, field.partition(".")[0])
    return found if found in {"regimen", *course, *_PLACES.values()} else ""


def _shown(ready: Sequence[Arm]) -> dict[str, Any]:
    """What a page shows of the arms that are ready."""
    return {
        "kinetamine": kinetamine.__version__,
        "arms": [arm.to_json() for arm in ready],
        "panels": panels(ready),
        "table": table(ready),
        "notes": [*_notes(ready)],
    }


def _notes(ready: Sequence[Arm]) -> list[str]:
    """What must be known to read the differences."""
    good = [(arm, arm.found) for arm in ready if arm.found is not None]
    drawn = {(found.people, found.seed) for _, found in good}
    said = []
    if len(drawn) == 1 and next(iter(drawn))[0]:
        people, seed = next(iter(drawn))
        said.append(
            f"The same {people} virtual people (seed {seed}) are in every arm, so no difference comes from who was "
            "drawn. Where the PK model differs, only their kinetics are drawn anew."
        )
    elif len(drawn) > 1:
        said.append(
            "The arms have different virtual people: part of a difference in ranges and chances is who was drawn."
        )
    said += [
        f"{arm.name}: S-ketamine alone; in the other arms ketamine is both enantiomers together."
        for arm, found in good
        if found.enantiomer == "S" and any(not other.enantiomer and other.dose_mg for _, other in good)
    ]
    said += [_nothing(arm, good[0][0]) for arm, _ in good[1:] if same_everywhere(arm, good[0][0])]
    return said


def _nothing(arm: Arm, first: Arm) -> str:
    """That a change changed nothing: the models do not know of it, which is no finding."""
    what = ", ".join(path.removeprefix("person.").replace("_", " ") for path in arm.changed)
    why = f"as modelled, what it changes ({what}) does nothing to this course; no finding about people"
    return f"{arm.name}: no number differs from {first.name} ({why if what else 'nothing is changed'})."
