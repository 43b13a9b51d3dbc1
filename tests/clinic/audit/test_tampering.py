"""Every way we could think of to change what was written: each is found, and the untouched record is sound."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as OrmSession

from clinic.world import World, course, lift_guards, new_keys, person, unguarded
from kinetamine.clinic import keys as key_files
from kinetamine.clinic.audit import row as rows
from kinetamine.clinic.audit.inspection import inspect, inspect_view
from kinetamine.clinic.database import Database, open_engine
from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records import APPEND_ONLY, AuditRow, Person, Role
from kinetamine.clinic.refusals import AuditError

Tamper = Callable[[Connection, World], None]
MIDDLE = 14


def _sql(*statements: str) -> Tamper:
    def tamper(connection: Connection, world: World) -> None:
        del world
        for statement in statements:
            done = connection.execute(text(statement))
            assert done.rowcount != 0, f"{statement} touched nothing"

    return tamper


def _again(connection: Connection, first: int, ring: KeyRing, change: dict[str, Any]) -> None:
    """Change a row, and compute it and all that follow anew."""
    session = OrmSession(connection)
    previous = ""
    for row in session.query(AuditRow).where(AuditRow.seq >= first).order_by(AuditRow.seq):
        for name, value in change.items() if row.seq == first else ():
            setattr(row, name, value)
        row.previous = previous or row.previous
        row.mac = previous = rows.mac(row, ring)
    session.flush()


def _recomputed_without_the_key(connection: Connection, world: World) -> None:
    del world
    _again(connection, MIDDLE, new_keys().audit, {"actor": "somebody else"})


def _recomputed_with_the_key(connection: Connection, world: World) -> None:
    _again(connection, MIDDLE, world.settings.keys.audit, {"actor": "somebody else"})


def _copied_to_the_end(connection: Connection, world: World) -> None:
    columns = "at, clinic_id, actor, action, kind, record_id, outcome, detail, key, previous, mac"
    connection.execute(
        text(f"INSERT INTO audit (seq, {columns}) SELECT {world.rows() + 1}, {columns} FROM audit WHERE seq = 3")
    )


_RENUMBER = "UPDATE audit SET seq = seq - 1001 WHERE seq > 1000"
_LIFT = "UPDATE audit SET seq = seq + 1000 WHERE seq > {}"
_SIGNED = ("at", "clinic_id", "actor", "action", "kind", "record_id", "outcome", "detail")

AUDIT: dict[str, tuple[Tamper, str]] = {
    **{
        f"{column} changed": (_sql(f"UPDATE audit SET {column} = 'x' WHERE seq = {MIDDLE}"), "not what was signed")
        for column in _SIGNED
    },
    "a letter of a detail": (
        _sql(f"UPDATE audit SET detail = replace(detail, 'a', 'b') WHERE seq = {MIDDLE}"),
        "not what was signed",
    ),
    "key renamed": (_sql(f"UPDATE audit SET key = 'other' WHERE seq = {MIDDLE}"), "not in the ring"),
    "mac changed": (_sql(f"UPDATE audit SET mac = '{'0' * 64}' WHERE seq = {MIDDLE}"), "not what was signed"),
    "link changed": (_sql(f"UPDATE audit SET previous = '{'0' * 64}' WHERE seq = {MIDDLE}"), "not chained"),
    "first row deleted": (_sql("DELETE FROM audit WHERE seq = 1"), "missing"),
    "middle row deleted": (_sql(f"DELETE FROM audit WHERE seq = {MIDDLE}"), "missing"),
    "deleted and renumbered": (
        _sql(f"DELETE FROM audit WHERE seq = {MIDDLE}", _LIFT.format(MIDDLE), _RENUMBER),
        "not chained",
    ),
    "last row deleted": (_sql("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"), "cut short"),
    "second half deleted": (_sql(f"DELETE FROM audit WHERE seq > {MIDDLE}"), "cut short"),
    "all deleted": (_sql("DELETE FROM audit"), "cut short"),
    "two rows swapped": (
        _sql(
            f"UPDATE audit SET seq = -1 WHERE seq = {MIDDLE}",
            f"UPDATE audit SET seq = {MIDDLE} WHERE seq = {MIDDLE + 1}",
            f"UPDATE audit SET seq = {MIDDLE + 1} WHERE seq = -1",
        ),
        "not chained",
    ),
    "a row put in": (_copied_to_the_end, "not chained"),
    "computed anew without the key": (_recomputed_without_the_key, "not what was signed"),
    "computed anew with the key": (_recomputed_with_the_key, "computed anew"),
}

RECORDS: dict[str, tuple[Tamper, str]] = {
    "a reading changed": (_sql("UPDATE session_events SET content = '{}'"), "behind its back"),
    "a weight changed": (_sql("UPDATE people SET weight_kg = 7 WHERE number = 'other'"), "behind its back"),
    "a time changed": (_sql("UPDATE scores SET answered_at = made_at, made_at = '2026-03-02 08:00:00'"), "behind"),
    "a role given": (_sql("UPDATE users SET roles = 'physician' WHERE name = 'monitor'"), "behind its back"),
    "a password replaced": (_sql("UPDATE credentials SET password = 'x'"), "behind its back"),
    "a score deleted": (_sql("DELETE FROM scores"), "deleted"),
    "a signature deleted": (_sql("DELETE FROM signatures"), "deleted"),
    "an earlier version deleted": (_sql("DELETE FROM revisions"), "deleted"),
    "a version turned back": (_sql("UPDATE people SET version = 1 WHERE number = 'other'"), "behind its back"),
    "sealed names exchanged": (
        _sql("UPDATE people SET name = (SELECT name FROM people WHERE number = 'own') WHERE number = 'other'"),
        "behind its back",
    ),
    "a sealed value moved to another column": (
        _sql("UPDATE people SET contact = name WHERE number = 'other'"),
        "comes from elsewhere",
    ),
    "a task slipped in": (
        _sql(
            "INSERT INTO tasks (id, clinic_id, version, made_at, made_by, what, priority, due_at) "
            "SELECT 'new', clinic_id, 1, made_at, made_by, what, priority, due_at FROM tasks"
        ),
        "slipped in",
    ),
}


@pytest.fixture
def busy(world: World) -> World:
    """A world in which something has happened."""
    physician = world.records()
    other = physician.add(person(number="other", name="Bea Example"))
    held = course(physician, other)
    physician.change(Person, other.id, 1, "weighed", weight_kg=71.0)
    physician.sign(list(held.held.values())[4], "ordered", world.proof(Role.PHYSICIAN))
    world.accounts.set_first_credentials(world.members[Role.NURSE], "a long enough secret")
    for _ in range(10):
        physician.find(Person)
    return world


def test_what_nobody_touched_is_sound(busy: World) -> None:
    found = inspect(busy.database)
    assert found.problems == []
    assert found.rows == found.head.seq == busy.rows()


def test_every_tampering_is_found(busy: World) -> None:
    """Each is done, looked at and undone in a transaction of its own."""
    missed, anchored, engine = [], busy.database.anchor.marks(), open_engine(busy.settings)
    for name, (tamper, expected) in (AUDIT | RECORDS).items():
        with engine.connect() as connection, connection.begin() as transaction:
            lift_guards(connection)
            tamper(connection, busy)
            said = "\n".join(inspect_view(OrmSession(connection), anchored, busy.settings).problems)
            transaction.rollback()
        if expected not in said:
            missed.append(f"{name}: {said or 'nothing found'}")
    engine.dispose()
    assert missed == []
    assert inspect(busy.database).sound


@pytest.mark.parametrize("name", ["last row deleted", "computed anew with the key"])
def test_a_server_does_not_start_on_a_chain_that_was_cut(busy: World, name: str) -> None:
    with unguarded(busy.settings) as connection:
        AUDIT[name][0](connection, busy)
    with pytest.raises(AuditError, match="not the one that the anchor knows"):
        Database(busy.settings)


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[World], None]:
    def tamper(world: World) -> None:
        path = world.settings.anchor_file
        path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))

    return tamper


ANCHOR: dict[str, tuple[Callable[[World], None], str]] = {
    "a line changed": (_lines(lambda all_: [*all_[:4], all_[4].replace(b'"seq":5', b'"seq":6'), *all_[5:]]), "changed"),
    "a line deleted": (_lines(lambda all_: all_[:4] + all_[5:]), "does not follow"),
    "two lines swapped": (_lines(lambda all_: [*all_[:4], all_[5], all_[4], *all_[6:]]), "does not follow"),
    "cut short": (_lines(lambda all_: all_[:4]), "the anchor was cut short"),
    "emptied": (_lines(lambda _: []), "the anchor was cut short"),
    "not JSON": (_lines(lambda all_: [*all_, b"{}\n"]), "changed"),
    "removed": (lambda world: world.settings.anchor_file.unlink(), "the anchor was cut short"),
}


def test_every_tampering_with_the_anchor_is_found(busy: World) -> None:
    path, missed = busy.settings.anchor_file, []
    whole = path.read_bytes()
    for name, (tamper, expected) in ANCHOR.items():
        tamper(busy)
        if expected not in "\n".join(inspect(busy.database).problems):
            missed.append(name)
        path.write_bytes(whole)
    assert missed == []


def test_cutting_chain_and_anchor_alike_is_found_by_a_copy_of_the_anchor(busy: World) -> None:
    copy = busy.settings.anchor_file.read_bytes()
    _lines(lambda all_: all_[:MIDDLE])(busy)
    with unguarded(busy.settings) as connection:
        last = busy.database.anchor.marks()[0][-1].seq
        connection.execute(text(f"DELETE FROM audit WHERE seq > {last}"))
    assert not any("cut" in problem for problem in inspect(busy.database).problems)
    busy.settings.anchor_file.write_bytes(copy)
    assert "cut short" in "\n".join(inspect(busy.database).problems)


def test_a_clock_that_is_set_back_is_found(world: World) -> None:
    records = world.records()
    world.clock.now -= timedelta(seconds=4)
    records.find(Person)
    assert inspect(world.database).sound
    world.clock.now -= timedelta(hours=1)
    records.find(Person)
    (problem,) = inspect(world.database).problems
    assert "3604 s before" in problem


def test_keys_are_rotated_and_the_old_one_signs_no_more(world: World) -> None:
    records = world.records()
    old = world.settings.keys.audit
    text_ = key_files.make("second")
    both = KeyRing("audit", (*old.keys, *key_files.ring("audit", text_).keys))
    records.find(Person)
    rotated = world.reopened(audit=both)
    rotated.records().find(Person)
    assert rotated.last_row().key == "second"
    assert inspect(rotated.database).sound
    back = world.reopened(audit=KeyRing("audit", tuple(reversed(both.keys))))
    back.records().find(Person)
    problems = inspect(rotated.database).problems
    assert "which had been replaced before" in "\n".join(problems)
    assert not inspect(world.database).sound  # who has lost the newer key cannot tell
    rotated.database.close()
    back.database.close()


def test_the_database_itself_refuses_to_change_what_is_appended(busy: World, kind: str) -> None:
    last = "INSERT OR REPLACE INTO {0} SELECT * FROM {0}" if kind == "sqlite" else "TRUNCATE {0} CASCADE"
    wanted = ("UPDATE {0} SET clinic_id = clinic_id", "DELETE FROM {0}", last)
    for statement in (one.format(table) for one in wanted for table in APPEND_ONLY):
        with pytest.raises(DBAPIError, match="append-only"), busy.database.unlogged() as transaction:
            transaction.session.execute(text(statement))
    assert inspect(busy.database).sound


def test_any_byte_of_the_anchor_counts(busy: World) -> None:
    path = busy.settings.anchor_file
    whole = path.read_bytes()
    for _ in range(30):
        place = random.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert busy.database.anchor.marks()[1] != [], place
