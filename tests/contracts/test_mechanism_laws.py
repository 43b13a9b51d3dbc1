"""Laws over every mechanism, over the chain that they share, and over what outcomes make of their relief."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contracts.laws import Entry, each, entries, estimates, hold
from contracts.vocabulary import DRIVER, PARAMETER, UNIT
from kinetamine import catalogue
from kinetamine.course import Course, simulate
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.person import Person
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import KinetamineError
from kinetamine.library.chain import CHAIN
from kinetamine.treatment import Shares

MECHANISMS = entries("mechanisms")
CHAINED = tuple(entry.name for entry in MECHANISMS if entry.held.curve is None)
OUTCOMES = catalogue.names("outcomes")
SCORED = tuple(name for name in OUTCOMES if "EFFICACY" in catalogue.load("outcomes", name).parameters)
"""Outcomes with a part of the drug's own that can be switched off."""
TALKING = entries("mechanisms", "comparators")


def course(mechanism: Shares | str, words: str = "0.5 mg/kg iv over 40 min", **more: Any) -> Trajectory:
    """One dose and a week, past what was studied if need be."""
    given: dict[str, Any] = {"effects": (), "people": 0, "times_h": (2.0, 24.0, 168.0), "outside": True, **more}
    return simulate(
        Course(regimen=words, person=Person(weight_kg=70.0), mechanism=mechanism, **given)  # type: ignore[arg-type]
    )


@each(TALKING)
def test_evidence_is_a_sentence_with_a_source(case: Entry) -> None:
    hold(_told(case), case)


def _told(case: Entry) -> Iterator[str]:
    for one in case.held.evidence:
        if one.source not in case.held.references:
            yield f"{one.source.key} is not among the references"
        if one.grade not in Grade or not re.fullmatch(r"\S.*\.", one.text):
            yield f"no sentence or grade: {one.text!r}"


@each(MECHANISMS)
def test_evidence_speaks_for_and_against(case: Entry) -> None:
    hold(_onesided(case), case)


def _onesided(case: Entry) -> Iterator[str]:
    for supports in (True, False):
        if not any(one.supports is supports for one in case.held.evidence):
            yield f"nothing {'for' if supports else 'against'} it"


@each(MECHANISMS)
def test_the_parts_of_a_mechanism_fit(case: Entry) -> None:
    hold(_misfits(case), case)


def _misfits(case: Entry) -> Iterator[str]:
    held: Mechanism = case.held
    ways = [one for one in (held.drive, held.circuit, held.curve) if one is not None]
    if not ways:
        yield "does nothing"
    if held.curve is not None and len(ways) > 1:
        yield "a curve and a drive"
    yield from (f"driver {name}" for name in held.drivers if not DRIVER.fullmatch(name))
    yield from (f"variability of {name}" for name in held.variability if name not in held.parameters)
    if held.curve is None:
        yield from (f"state {name} is the chain's" for name in set(held.initial) & set(CHAIN.initial))
        yield from (f"{name} is the chain's" for name in set(held.parameters) & set(CHAIN.parameters))


def test_a_name_means_one_thing_in_all_mechanisms() -> None:
    """Those of a mixture share one space of names; the curve stands alone."""
    held = [catalogue.load("mechanisms", name) for name in CHAINED]
    shared = [
        f"{name} in {one.name} and {other.name}"
        for one, other in combinations(held, 2)
        for name in {*one.parameters, *one.initial} & {*other.parameters, *other.initial}
        if name not in one.parameters or one.parameters[name] != other.parameters.get(name)
    ]
    assert shared == []


def test_every_number_of_the_chain_has_a_source_a_unit_and_a_name() -> None:
    assert list(_unsourced(CHAIN)) == []
    assert set(CHAIN.switches) <= set(CHAIN.parameters)


def _unsourced(held: Any) -> Iterator[str]:
    yield from (name for name in held.parameters if not PARAMETER.fullmatch(name))
    for where, one in estimates(held):
        if one.source not in held.references or not one.where.strip() or not one.note or not UNIT.fullmatch(one.unit):
            yield where


MG_PER_KG = (0.01, 0.5, 5.0)


