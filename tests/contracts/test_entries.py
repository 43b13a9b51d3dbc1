"""Laws over every entry: its name, its sources, every number in it."""

from __future__ import annotations

import ast
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contracts.laws import Entry, each, entries, estimates, hold, known
from contracts.vocabulary import ANALYTES, DRIVER, PARAMETER, SITES, STAGES, UNIT
from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.engine.model import Effect, Estimate, PKModel, Provenance
from kinetamine.engine.regimen import Regimen

SOURCE = Path(__file__).parents[2] / "src/kinetamine"
ENTRIES = entries()
WITHOUT_REFERENCE = {"routes/intravenous": "complete by definition: there is no number to source"}
UNVERIFIED = {
    "interactions/cyp2b6_intermediate": "read second-hand, and off by default",
    "interactions/cyp2b6_poor": "read second-hand, and off by default",
    "interactions/hepatic_moderate": "recalled, as no page that could be read has a number; off by default",
}


@each(ENTRIES)
def test_an_entry_has_its_files_name_and_a_title(case: Entry) -> None:
    hold(_named(case), case)


def _named(entry: Entry) -> Iterator[str]:
    if entry.held.name != entry.name:
        yield f"is named {entry.held.name!r}"
    if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", entry.name):
        yield "file names are lower case, with underscores"
    if len(entry.held.title) < 4 or entry.held.title.endswith("."):
        yield f"title {entry.held.title!r}"


@each(ENTRIES)
def test_an_entry_has_references_that_can_be_followed(case: Entry) -> None:
    hold(_referenced(case), case, WITHOUT_REFERENCE)


def _referenced(entry: Entry) -> Iterator[str]:
    if not entry.held.references:
        yield "no reference"
    for reference in entry.held.references:
        yield from _followed(reference)


def _followed(reference: Reference) -> Iterator[str]:
    if not (reference.doi or reference.url):
        yield f"{reference.key}: neither DOI nor address"
    if reference.doi and not re.fullmatch(r"10\.\d{4,9}/\S+", reference.doi):
        yield f"{reference.key}: DOI {reference.doi!r}"
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*(_\d{4}[a-z]?)?(_[a-z0-9]+)*", reference.key):
        yield f"{reference.key}: a key is author_year"
    if str(reference.year) not in reference.key and "label" not in reference.key:
        yield f"{reference.key}: a key ends in the year, here {reference.year}; only labels change every year"
    if not reference.authors or not reference.title:
        yield f"{reference.key}: authors {reference.authors!r}, title {reference.title!r}"


