"""The whole record out: in FHIR, in tables, to be read, and with an audit that can be checked apart."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from clinic import world as people
from clinic.fhir.published import by_definition, by_fhirkit
from clinic.world import START, World, course, write_keys
from kinetamine.clinic.access import operator
from kinetamine.clinic.access.whole import Whole
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.care import export
from kinetamine.clinic.records import Person, Role, Score, Session
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError
from kinetamine.errors import FieldError

BAND = {"title": "Systolic", "unit": "mmHg", "times_min": [0], "typical": [130], "low": [110], "high": [150]}
PREDICTION = {"model": "kamp_2020", "version": "0.1.0", "bands": {"systolic": BAND}}


def taken(world: World) -> tuple[Whole, str]:
    """A person with one of everything, a correction and a change; and the anchor before it was taken."""
    physician = world.records()
    whom = physician.add(people.person(number="D-9", name="Demo Nine = 1", notes="=cmd()"))
    held = course(physician, whom)
    physician.add(people.session(whom.id, chair="2", details={"prediction": PREDICTION}, started_at=START))
    world.records(Role.NURSE).add(
        people.event(held.id(Session), "c1", content={"values": {"systolic": 130.0}, "absent": {"spo2": "no signal"}})
    )
    physician.correct(Score, held.id(Score), "misread", total=3)
    physician.change(Person, whom.id, 1, "weighed again", weight_kg=71.0)
    physician.add(people.person(number="D-10", name="Somebody Else"))
    anchor = world.database.anchor.newest_line()
    return operator.export_person(world.database, "north", "D-9"), anchor


def test_all_of_it_is_written(world: World, tmp_path: Path) -> None:
    record, anchor = taken(world)
    files = export.write(record, tmp_path / "out", START, anchor)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    bundle = json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))
    assert by_definition(bundle) == []
    assert by_fhirkit(bundle) == []
    found = [one["resource"] for one in bundle["entry"]]
    known = {f"{one['resourceType']}/{one['id']}" for one in found}
    assert len(known) == len(found)
    assert {one.split("/")[0] for one in known} >= {"Patient", "Observation", "AuditEvent", "RiskAssessment", "Consent"}
    assert "Somebody Else" not in str(bundle)
    assert (tmp_path / "out" / "record.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(FieldError, match="empty folder"):
        export.write(record, tmp_path / "out", START, anchor)
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out" / "tables" / "person.csv").read_text(encoding="utf-8")))
    assert (row["name"], row["notes"], row["weight_kg"]) == ("Demo Nine = 1", "'=cmd()", "71.0")
    assert (tmp_path / "out" / "tables" / "revisions.csv").is_file()
    assert world.last_row().action == "export"
    assert inspect(world.database).sound


def test_the_proof_is_checked_apart_and_finds_what_was_done(world: World, tmp_path: Path) -> None:
    record, anchor = taken(world)
    audit = tmp_path / "out" / "audit"
    export.write(record, tmp_path / "out", START, anchor)
    write_keys(world.settings)
    keys = world.settings.folder / "keys" / "audit"

    def checked(*more: object) -> tuple[int, str]:
        asked = [sys.executable, "-I", str(audit / "verify.py"), *(str(one) for one in more)]
        found = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
        return found.returncode, found.stdout

    code, said = checked("--keys", keys)
    assert (code, "signatures checked" in said) == (0, True)
    rows = (audit / "rows.jsonl").read_text(encoding="utf-8")
    (audit / "rows.jsonl").write_text(rows.replace('"action": "add"', '"action": "read"', 1), encoding="utf-8")
    assert checked()[0] == 0  # without the key its links alone are checked
    code, said = checked("--keys", keys)
    assert (code, "not what was signed" in said) == (1, True)
    (audit / "rows.jsonl").write_text(rows, encoding="utf-8")
    chain = (audit / "chain.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for cut, problem in ((chain[:-1], "cut short"), (chain[:3] + chain[4:], "missing")):
        (audit / "chain.csv").write_text("".join(cut), encoding="utf-8")
        code, said = checked()
        assert (code, problem in said) == (1, True)


def test_who_may_take_it(world: World) -> None:
    record, _ = taken(world)
    assert world.records(Role.AUDITOR).everything(record.person.id).audit
    assert world.records(Role.PHYSICIAN).everything(record.person.id).audit == ()
    for role in set(Role) - {Role.AUDITOR, Role.PHYSICIAN}:
        with pytest.raises(NotAllowedError):
            world.records(role).everything(record.person.id)
        assert world.last_row().outcome == "refused"
    for clinic, number in (("south", "D-9"), ("north", "none"), ("none", "D-9")):
        with pytest.raises(NoSuchRecordError):
            operator.export_person(world.database, clinic, number)


def test_what_goes_with_it_is_about_this_person_alone(world: World) -> None:
    record, _ = taken(world)
    other = world.records().find(Person, number="own")[0].id
    about = (record.consents, record.orders, record.sessions, record.scores, record.tasks)
    ids = {getattr(one, "person_id", None) for each in about for one in each}
    assert ids == {record.person.id}
    assert all(one.record_id != other for one in record.audit)
    assert [one.seq for one in record.chain] == list(range(1, len(record.chain) + 1))
