"""Several resources together, and what went wrong, as Bundle and OperationOutcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kinetamine.clinic.fhir.pieces import Resource, moment

NOWHERE = "https://clinic.invalid/fhir"
"""The address of resources that were taken away in a file: a name that RFC 2606 keeps free, so that nobody answers."""
_ISSUES = {400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 409: "conflict"}


def collection(resources: Iterable[Resource], at: datetime, base: str = NOWHERE) -> Resource:
    """Everything, to take away."""
    entries = [{"fullUrl": _address(one, base), "resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": moment(at)} | _some(entries)


def searchset(found: Iterable[Resource], total: int, base: str, links: Mapping[str, str]) -> Resource:
    """One page of what was asked for."""
    entries = [{"fullUrl": _address(one, base), "resource": one, "search": {"mode": "match"}} for one in found]
    link = [{"relation": relation, "url": url} for relation, url in links.items()]
    return {"resourceType": "Bundle", "type": "searchset", "total": total, "link": link} | _some(entries)


def outcome(status: int, message: str) -> Resource:
    """Why there is no answer."""
    code = _ISSUES.get(status, "exception" if status >= 500 else "invalid")
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": code, "diagnostics": message}]}


def _address(one: Resource, base: str) -> str:
    return f"{base}/{one['resourceType']}/{one['id']}"


def _some(entries: list[Any]) -> dict[str, Any]:
    return {"entry": entries} if entries else {}
