"""What is asked of a population is judged before anything is simulated."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.engine.model import Effect
from kinetamine.engine.person import Person
from kinetamine.errors import InputError
from kinetamine.library.chain import CHAIN
from kinetamine.population.study import FALLING, WATCHED
from population.studies import course, study


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"people": 0}, "people: given 0"),
        ({"people": -5}, "people: given -5"),
        ({"people": 10**9}, "people: given 1000000000, expected a whole number from 1 to 10000000"),
        ({"people": 2.5}, "people: given 2.5"),
        ({"seed": -1}, "seed"),
        ({"first": -1}, "first"),
        ({"chunk": 0}, "chunk: given 0, expected a whole number from 8 to 65536"),
        ({"chunk": 99.5}, "chunk"),
        ({"tolerance": 0.0}, "tolerance"),
        ({"tolerance": float("nan")}, "tolerance"),
        ({"outputs": ("cads",)}, "did you mean cadss"),
        ({"thresholds": {"madr": 10.0}}, "did you mean madrs"),
        ({"thresholds": {"cadss": float("inf")}}, "threshold of cadss"),
        ({"thresholds": {"madrs": 500.0}}, "threshold of madrs: given 500.0, expected .* from 0 to 60, unit: points"),
        ({"thresholds": {"nmda_occupancy": 30.0}}, "from 0 to 1, unit: fraction"),
        ({"thresholds": {"ketamine_venous": -5.0}}, "from 0 to inf, unit: ng/mL"),
        ({"population": "trd_trial"}, "did you mean trd_trials"),
        ({"course": course(person_changes=((24.0, Person()),))}, "covariates stay as drawn"),
        ({"course": course(model="kamp"), "outputs": None}, "did you mean kamp_2020"),
    ],
)
def test_what_means_nothing_is_refused_in_one_sentence(changed: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        study(**changed)


def test_names_are_those_of_the_library() -> None:
    effects: list[Effect] = [*catalogue.load_all("effects"), *catalogue.load_all("outcomes")]
    names = {readout.name for effect in effects for readout in effect.readouts}
    names |= {readout.name for readout in (*CHAIN.readouts, CHAIN.relief)}
    assert {name for name in WATCHED if not name.endswith(("_arterial", "_venous"))} <= names
    assert names >= FALLING


def test_what_is_asked_settles_the_key_and_nothing_else_does() -> None:
    one = study(thresholds={"cadss": 1.0, "madrs": 2.0})
    turned = study(thresholds={"madrs": 2.0, "cadss": 1.0})
    other_person = study(course=course(person=Person(weight_kg=60.0), seed=99), thresholds={"cadss": 1.0, "madrs": 2.0})
    assert one.key == turned.key == other_person.key
    changed = (replace(one, seed=4), replace(one, people=151), replace(one, course=course(follow_up_days=3.0)))
    assert len({one.key, *(other.key for other in changed)}) == 4


def test_it_travels_and_stays_the_same() -> None:
    one = study()
    assert one.problem is not None  # what follows from it does not travel
    assert pickle.loads(pickle.dumps(one)).key == one.key  # noqa: S301 - our own bytes


def test_times_hold_a_grid_the_milestones_and_what_the_course_asks_for() -> None:
    sparse = study(course=course(times_h=(0.25, 30.123)))
    names = [one.name for one in sparse.milestones]
    assert names == ["2h", "24h", "end"]
    assert sparse.times_h[0] == 0.0
    assert len(sparse.times_h) > 50
    assert np.isin([0.25, 30.123, *(one.time_h for one in sparse.milestones)], sparse.times_h).all()
    assert sparse.milestones[-1].time_h == 30.123


def test_a_milestone_after_the_last_dose() -> None:
    twice = study(course=course("0.5 mg/kg iv over 40 min, twice weekly for 1 weeks", follow_up_days=7.0))
    found = {one.name: one.words for one in twice.milestones}
    assert found["24h_after_last"] == "24 h after the last dose"
    assert "7d" in found


def test_without_doses_time_is_counted_from_the_start() -> None:
    ssri = study(course=course(regimen=None, comparator="ssri", effects=()), outputs=("madrs",))
    assert ssri.milestones[0].words == "2 h after the start"


def test_chunks_cover_everybody_once() -> None:
    chunks = study(people=50, chunk=16).chunks
    assert chunks == [(0, 16), (16, 16), (32, 16), (48, 2)]


def test_the_typical_person_lies_inside_where_somebody_does() -> None:
    narrow = course("0.5 mg/kg esketamine iv over 40 min", model="otto_2021")
    for seed in range(5):
        assert not study(course=narrow, seed=seed).typical.outside_reasons()
