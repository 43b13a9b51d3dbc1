from __future__ import annotations

import pytest

from clinic.world import World, event, order, person, score, session
from kinetamine.clinic.access import records_for
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import Order, Person, Role, Score, SessionEvent
from kinetamine.clinic.refusals import ConflictError, NoSuchRecordError, NotAllowedError


def test_what_is_added_is_found_again(world: World) -> None:
    made = world.records().add(person(number="1", notes="tired"))
    found = world.records(Role.NURSE).get(Person, made.id)
    assert (found.name, found.notes, found.weight_kg) == ("Ada Example", "tired", 70.0)
    assert (found.version, found.made_at, found.made_by) == (1, world.clock.now, world.members[Role.PHYSICIAN].user_id)
    assert inspect(world.database).problems == []
