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
    "outcomes": ("Outcomes", "Days to weeks."),
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


def _card(kind: str, name: str) -> str:
    module = importlib.import_module(f"kinetamine.library.{kind}.{name}")
    entry = catalogue.load(kind, name)
    parts = [
        f"# {entry.title}",
        f"`{name}`",
        _cell_free(inspect.getdoc(module) or ""),
        *_says(entry),
        *_studied(entry),
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
