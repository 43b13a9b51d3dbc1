"""Where the numbers come from: every parameter with its provenance, the references, and BibTeX to copy."""

from __future__ import annotations

from collections.abc import Iterable

from kinetamine.citation import Reference, cite
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.html import Markup, join, table, tag
from kinetamine.report.numbers import Entry, Number
from kinetamine.report.words import figure

_HEADINGS = ("Name", "Value", "Unit", "Class", "Source", "Where, and remarks")


def numbers_section(entries: Iterable[Entry]) -> Markup:
    """One folded table per entry."""
    heading = tag("h2", "Every number used", id="numbers-title")
    lead = (
        "Measured: printed by those who observed it. Fitted: estimated from data. Derived: computed from numbers read. "
        "Assumed: chosen, and the remark says why. Unverified: second-hand; treat with suspicion."
    )
    parts = [_entry(entry) for entry in entries]
    return tag("section", heading, tag("p", lead), *parts, id="numbers", aria_labelledby="numbers-title")


def _entry(entry: Entry) -> Markup:
    unverified = sum(number.unverified for number in entry.numbers)
    flag = join([" ", tag("span", f"{unverified} unverified", class_="unverified")]) if unverified else ""
    count = f" {entry.kind.lower()} {entry.name}, {len(entry.numbers)} numbers"
    summary = tag("summary", entry.title or entry.name, tag("span", count, class_="quiet"), flag)
    caption = f"Numbers of {entry.title or entry.name}"
    shown = table(caption, _HEADINGS, [_row(number) for number in entry.numbers], numeric=(1,))
    notes = tag("ul", *(tag("li", note, class_="quiet small") for note in entry.notes)) if entry.notes else ""
    return tag("details", summary, shown if entry.numbers else "", notes)


def _row(number: Number) -> tuple[object, ...]:
    estimate = number.estimate
    provenance = (
        tag("span", "UNVERIFIED", class_="unverified")
        if number.unverified
        else tag("span", estimate.provenance.value, class_="class")
    )
    value = figure(estimate.value)
    if estimate.interval:
        value += f" ({figure(estimate.interval[0])}–{figure(estimate.interval[1])})"
    remark = "; ".join(part for part in (estimate.where, estimate.note) if part)
    return number.name, value, estimate.unit, provenance, estimate.source.short(), remark


def references_section(trajectory: Trajectory) -> Markup:
    """The publications in words with their DOI, and their BibTeX."""
    heading = tag("h2", "References", id="references-title")
    items = tag("ol", *(tag("li", _reference(one)) for one in trajectory.references), class_="references")
    bibtex = tag("pre", cite(*trajectory.references), id="bibtex", tabindex="0", aria_label="BibTeX entries")
    button = tag("p", tag("button", "Copy BibTeX", type="button", id="copy"))
    folded = tag("details", tag("summary", "BibTeX of everything used"), button, bibtex, data_screen=True)
    lead = "The publications, data sets and public code behind this very prediction, and no others."
    parts = (heading, tag("p", lead), items, folded)
    return tag("section", *parts, id="references", aria_labelledby="references-title")


def _reference(one: Reference) -> Markup:
    authors = one.authors.replace(" and ", "; ")
    place = "".join([one.journal, f" {one.year}", f";{one.volume}" if one.volume else "", _pages(one)]).strip()
    address = f"https://doi.org/{one.doi}" if one.doi else ""
    link = tag("a", f"doi:{one.doi}", href=address, rel="noreferrer") if address else one.url
    return join([f"{authors}. {one.title.rstrip('.')}. ", tag("cite", place), ". ", link])


def _pages(one: Reference) -> str:
    return f":{one.pages.replace('-', '–')}" if one.pages else ""
