"""A model card: what an entry is for, its equations, its numbers and where each was read."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.syntax import Syntax
from rich.text import Text

from kinetamine.cli.entries import KINDS, Found
from kinetamine.cli.fitting import Fitted
from kinetamine.cli.listing import GRADES, STYLES, estimates
from kinetamine.cli.terminal import columns, hanging, out, table
from kinetamine.report.words import figure, source_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kinetamine.engine.model import Estimate, Studied, Variability

_EQUATIONS = ("individual", "rates", "states", "paths", "drive", "circuit", "curve", "course")


def say_card(found: Found) -> None:
    """Print the card of an entry."""
    console, entry = out(), found.entry
    console.print(Text.assemble((entry.name, "bold"), "  ", entry.title))
    console.print(Text(_purpose(entry), style="dim"))
    for heading, parts in _sections(entry):
        shown = list(parts)
        if shown:
            console.print()
            console.print(Text(heading, style="bold cyan"))
            for part in shown:
                console.print(part)


def _sections(entry: Any) -> Iterator[tuple[str, Iterable[RenderableType]]]:
    yield "Regimen", [Text(entry.words)] if hasattr(entry, "words") else []
    yield "Studied", _studied(entry.studied) if hasattr(entry, "studied") else []
    yield "Who, what, how long", _scope(entry)
    yield "Structure", _structure(entry)
    yield "Evidence", _evidence(entry)
    yield "Events, share of people with at least one", _events(entry)
    yield "Equations", _equations(entry)
    yield "Numbers", _numbers(entry)
    yield "Between people", _covariances(entry)
    yield "Routes", _routes(entry)
    yield "What is known well, and what is not", _knowledge(entry)
    yield "References", [hanging("- ", _reference(one)) for one in entry.references]


def _purpose(entry: Any) -> str:
    module = sys.modules[f"kinetamine.library.{_kind_of(entry)}.{entry.name}"]
    return " ".join((inspect.getdoc(module) or "").split())


def _kind_of(entry: Any) -> str:
    return next(kind for kind in KINDS if f"kinetamine.library.{kind}.{entry.name}" in sys.modules)


def _studied(studied: Studied) -> Iterator[RenderableType]:
    facts = {
        "people": studied.population + (f", n = {studied.people}" if studied.people else ""),
        "age": _span(studied.age_y, "years"),
        "weight": _span(studied.weight_kg, "kg"),
        "dose": _span(studied.dose_mg, "mg of base"),
        "drug": ", ".join(form.value for form in studied.forms) or "not stated",
        "routes": ", ".join(studied.routes).replace("_", " ") or "not stated",
        "blood from": studied.site,
    }
    yield from (hanging(f"{name:11}", value) for name, value in facts.items())


def _span(limits: tuple[float, float] | None, unit: str) -> str:
    return "not stated" if limits is None else f"{limits[0]:g} to {limits[1]:g} {unit}"


def _scope(entry: Any) -> Iterator[RenderableType]:
    """What bounds a comparator, a table of harms or a finding."""
    facts = {
        "people": getattr(entry, "population", ""),
        "in": entry.species.value if hasattr(entry, "published") else "",
        "found": getattr(entry, "published", ""),
        "grade": entry.grade.value if hasattr(entry, "grade") else "",
    }
    if hasattr(entry, "sizes"):
        own = f"a course of its own: {' '.join((inspect.getdoc(entry.course) or '').split())}"
        facts |= {
            "given": "at the sessions, in ketamine's place" if entry.sessions else own,
            "outcomes": ", ".join(entry.sizes).replace("_", " "),
            "days": f"to day {entry.days[1]:g}",
        }
    if hasattr(entry, "control_arm"):
        facts |= {
            "product": entry.product,
            "counted": f"{entry.people} people over {_count(entry.sessions, 'session')} in {_count(entry.days, 'day')}",
            "beside": f"{entry.control_people} people on {entry.control_arm}",
        }
    yield from (hanging(f"{name:11}", value) for name, value in facts.items() if value)


def _evidence(entry: Any) -> Iterator[RenderableType]:
    """What speaks for it, then what speaks against it, each with how far it carries."""
    for one in sorted(getattr(entry, "evidence", ()), key=lambda one: not one.supports):
        mark, side = ("+ ", "for") if one.supports else ("- ", "against")
        words = Text.assemble(
            one.text, " (", (f"{side}, {one.grade.value}", GRADES[one.grade]), f"; {source_words(one.source)})"
        )
        yield hanging(mark, words)


def _events(entry: Any) -> Iterator[RenderableType]:
    """Adverse events in both arms, as counted."""
    if not getattr(entry, "control_arm", ""):
        return
    body = columns(
        table(), ("event", "left"), ("drug", "right"), ("control", "right"), ("found", "left"), wrap=("event",)
    )
    for one in entry.events:
        control = "" if one.control is None else f"{figure(one.control.value)} %"
        body.add_row(
            one.title, f"{figure(one.drug.value)} %", control, "measured" if one.scale_measured else "reported"
        )
    yield Fitted(body)


def _count(number: float, noun: str) -> str:
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def _structure(entry: Any) -> Iterator[RenderableType]:
    if hasattr(entry, "compartments"):
        yield hanging("follows    ", ", ".join(_MOLECULES.get(one, one) for one in entry.species))
        yield hanging("amounts in ", ", ".join(entry.compartments))
        yield hanging("predicts   ", ", ".join(output.name for output in entry.outputs))
    if hasattr(entry, "readouts"):
        yield hanging("driven by  ", ", ".join((*entry.drivers, *entry.inputs)) or "nothing")
        yield hanging("delay      ", f"effect site, {entry.ke0}" if entry.ke0 else "none")
        for one in entry.readouts:
            yield hanging("predicts   ", f"{one.name}: {one.title} ({one.unit})")


_MOLECULES = {"S": "S-ketamine", "R": "R-ketamine", "racemate": "racemic ketamine as one"}


def _equations(entry: Any) -> Iterator[RenderableType]:
    functions = [getattr(entry, name, None) for name in _EQUATIONS]
    functions += [output.mg_per_l for output in getattr(entry, "outputs", ())]
    functions += list(getattr(entry, "absorption", {}).values())
    functions += [readout.of for readout in getattr(entry, "readouts", ())]
    seen: set[str] = set()
    for function in functions:
        source = _source(function, entry) if callable(function) else ""
        if source and source not in seen:
            seen.add(source)
            yield Syntax(source, "python", theme="ansi_dark", background_color="default", word_wrap=True)


def _source(function: Callable[..., Any], entry: Any) -> str:
    """The text of an equation; what an entry leaves at the engine's default is not an equation of its own."""
    if inspect.getmodule(function) is not sys.modules[f"kinetamine.library.{_kind_of(entry)}.{entry.name}"]:
        return ""
    return textwrap.dedent(inspect.getsource(function)).rstrip() + "\n"


