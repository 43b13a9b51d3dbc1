"""Many deliveries at once: each is judged by itself, they share the wait for the disk, and all are told the truth."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from clinic.world import START, World, person, session
from kinetamine.clinic.access.intake import Delivery, Intake, Receipt, Sent
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import Device, Role, SessionEvent
from kinetamine.clinic.refusals import NoOpenSessionError, NotSignedInError
from kinetamine.errors import FieldError


def delivery(macs: tuple[str, ...], *names: str) -> Delivery:
    content = {"values": {"spo2": 97.0}, "absent": {}}
    readings = (
        Sent(name=name, at=START + timedelta(seconds=place), content=content) for place, name in enumerate(names)
    )
    return Delivery(macs=macs, readings=tuple(readings))


@pytest.fixture
def macs(world: World) -> list[tuple[str, ...]]:
    """Of five devices: four with a session at their chair, one without."""
    devices, physician = Devices(world.database), world.records()
    for place in range(4):
        whom = physician.add(person(number=f"n{place}"))
        physician.add(session(whom.id, chair=f"{place}"))
    issued = [devices.issue(world.members[Role.ADMIN], f"m{place}", f"{place}") for place in range(5)]
    return [devices.macs(one.token) for one in issued]


@contextmanager
def held_up(intake: Intake, how_many: int) -> Iterator[None]:
    """Let so many deliveries wait before the first is taken."""
    with intake._lead:
        yield
        while len(intake._waiting) < how_many:
            time.sleep(0.005)


def test_those_that_wait_share_a_transaction_and_each_has_its_row(world: World, macs: list[tuple[str, ...]]) -> None:
    intake, rows = Intake(world.database), world.rows()
    told: list[Any] = []

    def give(mine: tuple[str, ...]) -> None:
        try:
            told.append(intake.take(delivery(mine, "a", "b")))
        except NoOpenSessionError as error:
            told.append(type(error))

    with ThreadPoolExecutor(5) as pool, held_up(intake, 5):
        for mine in macs:
            pool.submit(give, mine)
    assert sorted(map(str, told)) == sorted(map(str, [Receipt(2, 0)] * 4 + [NoOpenSessionError]))
    assert world.rows() == rows + 5
    events = world.records().find(SessionEvent)
    assert len(events) == 8
    assert len({one.made_at for one in events}) == 1
    assert inspect(world.database).problems == []


def test_whoever_keeps_a_picture_is_told_of_new_rows_in_order(world: World, macs: list[tuple[str, ...]]) -> None:
    heard: list[tuple[str, list[str]]] = []
    intake = Intake(world.database, lambda session_id, rows: heard.append((session_id, [one.id for one in rows])))
    for name in ("a", "b", "a"):
        intake.take(delivery(macs[0], name))
    with pytest.raises(NoOpenSessionError):
        intake.take(delivery(macs[4], "a"))
    events = sorted(world.records().find(SessionEvent), key=lambda one: one.client_id)
    assert sorted(ids for _, ids in heard) == sorted([one.id] for one in events)
    assert {session_id for session_id, _ in heard} == {one.session_id for one in events}


def test_a_device_that_waits_for_a_session_is_on_the_audit_now_and_then(
    world: World, macs: list[tuple[str, ...]]
) -> None:
    intake, rows = Intake(world.database), world.rows()
    for _ in range(3):
        with pytest.raises(NoOpenSessionError):
            intake.take(delivery(macs[4], "a"))
    assert world.rows() == rows + 1
    world.clock.pass_by(minutes=10)
    with pytest.raises(NoOpenSessionError):
        intake.take(delivery(macs[4], "a"))
    assert world.rows() == rows + 2
    assert inspect(world.database).problems == []


def test_the_same_delivery_many_times_at_once_is_stored_once(world: World, macs: list[tuple[str, ...]]) -> None:
    intake = Intake(world.database)
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: intake.take(delivery(macs[0], "a")), range(12)))
    assert sorted((one.stored, one.again) for one in found) == [(0, 1)] * 11 + [(1, 0)]


def test_when_the_disk_fails_nobody_is_told_that_it_is_stored(
    world: World, macs: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(world.database)
    intake.take(delivery(macs[0], "before"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(world.database.anchor, "record", full)
        with pytest.raises(OSError, match="No space"):
            intake.take(delivery(macs[0], "a"))
    assert intake.take(delivery(macs[0], "a")).again == 1  # it was written, and nobody was told so
    assert inspect(world.database).problems == []


def test_one_that_fails_takes_nobody_along(world: World, macs: list[tuple[str, ...]]) -> None:
    intake = Intake(world.database)
    broken = Delivery(macs=macs[0], readings=(Sent(name="x", at=START, content={"values": {1, 2}}),))
    told: list[object] = []

    def give(one: Delivery) -> None:
        try:
            told.append(intake.take(one))
        except Exception as error:  # noqa: BLE001 - whatever it is
            told.append(error)

    with ThreadPoolExecutor(2) as pool, held_up(intake, 2):
        pool.submit(give, broken)
        pool.submit(give, delivery(macs[1], "a"))
    assert Receipt(1, 0) in told
    assert [type(one) for one in told if isinstance(one, Exception)] == [FieldError]
    assert [one.content for one in world.records().find(SessionEvent)] == [{"values": {"spo2": 97.0}, "absent": {}}]
    assert inspect(world.database).problems == []


def test_a_device_that_was_known_and_is_revoked_is_not_known(world: World, macs: list[tuple[str, ...]]) -> None:
    intake, admin = Intake(world.database), world.records(Role.ADMIN)
    intake.require_device(macs[0])
    (device,) = admin.find(Device, name="m0")
    admin.change(Device, device.id, 1, "lost", active=False)
    with pytest.raises(NotSignedInError):
        intake.take(delivery(macs[0], "a"))
    with pytest.raises(NotSignedInError):
        intake.require_device(macs[0])
    with pytest.raises(NotSignedInError):
        intake.take(delivery(("nobody",)))


def test_more_than_fit_in_one_transaction_are_all_taken(world: World, macs: list[tuple[str, ...]]) -> None:
    intake, taken = Intake(world.database, at_once=2), threading.Semaphore(0)

    def give(place: int) -> None:
        intake.take(delivery(macs[place % 4], f"r{place}"))
        taken.release()

    with ThreadPoolExecutor(7) as pool, held_up(intake, 7):
        for place in range(7):
            pool.submit(give, place)
    assert all(taken.acquire(blocking=False) for _ in range(7))
