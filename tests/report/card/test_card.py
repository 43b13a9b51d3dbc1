"""Cards: what is gathered of an entry, whoever lays it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any

import pytest

from kinetamine.course import from_mapping
from kinetamine.engine.model import Estimate
from kinetamine.report.card import card
from kinetamine.report.card.agreement import agreement, analyte, figures, quantity
from kinetamine.report.card.course import course_with
from kinetamine.report.card.ink import inked
from kinetamine.report.card.kinds import KINDS, ONE, every
from kinetamine.report.card.parts import Code, Numbers, Section

ENTRIES = [*every(), ("chain", "chain")]


def section(kind: str, name: str, key: str) -> Section:
    return next(one for one in card(kind, name).sections if one.key == key)


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_every_entry_says_what_it_is_for_and_where_its_numbers_were_read(kind: str, name: str) -> None:
    found = card(kind, name)
    assert found.purpose.endswith(".")
    assert found.title[0].isupper() or not found.title[1].islower()
    for one in found.sections:
        if isinstance(one.part, Numbers):
            assert all(one.part.where[row.place - 1] for row in one.part.rows)


@pytest.mark.parametrize(("kind", "name"), every())
def test_a_card_holds_every_number_of_its_entry_however_deep(kind: str, name: str) -> None:
    found = card(kind, name)
    rows = [row for one in found.sections if isinstance(one.part, Numbers) for row in one.part.rows]
    shown = {id(row.estimate) for row in rows}
    assert [where for where, number in _held(found.entry) if id(number) not in shown] == []


def _held(one: Any, where: str = "") -> Iterator[tuple[str, Estimate]]:
    """Every number below, with the fields and keys that lead to it."""
    if isinstance(one, Estimate):
        yield where, one
    elif isinstance(one, Mapping):
        for key, inner in one.items():
            yield from _held(inner, f"{where} {key}")
    elif isinstance(one, tuple):
        for place, inner in enumerate(one):
            yield from _held(inner, f"{where} {place}")
    elif is_dataclass(one):
        for field in fields(one):
            yield from _held(getattr(one, field.name), f"{where} {field.name}")


def test_equations_that_others_call_are_shown_before_them() -> None:
    part = section("effects", "dissociation", "equations").part
    assert isinstance(part, Code)
    names = [text.partition("(")[0] for text in part.functions]
    assert names == ["def site_effect", "def states", "def rates", "def cadss"]


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_inked_equations_keep_every_character(kind: str, name: str) -> None:
    import re  # noqa: PLC0415 - only here

    for one in card(kind, name).sections:
        for text in one.part.functions if isinstance(one.part, Code) else ():
            assert unescape(re.sub("<[^>]+>", "", inked(text))) == text


@pytest.mark.parametrize(("kind", "name"), every())
def test_a_course_with_an_entry_lies_within_what_was_studied(kind: str, name: str) -> None:
    given = course_with(kind, card(kind, name).entry)
    if given is None:
        assert kind in {"routes", "harms", "findings", "populations", "scales"} or not card(kind, name).entry.sizes
        return
    whole: dict[str, Any] = {"regimen": "0.5 mg/kg iv over 40 min", "people": 0, **given}
    whole["person"] = {"weight_kg": 70.0, **given.get("person", {})}
    assert from_mapping(whole).outside_reasons() == ()


def test_kinds_have_a_name_for_one_of_each() -> None:
    assert list(ONE) == list(KINDS)


def test_what_a_model_is_not_for_follows_from_what_was_studied() -> None:
    said = section("pk", "kamp_2020", "not-for").part.said  # type: ignore[union-attr]
    assert said[0].text.startswith("Ages below 18 or above 85 years; weights below 40 or above 130 kg; any drug but")


def test_two_sexes_with_one_number_have_one_row() -> None:
    part = section("populations", "trd_65", "numbers").part
    assert isinstance(part, Numbers)
    names = [row.name for row in part.rows]
    assert "age_y mean" in names
    assert {"madrs female mean", "madrs male mean"} < set(names)


def test_variances_have_sources_of_their_own() -> None:
    part = section("pk", "kamp_2020", "between-people").part
    assert isinstance(part, Numbers)
    assert {row.estimate.source.key for row in part.rows} == {"otto_2021"}


def test_a_model_is_held_against_what_was_published() -> None:
    found = agreement("kamp_2020")
    assert found is agreement("kamp_2020")
    assert len(found.levels) > 100
    assert found.within_two_fold_percent > 90.0
    assert 0 < found.fitted < len(found.levels)
    drawn = "".join(figures(found))
    assert drawn.count("<circle") == len(found.levels)
    assert "nan" not in drawn


def test_analytes_and_quantities_in_words() -> None:
    assert analyte("s_norketamine") == "S-norketamine"
    assert analyte("ketamine") == "ketamine"
    assert any("level at" in quantity(one) for one in agreement("kamp_2020").rows)
