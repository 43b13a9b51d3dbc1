"""Two people for one dose: the first result is nobody's to read before the second is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic.care.series import ordered
from clinic.world import START, World
from kinetamine.clinic.access import Records
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.care import dose_check, plan
from kinetamine.clinic.care.dose_check import Seen
from kinetamine.clinic.dose_check import Vial, Worked
from kinetamine.clinic.records import Order, Revision, Role, Signature
from kinetamine.clinic.records.columns import canonical
from kinetamine.clinic.refusals import ClinicError, ConflictError, NotAllowedError
from kinetamine.clinic.signature import Signature as Hand
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

VIAL = Vial(lot="L1", form=Form.RACEMIC, salt="hydrochloride", mg_per_ml=50.0)
RIGHT = Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=52.5)
SLIP = replace(RIGHT, base_mg=35.0)
ODD = replace(RIGHT, mg=34.987)


def hand(world: World, role: Role) -> Hand:
    return Hand(by=world.members[role].user_id, role=role.value, at=world.clock.now)


def begun(world: World, made: Order, worked: Worked = RIGHT, role: Role = Role.NURSE) -> Order:
    asked = dose_check.asked(made, VIAL, 35.0)
    seen = Seen(made, made.version)
    return dose_check.first(world.records(role), seen, asked, worked, hand(world, role), world.proof(role))


def finished(world: World, made: Order, worked: Worked = RIGHT, role: Role = Role.PHYSICIAN) -> Order:
    seen = Seen(made, made.version)
    return dose_check.second(world.records(role), seen, worked, hand(world, role), world.proof(role))


def test_two_who_agree_have_checked_it_and_both_have_signed(world: World) -> None:
    made = begun(world, ordered(world))
    assert made.state == plan.FIRST_CHECKED
    world.clock.now += timedelta(minutes=3)
    done = finished(world, made)
    assert done.state == plan.CHECKED
    read = dose_check.finished_of(world.records().get(Order, made.id))
    assert read is not None
    assert (read.first, read.second, read.differences) == (RIGHT, RIGHT, ())
    assert (read.first_by, read.second_by) == tuple(world.members[one].user_id for one in (Role.NURSE, Role.PHYSICIAN))
    assert read.order == dose_check.asked(made, VIAL, 35.0)
    signed = world.records().find(Signature, signed_id=made.id)
    assert [(one.meaning, one.signed_version) for one in signed] == [("worked out first", 2), ("worked out second", 3)]
    assert not inspect(world.database).problems


def test_the_first_result_can_be_read_by_nobody_before_the_second_is_there(world: World) -> None:
    made = begun(world, ordered(world), ODD)
    for role in (Role.PHYSICIAN, Role.NURSE, Role.MONITOR):
        assert "34.987" not in canonical(world.records(role).get(Order, made.id).details)
    assert "34.987" not in canonical(world.records(Role.AUDITOR).export(Order)[0].details)
    with world.database.snapshot() as session:
        assert all("34.987" not in one.content for one in session.query(Revision))
    read = dose_check.begun_of(made)
    assert read is not None
    assert read.order.vial == VIAL
    assert dose_check.finished_of(made) is None


def test_who_began_cannot_finish_whatever_they_sign(world: World) -> None:
    made = begun(world, ordered(world))
    with pytest.raises(NotAllowedError, match="another person"):
        finished(world, made, role=Role.NURSE)
    assert world.last_row().outcome == "refused"
    assert world.records().get(Order, made.id).state == plan.FIRST_CHECKED


def test_a_slip_is_found_named_and_worked_out_again(world: World) -> None:
    done = finished(world, begun(world, ordered(world)), SLIP)
    assert done.state == plan.DISPUTED
    read = dose_check.finished_of(done)
    assert read is not None
    assert [(one.quantity, one.first, one.second) for one in read.differences] == [("base_mg", 30.3, 35.0)]
    assert "hydrochloride to base" in read.differences[0].hint
    once_more = begun(world, done, role=Role.PHYSICIAN)
    assert dose_check.finished_of(once_more) is None
    assert finished(world, once_more, role=Role.NURSE).state == plan.CHECKED


def test_only_who_began_may_begin_again_while_a_second_is_awaited(world: World) -> None:
    made = begun(world, ordered(world), SLIP)
    with pytest.raises(NotAllowedError, match="be the second"):
        begun(world, made, role=Role.PHYSICIAN)
    assert finished(world, begun(world, made)).state == plan.CHECKED


def test_a_stale_page_a_stale_proof_and_a_role_without_a_hand_are_refused(world: World) -> None:
    fresh = ordered(world)
    made = begun(world, fresh)
    with pytest.raises(ConflictError):
        begun(world, fresh)
    with pytest.raises(FieldError, match="first person"):
        finished(world, fresh)
    with pytest.raises(NotAllowedError):
        dose_check.second(
            world.records(Role.MONITOR),
            Seen(made, made.version),
            RIGHT,
            hand(world, Role.MONITOR),
            world.proof(Role.MONITOR),
        )
    proof = world.proof(Role.PHYSICIAN)
    world.clock.now += timedelta(minutes=5)
    with pytest.raises(NotAllowedError, match="password"):
        dose_check.second(world.records(), Seen(made, made.version), RIGHT, hand(world, Role.PHYSICIAN), proof)


def test_a_sealed_result_cannot_be_moved_to_another_order(world: World) -> None:
    made = begun(world, ordered(world))
    records: Records = world.records()
    check = made.details["check"]
    again = records.add(
        Order(
            person_id=made.person_id,
            regimen=made.regimen,
            drug=made.drug,
            route=made.route,
            dose_mg=made.dose_mg,
            weight_kg=made.weight_kg,
            state=made.state,
            details=made.details | {"check": check},
        )
    )
    with pytest.raises(ClinicError, match="comes from elsewhere"):
        finished(world, again)


def test_a_cancelled_order_is_not_worked_out(world: World) -> None:
    made = ordered(world)
    gone = plan.cancel(world.records(), made.id, made.version, "moved")
    with pytest.raises(FieldError, match="still to be given"):
        begun(world, gone)


def test_a_spray_is_counted_in_devices(world: World) -> None:
    made = ordered(world, spray=True)
    assert dose_check.needs(made) == {"devices"}
    asked, worked = dose_check.asked(made, None, None), Worked(mg=56.0, base_mg=56.0, devices=2)
    seen = Seen(made, made.version)
    held = dose_check.first(
        world.records(Role.NURSE), seen, asked, worked, hand(world, Role.NURSE), world.proof(Role.NURSE)
    )
    assert finished(world, held, worked).state == plan.CHECKED


def test_what_an_order_needs_is_asked_for(world: World) -> None:
    made = ordered(world)
    assert dose_check.needs(made) == {"vial", "ml_per_h"}
    with pytest.raises(FieldError, match="vial"):
        dose_check.asked(made, replace(VIAL, form=Form.ESKETAMINE), 35.0)
    with pytest.raises(FieldError, match="ml_per_h"):
        dose_check.begin(dose_check.asked(made, VIAL, 35.0), replace(RIGHT, ml_per_h=None), hand(world, Role.NURSE))
    with pytest.raises(FieldError, match="diluted_to_ml"):
        dose_check.begin(dose_check.asked(made, VIAL, 0.5), RIGHT, hand(world, Role.NURSE))
    assert plan.measured_of(made).taken_at >= START
