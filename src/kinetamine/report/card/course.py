"""A course in which an entry is used, as plain values: what a page opens when somebody wants to try it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kinetamine.course import CYP2B6_ENTRIES
from kinetamine.engine.events import Form
from kinetamine.engine.model import ADULT_Y, Studied
from kinetamine.engine.person import Person

_ADULT_KG, _CHILD_KG = 70.0, 25.0
_DEFAULT = "0.5 mg/kg iv over 40 min"
_WORDS = {
    "intravenous": "iv over 40 min",
    "intramuscular": "im",
    "intranasal": "intranasal",
    "oral": "oral",
    "sublingual": "sublingual",
    "film": "film",
}
_GENOTYPES = {name: genotype for genotype, names in CYP2B6_ENTRIES.items() for name in names}
_LIVERS = {"hepatic_moderate": "moderate"}


def course_with(kind: str, entry: Any) -> dict[str, Any] | None:
    """As a course file holds it; None where an entry is nothing that a course can be given."""
    return _GIVEN[kind](entry) if kind in _GIVEN else None


def _treatment(entry: Any) -> dict[str, Any] | None:
    return {"comparator": entry.name, "outcomes": list(entry.sizes)[:1]} if entry.sizes else None


def _outcome(entry: Any) -> dict[str, Any]:
    return {"outcomes": ["depression", entry.name] if entry.name == "relapse" else [entry.name]}


def _changed(interaction: str) -> dict[str, Any]:
    if interaction in _GENOTYPES:
        return {"cyp2b6": _GENOTYPES[interaction]}
    if interaction in _LIVERS:
        return {"hepatic": _LIVERS[interaction]}
    return {"comedication": [interaction]}


def _by_model(name: str, studied: Studied) -> dict[str, Any]:
    """Someone and a dose that the model was built on."""
    age, weight, dose = studied.limits
    age_y = _within(Person().age_y, age)
    child = age_y < ADULT_Y[0]
    person = {"age_y": age_y, "weight_kg": _within(_CHILD_KG if child else _ADULT_KG, weight)}
    found = {"model": name, "person": person, "regimen": _regimen(studied, dose, person["weight_kg"])}
    return found | {"effects": [], "outcomes": []} if child else found


def _within(usual: float, limits: tuple[float, float] | None) -> float:
    """The usual value, or the middle of what was studied where that is elsewhere."""
    if limits is None or limits[0] <= usual <= limits[1]:
        return usual
    return round((limits[0] + limits[1]) / 2.0, 1)


def _regimen(studied: Studied, dose_mg: tuple[float, float] | None, weight_kg: float) -> str:
    """The usual infusion where it was studied; else a dose of the drug and by the route that were."""
    form = Form.RACEMIC if not studied.forms or Form.RACEMIC in studied.forms else studied.forms[0]
    route = next((one for one in studied.routes if one in _WORDS), "intravenous")
    route = "intravenous" if "intravenous" in studied.routes else route
    if form is Form.RACEMIC and route == "intravenous" and dose_mg is None:
        return _DEFAULT
    drug = "" if form is Form.RACEMIC else f"{form.value} "
    low, high = dose_mg or (0.0, 1000.0)
    return f"{drug}{min(max(round(0.25 * weight_kg, 1), low), high):g} mg {_WORDS[route]}"


_GIVEN: dict[str, Callable[[Any], dict[str, Any] | None]] = {
    "pk": lambda one: _by_model(one.name, one.studied),
    "regimens": lambda one: {"regimen": one.name},
    "mechanisms": lambda one: {"mechanism": one.name},
    "comparators": _treatment,
    "effects": lambda one: {"effects": [one.name]},
    "outcomes": _outcome,
    "interactions": lambda one: {"person": _changed(one.name)},
}
