"""Laws over every PK model by every route it was studied with: what holds for any linear kinetics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from contracts.doses import MODELS, STUDIED, Studied, somebody
from contracts.laws import Entry, each, hold, known
from kinetamine.course import Course, simulate
from kinetamine.engine.dose import Dose
from kinetamine.engine.events import Event
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.model import PKModel, Values
from kinetamine.engine.problem import Problem
from kinetamine.engine.regimen import Regimen
from kinetamine.errors import OutsideStudiedRangeError

NOT_PROPORTIONAL = {
    "perez_ruixo_2021 intranasal esketamine": "each further device is absorbed less; one event takes their mean"
}
MORE_OUT_THAN_IN = {
    "pk/kamp_2020": "the arm holds a concentration that follows the blood and takes nothing from it",
}
NO_CLEARANCE = {
    "pk/perez_ruixo_2021": "elimination is a rate constant in the liver compartment, behind its blood flow",
}


@each(STUDIED)
def test_a_dose_changes_every_output_and_none_is_negative(case: Studied) -> None:
    hold(_felt(case), case)


def _felt(case: Studied) -> Iterator[str]:
    for name, curve in case.curves(case.event(case.dose_mg)).items():
        if not np.isfinite(curve).all():
            yield f"{name} is not finite"
        if curve.max() - 0.0 < 1e-3:
            yield f"{name} stays at {curve.max():g} ng/mL"
        if curve.min() < -1e-9 * curve.max():
            yield f"{name} falls to {curve.min():g} ng/mL"


@each(STUDIED)
def test_twice_the_dose_is_twice_the_concentration(case: Studied) -> None:
    hold(_proportional(case), case, NOT_PROPORTIONAL)


def _proportional(case: Studied) -> Iterator[str]:
    once, twice = (case.curves(case.event(factor * case.dose_mg)) for factor in (1.0, 2.0))
    for name, curve in once.items():
        yield from _same(name, 2.0 * curve, twice[name])


@each(STUDIED)
def test_two_doses_add(case: Studied) -> None:
    hold(_added(case), case)


def _added(case: Studied) -> Iterator[str]:
    first, second = case.event(case.dose_mg), case.event(0.7 * case.dose_mg, time_h=3.0)
    one, other, both = case.curves(first), case.curves(second), case.curves(first, second)
    for name, curve in both.items():
        yield from _same(name, one[name] + other[name], curve)


def _same(name: str, expected: np.ndarray, found: np.ndarray) -> Iterator[str]:
    worst = np.abs(expected - found).max() / np.abs(expected).max()
    if worst > 1e-9:
        yield f"{name} differs by {worst:g} of its peak"


@each(MODELS)
def test_nothing_is_made_from_nothing(case: Entry) -> None:
    hold(_conserved(case), case, MORE_OUT_THAN_IN)


def _conserved(case: Entry) -> Iterator[str]:
    """Amounts flow from where they are: off the diagonal nothing is negative, and no column sums above zero."""
    model: PKModel = case.held
    for species in model.species:
        matrix = _kinetics(model, species).system().matrix()[0]
        scale = np.abs(matrix).max()
        for j, source in enumerate(model.compartments):
            outflow = matrix[:, j].sum()
            if outflow > 1e-12 * scale:
                yield f"{source} gives {outflow:g}/h more than it loses"
            yield from (
                f"{sink} loses to {source}" for i, sink in enumerate(model.compartments) if i != j and matrix[i, j] < 0
            )


def test_the_arm_is_the_only_exception() -> None:
    kamp = next(case for case in MODELS if case.name == "kamp_2020")
    hold(_conserved(kamp._replace(held=_without(kamp.held, "arm"))), kamp)


def _without(model: PKModel, compartment: str) -> PKModel:
    """The model with one compartment that does nothing."""

    def rates(a: Values, p: Values) -> dict[str, Any]:
        return {**model.rates(a, p), compartment: 0.0}

    outputs = tuple(one for one in model.outputs if one.name != "ketamine_venous")
    return replace(model, rates=rates, outputs=outputs)


@each(MODELS)
def test_what_was_given_is_in_the_body_or_eliminated(case: Entry) -> None:
    hold(_balanced(case), case)


def _balanced(case: Entry) -> Iterator[str]:
    """Amounts of the parent and all that comes from it, and the integral of what leaves, make the dose."""
    model = _without(case.held, "arm") if str(case) in MORE_OUT_THAN_IN else case.held
    kinetics = _kinetics(model, model.species[0])
    solved = kinetics.solve(np.concatenate((np.arange(0.0, 0.2, 1e-4), np.arange(0.2, 24.0, 1e-2))))
    leaves = -solved.system.matrix()[0].sum(axis=0)
    amounts = np.stack([solved.state(name)[:, 0] for name in solved.system.states])
    eliminated = np.trapezoid(leaves @ amounts, solved.times_h)
    total, given = amounts[:, -1].sum() + eliminated, 100.0 * kinetics.share(kinetics.problem.events[0])
    if abs(total - given) > 1e-3 * given:
        yield f"{given:g} mg given, {total:g} mg accounted for"


@each(MODELS)
def test_dose_over_area_is_the_clearance(case: Entry) -> None:
    hold(_cleared(case), case, NO_CLEARANCE)


def _cleared(case: Entry) -> Iterator[str]:
    """Of ketamine into the blood, for all time: area = C (-A)^-1 b, so dose/area is all of CL, CLF and K10 V1."""
    model: PKModel = case.held
    for species in model.species:
        kinetics = _kinetics(model, species)
        system, p = kinetics.system(), kinetics.parameters(somebody(model))
        clearance = sum(getattr(p, name) * (p.V1 if name.startswith("K") else 1.0) for name in model.clearance)
        given = np.eye(len(system.states))[system.states.index(model.roles["parent"])]
        areas = system.output_matrix()[0] @ np.linalg.solve(-system.matrix()[0], given)
        for output, area in zip(model.outputs, areas, strict=True):
            if output.analyte == "ketamine" and not abs(1.0 / area - clearance) <= 1e-9 * clearance:
                yield f"{output.name}: dose over area {1.0 / area:g} L/h, clearance {clearance:g} L/h"


def _kinetics(model: PKModel, species: str) -> Kinetics:
    """100 mg into the blood at once."""
    dose = Event(time_h=0.0, amount_mg=100.0, form=model.studied.forms[0], compartment=model.roles["parent"])
    return Kinetics(Problem(model=model, events=(dose,), person=somebody(model)), species)


@each(case for case in MODELS if case.held.studied.age_y or case.held.studied.weight_kg)
def test_outside_the_studied_range_it_refuses_or_stamps(case: Entry) -> None:
    studied = case.held.studied
    beyond = {"age_y": 110.0 if studied.age_y and studied.age_y[1] < 110.0 else 0.0, "weight_kg": 400.0}
    person = somebody(case.held).with_covariates(**{name: beyond[name] for name in beyond if getattr(studied, name)})
    dose = Dose(amount=20.0, route=studied.routes[0], form=studied.forms[0])
    course = Course(person=person, regimen=Regimen.of(dose), model=case.name, effects=(), outcomes=(), people=0)
    with pytest.raises(OutsideStudiedRangeError, match="studied"):
        simulate(course)
    stamped = simulate(replace(course, outside=True))
    assert any("OUTSIDE THE STUDIED RANGE" in warning for warning in stamped.warnings)


@each(MODELS)
def test_the_parts_of_a_model_fit(case: Entry) -> None:
    hold(_fitting(case), case)


def _fitting(case: Entry) -> Iterator[str]:
    model: PKModel = case.held
    for species in model.species:
        names = set(model.individual(model.typical(), somebody(model), species))
        yield from (f"clearance {name}" for name in set(model.clearance) - names)
        yield from (f"variability {name}" for name in set(model.variability) - names)
    yield from (f"covariance {pair}" for pair in model.covariance if not set(pair) <= set(model.variability))
    yield from (f"residual {name}" for name in set(model.residual) - {output.name for output in model.outputs})
    yield from (f"role {name}" for name, into in model.roles.items() if into not in model.compartments)
    state = Values(**dict.fromkeys(model.compartments, 1.0))
    parameters = Values(**model.individual(model.typical(), somebody(model), model.species[0]))
    if tuple(model.rates(state, parameters)) != model.compartments:
        yield f"rates of {tuple(model.rates(state, parameters))}"
    if not (model.studied.routes and model.studied.forms and model.studied.population):
        yield "who was studied, with what, by which route?"


def test_quarantine_holds_models_only() -> None:
    known(NOT_PROPORTIONAL, STUDIED)
    known({**MORE_OUT_THAN_IN, **NO_CLEARANCE}, MODELS)


OTTO = next(entry for entry in MODELS if entry.name == "otto_2021")


def _broken(**changes: float) -> Entry:
    """Otto 2021 with a term added to its rates."""

    def rates(a: Values, p: Values) -> dict[str, Any]:
        change: dict[str, Any] = OTTO.held.rates(a, p)
        return change | {name: change[name] + slope * a.central for name, slope in changes.items()}

    return OTTO._replace(held=replace(OTTO.held, rates=rates))


@pytest.mark.parametrize(
    ("law", "broken"),
    [
        (_conserved, _broken(norketamine=9.0)),
        (_conserved, _broken(peripheral2=-9.0)),
        (_cleared, _broken(central=-1.0)),
        (_balanced, OTTO._replace(held=replace(OTTO.held, rates=lambda a, _p: dict.fromkeys(vars(a), 1.0)))),
        (_fitting, OTTO._replace(held=replace(OTTO.held, clearance=("CLEARANCE",)))),
        (_fitting, OTTO._replace(held=replace(OTTO.held, compartments=OTTO.held.compartments[::-1]))),
        (_fitting, OTTO._replace(held=replace(OTTO.held, residual=OTTO.held.parameters))),
    ],
)
def test_a_law_over_models_can_fail(law: Any, broken: Entry) -> None:
    assert list(law(broken))


def _rewired(factor: Any) -> Studied:
    """Otto 2021 into a vein, its concentration changed."""
    outputs = tuple(
        replace(one, mg_per_l=lambda a, p, read=one.mg_per_l: factor(read(a, p))) for one in OTTO.held.outputs
    )
    return Studied(replace(OTTO.held, outputs=outputs), "intravenous", OTTO.held.studied.forms[0])


@pytest.mark.parametrize("factor", [lambda c: 0.0 * c, lambda c: -c])
def test_the_law_of_doses_can_fail(factor: Any) -> None:
    assert list(_felt(_rewired(factor)))


def test_the_law_of_sums_can_fail() -> None:
    assert list(_same("ketamine", np.ones(2), np.ones(2) + 1e-6))
