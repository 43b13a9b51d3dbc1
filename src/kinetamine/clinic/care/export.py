"""The whole record of one person, taken away: as FHIR, as tables, to be read, and with the proof of its audit."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from kinetamine.clinic.access.whole import Whole
from kinetamine.clinic.care import interop, plan
from kinetamine.clinic.export import pdf, proof, tables
from kinetamine.clinic.fhir import (
    audit_event,
    bundle,
    consent,
    eligibility,
    encounter,
    order,
    organization,
    patient,
    prediction,
    provenance,
    score,
    task,
)
from kinetamine.clinic.fhir.pieces import Resource
from kinetamine.errors import FieldError


def resources(record: Whole) -> list[Resource]:
    """Everything, as FHIR."""
    found: list[Resource] = [patient.patient(record.person), organization.organization(record.clinic)]
    found += [one for user in record.users for one in organization.staff(user)]
    found += [consent.consent(one) for one in record.consents]
    for enrolment in record.enrolments:
        found += [*eligibility.response(enrolment), *eligibility.issues(enrolment)]
    given_in = plan.given_in(record.sessions)
    found += [order.request(one, plan.stands(one, given_in)) for one in record.orders]
    found += _sessions(record)
    found += score.scores(record.scores)
    found += [task.task(one) for one in record.tasks]
    found += provenance.provenance(record.signatures)
    found += [one for planned in record.orders for one in provenance.checked(planned)]
    found += [audit_event.audit_event(one) for one in record.audit]
    return interop.redirected(found, record.users)


def write(record: Whole, folder: Path, at: datetime, anchor: str) -> list[Path]:
    """Write all of it into a new or empty folder that only its owner can enter; the files that were written.

    Args:
        anchor: the last line of the anchor, for the proof.

    Raises:
        FieldError: there is something in the folder.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FieldError("to", str(folder), "a new or an empty folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files: dict[str, bytes] = {"record.json": _bundle(record, at), "record.pdf": pdf.document(record, at)}
    files |= {f"tables/{name}.csv": text.encode() for name, text in tables.tables(record).items()}
    files |= {f"audit/{name}": text.encode() for name, text in proof.files(record, anchor, at).items()}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(content)
    return [folder / name for name in files]


def _bundle(record: Whole, at: datetime) -> bytes:
    found = bundle.collection(resources(record), at)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _sessions(record: Whole) -> list[Resource]:
    planned = {one.id: one for one in record.orders}
    found: list[Resource] = []
    for session in record.sessions:
        rows = [one for one in record.events if one.session_id == session.id]
        found += [encounter.encounter(session), *interop.of_session(session, rows, planned.get(session.order_id or ""))]
        predicted = prediction.assessment(session)
        found += [predicted] if predicted else []
    return found
