"""One page for every entry of the library: what it is, its equations, and every number with its source."""

from __future__ import annotations

import importlib
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Variability

KINDS = {
    "pk": ("PK models", "Where the drug goes."),
    "routes": ("Routes", "How the drug gets in, for models that do not say so themselves."),
    "effects": ("Effects", "Minutes to hours."),
    "mechanisms": ("Mechanisms", "Rival hypotheses of how block becomes relief, each with what speaks against it."),
    "outcomes": ("Outcomes", "Days to weeks."),
    "comparators": ("Comparators", "What is given in ketamine's place or beside it."),
    "harms": ("Harms", "Adverse events as trials counted them."),
    "findings": ("Findings", "Published results that tell the mechanisms apart."),
    "interactions": ("Interactions", "Other drugs, genes and the liver."),
    "regimens": ("Regimens", "Protocols that have a name."),
}
CELL = str.maketrans({"|": "\\|", "\n": " ", "*": "\\*", "<": "&lt;", "_": "\\_"})


def write(folder: Path) -> None:
    """Write every card, a page for each kind, and one for all."""
    for kind, (title, about) in KINDS.items():
        place = folder / kind
        place.mkdir(parents=True, exist_ok=True)
        for name in catalogue.names(kind):
            (place / f"{name}.md").write_text(_card(kind, name), encoding="utf-8")
        listed = "\n".join(["```{toctree}", ":maxdepth: 1", "", *catalogue.names(kind), "```"])
        (place / "index.md").write_text(f"# {title}\n\n{about}\n\n{listed}\n", encoding="utf-8")


def write_chain(folder: Path) -> None:
    """Write the numbers of the chain that the mechanisms share, as a part of a page."""
    from kinetamine.library.chain import CHAIN  # noqa: PLC0415 - only where pages are made

    rows = [_row(name, estimate) for name, estimate in CHAIN.parameters.items()]
    body = _table(("name", "value", "unit", "provenance", "source", "where, and how"), rows)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chain.md").write_text(body + "\n", encoding="utf-8")


def _card(kind: str, name: str) -> str:
    module = importlib.import_module(f"kinetamine.library.{kind}.{name}")
    entry = catalogue.load(kind, name)
    parts = [
        f"# {entry.title}",
        f"`{name}`",
        _cell_free(inspect.getdoc(module) or ""),
        *_says(entry),
        *_studied(entry),
        *_scope(entry),
        *_evidence(entry),
        *_events(entry),
        *_equations(module),
        *_numbers(entry),
        *_notes(entry),
        *_references(entry.references),
    ]
    return "\n\n".join(parts) + "\n"


def _says(entry: Any) -> Iterator[str]:
    if words := getattr(entry, "words", ""):
        yield f"```text\n{words}\n```"
    for label, field in {"Known": "verified", "Not known": "uncertain", "Warning": "warning", "Note": "note"}.items():
        if text := getattr(entry, field, ""):
            yield f"**{label}.** {_cell_free(text)}"
    if getattr(entry, "default_on", True) is False:
        yield "**Off by default**: the evidence conflicts, or was not read."


def _studied(entry: Any) -> Iterator[str]:
    studied = getattr(entry, "studied", None)
    if studied is None:
        return
    rows = [(field.name.replace("_", " "), getattr(studied, field.name)) for field in fields(studied)]
    yield "## Studied\n\n" + _table(
        ("", ""), [(label, _words(value)) for label, value in rows if value not in {None, ()}]
    )


def _scope(entry: Any) -> Iterator[str]:
    """What bounds a comparator, a table of harms or a finding."""
    rows = []
    if published := getattr(entry, "published", ""):
        rows += [("in", entry.species.value), ("found", published), ("grade", entry.grade.value)]
    if population := getattr(entry, "population", ""):
        rows.append(("people", population))
    if sizes := getattr(entry, "sizes", None):
        given = "at the sessions, in ketamine's place" if entry.sessions else "on a course of its own"
        rows += [("given", given), ("outcomes", ", ".join(sizes)), ("studied to day", f"{entry.days[1]:g}")]
    if control := getattr(entry, "control_arm", ""):
        counted = f"{entry.people}, sessions: {entry.sessions}, days: {entry.days:g}"
        rows += [("product", entry.product), ("counted in", counted), ("beside", f"{entry.control_people}, {control}")]
    if rows:
        yield "## Who, what, how long\n\n" + _table(("", ""), rows)


