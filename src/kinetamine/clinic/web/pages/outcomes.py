"""How somebody fares: each scale over time, beside what the model expected; what may be decided on."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import expecting, outcomes, ratings, scores, tasks
from kinetamine.clinic.records import Person, Score, Task
from kinetamine.clinic.web import charts
from kinetamine.clinic.web.pages.person import part
from kinetamine.clinic.web.reach import own_alone
from kinetamine.clinic.web.rendering import page
from kinetamine.clinic.web.visit import SignedIn, Visit

router = APIRouter()


@router.get("/people/{person_id}/outcomes")
def show(visit: SignedIn, person_id: str, expected: Literal["", "yes"] = "") -> Response:
    """Every scale with a form; what the model expects is worked out where that is asked for, and then at hand."""
    if own_alone(visit, Score):
        visit.records.bar(Action.READ, Score, "your own forms are at /mine")
    person = visit.records.get(Person, person_id)
    now = visit.services.database.clock()
    if visit.may(Action.ADD, Task.kind):
        tasks.mend(visit.records, ratings.standing(ratings.of_person(visit.records, person_id)))
    found = outcomes.outlook(visit.records, person_id, now, roles=visit.badge.roles, work=expected == "yes")
    return page(
        "outcomes.html",
        visit,
        "/people",
        person=person,
        outlook=found,
        pictures={one.key: charts.picture(one, found.doses) for one in found.tracks},
        as_ordered=expecting.AS_ORDERED,
    )


@part
def scores_part(visit: Visit, person: Person) -> tuple[str, dict[str, Any]] | None:
    """For the person's page: the latest of each form, and what waits because of an answer."""
    if own_alone(visit, Score):
        return None
    now = visit.services.database.clock()
    latest = {one.scale: one for one in ratings.standing(ratings.of_person(visit.records, person.id))}
    duties = tasks.listed(visit.records, visit.member.user_id, now, person_id=person.id)
    return "_person_scores.html", {
        "forms": scores.forms(),
        "latest": latest,
        "duties": [one for one in duties if not one.is_done],
        "may_fill": visit.may(Action.ADD, Score.kind),
    }
