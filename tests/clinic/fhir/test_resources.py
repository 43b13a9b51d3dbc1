"""Every resource of any record is as FHIR R4 has been published, for two readers that share no code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.fhir import made
from clinic.fhir.published import by_definition, by_fhircraft, by_fhirkit
from clinic.world import START
from kinetamine.clinic.care.interop import of_session
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.fhir import (
    audit_event,
    bundle,
    consent,
    eligibility,
    encounter,
    order,
    organization,
    patient,
    prediction,
    provenance,
    score,
    task,
)
from kinetamine.clinic.fhir.pieces import Resource
from kinetamine.clinic.records import Enrolment, Order

LENIENT = {"no such resource", "a text for a number"}
"""What the third reader is not asked, or takes: it reads a number from a text."""
quick = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def _session(drawn: tuple[Any, Any], planned: Order) -> Iterable[Resource]:
    session, rows = drawn
    predicted = prediction.assessment(session)
    return [*of_session(session, rows, planned), encounter.encounter(session), *([predicted] if predicted else [])]


DRAWN: dict[str, st.SearchStrategy[Iterable[Resource]]] = {
    "patient": made.people.map(lambda one: [patient.patient(one)]),
    "organization": made.clinics.map(lambda one: [organization.organization(one)]),
    "staff": made.users.map(organization.staff),
    "consent": made.consents.map(lambda one: [consent.consent(one)]),
    "order": made.orders.map(lambda one: [order.request(one, one.state)]),
    "session": st.builds(_session, made.courses(), made.orders),
    "task": made.tasks.map(lambda one: [task.task(one)]),
    "scores": st.lists(made.scores, max_size=3).map(score.scores),
    "signatures": st.lists(made.signatures, max_size=4).map(provenance.provenance),
    "eligibility": made.enrolments.map(lambda one: [*eligibility.response(one), *eligibility.issues(one)]),
    "audit": made.rows.map(lambda one: [audit_event.audit_event(one)]),
}
WRONG: dict[str, Resource] = {
    "nothing that is required": {"resourceType": "Observation", "id": "a"},
    "an element that is not there": {"resourceType": "Patient", "id": "a", "shoeSize": 43},
    "a text for a number": {
        "resourceType": "Observation",
        "id": "a",
        "status": "final",
        "code": {"text": "x"},
        "valueQuantity": {"value": "120"},
    },
    "one where many are expected": {"resourceType": "Patient", "id": "a", "name": {"text": "x"}},
    "a day that is none": {"resourceType": "Patient", "id": "a", "birthDate": "1980-13-02"},
    "two values at once": {
        "resourceType": "Observation",
        "id": "a",
        "status": "final",
        "code": {"text": "x"},
        "valueInteger": 1,
        "valueString": "1",
    },
    "no such resource": {"resourceType": "Ketamine", "id": "a"},
}


@pytest.mark.parametrize("kind", DRAWN)
def test_resources_are_as_published(kind: str) -> None:
    @quick
    @given(DRAWN[kind])
    def hold(found: Iterable[Resource]) -> None:
        for one in found:
            assert by_definition(one) == [], one
            assert by_fhirkit(one) == [], one

    hold()


@pytest.mark.slow
@pytest.mark.parametrize("kind", DRAWN)
def test_invariants_hold(kind: str) -> None:
    @settings(quick, max_examples=10)
    @given(DRAWN[kind])
    def hold(found: Iterable[Resource]) -> None:
        for one in found:
            assert by_fhircraft(one) == [], one

    hold()


def test_an_answer_that_no_rule_judges_is_an_issue_with_the_decision_on_it() -> None:
    given = {"form": "racemic ketamine", "route": "sublingual", "use": "chronic pain"}
    held = {
        "treatment": given,
        "answers": {"mania": True},
        "assessed_at": "2026-03-02T08:00:00+00:00",
        "fingerprint": PUBLISHED.fingerprint,
        "decisions": [{"rule": "mania", "outcome": "switched off", "by": "dr", "at": "2026-03-02T08:05:00+00:00"}],
    }
    enrolment = Enrolment(
        id="e", person_id="p", made_by="dr", started_at=START, eligibility=held, notes='{"mania": "in 2015"}'
    )
    (one,) = [one for one in eligibility.issues(enrolment) if one["code"]["text"] == "mania: decide and record"]
    assert one["severity"] == "moderate"
    assert "no rule here judges it for this treatment" in one["detail"]
    assert one["mitigation"][0]["action"]["text"] == "in 2015"
    assert by_definition(one) == []


@pytest.mark.parametrize("name", WRONG)
def test_both_find_what_is_wrong(name: str) -> None:
    assert by_definition(WRONG[name])
    assert by_fhirkit(WRONG[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", [one for one in WRONG if one not in LENIENT])
def test_the_third_finds_it_too(name: str) -> None:
    assert by_fhircraft(WRONG[name])


@pytest.mark.slow
def test_an_invariant_that_is_broken_is_found() -> None:
    both = {"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "valueInteger": 1}
    assert by_fhircraft(both) == []
    assert "obs-6" in by_fhircraft(both | {"dataAbsentReason": {"text": "x"}})[0]


@quick
@given(st.lists(made.people, max_size=3, unique_by=lambda one: one.id))
def test_bundles_are_as_published(people: list[Any]) -> None:
    found = [patient.patient(one) for one in people]
    page = bundle.searchset(found, len(found), "https://clinic.invalid/fhir", {"self": "https://clinic.invalid/fhir"})
    for one in (bundle.collection(found, made.NOON), page, bundle.outcome(404, "there is none")):
        assert by_definition(one) == []
        assert by_fhirkit(one) == []
