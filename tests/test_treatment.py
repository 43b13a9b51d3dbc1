"""From names to a chain of effects: what is refused, what is offered instead, and what follows from what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kinetamine import catalogue
from kinetamine.course import Course, from_mapping, simulate
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, InputError, OutsideStudiedRangeError, UnknownNameError
from kinetamine.treatment import DEFAULT_MECHANISM, chain_of_effects, parse_mechanism, shares_of

INFUSION = "0.5 mg/kg iv over 40 min"
TWICE = "0.5 mg/kg iv over 40 min, once weekly for 2 weeks"


def course(words: str | None = INFUSION, **more: Any) -> Course:
    """A course of depression without virtual people."""
    given: dict[str, Any] = {"people": 0, "effects": (), "follow_up_days": 7.0, **more}
    return Course(regimen=words, person=Person(weight_kg=70.0), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "shares"),
    [
        ("disinhibition", (("disinhibition", 1.0),)),
        (" disinhibition = 0.8 , habenula=0.2", (("disinhibition", 0.8), ("habenula", 0.2))),
        ({"eef2k": 1}, (("eef2k", 1.0),)),
        ([["eef2k", 0.5], ("habenula", 0.5)], (("eef2k", 0.5), ("habenula", 0.5))),
        (DEFAULT_MECHANISM, DEFAULT_MECHANISM),
    ],
)
def test_shares_can_be_given_in_many_ways(given: object, shares: object) -> None:
    assert shares_of(given) == shares


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("disinhibtion", "mechanism: given 'disinhibtion', .*did you mean disinhibition"),
        ("habenula=0.5,disinhibiton=0.5", "did you mean disinhibition"),
        ("disinhibition=much", "a share for each"),
        ("disinhibition,habenula", "a share for each"),
        (3, "a name, or names with shares"),
        ({"disinhibition": "1"}, "names with shares"),
        ({"disinhibition": True}, "names with shares"),
        ([("disinhibition",)], "names with shares"),
    ],
)
def test_shares_that_cannot_be_read_are_refused(given: object, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        shares_of(given)
    with pytest.raises(InputError, match=sentence):
        course(mechanism=given)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("disinhibition=0.5,habenula=0.4", "shares that sum to 1, not 0.9"),
        ("disinhibition=1.5,habenula=-0.5", "each with a share of 0 to 1"),
        ("disinhibition=nan", "each with a share of 0 to 1"),
        ("disinhibition=0.5,disinhibition=0.5", "each mechanism once"),
        ("empirical=0.5,disinhibition=0.5", "empirical alone"),
        ("", "at least one mechanism"),
        ({}, "at least one mechanism"),
    ],
)
def test_shares_that_do_not_fit_are_refused(given: object, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence):
        simulate(course(mechanism=given))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("mechanism.RAPAMYCIN", 1.5, r"mechanism.RAPAMYCIN: given 1.5, expected 0 \(as it is\) to 1"),
        ("mechanism.AMPA_BLOCK", -0.1, "mechanism.AMPA_BLOCK: given -0.1"),
        ("mechanism.RAPAMICIN", 1.0, "did you mean RAPAMYCIN"),
        ("mechanism.MEMANTINE", -1.0, "mechanism.MEMANTINE: given -1.0, expected 0 to 1000"),
        ("mechanism.T_POT", 0.0, "mechanism.T_POT: given 0.0, expected 0.124 to 202000 h"),
        ("mechanism.SHARE_HABENULA", 0.9, "shares where the mechanism is named"),
        ("mechanism.STRENGTH_HNK", 2.0, "parameter of mechanism: given 'STRENGTH_HNK'"),
        ("mechanism.GAIN", 2.0, "parameter of mechanism: given 'GAIN'"),
        ("mechanisms.RAPAMYCIN", 1.0, "did you mean mechanism"),
        ("expectancy.CONVICTON", 1.0, "did you mean CONVICTION"),
    ],
)
def test_numbers_that_the_chain_does_not_have_are_refused(name: str, value: float, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        simulate(course(parameters=((name, value),)))


def test_the_curve_knows_no_switch() -> None:
    with pytest.raises(UnknownNameError, match="parameter of mechanism: given 'RAPAMYCIN'"):
        simulate(course(mechanism="empirical", parameters=(("mechanism.RAPAMYCIN", 1.0),)))


def test_treatments_that_nobody_knows_are_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean midazolam"):
        simulate(course(comparator="midazolan"))
    with pytest.raises(UnknownNameError, match="did you mean ssri"):
        simulate(course(background=("sssri",)))
    with pytest.raises(FieldError, match="treatment: given 'ssri', expected each treatment once"):
        simulate(course(comparator="ssri", background=("ssri",)))


def test_a_session_cannot_be_given_beside_another() -> None:
    with pytest.raises(
        FieldError, match="background: given 'midazolam', expected a treatment with a course of its own"
    ):
        simulate(course(background=("midazolam",)))


def test_what_is_not_given_or_does_nothing_is_said() -> None:
    idle = course(mechanism="habenula", parameters=(("mechanism.NALTREXONE", 1.0), ("mechanism.AMPA_BLOCK", 0.0)))
    assert "mechanism: NALTREXONE acts on nothing in habenula." in idle.warnings()
    acting = course(mechanism="opioid_gate", parameters=(("mechanism.NALTREXONE", 1.0),))
    assert not [one for one in acting.warnings() if "acts on nothing" in one]
    assert any("nothing of the regimen is given" in one for one in course(comparator="ssri").warnings())
    assert any("no trial gave them together" in one for one in course(background=("ssri", "psychotherapy")).warnings())


def test_a_number_is_set_once() -> None:
    with pytest.raises(FieldError, match=r"mechanism\.RAPAMYCIN: given 'more than one value', expected one"):
        course(parameters=(("mechanism.RAPAMYCIN", 1.0), ("mechanism.RAPAMYCIN", 0.0)))


@pytest.mark.parametrize(("outcome", "readout"), [("ptsd", "caps5"), ("chronic_pain", "pain_nrs")])
def test_saline_persuades_in_ptsd_and_pain(outcome: str, readout: str) -> None:
    """Abdallah 2022: no difference to saline; Sigtermans 2009: its saline arm by itself. In depression it does not."""
    asked = course(comparator="placebo", outcomes=(outcome, "depression"), effects=())
    found = simulate(asked)
    midazolam = simulate(replace(asked, comparator="midazolam"))
    fall = {one: 1.0 - found[one].typical.min() / found[one].typical[0] for one in (readout, "madrs")}
    other = {one: 1.0 - midazolam[one].typical.min() / midazolam[one].typical[0] for one in fall}
    assert fall[readout] == pytest.approx(other[readout], rel=0.1)
    assert fall["madrs"] < 0.5 * other["madrs"]


def test_a_session_needs_a_regimen_to_stand_in() -> None:
    with pytest.raises(FieldError, match="the sessions that midazolam is given at"):
        course(None, comparator="midazolam")
    with pytest.raises(FieldError, match="doses: either a regimen or an event table, or else a comparator"):
        course(None)
    assert simulate(course(None, comparator="ssri"))["madrs"].typical[-1] < 33.0


def test_a_treatment_is_not_followed_longer_than_it_was_studied() -> None:
    days = catalogue.load("comparators", "ssri").days[1]
    with pytest.raises(OutsideStudiedRangeError, match=f"ssri for .* days .studied: {days:g}"):
        simulate(course(None, comparator="ssri", follow_up_days=days + 1.0))
    stamped = simulate(course(None, comparator="ssri", follow_up_days=days + 1.0, outside=True))
    assert "ssri" in stamped.warnings[0]


def test_an_outcome_that_a_treatment_knows_nothing_of_is_refused() -> None:
    held = catalogue.load("comparators", "ect")
    strange = next(name for name in ("chronic_pain", "ptsd", "anxiety") if name not in held.sizes)
    with pytest.raises(FieldError, match=f"an outcome that ect has a size for: {', '.join(sorted(held.sizes))}"):
        simulate(course(None, comparator="ect", outcomes=(strange,)))


def test_conviction_is_the_comparators_unless_it_is_set() -> None:
    own = catalogue.load("comparators", "midazolam").parameters["CONVICTION"].value
    ketamine, midazolam, told = (
        simulate(course(comparator=name, parameters=numbers))
        for name, numbers in ((None, ()), ("midazolam", ()), ("midazolam", (("expectancy.CONVICTION", 1.0),)))
    )
    assert midazolam.at("belief", 24.0) == pytest.approx(own * ketamine.at("belief", 24.0), rel=1e-6)
    assert told.at("belief", 24.0) == pytest.approx(ketamine.at("belief", 24.0), rel=1e-6)


def test_a_comparator_takes_ketamines_place_and_not_its_sessions() -> None:
    one = course(TWICE, comparator="midazolam")
    found = simulate(one)
    assert one.problem().sessions_h == course(TWICE).problem().sessions_h
    assert found["ketamine_venous"].typical.max() == found["relief"].typical.max() == 0.0
    assert found.at("belief", 169.5) > found.at("belief", 24.0)


def test_what_is_given_beside_ketamine_adds_to_it() -> None:
    alone, beside = (simulate(course(background=names)) for names in ((), ("ssri",)))
    assert beside["relief"].typical == pytest.approx(alone["relief"].typical, rel=1e-6)
    assert beside["madrs"].typical[-1] < alone["madrs"].typical[-1]


def test_a_treatment_of_its_own_course_meets_people_as_often_as_it_says() -> None:
    every = catalogue.load("comparators", "ssri").contacts_h
    contacts = course(None, comparator="ssri", follow_up_days=28.0).contacts
    assert contacts is not None
    assert [begin for begin, _ in contacts] == [every * count for count in range(len(contacts))]
    assert 28.0 * 24.0 - every <= contacts[-1][0] <= 28.0 * 24.0
    assert simulate(course(None, comparator="ssri", follow_up_days=28.0))["belief"].typical[-1] > 0.0


def test_a_masked_trial_has_two_equal_arms() -> None:
    """Lii 2023: without a part of the drug's own, saline in the same sessions does the same."""
    numbers = (("depression.EFFICACY", 0.0), ("depression.EXPECTANCY", 3.5), ("expectancy.CONVICTION", 1.0))
    ketamine, saline = (simulate(course(comparator=name, parameters=numbers)) for name in (None, "placebo"))
    assert saline.at("madrs", 24.0) == pytest.approx(ketamine.at("madrs", 24.0), rel=1e-6)


