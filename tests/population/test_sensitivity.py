"""Global sensitivity: against Ishigami's function and a straight line, and on a real course."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kinetamine.course import Course, simulate
from kinetamine.engine.person import Person
from kinetamine.engine.regimen import Regimen
from kinetamine.errors import FieldError, MissingExtraError, OutsideStudiedRangeError, UnknownNameError
from kinetamine.population.factors import Factor, chosen, factors
from kinetamine.population.sensitivity import Sensitivity, morris, sensitivity, sobol
from kinetamine.population.study import Study
from kinetamine.population.uncertainty import uncertain
from kinetamine.population.varied import Varied

COURSE = Course(
    person=Person(weight_kg=70.0),
    regimen=Regimen.parse("0.5 mg/kg iv over 40 min"),
    effects=("dissociation",),
    outcomes=(),
    follow_up_days=1.0,
    people=0,
)


def study_of(course: Course = COURSE, outputs: tuple[str, ...] = ("ketamine_arterial", "cadss")) -> Study:
    """A small study of one person."""
    return Study(course=course, people=8, outputs=outputs)


def test_ishigami() -> None:
    """Saltelli's favourite: first order 0.314, 0.442 and 0; total 0.558, 0.442 and 0.244 for a=7, b=0.1."""

    def of(shares: np.ndarray) -> dict[str, np.ndarray]:
        x = math.pi * (2.0 * shares - 1.0)
        return {"y": np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])}

    found = sobol(of, 3, samples=4096)
    first, _, total, half = found.rows["y"]
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert np.all(half < 0.1)


def test_a_straight_line_in_closed_form() -> None:
    slopes = np.array([1.0, 2.0, 4.0])
    first, _, total, _ = sobol(lambda shares: {"y": shares @ slopes}, 3, samples=1024).rows["y"]
    assert first == pytest.approx(slopes**2 / np.sum(slopes**2), abs=0.03)
    assert total == pytest.approx(first, abs=0.03)
    spread, _, size, _ = morris(lambda shares: {"y": shares @ slopes}, 3, samples=16).rows["y"]
    assert size == pytest.approx(slopes)
    assert spread == pytest.approx(np.zeros(3), abs=1e-9)


@pytest.mark.parametrize("law", ["log-normal", "logit-normal", "normal", "uniform"])
def test_a_factor_keeps_within_its_range(law: str) -> None:
    one = Factor(entry="a", parameter="B", unit="1", value=0.4, low=0.2, high=0.7, law=law, because="")  # type: ignore[arg-type]
    values = one.at(np.linspace(0.0, 1.0, 11))
    assert (values[0], values[-1]) == pytest.approx((0.2, 0.7))
    assert np.all(np.diff(values) > 0.0)


def test_ranges_come_from_the_library() -> None:
    problem = COURSE.problem()
    every = {one.name: one for one in factors(problem)}
    assert every["kamp_2020.CL"].because == "between people"
    omega = math.sqrt(problem.model.variability["CL"].omega2.value)
    assert every["kamp_2020.CL"].high == pytest.approx(every["kamp_2020.CL"].value * math.exp(1.96 * omega), rel=1e-4)
    low, high = problem.effects[0].parameters["KE0"].interval or (0.0, 0.0)
    numbers = {one.name: one for one in factors(problem, "numbers")}
    factor = numbers["dissociation.KE0"]
    assert factor.high / factor.low == pytest.approx(high / low)
    assert math.sqrt(factor.high * factor.low) == pytest.approx(factor.value)
    assert {one.because for one in numbers.values()} == {"published interval"}
    assert {one.because for one in factors(problem, "people")} == {"between people"}


def test_half_of_every_range_is_below_the_library_s_value() -> None:
    """Also where a published interval is lopsided: as draws of what the numbers themselves may be."""
    problem = replace(COURSE, outcomes=("depression",)).problem()
    every = [*factors(problem, "people"), *factors(problem, "numbers")]
    lopsided = next(one for one in every if one.name == "mechanism.T_POT")
    assert (lopsided.value, lopsided.law) == (124.0, "normal")
    for one in every:
        assert one.at(np.array([0.5])) == pytest.approx(one.value), one.name
        assert one.low < one.value < one.high, one.name


@pytest.mark.parametrize("parameter", ["T_POT", "AMPA50", "C_POT"])
def test_numbers_are_as_uncertain_as_their_draws(parameter: str) -> None:
    problem = replace(COURSE, outcomes=("depression",)).problem()
    factor = next(one for one in factors(problem, "numbers") if one.name == f"mechanism.{parameter}")
    mechanism = next(one for one in problem.effects if one.name == "mechanism")
    drawn = uncertain("mechanism", {parameter: mechanism.parameters[parameter]}, 4000, 1).values[parameter]
    shares = np.array([0.1, 0.5, 0.9])
    assert np.quantile(drawn, 0.025 + 0.95 * shares) == pytest.approx(factor.at(shares), rel=0.05)


