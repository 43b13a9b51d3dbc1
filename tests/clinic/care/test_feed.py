"""What is stored of a message, and what of it is sent back by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from clinic.world import START, World
from kinetamine.clinic.access.intake import Intake
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.care.feed import deliver
from kinetamine.clinic.feeds.message import Message, Outcome, Reading
from kinetamine.clinic.records import Role, SessionEvent
from kinetamine.clinic.session.entries import Entry, Read
from kinetamine.errors import FieldError


class Chair:
    """A device at the chair of an open session."""

    def __init__(self, world: World) -> None:
        world.sitting()
        devices = Devices(world.database)
        self.intake = Intake(world.database)
        self.macs = devices.macs(devices.issue(world.members[Role.ADMIN], "Monitor 1", "tests").token)

    def send(self, values: Mapping[Vital, float], **more: str) -> Outcome:
        absent = tuple((Vital(sign), reason) for sign, reason in more.items())
        reading = Reading(name="r", at=START, values=tuple(values.items()), absent=absent)
        return deliver(self.intake, self.macs, Message(readings=(reading,)))


@pytest.fixture
def chair(world: World) -> Chair:
    return Chair(world)


def test_what_is_stored_is_an_entry_of_the_session(world: World, chair: Chair) -> None:
    assert chair.send({Vital.SYSTOLIC: 184.0, Vital.DIASTOLIC: 112.0}, spo2="probe off") == Outcome(stored=1)
    (event,) = world.records().find(SessionEvent)
    read = Read(values=tuple(event.content["values"].items()), absent=tuple(event.content["absent"].items()))
    entry = Entry(
        name=event.client_id, at=event.device_time, received_at=event.made_at, by=event.made_by, what=read
    )  # fmt: skip
    assert (entry.what, entry.skew_s) == (read, 0.0)
    assert read.absent == (("spo2", "probe off"),)


def test_one_value_that_cannot_be_hides_no_other(world: World, chair: Chair) -> None:
    outcome = chair.send({Vital.SPO2: 127.0, Vital.HEART_RATE: 200.0})
    assert (outcome.stored, outcome.refused) == (1, ("spo2 127 %, where 0 to 100 % can be",))
    (event,) = world.records().find(SessionEvent)
    assert event.content["values"] == {"heart_rate": 200.0}
    assert event.content["absent"] == {"spo2": "refused: 127 %, where 0 to 100 % can be"}


def test_pressures_the_wrong_way_round_are_both_refused(world: World, chair: Chair) -> None:
    outcome = chair.send({Vital.SYSTOLIC: 80.0, Vital.DIASTOLIC: 120.0, Vital.SPO2: 90.0})
    assert len(outcome.refused) == 2
    (event,) = world.records().find(SessionEvent)
    assert (event.content["values"], sorted(event.content["absent"])) == ({"spo2": 90.0}, ["diastolic", "systolic"])


def test_a_reading_of_nothing_that_can_be_is_refused_whole(world: World, chair: Chair) -> None:
    with pytest.raises(FieldError, match="spo2 -100 %"):
        chair.send({Vital.SPO2: -100.0})
    assert world.records().find(SessionEvent) == []
    assert chair.send({}, spo2="probe off").stored == 1


def test_a_clock_that_is_wrong_is_kept_beside_ours(world: World, chair: Chair) -> None:
    world.clock.pass_by(minutes=3)
    chair.send({Vital.SPO2: 97.0})
    (event,) = world.records().find(SessionEvent)
    assert event.made_at - event.device_time == timedelta(minutes=3)
