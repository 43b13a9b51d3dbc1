"""Every error as an answer: its status, and the field of the question that it belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from kinetamine.errors import KinetamineError, MissingExtraError, RowError, SolverError
from kinetamine.web.problems import problem_of
from kinetamine.web.simulations import DOORS
from web.served import IV


def problem(door: str, given: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(KinetamineError) as error:
        DOORS[door](given, lambda _event, _data: None)
    return problem_of(error.value)


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"person": {"weight_kg": 700}}, "person.weight_kg"),
        ({"person": {}}, "person.weight_kg"),
        ({"person": {"weigth_kg": 70}}, "person.weigth_kg"),
        ({"person": {"weight_kg": 70, "comedication": ["aspirin"]}}, "person.comedication"),
        ({"person": {"weight_kg": 70, "hepatic": "bad"}}, "person.hepatic"),
        ({"person": 3}, "person"),
        ({"regimen": "0.5 mg/kgg iv"}, "regimen"),
        ({"regimen": "90000 mg iv over 40 min"}, "regimen"),
        ({"regimen": "0.5 mg/kg iv, twelve times"}, "regimen"),
        ({"regimen": 3}, "regimen"),
        ({"regimn": "x"}, "regimn"),
        ({"model": "kamp"}, "model"),
        ({"model": None}, "model"),
        ({"effects": ["dissociated"]}, "effects"),
        ({"outcomes": "depression"}, "outcomes"),
        ({"mechanism": "magic"}, "mechanism"),
        ({"mechanism": {"disinhibition": 2}}, "mechanism"),
        ({"comparator": "sugar"}, "comparator"),
        ({"background": ["midazolam"]}, "background"),
        ({"follow_up_days": 1000}, "follow_up_days"),
        ({"people": 3}, "people"),
        ({"seed": -1}, "seed"),
        ({"engine": "warp"}, "engine"),
        ({"parameters": {"CL": -3}}, "parameters.CL"),
        ({"parameters": {"depression": {"EFFICACY": 1e9}}}, "parameters.depression.EFFICACY"),
        ({"parameters": {"depression": {"NONE": 1}}}, "parameters"),
        ({"person": {"weight_kg": 70, "age_y": 5}}, "outside"),
    ],
)
def test_of_a_course(changed: dict[str, Any], at: str) -> None:
    found = problem("simulate", IV | changed)
    assert (found["at"], found["status"]) == (at, 422)
    assert found["message"]


@pytest.mark.parametrize(
    ("door", "changed", "at"),
    [
        ("compare", {"models": ["kamp"]}, "model"),
        ("compare", {"models": "kamp_2020"}, "models"),
        ("compare", {"person": {}}, "person.weight_kg"),
        ("compare", {"parameters": {"CLL": 80}}, "parameters"),
        ("export", {"format": "pdf"}, "format"),
        ("export", {"format": "nonmem", "outputs": ["mood"]}, "outputs"),
        ("predict", {"n": 0}, "n"),
        ("predict", {"n": True}, "n"),
        ("predict", {"level": 2}, "level"),
        ("predict", {"days": []}, "days"),
        ("predict", {"days": ["soon"]}, "days"),
        ("predict", {"against": "sugar"}, "comparator"),
        ("population", {"people": 100_001}, "people"),
        ("population", {"people": "many"}, "people"),
        ("population", {"population": "everybody"}, "population"),
        ("population", {"thresholds": {"mood": 3}}, "outputs"),
        ("population", {"exposure_response": [["one"]]}, "exposure_response"),
        ("population", {"exposure_response": [["one", "other"]]}, "exposure_response"),
        ("population", {"bins": 1}, "bins"),
        ("population", {"draws": 1}, "draws"),
        ("sensitivity", {"vary": ["CL", "CL"]}, "vary"),
        ("sensitivity", {"target": ["mood"]}, "target"),
        ("sensitivity", {"samples": 3}, "samples"),
        ("sensitivity", {"method": "guess"}, "method"),
    ],
)
def test_of_other_questions(door: str, changed: dict[str, Any], at: str) -> None:
    assert problem(door, IV | changed)["at"] == at


@pytest.mark.parametrize(
    ("door", "given", "at"),
    [
        ("models", {"kind": "drugs"}, "kind"),
        ("show", {"name": "kamp"}, "name"),
        ("show", {}, "name"),
        ("cite", {"names": ["kamp"]}, "name"),
        ("hypotheses", {"mechanisms": ["magic"]}, "mechanism"),
        ("hypotheses", {"findings": ["magic"]}, "findings"),
        ("hypotheses", {"finding": ["magic"]}, "finding"),
        ("validate", {"models": ["kamp"]}, "model"),
    ],
)
def test_of_questions_without_a_course(door: str, given: dict[str, Any], at: str) -> None:
    assert problem(door, given)["at"] == at


def test_what_is_not_wrong_input() -> None:
    assert problem_of(MissingExtraError("interop", "SBML"))["status"] == 501
    assert problem_of(SolverError("too stiff"))["status"] == 422
    assert problem_of(RowError(3, "AMT", -1, "0 or more"))["row"] == 3
