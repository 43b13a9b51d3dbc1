"""Who works here: added, changed with a reason, stopped."""

from __future__ import annotations

import pytest

from clinic.world import World
from kinetamine.clinic.access import operator
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.care import users
from kinetamine.clinic.care.hand import acting_as
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.care.users import Asked
from kinetamine.clinic.records import Person, Role, User
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError, NotSignedInError
from kinetamine.errors import FieldError

NURSE = Asked(shown_as="Demo One", roles=("nurse",))


def test_somebody_new_has_a_name_of_their_own(world: World) -> None:
    admin = world.records(Role.ADMIN)
    made = users.add(admin, "demo1", NURSE)
    assert (made.active, made.roles, made.person_id) == (True, ("nurse",), None)
    with pytest.raises(ToldError) as told:
        users.add(admin, "demo1", NURSE)
    assert told.value.field == "name"
    with pytest.raises(NotAllowedError):
        users.add(world.records(), "demo2", NURSE)
    assert made.id in {one.id for one in users.everybody(admin)}
    assert users.names(world.records(), [made.id, None]) == {made.id: "Demo One"}
    assert users.names(world.records(), [None]) == {}


def test_a_role_that_is_given_twice_is_one(world: World) -> None:
    admin, twice = world.records(Role.ADMIN), Asked(shown_as="Demo", roles=("nurse", "monitor", "nurse"))
    made = users.add(admin, "demo1", twice)
    at_console = operator.add_user(world.database, "north", "demo2", "Demo", ("nurse", "nurse"))
    users.change(admin, at_console.user_id, 1, twice, "also watches")
    assert [admin.get(User, one).roles for one in (made.id, at_console.user_id)] == [("monitor", "nurse")] * 2
    assert inspect(world.database).problems == []


def test_a_patients_account_is_tied_to_their_record(world: World) -> None:
    admin = world.records(Role.ADMIN)
    (own,) = world.records().find(Person, number="own")
    made = users.add(admin, "demo1", Asked(shown_as="Demo One", roles=("patient",), person_id=own.id))
    assert made.person_id == own.id
    with pytest.raises(ToldError) as told:
        users.add(admin, "demo2", Asked(shown_as="Demo Two", roles=("patient",), person_id="nobody"))
    assert told.value.field == "person_id"
    with pytest.raises(ToldError, match="no record"):
        users.change(admin, made.id, 1, Asked(shown_as="x", roles=("patient",), person_id="nobody"), "why")


@pytest.mark.parametrize(
    ("roles", "person_id", "field"),
    [
        ((), None, "roles"),
        (("king",), None, "roles"),
        (("patient", "nurse"), "x", "roles"),
        (("patient",), None, "person_id"),
        (("nurse",), "x", "person_id"),
    ],
)
def test_roles_that_do_not_go_together_are_refused(roles: tuple[str, ...], person_id: str | None, field: str) -> None:
    with pytest.raises((FieldError, ToldError)) as told:
        Asked(shown_as="Demo", roles=roles, person_id=person_id)
    assert getattr(told.value, "field", "") == field


def test_a_change_needs_a_reason_and_takes_effect_at_once(world: World) -> None:
    admin, nurse = world.records(Role.ADMIN), world.members[Role.NURSE]
    with pytest.raises(FieldError, match="why"):
        users.change(admin, nurse.user_id, 1, NURSE, " ")
    users.change(admin, nurse.user_id, 1, Asked(shown_as="N", roles=("auditor",)), "left the ward")
    with pytest.raises(NotAllowedError):
        world.records(Role.NURSE).add(Person(number="9", name="x", born_on="1980-01-01", sex="other"))
    assert admin.history(User, nurse.user_id)[0].why == "left the ward"
    with pytest.raises(FieldError, match="why"):
        users.let_in(admin, nurse.user_id, 2, "", active=False)
    assert not users.let_in(admin, nurse.user_id, 2, "left", active=False).active
    with pytest.raises(NotSignedInError):
        world.records(Role.NURSE).find(Person)
    with pytest.raises(NoSuchRecordError):
        users.change(admin, "nobody", 1, NURSE, "why")


def test_the_role_under_an_act_is_physician_where_somebody_is_one() -> None:
    assert acting_as(("admin", "physician")) == "physician"
    assert acting_as(("therapist", "nurse")) == "nurse"
