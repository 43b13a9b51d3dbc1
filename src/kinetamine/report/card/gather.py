"""From an entry to its card: purpose, limits, evidence, equations, numbers, and what is not known."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.engine.finding import Case, Finding
from kinetamine.engine.model import Studied
from kinetamine.errors import UnknownNameError
from kinetamine.report.card import numbers as held
from kinetamine.report.card import scale
from kinetamine.report.card.equations import equations
from kinetamine.report.card.kinds import KINDS
from kinetamine.report.card.limits import not_for
from kinetamine.report.card.parts import (
    Argued,
    Card,
    Cited,
    Code,
    Facts,
    Mark,
    NumberRow,
    Part,
    Said,
    Section,
    Sentences,
    Table,
)
from kinetamine.report.mood import CRITERIA
from kinetamine.report.words import figure

CHAIN = ("chain", "chain")
"""Kind and name under which the chain that mechanisms share is found."""
_MOLECULES = {"S": "S-ketamine", "R": "R-ketamine", "racemate": "racemic ketamine as one"}


def card(kind: str, name: str) -> Card:
    """The card of an entry, or of the chain that the mechanisms share.

    Raises:
        UnknownNameError: there is none of that kind and name.
    """
    shared = (kind, name) == CHAIN
    if not shared and kind not in KINDS:
        raise UnknownNameError("kind", kind, KINDS)
    entry = _shared() if shared else catalogue.load(kind, name)
    module = importlib.import_module(f"kinetamine.library.{kind if shared else f'{kind}.{name}'}")
    purpose = " ".join((inspect.getdoc(module) or "").split())
    parts = _sections(kind, entry, equations(module.__name__, entry))
    return Card(kind, entry, purpose, tuple(Section(*one) for one in parts if not _is_empty(one[2])))


def _shared() -> Any:
    """The chain as if it were an entry."""
    from kinetamine.library.chain import CHAIN as chain  # noqa: PLC0415, N811 - loads its numbers

    own = {name: value for name, value in vars(chain).items() if name not in {"published", "rates"}}
    functions = {"published": chain.published, "rates": chain.rates}
    readouts = (*chain.readouts, chain.relief)
    title = "What the mechanisms share"
    return SimpleNamespace(**own | functions | {"readouts": readouts}, name="chain", title=title, drivers=(), ke0=None)


def _sections(kind: str, entry: Any, functions: tuple[str, ...]) -> Iterator[tuple[str, str, Part]]:
    values, spread = held.numbers(entry), held.between_people(entry)
    yield "regimen", "Regimen", _notes([getattr(entry, "words", "")])
    yield "not-for", "Not for", _notes(not_for(kind, entry))
    yield "studied", "Studied", Facts(tuple(_studied(entry.studied)) if hasattr(entry, "studied") else ())
    yield "scope", "Who, what, how long", Facts((*_scope(entry), *scale.facts(entry)))
    yield "items", "Items", scale.items(entry)
    yield "bands", "What totals are called", scale.bands(entry)
    yield "alerts", "Answers that somebody must act on", scale.alerts(entry)
    yield "structure", "Structure", Facts(tuple(_structure(entry)))
    yield "scales", "What it predicts", _readouts(entry)
    evidence = sorted(getattr(entry, "evidence", ()), key=lambda one: not one.supports)
    yield "evidence", "Evidence", Argued(tuple(evidence))
    yield "events", "Events, share of people with at least one", _events(entry)
    yield "equations", "Equations", Code(functions)
    yield "numbers", "Numbers", values
    yield "between-people", "Between people", spread
    yield "routes", "Routes", _notes(_routes(entry))
    yield "knowledge", "What is known well, and what is not", Sentences(tuple(_knowledge(entry)))
    yield "references", "References", Cited(tuple(_references(entry, (*values.rows, *spread.rows))))


def _is_empty(part: Part) -> bool:
    return not any(vars(part).values()) or (isinstance(part, Table) and not part.rows)


def _notes(sentences: Iterable[str]) -> Sentences:
    return Sentences(tuple(Said(one) for one in sentences if one))


def _studied(studied: Studied) -> Iterator[tuple[str, str]]:
    yield "people", studied.population + (f", n = {studied.people}" if studied.people else "")
    yield "age", _span(studied.age_y, "years")
    yield "weight", _span(studied.weight_kg, "kg")
    yield "dose", _span(studied.dose_mg, "mg of base")
    yield "drug", ", ".join(form.value for form in studied.forms) or "not stated"
    yield "routes", ", ".join(studied.routes).replace("_", " ") or "not stated"
    yield "blood from", studied.site


def _span(limits: tuple[float, float] | None, unit: str) -> str:
    return "not stated" if limits is None else f"{limits[0]:g} to {limits[1]:g} {unit}"


def _scope(entry: Any) -> Iterator[tuple[str, str]]:
    """What bounds a comparator, a table of harms or a finding."""
    if getattr(entry, "population", ""):
        yield "people", entry.population
    if isinstance(entry, Finding):
        yield "in", entry.species.value + (f", n = {entry.number}" if entry.number else "")
        yield "found", entry.published
        yield "grade", entry.grade.value
        yield "compared", f"{_case(entry.contrast)}, with {_case(entry.intact)}"
    if hasattr(entry, "sizes"):
        own = f"a course of its own: {' '.join((inspect.getdoc(entry.course) or '').split())}"
        yield "given", "at the sessions, in ketamine's place" if entry.sessions else own
        if entry.sizes:
            yield "outcomes", ", ".join(entry.sizes).replace("_", " ")
        yield "days", f"to day {entry.days[1]:g}"
    if hasattr(entry, "control_arm"):
        yield "product", entry.product
        yield (
            "counted",
            f"{entry.people} people over {_count(entry.sessions, 'session')} in {_count(entry.days, 'day')}",
        )
        yield "beside", f"{entry.control_people} people on {entry.control_arm}"


def _case(case: Case) -> str:
    set_to = ", ".join(f"{name} {value:g}" for name, value in case.parameters.items())
    given = f"{case.regimen}{' without ketamine' if case.sham else ''}{f' and {set_to}' if set_to else ''}"
    return f"{case.readout.replace('_', ' ')} {case.time_h:g} h after {given}"


def _count(number: float, noun: str) -> str:
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def _structure(entry: Any) -> Iterator[tuple[str, str]]:
    if hasattr(entry, "compartments"):
        yield "follows", ", ".join(_MOLECULES.get(one, one) for one in entry.species)
        yield "amounts in", ", ".join(entry.compartments)
        yield "predicts", ", ".join(output.name for output in entry.outputs)
    if hasattr(entry, "readouts"):
        yield "driven by", ", ".join((*entry.drivers, *entry.inputs)) or "nothing"
        yield "delay", f"effect site, {entry.ke0}" if entry.ke0 else "none"


def _readouts(entry: Any) -> Table:
    """Scales and other readouts: what, on which range, and what trials count on it."""
    rows = [
        (
            one.name,
            one.title,
            "" if one.unit == "1" else one.unit,
            _bounds(one.bounds),
            "; ".join(criterion.words for criterion in CRITERIA.get(one.name, ())),
        )
        for one in getattr(entry, "readouts", ())
    ]
    headings = ("name", "what", "unit", "range", "counted by trials")
    return Table(headings, tuple(rows), wide=(1, 4))


def _bounds(bounds: tuple[float, float]) -> str:
    low, high = ("" if abs(one) == float("inf") else f"{one:g}".replace("-", "\u2212") for one in bounds)
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"up to {high}" if high else "any"


def _events(entry: Any) -> Table:
    """Adverse events in both arms, as counted."""
    rows = [
        (
            one.title,
            f"{figure(one.drug.value)} %",
            "" if one.control is None else f"{figure(one.control.value)} %",
            "measured" if one.scale_measured else "reported",
        )
        for one in getattr(entry, "events", ())
        if getattr(entry, "control_arm", "")
    ]
    return Table(("event", "drug", "control", "found"), tuple(rows), numeric=(1, 2))


def _routes(entry: Any) -> Iterator[str]:
    """What the model describes itself, and what comes from the library when it is asked for."""
    if not hasattr(entry, "absorption"):
        return
    for name in entry.absorption:
        yield f"{name.replace('_', ' ')}: the publication's own absorption"
    for route in catalogue.load_all("routes"):
        if route.name not in entry.absorption:
            known = f"{route.title}, from the library. {route.verified}"
            yield known + (f" Not verified: {route.uncertain}" if route.uncertain else "")


def _knowledge(entry: Any) -> Iterator[Said]:
    if getattr(entry, "verified", ""):
        yield Said(entry.verified, Mark.KNOWN)
    for field in ("uncertain", "warning"):
        if getattr(entry, field, ""):
            yield Said(getattr(entry, field), Mark.UNKNOWN)
    notes = getattr(entry, "notes", ()) or ([entry.note] if getattr(entry, "note", "") else [])
    yield from (Said(note) for note in notes)


def _references(entry: Any, rows: Iterable[NumberRow]) -> dict[Reference, None]:
    """The entry's own, then any other that a number or a piece of evidence names."""
    named = (*(row.estimate.source for row in rows), *(one.source for one in getattr(entry, "evidence", ())))
    return dict.fromkeys((*entry.references, *named))