def test_the_order_is_that_of_the_chain_and_nothing_is_there_twice() -> None:
    mechanism = parse_mechanism("dissociation_mediated=0.5,disinhibition=0.5")
    names = [one.name for one in chain_of_effects(("dissociation",), ("depression", "anxiety"), mechanism)]
    assert len(set(names)) == len(names)
    for before, after in (("nmda_occupancy", "mechanism"), ("dissociation", "mechanism"), ("mechanism", "depression")):
        assert names.index(before) < names.index(after)
    assert chain_of_effects(("sedation",), (), DEFAULT_MECHANISM)[0].name == "sedation"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"regimen": INFUSION, "mechanism": 3}, "mechanism: given 3"),
        ({"regimen": INFUSION, "mechanism": {"habenule": 1.0}}, "did you mean habenula"),
        ({"regimen": INFUSION, "comparator": 3}, "comparator: given 3"),
        ({"regimen": INFUSION, "background": "ssri"}, "background: given 'ssri'"),
        ({"regimen": INFUSION, "background": ["ssri", "ssri"]}, "each name once"),
        ({"regimen": INFUSION, "comparitor": "ssri"}, "did you mean comparator"),
    ],
)
def test_each_bad_key_of_a_file_gets_one_sentence(content: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        from_mapping(content)
