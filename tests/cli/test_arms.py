"""Mechanisms, comparators and treatments beside ketamine, on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli.program import Run
from kinetamine import catalogue

IV = ("--regimen", "0.5 mg/kg iv over 40 min", "--weight", "70", "--people", "0", "--follow-up", "2")


def simulated(kinetamine: Run, *arguments: str) -> dict[str, Any]:
    result = kinetamine("simulate", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_treatment_with_its_own_course_needs_no_regimen_and_no_weight(kinetamine: Run) -> None:
    result = kinetamine("simulate", "--comparator", "ssri", "--follow-up", "56", "--people", "0")
    assert result.exit_code == 0
    assert "No ketamine. SSRI" in result.stdout
    assert "Cmax" not in result.stdout
    assert "CADSS" not in result.stdout
    assert "A course of treatment" in result.stdout


def test_a_mixture_is_used_and_said(kinetamine: Run) -> None:
    found = simulated(kinetamine, *IV, "--mechanism", "disinhibition=0.8,habenula=0.2")
    assert found["mechanism"] == {"disinhibition": 0.8, "habenula": 0.2}
    text = kinetamine("simulate", *IV, "--mechanism", "empirical").stdout
    assert "mechanism: empirical" in text


def test_all_outcomes_and_a_treatment_beside(kinetamine: Run) -> None:
    found = simulated(kinetamine, *IV, "--effects", "none", "--outcomes", "all")
    assert {"madrs", "hama", "caps5", "ssi", "pain_nrs", "relapse_risk"} < set(found["series"])
    beside = simulated(kinetamine, *IV, "--effects", "none", "--with", "oral_antidepressant")
    assert beside["background"] == ["oral_antidepressant"]
    assert max(beside["series"]["benefit_depression"]["typical"]) > 0.0


def test_baselines_of_other_scales(kinetamine: Run) -> None:
    flags = ("--hama", "30", "--caps5", "50", "--pcl5", "60", "--ssi", "9", "--failed-treatments", "4")
    person = simulated(kinetamine, *IV, "--effects", "none", *flags)["person"]
    names = ("hama", "caps5", "pcl5", "ssi", "failed_treatments")
    assert tuple(person[name] for name in names) == (30, 50, 60, 9, 4)


def test_harms_stand_beside_the_summary(kinetamine: Run) -> None:
    found = simulated(kinetamine, *IV, "--effects", "none")
    assert found["harms"]["events"]
    assert found["harms"]["exposure"]["statements"]


def test_no_dose_is_printed_where_there_is_none(kinetamine: Run) -> None:
    result = kinetamine("simulate", "--comparator", "ect", "--follow-up", "14", "--doses")
    assert result.exit_code == 0
    assert "No dose" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ((*IV, "--mechanism", "disinhibition=0.8"), ("mechanism", "sum to 1", "0.8")),
        ((*IV, "--mechanism", "disinhibitio"), ("mechanism", "did you mean disinhibition?")),
        ((*IV, "--mechanism", "empirical=0.5,habenula=0.5"), ("mechanism", "empirical alone")),
        ((*IV, "--mechanism", "empirical", "--set", "mechanism.RAPAMYCIN=1"), ("parameter of mechanism", "RAPAMYCIN")),
        ((*IV, "--set", "mechanism.RAPAMYCIN=2"), ("mechanism.RAPAMYCIN", "2", "fully on")),
        ((*IV, "--comparator", "ssrii"), ("comparator", "did you mean ssri?")),
        ((*IV, "--with", "ssri,ssri"), ("background", "each name once", "--with")),
        (("--comparator", "ssri", "--outcomes", "suicidal_ideation"), ("outcome", "suicidal_ideation", "ssri has")),
        (("--comparator", "ect", "--follow-up", "60"), ("ect for 60 days", "studied: 28", "--outside")),
        (("--comparator", "midazolam"), ("regimen", "sessions that midazolam is given at", "--regimen")),
        ((*IV, "--failed-treatments", "2.5"), ("failed_treatments", "whole number", "--failed-treatments")),
        ((*IV, "--ssi", "99"), ("ssi", "99", "0 to 38", "--ssi")),
    ],
)
def test_slips_are_one_sentence(kinetamine: Run, arguments: tuple[str, ...], parts: tuple[str, ...]) -> None:
    result = kinetamine("simulate", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    for part in parts:
        assert part in result.stderr


@pytest.mark.parametrize("name", catalogue.names("mechanisms"))
def test_a_mechanism_shows_what_speaks_against_it(kinetamine: Run, name: str) -> None:
    text = kinetamine("show", name).stdout
    entry = catalogue.load("mechanisms", name)
    for one in entry.evidence:
        assert ("for, " if one.supports else "against, ") + one.grade.value in " ".join(text.split())
