"""What an entry is not for, as the entry itself has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kinetamine import catalogue
from kinetamine.engine.finding import Species
from kinetamine.engine.model import ADULT_Y, Studied
from kinetamine.report.card import scale

_REFUSED = "refused, unless asked for and then stamped as an extrapolation."


def not_for(kind: str, entry: Any) -> Iterator[str]:
    """Sentences."""
    if hasattr(entry, "studied"):
        yield from _beyond(entry.studied)
    elif kind in {"effects", "outcomes"}:
        yield f"People below {ADULT_Y[0]:g} years: it was studied in adults; they are {_REFUSED}"
    elif kind in _SAYS:
        yield from _SAYS[kind](entry)


def _beyond(studied: Studied) -> Iterator[str]:
    age, weight, dose = studied.limits
    parts = [
        f"{what} below {limits[0]:g} or above {limits[1]:g} {unit}"
        for what, limits, unit in (("ages", age, "years"), ("weights", weight, "kg"), ("doses", dose, "mg of base"))
        if limits is not None
    ]
    if studied.forms:
        parts.append("any drug but " + " or ".join(form.value for form in studied.forms))
    if parts:
        said = "; ".join(parts)
        yield f"{said[0].upper()}{said[1:]}: {_REFUSED}"
    open_ = [what for what, limits in (("age", age), ("weight", weight), ("dose", dose)) if limits is None]
    if open_:
        yield f"Where it ends was not read for {' and '.join(open_)}: nothing is refused there, and nothing is known."


def _routes(entry: Any) -> Iterator[str]:
    if entry.forms:
        studied = ", ".join(form.value for form in entry.forms)
        yield f"Studied with {studied}; anything else is modelled as if it were that."
    yield "A model of kinetics that describes this route itself does not use it."


def _mechanisms(_entry: Any) -> Iterator[str]:
    rivals = len(catalogue.names("mechanisms"))
    yield f"No proof of how ketamine works: it is one of {rivals} rival explanations, and a course says which it used."


def _comparators(entry: Any) -> Iterator[str]:
    yield f"Treatment beyond day {entry.days[1]:g}: {_REFUSED}"
    missing = [name for name in catalogue.names("outcomes") if name not in entry.sizes and name != "relapse"]
    if missing:
        yield f"No data were read for {', '.join(missing).replace('_', ' ')}: asking for it is refused."


def _harms(entry: Any) -> Iterator[str]:
    low, high = entry.age_y
    yield f"Other products or doses than {entry.product}; ages below {low:g} years, or {high:g} and above."


def _findings(entry: Any) -> Iterator[str]:
    if entry.species is Species.RODENTS:
        yield "Seen in rodents: it says nothing direct about people."
    if not entry.decisive:
        yield "Compatible with nearly every explanation: it decides little."


def _interactions(entry: Any) -> Iterator[str]:
    if not entry.default_on:
        yield "Off unless it is asked for by name: the evidence conflicts, or was not read."


def _regimens(_entry: Any) -> Iterator[str]:
    yield "No dosing advice: what a trial or a label gave, to the people it was meant for."


def _populations(_entry: Any) -> Iterator[str]:
    yield "People unlike those of the study. What is not listed here is the same for everybody who is drawn."


_SAYS = {
    "routes": _routes,
    "mechanisms": _mechanisms,
    "comparators": _comparators,
    "harms": _harms,
    "findings": _findings,
    "interactions": _interactions,
    "regimens": _regimens,
    "populations": _populations,
    "scales": scale.not_for,
}
