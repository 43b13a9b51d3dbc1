"""Who is treated here: everybody is found, and born on a day that everybody writes alike."""

from __future__ import annotations

import pytest

from clinic.web.signed_in import serving
from clinic.world import World, person
from kinetamine.clinic.access import Member, records_for
from kinetamine.clinic.care import audit, people, staff, users
from kinetamine.clinic.records import Person, Role, User
from kinetamine.errors import FieldError


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_whoever_came_last_is_found_among_any_number(world: World) -> None:
    world.records().add_all([person(number=f"N{place}") for place in range(1000)])
    world.clock.pass_by(minutes=1)
    newest = world.records().add(person(number="Z-LAST"))
    assert len(people.everybody(world.records())) == 1002
    physician = serving(world).as_(Role.PHYSICIAN)
    assert newest.id in physician.get("/people").text
    assert newest.id in physician.get("/sessions/new").text


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_whoever_works_here_is_found_among_any_number(world: World) -> None:
    admin = world.records(Role.ADMIN)
    admin.add_all([User(name=f"n{place}", shown_as="N", roles=("nurse",), active=True) for place in range(1000)])
    world.clock.pass_by(minutes=1)
    newest = users.add(admin, "newest", users.Asked(shown_as="The newest", roles=("admin",)))
    assert newest.id in {one.id for one in users.everybody(admin)}
    assert users.names(admin, [newest.id]) == {newest.id: "The newest"}
    assert staff.names(admin)[newest.id] == "The newest"
    theirs = records_for(world.database, Member(newest.id, world.north.id, "newest"))
    theirs.find(User, limit=1)
    assert "The newest" in {one.who for one in audit.lines(theirs).lines}


@pytest.mark.parametrize("born_on", ["19800229", "1980-W09-5", "1980-2-29", "1981-02-29", "1899-12-31", "2999-01-01"])
def test_a_day_of_birth_is_written_one_way(world: World, born_on: str) -> None:
    with pytest.raises(FieldError, match="born_on"):
        _added(world, born_on)
    assert _added(world, "1980-02-29").born_on == "1980-02-29"


def _added(world: World, born_on: str) -> Person:
    return people.add(world.records(), number="7", name="Demo", born_on=born_on, sex="female", contact=None)
