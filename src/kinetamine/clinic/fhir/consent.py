"""A consent, as Consent: to which text by its hash, since when, and until when."""

from __future__ import annotations

from kinetamine.clinic.fhir.codes import concept, hl7
from kinetamine.clinic.fhir.pieces import Resource, moment, period, refer, resource
from kinetamine.clinic.records import Consent

_TREATMENT = hl7("consentscope", "treatment", "Treatment")


def consent(given: Consent) -> Resource:
    """A consent that was revoked is inactive, from then on."""
    text = f"{given.text}, version {given.text_version}, SHA-256 {given.digest}"
    return resource(
        "Consent",
        given.id,
        of=given,
        status="active" if given.revoked_at is None else "inactive",
        scope=concept(_TREATMENT),
        category=[concept(text="informed consent to treatment")],
        patient=refer("Patient", given.person_id),
        dateTime=moment(given.given_at),
        performer=[refer("Patient", given.person_id)],
        organization=[refer("Organization", given.clinic_id)],
        policyRule=concept(text=text),
        provision={"type": "permit", "period": period(given.given_at, given.revoked_at)},
    )
