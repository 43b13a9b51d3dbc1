"""The library as lists: one line of facts for each entry."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.text import Text

from kinetamine import catalogue
from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, out, table
from kinetamine.engine.evidence import Grade
from kinetamine.engine.model import Provenance
from kinetamine.report.card.numbers import provenances
from kinetamine.report.entries import LISTED, routes_of

if TYPE_CHECKING:
    from rich.table import Table

STYLES = {
    Provenance.MEASURED: "green",
    Provenance.FITTED: "green",
    Provenance.DERIVED: "cyan",
    Provenance.ASSUMED: "yellow",
    Provenance.UNVERIFIED: "red",
}
"""How far a number can be trusted, as a colour beside the word."""
GRADES = {
    Grade.HIGH: "green",
    Grade.MODERATE: "green",
    Grade.LOW: "yellow",
    Grade.CONTRADICTED: "red",
    Grade.NONE: "red",
}
"""How far evidence carries, as a colour beside the word."""


def say_listing(kind: str) -> None:
    """Print the entries of a kind."""
    console = out()
    console.print(Fitted(_pk_table() if kind == "pk" else _plain_table(kind)))
    console.print()


def _pk_table() -> Table:
    body = columns(
        table(
            LISTED["pk"], "* where the blood was drawn was not stated and is assumed; kinetamine show NAME: its card"
        ),
        ("name", "left"),
        ("title, population", "left"),
        ("routes", "left"),
        ("site", "left"),
        ("numbers", "left"),
        wrap=("title, population",),
    )
    for model in catalogue.load_all("pk"):
        what = Text.assemble(model.title.partition(": ")[2] or model.title, "\n", (model.studied.population, "dim"))
        routes = "\n".join(SHORT.get(route, route.replace("_", " ")) for route in routes_of(model))
        body.add_row(Text(model.name, style="bold"), what, routes, _site(model.studied.site), _numbers(model))
    return body


SHORT = {"intravenous": "iv", "intramuscular": "im", "subcutaneous": "sc", "intranasal": "nasal"}
"""What a clinic calls the routes, where that is shorter."""


def _site(stated: str) -> str:
    place, _, remark = stated.partition(" (")
    return place.replace(" and ", "\n") + ("*" if remark else "")


def _plain_table(kind: str) -> Table:
    wide = ("words",) if kind == "regimens" else ("title",)
    argued = kind in {"mechanisms", "comparators"}
    numbered = kind != "regimens" and not argued
    body = columns(
        table(LISTED[kind]),
        ("name", "left"),
        (wide[0], "left"),
        *((("for", "left"), ("against", "left")) if argued else ()),
        *((("numbers", "left"),) if numbered else ()),
        wrap=wide,
    )
    for entry in catalogue.load_all(kind):
        evidence = (_argued(entry, supports=True), _argued(entry, supports=False)) if argued else ()
        body.add_row(
            Text(entry.name, style="bold"), _told(kind, entry), *evidence, *((_numbers(entry),) if numbered else ())
        )
    return body


def _told(kind: str, entry: Any) -> Text | str:
    """The title and, below it, what else tells entries of a kind apart."""
    if kind == "regimens":
        return Text.assemble(entry.title, "\n", (entry.words, "dim"))
    if kind == "comparators":
        scope = f"{', '.join(entry.sizes).replace('_', ' ')}; to day {entry.days[1]:g}"
        return Text.assemble(entry.title, "\n", (scope, "dim"))
    if kind == "populations":
        return Text.assemble(entry.title, "\n", (", ".join(entry.covariates).replace("_", " "), "dim"))
    if kind == "findings":
        return Text.assemble(entry.title, "\n", (f"in {entry.species.value}, {entry.grade.value}", "dim"))
    return str(entry.title)


def _argued(entry: Any, *, supports: bool) -> Text:
    """How many pieces of evidence of each grade speak for it, or against it."""
    counted = Counter(one.grade for one in entry.evidence if one.supports is supports)
    parts = [Text(f"{counted[one]} {one.value}", style=GRADES[one]) for one in Grade if counted[one]]
    return Text("\n").join(parts) if parts else Text("none", style="dim")


def _numbers(entry: Any) -> Text:
    counts = provenances(entry)
    parts = [Text(f"{count} {one.value}", style=STYLES[one]) for one, count in counts.items()]
    return Text("\n").join(parts) if parts else Text("by definition", style="dim")
