"""Answers in FHIR's own form: resources, and what went wrong as an OperationOutcome."""

from __future__ import annotations

import json

from starlette.responses import Response

from kinetamine.clinic.fhir import bundle
from kinetamine.clinic.fhir.pieces import Resource

MEDIA = "application/fhir+json"


def answer(resource: Resource, status: int = 200) -> Response:
    """A resource; no browser or proxy keeps it."""
    text = json.dumps(resource, ensure_ascii=False, allow_nan=False)
    headers = {"Cache-Control": "no-store"}
    return Response(text, status, headers, media_type=f"{MEDIA}; charset=utf-8")


def refused(status: int, message: str) -> Response:
    """Why there is none."""
    return answer(bundle.outcome(status, message), status)
