"""A row of the audit, as AuditEvent: who did what with which record; never what it held."""

from __future__ import annotations

from kinetamine.clinic.fhir.codes import hl7
from kinetamine.clinic.fhir.pieces import TYPES, Resource, refer, resource, who
from kinetamine.clinic.records import AuditRow

_REST = hl7("audit-event-type", "rest", "RESTful Operation")
_SECURITY = "http://dicom.nema.org/resources/ontology/DCM"
_ACTIONS = {"add": "C", "read": "R", "change": "U", "sign": "E", "export": "R"}
_DONE = "done"
_ID_LENGTH = 36


def audit_event(row: AuditRow) -> Resource:
    """With the signature over the row, by which it can be found in the chain again."""
    is_data = row.action in _ACTIONS
    kind = TYPES.get(row.kind)
    about = refer(kind, row.record_id) if kind and len(row.record_id) == _ID_LENGTH else None
    what = about or ({"display": f"{row.kind} {row.record_id}"} if row.record_id else None)
    details = [{"type": name, "valueString": value} for name, value in (("kind", row.kind), ("mac", row.mac)) if value]
    entity = {"what": what, "detail": details} if what else {"name": row.kind or "the database", "detail": details}
    return resource(
        "AuditEvent",
        str(row.seq),
        type=_REST.coding if is_data else {"system": _SECURITY, "code": "110114", "display": "User Authentication"},
        subtype=[{"system": "urn:kinetamine:action", "code": row.action.replace(" ", "-"), "display": row.action}],
        action=_ACTIONS.get(row.action, "E"),
        recorded=f"{row.at[:23]}Z",
        outcome="0" if row.outcome == _DONE else "4",
        outcomeDesc=row.outcome,
        agent=[{"who": who(row.actor) or {"display": "not signed in"}, "requestor": True}],
        source={
            "observer": refer("Organization", row.clinic_id) or {"display": "Kinetamine"},
            "type": [hl7("security-source-type", "4", "Application Server").coding],
        },
        entity=[entity],
    )