def _evidence(entry: Any) -> Iterator[str]:
    """What speaks for it, then what speaks against it."""
    found = getattr(entry, "evidence", ())
    for heading, supports in (("For", True), ("Against", False)):
        rows = [(one.text, one.grade.value, one.source.short()) for one in found if one.supports is supports]
        if rows:
            yield f"## {heading}\n\n" + _table(("what was found", "grade", "source"), rows)


def _events(entry: Any) -> Iterator[str]:
    """Adverse events in both arms."""
    if not getattr(entry, "control_arm", ""):
        return
    head = ("event", "drug, %", "control, %", "found", "source", "where")
    rows = [
        (
            one.title,
            f"{one.drug.value:.3g}",
            "" if one.control is None else f"{one.control.value:.3g}",
            "measured" if one.scale_measured else "reported",
            one.drug.source.key,
            "; ".join(part for part in (one.drug.where, one.drug.note) if part),
        )
        for one in entry.events
    ]
    yield "## Events\n\nShare of people with at least one.\n\n" + _table(head, rows)


def _words(value: Any) -> str:
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(one, float) for one in value):
        return f"{value[0]:g} to {value[1]:g}"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _equations(module: Any) -> Iterator[str]:
    own = [one for one in vars(module).values() if inspect.isfunction(one) and one.__module__ == module.__name__]
    shown = [textwrap.dedent(inspect.getsource(one)).rstrip() for one in own if not one.__name__.startswith("_")]
    if shown:
        yield (
            "## Equations\n\nAs they are run; amounts in mg, time in hours.\n\n```{code-block} python\n"
            + "\n\n\n".join(shown)
            + "\n```"
        )


def _numbers(entry: Any) -> Iterator[str]:
    rows = [_row(where, estimate) for where, estimate in _estimates(entry)]
    if rows:
        yield "## Numbers\n\n" + _table(("name", "value", "unit", "provenance", "source", "where, and how"), rows)


def _row(where: str, one: Estimate) -> tuple[str, ...]:
    value = f"{one.value:.5g}" + (f" ({one.interval[0]:.4g} to {one.interval[1]:.4g})" if one.interval else "")
    how = "; ".join(part for part in (one.where, one.note) if part)
    return where, value, one.unit, one.provenance.value, one.source.key, how


def _estimates(entry: Any) -> Iterator[tuple[str, Estimate]]:
    if not is_dataclass(entry):
        return
    for field in fields(entry):
        value = getattr(entry, field.name)
        prefix = "" if field.name == "parameters" else f"{field.name}: "
        if isinstance(value, Estimate):
            yield field.name, value
        for key, inner in value.items() if isinstance(value, Mapping) else ():
            label = prefix + (", ".join(key) if isinstance(key, tuple) else str(key))
            if isinstance(inner, Variability):
                yield f"ω² of {key} ({inner.scale})", inner.omega2
            elif isinstance(inner, Estimate):
                yield label, inner


def _notes(entry: Any) -> Iterator[str]:
    if notes := getattr(entry, "notes", ()):
        yield "## Limits\n\n" + "\n".join(f"* {_cell_free(note)}" for note in notes)


def _references(references: Iterable[Reference]) -> Iterator[str]:
    lines = [f"* `{one.key}`: {_cell_free(one.title)}. {one.short()}. {_address(one)}" for one in references]
    if lines:
        yield "## References\n\n" + "\n".join(lines)


def _address(one: Reference) -> str:
    return f"[{one.doi}](https://doi.org/{one.doi})" if one.doi else f"<{one.url}>"


def _cell_free(text: str) -> str:
    return text.replace("*", "\\*").replace("<", "&lt;").replace("_", "\\_")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.translate(CELL) for cell in row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