def _numbers(entry: Any) -> Iterator[RenderableType]:
    """A table of values; what many numbers share, where they were read, stands once below it."""
    numbers = entry.parameters if hasattr(entry, "parameters") else estimates(entry)
    if not numbers:
        return
    variability = getattr(entry, "variability", {})
    read = list(dict.fromkeys(_where(one) for one in numbers.values()))
    body = columns(
        table(),
        ("name", "left"),
        ("value", "right"),
        ("unit", "left"),
        ("\u03c9\u00b2 (CV)", "right"),
        ("provenance", "left"),
        ("source", "left"),
        wrap=("unit",),
    )
    for name, one in numbers.items():
        body.add_row(
            Text(name, style="bold"),
            f"{one.value:.6g}" + _interval(one),
            _unit(one.unit),
            _between(variability.get(name)),
            Text(one.provenance.value, style=STYLES[one.provenance]),
            f"{one.source.key} [{read.index(_where(one)) + 1}]",
        )
    yield Fitted(body)
    for place, where in enumerate(read):
        yield hanging(f"[{place + 1}] ".rjust(6), where, "dim")


def _where(one: Estimate) -> str:
    return f"{one.where}; {one.note}" if one.note else one.where


def _interval(one: Estimate) -> str:
    return f"\n{figure(one.interval[0])} to {figure(one.interval[1])}" if one.interval else ""


def _between(spread: Variability | None) -> str:
    if spread is None:
        return ""
    scale = f"{spread.cv_percent:.0f} %" if spread.scale == "log" else spread.scale
    return f"{figure(spread.omega2.value)} ({scale})"


def _quantity(one: Estimate) -> str:
    return f"{figure(one.value)} {_unit(one.unit)}".strip()


def _unit(unit: str) -> str:
    return "" if unit == "1" else unit


def _covariances(entry: Any) -> Iterator[RenderableType]:
    for (one, other), estimate in getattr(entry, "covariance", {}).items():
        yield hanging("- ", f"covariance of {one} and {other}: {figure(estimate.value)} ({estimate.source.key})")
    for name, estimate in getattr(entry, "residual", {}).items():
        yield hanging("- ", f"residual of {name}: {_quantity(estimate)} ({estimate.note})")


def _routes(entry: Any) -> Iterator[RenderableType]:
    """What the model describes itself, and what comes from the library when it is asked for."""
    if not hasattr(entry, "absorption"):
        return
    from kinetamine import catalogue

    for name in entry.absorption:
        yield hanging("- ", f"{name.replace('_', ' ')}: the publication's own absorption")
    for route in catalogue.load_all("routes"):
        if route.name not in entry.absorption:
            known = f"{route.title}, from the library. {route.verified}"
            yield hanging("- ", known + (f" Not verified: {route.uncertain}" if route.uncertain else ""))


def _knowledge(entry: Any) -> Iterator[RenderableType]:
    if getattr(entry, "verified", ""):
        yield hanging("+ ", entry.verified, "green")
    if getattr(entry, "uncertain", ""):
        yield hanging("! ", entry.uncertain, "yellow")
    notes = getattr(entry, "notes", ()) or ([entry.note] if getattr(entry, "note", "") else [])
    yield from (hanging("- ", note) for note in notes)


def _reference(reference: Any) -> str:
    link = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
    return f"{source_words(reference)}. {reference.title}. {link}".replace("{", "").replace("}", "")  # BibTeX's braces