@pytest.mark.parametrize("mg_per_kg", MG_PER_KG)
@pytest.mark.parametrize("name", [entry.name for entry in MECHANISMS])
def test_a_dose_moves_relief_within_its_range(name: str, mg_per_kg: float) -> None:
    relief = course(name, f"{mg_per_kg:g} mg/kg iv over 40 min")["relief"].typical
    assert 0.0 < relief.max() < 1.0
    assert relief.min() >= 0.0


@given(
    parts=st.lists(st.floats(0.0, 1.0), min_size=len(CHAINED), max_size=len(CHAINED)),
    mg_per_kg=st.floats(0.01, 5.0),
    minutes=st.integers(1, 120),
)
@settings(max_examples=5)
@pytest.mark.slow
def test_any_mixture_keeps_relief_within_its_range(parts: list[float], mg_per_kg: float, minutes: int) -> None:
    assume(sum(parts) > 1e-3)
    shares = tuple((name, part / sum(parts)) for name, part in zip(CHAINED, parts, strict=True))
    relief = course(shares, f"{mg_per_kg:g} mg/kg iv over {minutes} min")["relief"].typical
    assert 0.0 <= relief.min() <= relief.max() < 1.0


@pytest.mark.parametrize("name", SCORED)
def test_without_efficacy_only_the_nonspecific_part_is_left(name: str) -> None:
    words = "100 mg iv over 10 h" if name == "chronic_pain" else "0.5 mg/kg iv over 40 min"
    found = course("disinhibition", words, outcomes=(name,), parameters=((f"{name}.EFFICACY", 0.0),))
    scale = next(one for one in catalogue.load("outcomes", name).readouts if f"{one.name}_drug" in found.series).name
    baseline = found[scale].typical + found[f"{scale}_nonspecific"].typical
    assert found[f"{scale}_drug"].typical == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    assert found[f"{scale}_nonspecific"].typical.min() > 0.0
    assert baseline == pytest.approx([baseline[0]] * 3, rel=1e-9)


@pytest.mark.parametrize("outcome", OUTCOMES)
@each(entries("comparators"))
def test_a_comparator_runs_for_what_it_has_a_size_for(case: Entry, outcome: str) -> None:
    """And is refused in words for all else; a relapse follows what is done for depression."""
    about = {name.removeprefix("benefit_") for name in catalogue.load("outcomes", outcome).inputs if "benefit_" in name}
    run = Course(
        regimen="0.5 mg/kg iv over 40 min, once weekly for 2 weeks",  # type: ignore[arg-type]
        person=Person(weight_kg=70.0),
        comparator=case.name,
        follow_up_days=1.0,
        effects=(),
        outcomes=(outcome,),
        people=0,
        times_h=(0.0, 24.0, 168.0),
    )
    if about <= set(case.held.sizes):
        found = simulate(run)
        assert all(one.is_finite for one in found)
        assert found["relief"].typical.max() == 0.0 if "relief" in found.series else True
    else:
        with pytest.raises(KinetamineError, match=f"{case.name} has a size for"):
            simulate(run)


BROKEN = next(entry for entry in MECHANISMS if entry.name == "disinhibition")
EEF2K = catalogue.load("mechanisms", "eef2k")
SAID = BROKEN.held.evidence[0]
STRANGER = replace(SAID, source=EEF2K.references[0])


@pytest.mark.parametrize(
    ("law", "changed"),
    [
        (_told, {"evidence": (STRANGER,)}),
        (_told, {"evidence": (Evidence("no sentence", SAID.source, supports=True, grade=Grade.LOW),)}),
        (_onesided, {"evidence": (SAID,)}),
        (_misfits, {"drive": None}),
        (_misfits, {"curve": lambda _x, _c, _p: 0.0}),
        (_misfits, {"drivers": ("ketamine",)}),
        (_misfits, {"initial": {"bdnf": 1.0}}),
        (_misfits, {"parameters": {"T_BDNF": EEF2K.parameters["T_EEF"]}}),
        (_misfits, {"variability": {"EEF50": None}}),
    ],
)
def test_a_law_over_mechanisms_can_fail(law: Any, changed: dict[str, Any]) -> None:
    assert list(law(BROKEN._replace(held=replace(BROKEN.held, **changed))))


def test_the_law_over_the_chain_can_fail() -> None:
    assert list(_unsourced(replace(CHAIN, references=())))
