"""Virtual people: the same for a seed in any chunk, possible humans all, refused in a sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Counts, PoissonAbove, Population, Spread
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population import people
from kinetamine.population.streams import normals, uniforms

NOBODY = Reference(key="nobody_2026", authors="Nobody", title="Nothing", journal="", year=2026, url="https://a.test")


def number(value: float, unit: str = "1") -> Estimate:
    return Estimate(value, unit, NOBODY, "chosen for a test", Provenance.ASSUMED, "round number")


def spread(mean: float, sd: float, low: float, high: float) -> Spread:
    return Spread(mean=number(mean), sd=number(sd), low=low, high=high)


def group(**changed: object) -> Population:
    whole = Population(
        name="group",
        title="A group",
        references=(NOBODY,),
        women=number(0.5),
        covariates={
            "age_y": spread(40.0, 10.0, 18.0, 70.0),
            "weight_kg": spread(70.0, 10.0, 40.0, 120.0),
            "height_cm": spread(170.0, 8.0, 140.0, 200.0),
        },
    )
    return replace(whole, **changed)  # type: ignore[arg-type]  # a test's own


@settings(max_examples=30)
@given(seed=st.integers(0, 2**63 - 1), first=st.integers(0, 10_000), cut=st.integers(1, 19))
def test_a_person_is_the_same_in_any_chunk(seed: int, first: int, cut: int) -> None:
    whole = people("trd_trials", 20, seed, first)
    parts = [people("trd_trials", cut, seed, first), people("trd_trials", 20 - cut, seed, first + cut)]
    assert [whole.person(row) for row in range(20)] == [person for part in parts for person in part]
    assert people("trd_trials", 1, seed, first + cut).person(0) == whole.person(cut)


def test_these_are_the_people_on_every_system() -> None:
    words = [f"{one:.15f}" for one in uniforms(1, "a", 2)]
    assert words == STORED
    ann = people("us_adults", 1, seed=1, first=12_345).person(0)
    assert (ann.sex, ann.age_y, ann.weight_kg, ann.height_cm, ann.systolic_mmhg, ann.cyp2b6) == STORED_PERSON


STORED = ["0.468286049917960", "0.393635495169428"]
STORED_PERSON = ("male", 29.2, 47.3, 159.2, 123.0, "*1/*6")


def test_streams_do_not_hang_together() -> None:
    columns = [normals(1, "a", 20_000), normals(1, "b", 20_000), normals(2, "a", 20_000), normals(1, "a", 20_000, 0, 1)]
    found = np.corrcoef(columns)
    assert np.abs(found - np.eye(4)).max() < 0.03
    assert np.mean(columns, axis=1) == pytest.approx(0.0, abs=0.03)
    assert np.std(columns, axis=1) == pytest.approx(1.0, abs=0.03)


def test_another_covariate_changes_no_other() -> None:
    fewer = group()
    more = replace(fewer, covariates={**fewer.covariates, "madrs": spread(35.0, 5.0, 20.0, 60.0)})
    assert (people(fewer, 50, 1)["weight_kg"] == people(more, 50, 1)["weight_kg"]).all()


@pytest.mark.parametrize("name", catalogue.names("populations"))
def test_everybody_is_a_possible_human(name: str) -> None:
    drawn = people(name, 300, seed=5)
    found = list(drawn)
    assert len(found) == len(drawn) == 300
    assert all(one.weight_kg for one in found)


def test_a_table_says_that_nobody_was_observed() -> None:
    table = people("trd_trials", 3, seed=1, first=10).to_pandas()
    assert list(table.index) == [10, 11, 12]
    assert table.attrs["nature"] == "virtual people: drawn, not observed"
    assert {"sex", "age_y", "weight_kg", "bmi", "cyp2b6", "takes_benzodiazepine"} <= set(table.columns)


def test_a_drug_that_acts_is_passed_on_and_others_are_not() -> None:
    shares = {"female": number(1.0), "male": number(1.0)}
    taking = group(comedication={"ticlopidine": shares, "benzodiazepine": shares})
    assert people(taking, 1, 1).person(0).comedication == ("ticlopidine",)


def test_counts_come_as_often_as_published() -> None:
    counted = group(covariates={"failed_treatments": Counts({1: number(0.25), 4: number(0.75)})})
    found = people(counted, 20_000, 1)["failed_treatments"]
    assert set(found) == {1.0, 4.0}
    assert (found == 1.0).mean() == pytest.approx(0.25, abs=0.015)
    above = group(covariates={"failed_treatments": PoissonAbove(least=2, beyond=number(1.5), most=15)})
    assert people(above, 20_000, 1)["failed_treatments"].mean() == pytest.approx(3.5, abs=0.04)


@pytest.mark.parametrize("n", [0, -1, 10**9, 2.5, True])
def test_absurd_numbers_of_people_are_refused(n: int) -> None:
    with pytest.raises(FieldError, match=r"people: given .*, expected a whole number from 1 to 10000000"):
        people("us_adults", n, seed=1)


@pytest.mark.parametrize("seed", [-1, 2**63, 0.5])
def test_absurd_seeds_are_refused(seed: int) -> None:
    with pytest.raises(FieldError, match="seed"):
        people("us_adults", 1, seed=seed)


def test_an_unknown_population_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="trd_trials"):
        people("trd_trial", 1, seed=1)


def test_correlations_that_contradict_each_other_are_refused_with_the_pair() -> None:
    pairs = {
        ("age_y", "weight_kg"): number(0.9),
        ("age_y", "height_cm"): number(0.9),
        ("weight_kg", "height_cm"): number(-0.9),
    }
    with pytest.raises(FieldError, match=r"correlation of \w+ with weight_kg, female: given .*positive definite"):
        group(correlations={"female": pairs})


def test_a_correlation_of_one_is_refused() -> None:
    with pytest.raises(FieldError, match="between -1 and 1"):
        group(correlations={"male": {("age_y", "weight_kg"): number(1.0)}})


@pytest.mark.parametrize(
    "changed",
    [
        {"women": number(1.5)},
        {"ancestry": {"white": number(0.5), "black": number(0.4)}},
        {"covariates": {"shoe_size": spread(40.0, 2.0, 30.0, 50.0)}},
        {"covariates": {"bmi": spread(28.0, 5.0, 15.0, 60.0)}},
        {"correlations": {"male": {("age_y", "madrs"): number(0.1)}}},
    ],
)
def test_what_is_not_a_group_of_people_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises((FieldError, UnknownNameError)):
        group(**changed)


def test_limits_that_leave_no_room_are_refused() -> None:
    with pytest.raises(FieldError, match="a mean and a spread that people between 60 and 80 can have"):
        people(group(covariates={"age_y": spread(70.0, 9.9, 60.0, 80.0)}), 5, seed=1)
    with pytest.raises(FieldError, match="between the limits"):
        spread(90.0, 5.0, 60.0, 80.0)
