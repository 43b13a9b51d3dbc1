"""Published results: each is a question that can be put, with numbers that fit its own interval."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.laws import Entry, each, entries
from kinetamine import catalogue
from kinetamine.cli.rivals import interval
from kinetamine.course import parse_regimen
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Finding, Species
from kinetamine.library.chain import CHAIN

FINDINGS = entries("findings")


def test_the_results_that_tell_the_rivals_apart_are_there() -> None:
    assert set(catalogue.names("findings")) >= {
        *("ampa_block", "rapamycin_rodent", "rapamycin_human", "naltrexone_lost", "naltrexone_kept"),
        *("interneuron_knockdown", "s_against_racemate", "r_alone", "r_over_s_mouse", "hnk_blocked"),
        *("hnk_level_human", "masked_dissociation", "memantine", "early_benefit", "week_of_benefit"),
        *("anaesthetic_dose", "dose_order_low", "dose_order_high"),
    }


@each(FINDINGS)
def test_a_finding_asks_for_what_the_chain_has(case: Entry) -> None:
    held: Finding = case.held
    readouts = {one.name for one in CHAIN.readouts} | {CHAIN.relief.name}
    for course in (held.intact, held.contrast):
        assert set(course.parameters) <= set(CHAIN.parameters)
        assert course.readout in readouts
        assert course.time_h > 0.0
        assert len(parse_regimen(course.regimen)) == 1
    assert set(held.link) <= set(CHAIN.parameters)
    assert held.intact != held.contrast


@each(FINDINGS)
def test_a_finding_says_what_was_seen_and_why_its_interval_is_what_it_is(case: Entry) -> None:
    held: Finding = case.held
    assert held.published.endswith(".")
    assert len(held.ratio.note.split()) > 6
    assert held.agrees(held.ratio.value)
    assert held.grade is not Grade.NONE
    assert held.number is None or held.number > 0


@pytest.mark.parametrize("species", Species)
def test_there_are_findings_in_people_and_in_rodents(species: Species) -> None:
    assert sum(one.held.species is species for one in FINDINGS) > 4


def test_people_are_counted() -> None:
    assert [one.name for one in FINDINGS if one.held.species is Species.PEOPLE and one.held.number is None] == []


def test_a_switch_is_asked_for_wherever_the_chain_has_one() -> None:
    asked = {name for one in FINDINGS for name in one.held.contrast.parameters}
    assert set(CHAIN.switches) <= asked


@each(FINDINGS)
def test_a_finding_is_discussed_with_its_interval(case: Entry) -> None:
    page = (Path(__file__).parents[3] / "docs" / "concepts" / "hypotheses.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| `{case.name}`")]
    assert f"| {interval(case.held)} |" in row
    assert case.held.ratio.note in row