def test_a_number_at_the_end_of_its_scale_is_the_same_in_everybody() -> None:
    sure = replace(COURSE, outcomes=("depression",), parameters=(("depression.SIZE", 1.0),))
    assert "depression.SIZE" not in {one.name for one in factors(sure.problem())}


def test_the_ends_are_those_of_the_course_with_one_number_changed() -> None:
    """All others as the library has them, those with a given range too, wherever it lies."""
    some = chosen(COURSE.problem(), ("V1", "CL=90:115"))
    (ranking,) = sensitivity(study_of(), some, ["ketamine_arterial_max"], samples=8).rankings
    for one in ranking.indices:
        for value, end in ((one.factor.low, one.at_low), (one.factor.high, one.at_high)):
            changed = replace(COURSE, parameters=((one.factor.name, value),), times_h=tuple(study_of().times_h))
            assert end == pytest.approx(simulate(changed)["ketamine_arterial"].typical.max(), rel=1e-4)


def test_a_set_of_numbers_is_the_course_with_those_numbers() -> None:
    """The typical values of the library vary, through the entry's own equations: so does ``--set``."""
    some = chosen(COURSE.problem(), ("CL", "dissociation.C50"))
    study = study_of()
    shares = np.array([[0.1, 0.9], [0.7, 0.3]])
    found = Varied(study, some)(shares)
    for row, share in enumerate(shares):
        given = tuple((one.name, float(one.at(share[[place]])[0])) for place, one in enumerate(some))
        alone = simulate(replace(COURSE, parameters=given, times_h=tuple(study.times_h)))
        for name in ("ketamine_arterial", "cadss"):
            assert found[f"{name}_max"][row] == pytest.approx(alone[name].typical.max(), rel=1e-4)


def ranked(names: Sequence[str], **more: object) -> Sensitivity:
    """A quick study of the usual course."""
    return sensitivity(study_of(), factors(COURSE.problem()), names, **more)  # type: ignore[arg-type]


def test_a_real_course() -> None:
    found = ranked(["ketamine_arterial_max", "cadss_max"], samples=256)
    level, effect = found.rankings
    assert [one.factor.name for one in level.indices[:2]] == ["kamp_2020.CL", "kamp_2020.V1"]
    assert sum(one.first for one in level.indices) == pytest.approx(1.0, abs=0.15)
    assert {one.factor.name for one in effect.indices[:2]} == {"dissociation.C50", "dissociation.EMAX"}
    assert effect.indices[0].at_low > effect.indices[0].at_high
    assert found.error < 1e-3
    assert found.runs == 256 * (len(level.indices) + 2)


def test_morris_agrees_on_who_comes_first() -> None:
    (level,) = ranked(["ketamine_arterial_max"], method="morris", samples=8).rankings
    assert level.indices[0].factor.name == "kamp_2020.CL"
    assert level.indices[0].total > 10.0
    assert math.isnan(level.indices[0].first_half)
    assert math.isnan(level.mean)
    assert math.isnan(level.sd)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (("CLL",), UnknownNameError),
        (("disociation.C50",), UnknownNameError),
        (("dissociation.BASE",), UnknownNameError),
        (("CL", "kamp_2020.CL"), FieldError),
        (("CL=90:50",), FieldError),
        (("CL=fast",), FieldError),
        (("CL=-50:90",), FieldError),
        (("CL=0:90",), FieldError),
        (("CL=50:9e9",), FieldError),
        (("dissociation.C50=-1:2",), FieldError),
        ((), FieldError),
    ],
)
def test_what_cannot_vary_is_refused(asked: tuple[str, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        chosen(COURSE.problem(), asked)


def test_a_range_ends_where_a_number_that_is_set_does() -> None:
    with pytest.raises(FieldError, match=r"a range within 0\.084 to 84000 L/h; the library has 84"):
        chosen(COURSE.problem(), ("CL=-50:90",))
    (widest,) = chosen(COURSE.problem(), ("CL=0.084:84000",))
    assert (widest.low, widest.high) == (0.084, 84000.0)


@pytest.mark.parametrize(("more", "field"), [({"samples": 100}, "samples"), ({"samples": 4}, "samples")])
def test_samples_that_mean_nothing(more: dict[str, int], field: str) -> None:
    with pytest.raises(FieldError) as refused:
        ranked(["cadss_max"], **more)
    assert refused.value.field == field


def test_a_result_that_nothing_moves_is_refused() -> None:
    with pytest.raises(FieldError, match="can move"):
        sensitivity(study_of(), chosen(COURSE.problem(), ("dissociation.KE0",)), ["ketamine_arterial_max"])


def test_a_person_outside_the_studied_range_is_refused() -> None:
    with pytest.raises(OutsideStudiedRangeError):
        Varied(study_of(replace(COURSE, person=Person(weight_kg=300.0))), factors(COURSE.problem()))


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(MissingExtraError, match=r"kinetamine\[sensitivity\]"):
        sobol(lambda shares: {"y": shares[:, 0]}, 1, samples=8)
