"""kinetamine models, show and cite: every entry of the library can be listed, shown and cited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.program import Run
from kinetamine import catalogue
from kinetamine.report.entries import LISTED, find

ENTRIES = [name for kind in LISTED for name in catalogue.names(kind)]


@pytest.mark.parametrize("kind", LISTED)
def test_models_lists_every_entry_of_a_kind(kinetamine: Run, kind: str) -> None:
    text = kinetamine("models", "--kind", kind).stdout
    for name in catalogue.names(kind):
        assert name in text
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 80


def test_models_as_json_counts_provenances(kinetamine: Run) -> None:
    (kamp,) = [one for one in json.loads(kinetamine("models", "--json").stdout)["pk"] if one["name"] == "kamp_2020"]
    assert kamp["numbers"]["fitted"] > 10
    assert kamp["routes"] == ["intravenous"]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_has_a_card(kinetamine: Run, entry: str) -> None:
    result = kinetamine("show", entry)
    assert result.exit_code == 0
    assert result.stdout.startswith(entry)


def test_a_card_holds_equations_numbers_sources_and_gaps(kinetamine: Run) -> None:
    text = kinetamine("show", "kamp_2020").stdout
    assert '"arm": p.KV * (c1 - a.arm)' in text
    assert "0.0842 (30 %)" in text
    assert "18 to 85 years" in text
    assert "https://doi.org/10.1097/ALN.0000000000003577" in text
    assert "Not verified" in text


def test_a_variance_on_another_scale_is_no_coefficient_of_variation(kinetamine: Run) -> None:
    assert "4 (logit)" in kinetamine("show", "depression").stdout


def test_a_population_is_found_by_name_and_where_it_shares_one_the_outcome_is(kinetamine: Run) -> None:
    assert "@article{daly_2019," in kinetamine("cite", "trd_65").stdout
    assert "did you mean us_adults" in kinetamine("show", "us_adlts").stderr
    assert find("ptsd").kind == "outcomes"


def test_cite_prints_each_reference_once(kinetamine: Run) -> None:
    text = kinetamine("cite", "kamp_2020", "otto_2021").stdout
    assert text.count("@article{otto_2021,") == 1
    assert text.count("@article{kamp_2020,") == 1


def test_cite_prints_what_a_run_of_a_course_used(kinetamine: Run, tmp_path: Path) -> None:
    course = tmp_path / "course.toml"
    words = 'regimen = "5 mg iv bolus"\nmodel = "hijazi_2003"\neffects = []\noutcomes = []\n[person]\nweight_kg = 70\n'
    course.write_text(words, encoding="utf-8")
    text = kinetamine("cite", "--course", course).stdout
    assert "hijazi_2003" in text
    assert "kamp_2020" not in text


def test_cite_says_when_there_is_nothing_to_cite(kinetamine: Run) -> None:
    result = kinetamine("cite", "intravenous")
    assert result.stdout == ""
    assert "Nothing to cite" in result.stderr
