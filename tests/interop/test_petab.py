"""Estimation problems: what PEtab's own linter says, and what bounds and priors are made of."""

from __future__ import annotations

import csv
import math
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from interop.simulators import library
from kinetamine import trials
from kinetamine.course import Course, parse_regimen
from kinetamine.engine.maths import Z95
from kinetamine.engine.person import Person
from kinetamine.engine.table_records import Observation
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.interop.measurements import Measurement, from_observations, published
from kinetamine.interop.petab import estimation_problem, write_petab

library("libsbml")
PERSON = Person(weight_kg=70.0)
COURSE = Course(
    person=PERSON,
    regimen=parse_regimen("0.5 mg/kg iv over 40 min, single dose"),
    effects=(),
    outcomes=("depression",),
    people=0,
    follow_up_days=14.0,
)
KINETICS = replace(
    COURSE,
    regimen=parse_regimen(
        "0.28 mg/kg/h iv racemic ketamine for 60 min then 0.57 mg/kg/h for 60 min then 1.14 mg/kg/h for 60 min"
    ),
    outcomes=(),
)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def _is_faulty(folder: Path) -> bool:
    petab = library("petab.v1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem = petab.Problem.from_yaml(str(folder / "problem.yaml"))
        return bool(petab.lint_problem(problem))


def test_published_scores_make_a_problem_without_fault(tmp_path: Path) -> None:
    write_petab(COURSE, published("Lii 2023", COURSE), tmp_path, ("depression.SIZE", "depression.EFFICACY"))
    assert not _is_faulty(tmp_path)


def test_published_concentrations_make_a_problem_without_fault(tmp_path: Path) -> None:
    weight = replace(KINETICS, person=Person(weight_kg=70.0))
    measured = published("Kamp 2020", weight)
    assert {one.output for one in measured} >= {"s_ketamine_arterial"}
    write_petab(weight, measured, tmp_path, ("CL", "V1", "FM_hnk"))
    assert not _is_faulty(tmp_path)


def test_unknown_noise_is_estimated_too(tmp_path: Path) -> None:
    measured = (Measurement(output="relief", time_h=24.0, value=0.5),)
    problem = estimation_problem(COURSE, measured, ("mechanism.T_POT",))
    assert [row["parameterId"] for row in _rows(problem["parameters.tsv"])] == ["mechanism_T_POT", "sd_relief"]
    write_petab(COURSE, measured, tmp_path, ("mechanism.T_POT",))
    assert not _is_faulty(tmp_path)


def test_readings_are_those_that_were_published() -> None:
    rows = [one for one in trials.load() if one.study == "Lii 2023" and not one.comparator]
    found = published("lii_2023", COURSE)
    assert [one.value for one in found] == [row.value for row in rows if row.quantity == "mean"]
    assert found[0].sd == rows[0].se


def test_bounds_and_prior_follow_from_the_interval() -> None:
    problem = estimation_problem(COURSE, published("Lii 2023", COURSE))
    row = next(row for row in _rows(problem["parameters.tsv"]) if row["parameterId"] == "nmda_occupancy_IC50_K")
    mean, sd = map(float, row["objectivePriorParameters"].split(";"))
    assert 10.0**mean == pytest.approx(1.42)
    assert sd == pytest.approx(math.log10(2.14 / 0.99) / (2.0 * Z95))
    assert math.log10(float(row["upperBound"])) == pytest.approx(mean + 4.0 * sd)


def test_a_share_stays_below_one() -> None:
    problem = estimation_problem(COURSE, published("Lii 2023", COURSE), ("depression.SIZE",))
    assert 0.0 < float(_rows(problem["parameters.tsv"])[0]["upperBound"]) <= 1.0


def test_only_numbers_that_bear_on_the_readings_are_found() -> None:
    both = replace(COURSE, effects=("dissociation",))
    names = {
        row["parameterId"] for row in _rows(estimation_problem(both, published("Lii 2023", both))["parameters.tsv"])
    }
    assert not any(name.startswith("dissociation") for name in names)


def test_what_cannot_be_estimated_is_refused() -> None:
    measured = published("Lii 2023", COURSE)
    with pytest.raises(UnknownNameError, match=r"did you mean depression\.SIZE"):
        estimation_problem(COURSE, measured, ("depression.SIZ",))
    with pytest.raises(FieldError, match=r"depression\.SIZE', expected names, each once"):
        estimation_problem(COURSE, measured, ("depression.SIZE", "depression.SIZE"))
    with pytest.raises(UnknownNameError, match="measured output"):
        estimation_problem(COURSE, (Measurement(output="hdrs", time_h=1.0, value=2.0),))
    with pytest.raises(FieldError, match="at least one reading"):
        estimation_problem(COURSE, ())
    with pytest.raises(FieldError, match="none has a published interval"):
        estimation_problem(KINETICS, (Measurement(output="ketamine_venous", time_h=1.0, value=2.0),))


def test_a_study_of_other_doses_is_refused() -> None:
    with pytest.raises(FieldError, match="a study of these doses"):
        published("Singh 2016", COURSE)
    with pytest.raises(FieldError, match="a study with means over time"):
        published("Nobody 1999", COURSE)


def test_an_arm_that_a_study_does_not_have_is_refused() -> None:
    with pytest.raises(FieldError, match=r"arm: given 'foo', expected one of ketamine$"):
        published("Lii 2023", COURSE, "foo")
    assert published("Lii 2023", COURSE, "ketamine") == published("Lii 2023", COURSE)
    with pytest.raises(FieldError, match="arm: given 'foo', expected no arm: of these doses Kamp 2020"):
        published("Kamp 2020", KINETICS, "foo")


def test_of_several_arms_one_is_named() -> None:
    study = "NIMH mechanism of action"
    with pytest.raises(FieldError, match="arm: given None, expected one of ketamine; ketamine given first; ketamine,"):
        published(study, COURSE)
    with pytest.raises(FieldError, match="did you mean ketamine given first"):
        published(study, COURSE, "ketamine first")
    assert {one.source.partition(": ")[2] for one in published(study, COURSE, "ketamine")} == {"ketamine"}


def test_readings_of_a_table_name_their_output() -> None:
    read = (
        Observation(time_h=1.0, output="cadss", value=20.0),
        Observation(time_h=2.0, output="1", value=5.0),
        Observation(time_h=3.0, output="cadss", missing=True),
    )
    assert [one.output for one in from_observations(read, ("madrs",))] == ["cadss", "madrs"]
    with pytest.raises(FieldError, match="name of an output"):
        from_observations(read, ())
