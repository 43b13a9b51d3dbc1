"""What one person worked out lies sealed in the order until another has; the door itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clinic.world import World, order, person
from kinetamine.clinic.access.double_check import Outcome
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import AuditRow, Order, Role
from kinetamine.clinic.refusals import NotAllowedError
from kinetamine.errors import FieldError

SECRET = {"mg": 34.321}


def begun(world: World) -> Order:
    made = world.records().add(order(world.records().add(person()).id))
    return world.records(Role.NURSE).begin_check(made.id, 1, {"vial": "L1"}, SECRET, world.proof(Role.NURSE))


def agree(held: Mapping[str, Any]) -> Outcome:
    return Outcome("checked", {"first": dict(held)})


def test_the_second_persons_comparison_alone_is_given_the_first_result(world: World) -> None:
    made = begun(world)
    assert made.details["check"]["vial"] == "L1"
    assert "34.321" not in str(made.details)
    given: list[Mapping[str, Any]] = []

    def finish(held: Mapping[str, Any]) -> Outcome:
        given.append(held)
        return agree(held)

    done = world.records().finish_check(made.id, made.version, finish, world.proof(Role.PHYSICIAN))
    assert given == [SECRET]
    assert (done.state, done.details["check"]["first"]) == ("checked", SECRET)
    assert "held" not in done.details["check"]
    assert done.details["model"] == "kamp_2020"
    assert not inspect(world.database).problems


def test_a_comparison_that_fails_leaves_all_as_it_was(world: World) -> None:
    made = begun(world)

    def fail(held: Mapping[str, Any]) -> Outcome:
        raise FieldError("mg", len(held), "something else")

    with pytest.raises(FieldError):
        world.records().finish_check(made.id, made.version, fail, world.proof(Role.PHYSICIAN))
    held = world.records().get(Order, made.id)
    assert (held.state, held.version, held.details) == ("first checked", made.version, made.details)


def test_who_began_is_refused_before_anything_is_opened(world: World) -> None:
    made, given = begun(world), list[Mapping[str, Any]]()

    def finish(held: Mapping[str, Any]) -> Outcome:
        given.append(held)
        return agree(held)

    with pytest.raises(NotAllowedError):
        world.records(Role.NURSE).finish_check(made.id, made.version, finish, world.proof(Role.NURSE))
    assert given == []
    assert world.last_row().outcome == "refused"


def test_nobody_signs_with_an_old_proof_or_another_persons(world: World) -> None:
    made = begun(world)
    old = world.proof(Role.PHYSICIAN)
    world.clock.now += timedelta(minutes=3)
    for proof in (old, world.proof(Role.NURSE), replace(old, at=world.clock.now)):
        with pytest.raises(NotAllowedError, match="password"):
            world.records().finish_check(made.id, made.version, agree, proof)


def test_the_audit_says_that_it_was_done_and_never_what_was_worked_out(world: World) -> None:
    made = begun(world)
    world.records().finish_check(made.id, made.version, agree, world.proof(Role.PHYSICIAN))
    with world.database.snapshot() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.record_id == made.id, AuditRow.action == "sign")).all()
    assert len(rows) == 2
    assert all("34.321" not in str(row.detail) for row in rows)
