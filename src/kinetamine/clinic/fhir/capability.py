"""What the interface can do, as CapabilityStatement, and what a SMART client may read of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kinetamine.clinic.fhir.pieces import Resource, moment

_SIGN_IN = (
    "Reading needs a bearer token (Authorization: Bearer ...), the token of a sign-in with password and second factor; "
    "it ends as that sign-in does. There is no authorization server of SMART App Launch here, and tokens of another "
    "are not taken."
)
SCOPES = ("user/*.rs", "patient/*.rs")


def statement(version: str, made_at: datetime, types: Iterable[str], searches: Iterable[tuple[str, str]]) -> Resource:
    """Reading and searching, nothing else: what is not said here is refused."""
    parameters = [{"name": name, "type": kind} for name, kind in searches]
    can = [{"code": "read"}, {"code": "search-type"}]
    offered = [{"type": name, "interaction": can, "searchParam": parameters} for name in types]
    everything = "http://hl7.org/fhir/OperationDefinition/Patient-everything"
    for one in offered:
        if one["type"] == "Patient":
            one["operation"] = [{"name": "everything", "definition": everything}]
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": moment(made_at),
        "kind": "instance",
        "software": {"name": "Kinetamine clinic", "version": version},
        "implementation": {"description": "Records of a clinic; not a medical device, no dosing advice"},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [{"mode": "server", "security": {"cors": False, "description": _SIGN_IN}, "resource": offered}],
    }


def smart() -> dict[str, Any]:
    """Ready for SMART, without claiming what is not there: no endpoint is named, as there is none."""
    return {
        "grant_types_supported": [],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": list(SCOPES),
        "capabilities": ["permission-user", "permission-patient", "permission-v2"],
        "kinetamine_sign_in": _SIGN_IN,
    }
