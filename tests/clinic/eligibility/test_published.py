"""The published rules reach every treatment that somebody can be enrolled for."""

from __future__ import annotations

from itertools import product

import pytest

from clinic.eligibility.test_assess import AT, HEALTHY
from kinetamine.clinic.care.enrolment import FORMS, ROUTE_NAMES, USES
from kinetamine.clinic.eligibility.assess import Outcome, assess
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.rules import Grade, Treatment, Use
from kinetamine.engine.events import Form

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
