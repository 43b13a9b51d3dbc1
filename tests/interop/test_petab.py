"""Estimation problems: what PEtab's own linter says, and what bounds and priors are made of."""

from __future__ import annotations

import csv
import math
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from interop.courses import COURSE, KINETICS
from interop.simulators import library
from kinetamine.engine.maths import Z95
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.interop.measurements import Measurement, published
from kinetamine.interop.petab import estimation_problem, write_petab

library("libsbml")


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
