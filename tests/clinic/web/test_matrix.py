"""Every address, asked by everybody: nobody reads what their role may not, or another clinic; all is logged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import select

from clinic.web.conftest import Visitor
from clinic.world import START, World, event, order, person, score
from kinetamine.clinic.access import Action, policy
from kinetamine.clinic.audit.row import REFUSED
from kinetamine.clinic.care import enrolment
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.records import (
    AuditRow,
    Consent,
    LedgerEntry,
    Person,
    Record,
    Role,
    Session,
    Task,
    User,
)
from kinetamine.clinic.web.app import INTERFACES, PAGES
from kinetamine.engine.events import Form

OPEN = {
    "/sign-in",
    "/sign-out",
    "/api/health",
    "/api/openapi.json",
    "/fhir/metadata",
    "/.well-known/smart-configuration",
    "/fhir/.well-known/smart-configuration",
}
"""What anybody may ask: it holds nothing of anybody."""
UNENDING = re.compile(r"/live$")
"""Streams that go on until somebody leaves: their doors are tried here, and what comes out elsewhere."""
BY_SIGN_IN = {Role.DEVICE} if hasattr(Role, "DEVICE") else set()
"""Roles that have no password and never see a page."""
PEOPLE = [role for role in Role if role not in BY_SIGN_IN]


@dataclass
class North:
    """Records of the north clinic, each with words that stand nowhere else."""

    ids: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def keep(self, record: Record) -> None:
        self.ids[f"{record.kind}_id"] = record.id
        self.words[record.kind] = f"marked-{record.kind}"

    def path(self, template: str) -> str:
        """The path with ids in it; an unknown one is a person's."""
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: self.ids.get(found[1], self.ids["person_id"]), template)


@pytest.fixture
def north(world: World) -> North:
    physician, found = world.records(), North()
    whom = physician.add(person(number="m1", name="marked-person"))
    of = {"person_id": whom.id}
    sitting = physician.add(Session(**of, chair="marked-session", state="open", details={}))
    spray = Treatment(form=Form.ESKETAMINE, route="intranasal", use=Use.RESISTANT_DEPRESSION)
    found.ids |= {"purpose": "off-label", "scale": "phq9"}
    for record in (
        whom,
        sitting,
        enrolment.enrol(physician, whom.id, spray, "marked-enrolment", START),
        physician.add(Consent(**of, text="marked-consent", text_version="1", digest="ab" * 32, given_at=START)),
        physician.add(order(whom.id, details={"note": "marked-order"})),
        physician.add(event(sitting.id, "e1", device="marked-session_event")),
        physician.add(score(whom.id, rater="marked-score")),
        physician.add(
            LedgerEntry(
                drug="ketamine", lot="marked-ledger_entry", happened="given", happened_at=START, change_mg=-35.0
            )
        ),
        physician.add(Task(**of, what="marked-task", priority="high", due_at=START)),
        world.records(Role.ADMIN).add(User(name="u2", shown_as="marked-user", roles=("nurse",), active=True)),
    ):
        found.keep(record)
    return found


def served(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of everything but what anybody may ask, and files."""
    own = [one for one in app.routes if isinstance(one, APIRoute)]
    routes = [*own, *(one for part in (*PAGES, *INTERFACES) for one in part.router.routes if isinstance(one, APIRoute))]
    pairs = [(method, one.path) for one in routes for method in sorted(one.methods or ())]
    return [(method, path) for method, path in pairs if path not in OPEN]


def asked(client: httpx.Client, method: str, path: str) -> httpx.Response:
    """A question without content; one that changes something says what kind of content it has none of."""
    if method == "GET":
        return client.get(path)
    is_json = path.startswith(("/api/", "/fhir/", "/feed"))
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    return client.request(method, path, content=b"{}" if is_json else b"", headers={"content-type": kind})


def refusals(world: World) -> int:
    with world.database.snapshot() as found:
        return len(found.scalars(select(AuditRow.seq).where(AuditRow.outcome == REFUSED)).all())


def test_nobody_is_let_in_anywhere(app: FastAPI, visitor: Visitor, north: North) -> None:
    nobody = visitor(None)
    everything = served(app)
    assert len(everything) > 10
    for method, path in everything:
        found = asked(nobody, method, north.path(path))
        assert found.status_code == 401, (method, path, found.status_code)
        assert "marked-" not in found.text, (method, path)


def test_another_clinics_people_see_none_of_it(world: World, app: FastAPI, visitor: Visitor, north: North) -> None:
    stranger = visitor(world.stranger)
    for method, path in served(app):
        theirs = "{" in path
        if UNENDING.search(path) and not theirs:
            continue
        before = refusals(world)
        found = asked(stranger, method, north.path(path))
        assert "marked-" not in found.text, (method, path)
        assert found.status_code < 500, (method, path, found.text[:300])
        if theirs and method == "GET":
            assert found.status_code in {403, 404}, (method, path, found.status_code)
            assert refusals(world) > before, (method, path)


@pytest.mark.parametrize("role", PEOPLE)
def test_a_role_reads_what_its_policy_says_and_no_more(
    world: World, app: FastAPI, visitor: Visitor, north: North, role: Role
) -> None:
    client = visitor(role)
    seen: set[str] = set()
    for method, path in served(app):
        if UNENDING.search(path):
            continue
        before = refusals(world)
        found = asked(client, method, north.path(path))
        assert found.status_code < 500, (method, path, found.text[:300])
        if found.status_code == 403:
            assert refusals(world) > before, (method, path)
        for kind, words in north.words.items():
            if words in found.text:
                seen.add(kind)
                assert policy.scope([role], kind, Action.READ) is not None, (method, path, kind)
                assert role is not Role.PATIENT, (method, path, kind)
    if role in {Role.PHYSICIAN, Role.NURSE}:
        assert {"person", "session", "task"} <= seen


def test_a_person_is_read_and_that_is_written_down(world: World, visitor: Visitor, north: North) -> None:
    assert visitor(Role.NURSE).get(f"/people/{north.ids['person_id']}").status_code == 200
    with world.database.snapshot() as found:
        rows = found.scalars(select(AuditRow).where(AuditRow.kind == Person.kind, AuditRow.action == "read")).all()
    assert {north.ids["person_id"]} <= {row.record_id for row in rows}
