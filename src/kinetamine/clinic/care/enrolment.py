"""A person in a programme: which treatment, for what, since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kinetamine.clinic.access import Records
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.records import Enrolment, Person
from kinetamine.clinic.signature import require_words
from kinetamine.engine.dose import ROUTES
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

OPEN, ENDED = "open", "ended"
FORMS = tuple(one.value for one in Form)
ROUTE_NAMES = tuple(ROUTES)
USES = tuple(one.value for one in Use)


def enrol(records: Records, person_id: str, treatment: Treatment, programme: str, started_at: datetime) -> Enrolment:
    """Somebody begins.

    Raises:
        FieldError: they are enrolled for this treatment already.
        Refusal: there is no such person, or the role does not allow it.
    """
    records.get(Person, person_id)
    for one in of(records, person_id):
        if one.state == OPEN and treatment_of(one) == treatment:
            raise FieldError("use", treatment.use.value, "another treatment: for this one they are enrolled already")
    return records.add(
        Enrolment(
            person_id=person_id,
            condition=treatment.use.value,
            programme=require_words("programme", programme),
            state=OPEN,
            eligibility={"treatment": treatment_json(treatment)},
            started_at=started_at,
        )
    )


def of(records: Records, person_id: str) -> list[Enrolment]:
    """Every enrolment of a person, the latest first."""
    return sorted(records.find(Enrolment, person_id=person_id), key=lambda one: one.started_at, reverse=True)


def end(records: Records, enrolment_id: str, version: int, why: str, at: datetime) -> Enrolment:
    """Nothing more is planned under it; what was done stays.

    Raises:
        FieldError: it has ended already, or no reason is given.
    """
    if records.get(Enrolment, enrolment_id).state == ENDED:
        raise FieldError("why", why, "an enrolment that has not ended")
    require_words("why", why)
    return records.change(Enrolment, enrolment_id, version, why, state=ENDED, ended_at=at)


def treatment_of(enrolment: Enrolment) -> Treatment | None:
    """What it is for; None where another program wrote it and did not say."""
    return treatment_from(enrolment.eligibility.get("treatment"))


def require_treatment(enrolment: Enrolment) -> Treatment:
    """What it is for.

    Raises:
        FieldError: another program wrote it, and did not say.
    """
    found = treatment_of(enrolment)
    if found is None:
        raise FieldError("treatment", None, "an enrolment that says for which treatment it is")
    return found


def treatment_json(treatment: Treatment) -> dict[str, str]:
    """As plain values."""
    return {"form": treatment.form.value, "route": treatment.route, "use": treatment.use.value}


def treatment_from(held: Mapping[str, Any] | None) -> Treatment | None:
    """From plain values."""
    if not held:
        return None
    return Treatment(form=Form(held["form"]), route=held["route"], use=Use(held["use"]))
