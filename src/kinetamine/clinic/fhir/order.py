"""An order, as MedicationRequest: mg as ordered, and mg/kg as they follow from the weight."""

from __future__ import annotations

from kinetamine.clinic.fhir.codes import ROUTES, concept, drug, hl7
from kinetamine.clinic.fhir.pieces import Resource, moment, notes, quantity, refer, resource, who
from kinetamine.clinic.records import Order

_STATES = {
    "planned": "draft",
    "draft": "draft",
    "first checked": "draft",
    "disputed": "on-hold",
    "signed": "active",
    "checked": "active",
    "active": "active",
    "given": "completed",
    "done": "completed",
    "completed": "completed",
    "stopped": "stopped",
    "cancelled": "cancelled",
    "entered in error": "entered-in-error",
}
_LEAST_KG = 0.1
"""Below it a weight is none, and nothing is divided by it."""
_ORDERED = hl7("dose-rate-type", "ordered", "Ordered")
_CALCULATED = hl7("dose-rate-type", "calculated", "Calculated")


def request(order: Order, state: str) -> Resource:
    """A state of ours that FHIR does not have is unknown, and named beside.

    Args:
        state: how the order stands, which its sessions know, too.
    """
    doses = [{"type": concept(_ORDERED), "doseQuantity": quantity(order.dose_mg, "mg")}]
    if order.weight_kg >= _LEAST_KG:
        doses.append({"type": concept(_CALCULATED), "doseQuantity": quantity(order.dose_mg / order.weight_kg, "mg/kg")})
    route = ROUTES.get(order.route)
    dosage = {
        "text": order.regimen,
        "route": concept(route) if route else concept(text=order.route),
        "doseAndRate": doses,
    }
    if order.planned_at is not None:
        dosage["timing"] = {"event": [moment(order.planned_at)]}
    return resource(
        "MedicationRequest",
        order.id,
        of=order,
        status=_STATES.get(state, "unknown"),
        intent="order",
        medicationCodeableConcept=concept(*drug(order.drug, order.route), text=order.drug),
        subject=refer("Patient", order.person_id),
        authoredOn=moment(order.made_at),
        requester=who(order.made_by),
        dosageInstruction=[dosage],
        note=notes(f"state: {state}", f"weight {order.weight_kg:g} kg"),
    )