def test_one_key_is_one_reference_everywhere() -> None:
    found: dict[str, dict[Reference, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(SOURCE.rglob("*.py")):
        for reference in _written(file.read_text(encoding="utf-8")):
            found[reference.key][reference].append(str(file.relative_to(SOURCE)))
    held = {one for entry in ENTRIES for one in entry.held.references}
    assert held <= {one for versions in found.values() for one in versions}
    differing = {key: list(versions.values()) for key, versions in found.items() if len(versions) > 1}
    assert not differing, f"the same key, written differently: {differing}"


def _written(source: str) -> Iterator[Reference]:
    """The references that a module writes down, of the library or not; a clinic's file is one that it is given."""
    for node in ast.walk(ast.parse(source)) if "Reference(" in source else ():
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reference"):
            continue
        if not any(isinstance(part, ast.JoinedStr) for part in ast.walk(node)):
            yield Reference(**{str(one.arg): ast.literal_eval(one.value) for one in node.keywords})


@each(ENTRIES)
def test_every_number_has_a_unit_a_source_and_a_place(case: Entry) -> None:
    hold(_sourced(case), case)


def _sourced(entry: Entry) -> Iterator[str]:
    for where, estimate in estimates(entry.held):
        if not math.isfinite(estimate.value):
            yield f"{where}: {estimate.value}"
        if not UNIT.fullmatch(estimate.unit):
            yield f"{where}: unit {estimate.unit!r}"
        if not estimate.where.strip():
            yield f"{where}: not said where it stands"
        if estimate.source not in entry.held.references:
            yield f"{where}: its source {estimate.source.key} is not among the references"
        low, high = estimate.interval or (estimate.value, estimate.value)
        if not low <= estimate.value <= high:
            yield f"{where}: {estimate.value} lies outside its own interval"


@each(ENTRIES)
def test_every_number_that_was_not_read_says_how_it_came_about(case: Entry) -> None:
    hold(_explained(case), case)


def _explained(entry: Entry) -> Iterator[str]:
    for where, estimate in estimates(entry.held):
        if not estimate.note and not _said_by_the_source(estimate):
            yield f"{where}: {estimate.provenance} without a note"


def _said_by_the_source(estimate: Estimate) -> bool:
    """Measured numbers need no note; one fitted by the source itself to its own data needs none either."""
    own = "docs/" not in estimate.where
    return estimate.provenance is Provenance.MEASURED or (estimate.provenance is Provenance.FITTED and own)


@each(ENTRIES)
def test_no_number_is_unverified(case: Entry) -> None:
    hold(_unverified(case), case, UNVERIFIED)


def _unverified(entry: Entry) -> Iterator[str]:
    for where, estimate in estimates(entry.held):
        if estimate.provenance is Provenance.UNVERIFIED:
            yield f"{where} is unverified"


@pytest.mark.parametrize("name", UNVERIFIED)
def test_what_is_unverified_is_off_by_default(name: str) -> None:
    assert not catalogue.load(*name.split("/")).default_on


@each(ENTRIES)
def test_names_are_in_the_vocabulary(case: Entry) -> None:
    hold(_spoken(case), case)


def _spoken(entry: Entry) -> Iterator[str]:
    held = entry.held
    yield from (name for name in getattr(held, "parameters", {}) if not PARAMETER.fullmatch(name))
    if isinstance(held, Effect):
        yield from (driver for driver in held.drivers if not DRIVER.fullmatch(driver))
        if held.stage not in STAGES:
            yield f"stage {held.stage}"
    if isinstance(held, PKModel):
        yield from (
            f"output {one.name}" for one in held.outputs if one.site not in SITES or one.analyte not in ANALYTES
        )


@each(ENTRIES)
def test_an_entry_is_described_by_its_file(case: Entry) -> None:
    hold(_described(case), case)


def _described(entry: Entry) -> Iterator[str]:
    module = __import__(f"kinetamine.library.{entry.kind}.{entry.name}", fromlist=["ENTRY"])
    if not (module.__doc__ or "").strip():
        yield "no docstring"


@each(entries("regimens"))
def test_a_named_regimen_can_be_read(case: Entry) -> None:
    assert len(Regimen.parse(case.held.words, known_routes=catalogue.names("routes"))) > 0


def test_quarantine_holds_entries_only() -> None:
    known({**WITHOUT_REFERENCE, **UNVERIFIED}, ENTRIES)


KAMP = next(entry for entry in ENTRIES if entry.name == "kamp_2020")


def _changed(**changes: Any) -> Entry:
    """Kamp 2020 with another CL."""
    parameters = {**KAMP.held.parameters, "CL": replace(KAMP.held.parameters["CL"], **changes)}
    return KAMP._replace(held=replace(KAMP.held, parameters=parameters))


@pytest.mark.parametrize(
    ("law", "broken"),
    [
        (_named, KAMP._replace(held=replace(KAMP.held, name="camp_2020"))),
        (_named, KAMP._replace(held=replace(KAMP.held, title=""))),
        (_referenced, KAMP._replace(held=replace(KAMP.held, references=()))),
        (_sourced, _changed(value=math.nan)),
        (_sourced, _changed(unit="litres per hour")),
        (_sourced, _changed(where=" ")),
        (_sourced, _changed(source=replace(KAMP.held.references[0], key="nobody_1900"))),
        (_sourced, _changed(interval=(1.0, 2.0))),
        (_explained, _changed(provenance=Provenance.ASSUMED, note="")),
        (_unverified, _changed(provenance=Provenance.UNVERIFIED)),
        (_spoken, KAMP._replace(held=replace(KAMP.held, parameters={"clearance": KAMP.held.parameters["CL"]}))),
    ],
)
def test_a_law_can_fail(law: Any, broken: Entry) -> None:
    assert list(law(broken))


@pytest.mark.parametrize(
    "changed", [{"doi": "", "url": ""}, {"doi": "doi.org/10.1"}, {"key": "Kamp"}, {"authors": ""}, {"year": 1920}]
)
def test_a_reference_that_leads_nowhere_is_found(changed: dict[str, Any]) -> None:
    assert list(_followed(replace(KAMP.held.references[0], **changed)))


@pytest.mark.parametrize("name", ["CL", "V2_hnk", "F1_nk", "K12", "C50_BP", "EXP_CL"])
def test_the_vocabulary_knows(name: str) -> None:
    assert PARAMETER.fullmatch(name)


@pytest.mark.parametrize("name", ["cl", "XYZ", "CL_foo", "clearance", "_nk", "VV1"])
def test_the_vocabulary_refuses(name: str) -> None:
    assert not PARAMETER.fullmatch(name)
