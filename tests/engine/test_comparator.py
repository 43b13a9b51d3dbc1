"""Comparators composed into one effect, from small treatments made here."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, at_once, compose, in_two_parts, rising
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.model import Effect, Estimate, Provenance, Values, Variability
from kinetamine.errors import FieldError

SOURCE = Reference(
    key="nobody_2020", authors="Nobody, A", title="Nothing", journal="None", year=2020, url="https://example.org"
)


def _number(value: float, unit: str = "fraction") -> Estimate:
    return Estimate(value, unit, SOURCE, "table 1", Provenance.MEASURED)


def _treatment(name: str, depression: float, anxiety: float, onset_h: float) -> Comparator:
    return Comparator(
        name=name,
        title=name.capitalize(),
        references=(SOURCE,),
        parameters={
            "CONVICTION": _number(0.5, "1"),
            "SIZE_DEPRESSION": _number(depression),
            "SIZE_ANXIETY": _number(anxiety),
            "ONSET": _number(onset_h, "h"),
        },
        sessions=False,
        contacts_h=168.0,
        course=rising,
        sizes={"depression": "SIZE_DEPRESSION", "anxiety": "SIZE_ANXIETY"},
        population="nobody",
        evidence=(Evidence(text="None.", source=SOURCE, supports=True, grade=Grade.NONE),),
        variability={"SIZE_DEPRESSION": Variability(_number(1.0, "1"), scale="logit")},
        notes=("A note.",),
    )


PILL, TALK = _treatment("pill", 0.2, 0.1, 100.0), _treatment("talk", 0.3, 0.4, 300.0)
BOTH = ("depression", "anxiety")


def _benefits(effect: Effect, time_h: object, **values: object) -> dict[str, Any]:
    p = Values(**{**vars(effect.typical()), **values})
    return {one.name: one.of(Values(), Values(time_h=time_h), p) for one in effect.readouts}


def test_treatments_take_their_part_of_what_the_others_left() -> None:
    found = _benefits(compose(PILL, (TALK,), BOTH), 200.0)
    pill, talk = 1.0 - math.exp(-2.0), 1.0 - math.exp(-200.0 / 300.0)
    assert found == {
        "benefit_depression": pytest.approx(1.0 - (1.0 - 0.2 * pill) * (1.0 - 0.3 * talk)),
        "benefit_anxiety": pytest.approx(1.0 - (1.0 - 0.1 * pill) * (1.0 - 0.4 * talk)),
    }


def test_without_treatment_there_is_no_benefit() -> None:
    nothing = compose(None, (), BOTH)
    assert _benefits(nothing, 500.0) == {"benefit_depression": 0.0, "benefit_anxiety": 0.0}
    assert nothing.parameters == {}
    assert nothing.references == ()


def test_the_effect_is_ready_for_the_chain() -> None:
    effect = compose(PILL, (TALK,), ("depression",))
    assert (effect.name, effect.stage, effect.drivers) == ("treatment", "mood", ("time_h",))
    assert effect.title == "Other treatment: Pill, Talk"
    assert [(one.name, one.unit, one.bounds) for one in effect.readouts] == [
        ("benefit_depression", "fraction", (0.0, 1.0))
    ]
    assert effect.references == (SOURCE,)
    assert effect.notes == ("A note.",)


def test_parameters_carry_the_treatments_name() -> None:
    effect = compose(PILL, (TALK,), BOTH)
    names = {"SIZE_DEPRESSION", "SIZE_ANXIETY", "ONSET"}
    assert set(effect.parameters) == {f"{one}_{name}" for one in ("PILL", "TALK") for name in names}
    assert set(effect.variability) == {"PILL_SIZE_DEPRESSION", "TALK_SIZE_DEPRESSION"}


def test_conviction_is_left_to_expectancy() -> None:
    varied = replace(PILL, variability={"CONVICTION": Variability(_number(1.0, "1"))})
    assert not any("CONVICTION" in name for name in compose(varied, (), BOTH).parameters)
    assert compose(varied, (), BOTH).variability == {}


def test_each_parameter_acts() -> None:
    effect = compose(PILL, (TALK,), BOTH)
    for name, estimate in effect.parameters.items():
        assert _benefits(effect, 200.0) != _benefits(effect, 200.0, **{name: estimate.value * 1.1}), name


def test_an_outcome_without_a_size_is_refused_and_those_known_are_listed() -> None:
    with pytest.raises(FieldError, match=r"pain.*pill has a size for: anxiety, depression"):
        compose(PILL, (), ("depression", "pain"))
    with pytest.raises(FieldError, match="talk"):
        compose(None, (TALK,), ("pain",))


def test_a_treatment_without_any_size_says_so() -> None:
    with pytest.raises(FieldError, match="pill has a size for: none"):
        compose(replace(PILL, sizes={}), (), ("depression",))


def test_a_treatment_is_given_once() -> None:
    with pytest.raises(FieldError, match="pill"):
        compose(PILL, (PILL,), BOTH)


def test_a_course_longer_than_studied_is_named() -> None:
    assert PILL.reasons_outside(84.0 * 24.0) == ()
    assert PILL.reasons_outside(90.0 * 24.0) == ("pill for 90 days (studied: 84)",)


def test_people_and_times_go_together() -> None:
    """Parameters of people, one time; and one person, many times."""
    effect = compose(PILL, (), ("depression",))
    people = np.array([0.0, 0.2, 0.9])
    found = _benefits(effect, 200.0, PILL_SIZE_DEPRESSION=people)["benefit_depression"]
    assert found == pytest.approx(people * (1.0 - math.exp(-2.0)))
    times = np.array([0.0, 100.0, 200.0])
    assert _benefits(effect, times)["benefit_depression"] == pytest.approx(0.2 * (1.0 - np.exp(-times / 100.0)))
    assert np.shape(_benefits(compose(None, (), ("depression",)), times)["benefit_depression"]) == (3,)


def test_derivatives_pass_through() -> None:
    jax = pytest.importorskip("jax")
    effect = compose(PILL, (TALK,), ("depression",))
    slope = jax.grad(lambda time_h: _benefits(effect, time_h)["benefit_depression"])(200.0)
    step = [float(_benefits(effect, at)["benefit_depression"]) for at in (199.9, 200.1)]
    assert float(slope) == pytest.approx((step[1] - step[0]) / 0.2, rel=1e-3)


fractions = st.floats(0.0, 1.0)
onsets = st.floats(1.0, 5000.0)


@given(
    given_=st.lists(st.tuples(fractions, fractions, onsets), max_size=4),
    times=st.tuples(st.floats(0.0, 9000.0), st.floats(0.0, 9000.0)),
)
def test_benefit_is_a_fraction_that_grows_and_more_treatment_is_never_less(
    given_: list[tuple[float, float, float]], times: tuple[float, float]
) -> None:
    treatments = tuple(_treatment(f"t{index}", *numbers) for index, numbers in enumerate(given_))
    early, late = sorted(times)
    for outcome in BOTH:
        name = f"benefit_{outcome}"
        whole, fewer = compose(None, treatments, (outcome,)), compose(None, treatments[1:], (outcome,))
        before, after = (float(_benefits(whole, at)[name]) for at in (early, late))
        assert 0.0 <= before <= after + 1e-12
        assert after <= 1.0
        assert float(_benefits(fewer, late)[name]) <= after + 1e-12


@given(treatments=st.permutations([PILL, TALK, _treatment("rest", 0.5, 0.6, 10.0)]))
def test_order_does_not_matter(treatments: list[Comparator]) -> None:
    found = _benefits(compose(treatments[0], tuple(treatments[1:]), ("depression",)), 150.0)["benefit_depression"]
    expected = _benefits(compose(None, tuple(sorted(treatments, key=lambda one: one.name)), ("depression",)), 150.0)
    assert found == pytest.approx(expected["benefit_depression"])


@given(share=fractions, time_h=st.floats(-10.0, 9000.0))
def test_shared_courses_stay_between_zero_and_one(share: float, time_h: float) -> None:
    p = Values(SHARE=share, ONSET=8.0, ONSET_later=240.0)
    for course in (at_once, rising, in_two_parts):
        assert 0.0 <= course(p, time_h) <= 1.0
        assert course(p, time_h) <= course(p, time_h + 1.0) + 1e-12


def test_two_parts_with_all_in_the_first_are_one() -> None:
    p = Values(SHARE=1.0, ONSET=8.0, ONSET_later=240.0)
    assert in_two_parts(p, 20.0) == rising(p, 20.0)
