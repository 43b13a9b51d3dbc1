"""The published rules reach every treatment that somebody can be enrolled for."""

from __future__ import annotations

from itertools import product

import pytest

from clinic.eligibility.test_assess import AT, HEALTHY
from kinetamine.clinic.care.enrolment import FORMS, ROUTE_NAMES, USES
from kinetamine.clinic.eligibility.assess import Outcome, assess
from kinetamine.clinic.eligibility.conditions import Above, Below, leaves
from kinetamine.clinic.eligibility.facts import Facts
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.rules import Grade, Rule, Treatment, Use
from kinetamine.engine.events import Form
from kinetamine.engine.model import Provenance

TREATMENTS = [
    Treatment(form=Form(form), route=route, use=Use(use)) for form, route, use in product(FORMS, ROUTE_NAMES, USES)
]
HAZARDS = ("aneurysm", "arteriovenous_malformation", "intracerebral_haemorrhage", "hypersensitivity")


@pytest.mark.parametrize("hazard", HAZARDS)
@pytest.mark.parametrize("form", FORMS)
def test_a_hazard_is_a_contraindication_of_every_treatment(form: str, hazard: str) -> None:
    unanswered = {name: answer for name, answer in HEALTHY.items() if name != hazard}
    for route, use in product(ROUTE_NAMES, USES):
        treatment = Treatment(form=Form(form), route=route, use=Use(use))
        (one,) = assess(unanswered | {hazard: True}, PUBLISHED, treatment, AT).to_decide
        assert (one.outcome, one.rule.grade) == (Outcome.MET, Grade.CONTRAINDICATED), treatment
        (one,) = assess(unanswered, PUBLISHED, treatment, AT).to_decide
        assert (one.outcome, one.rule.grade) == (Outcome.NOT_KNOWN, Grade.CONTRAINDICATED), treatment


def test_what_is_taken_over_from_another_molecules_label_says_so() -> None:
    arketamine = [one for one in PUBLISHED.rules if Form.ARKETAMINE in one.applies.forms]
    assert len(arketamine) == len(HAZARDS)
    assert all("taken over for arketamine" in one.basis.note for one in arketamine)


def met_by(rule: Rule) -> Facts:
    """What meets it, in somebody of whom nothing else is to be said."""
    limits = {Above: 1.0, Below: -1.0}
    met: Facts = {
        leaf.fact: leaf.limit.value + limits[type(leaf)] if isinstance(leaf, Above | Below) else leaf.answer
        for leaf in leaves(rule.when)
    }
    return {**HEALTHY, **met}


@pytest.mark.parametrize("rule", PUBLISHED.rules, ids=lambda one: one.name)
def test_an_answer_that_some_rule_asks_for_is_open_for_every_treatment(rule: Rule) -> None:
    facts = met_by(rule)
    for treatment in TREATMENTS:
        found = assess(facts, PUBLISHED, treatment, AT).to_decide
        assert all(set(leaves(one.rule.when)) & set(leaves(rule.when)) for one in found), treatment
        judged = [one.rule for one in found if one.outcome is Outcome.MET]
        if judged:
            assert [(one.rule, one.grade) for one in found] == [(one, one.grade) for one in judged], treatment
        else:
            (one,) = found
            assert (bool(one.unjudged), one.grade) == (True, Grade.DECIDE), treatment


@pytest.mark.parametrize("route", ["sublingual", "oral", "intranasal", "rectal"])
def test_what_holds_of_an_infusion_of_the_racemate_holds_of_its_other_routes(route: str) -> None:
    treatment = Treatment(form=Form.RACEMIC, route=route, use=Use.PAIN)
    known: Facts = {"poorly_controlled_heart_disease": True, "raised_intracranial_pressure": True, "hepatic": "severe"}
    found = assess({**HEALTHY, **known}, PUBLISHED, treatment, AT).to_decide
    assert [(one.rule.name, one.rule.grade) for one in found] == [
        ("poorly_controlled_heart_disease_racemic", Grade.CONTRAINDICATED),
        ("hepatic_severe_racemic", Grade.DECIDE),
        ("raised_pressures_racemic", Grade.DECIDE),
    ]
    assert {one.rule.basis.provenance for one in found} == {Provenance.DERIVED}
