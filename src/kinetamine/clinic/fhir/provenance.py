"""Signatures, as Provenance: one for each signed version of a record, with everybody who signed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from kinetamine.clinic.fhir.codes import concept, hl7
from kinetamine.clinic.fhir.pieces import TYPES, Resource, moment, refer, resource, who
from kinetamine.clinic.records import Order, Signature

_FIRST = hl7("provenance-participant-type", "author", "Author")
_NEXT = hl7("provenance-participant-type", "verifier", "Verifier")


def provenance(signatures: Iterable[Signature]) -> list[Resource]:
    """Two people who checked one dose are two agents of one resource, the first as its author."""
    ordered = sorted(signatures, key=lambda one: (*_target(one), one.made_at, one.id))
    return [_one(list(together)) for _, together in groupby(ordered, key=_target)]


def checked(order: Order) -> list[Resource]:
    """The check of a dose: who worked it out first, and who did so again without seeing that."""
    check = order.details.get("check")
    if not isinstance(check, Mapping) or not check.get("begun_by"):
        return []
    agents = [{"type": concept(_FIRST, text="worked the dose out"), "who": who(check["begun_by"])}]
    if check.get("second_by"):
        said = "worked it out again, without seeing the first result"
        agents.append({"type": concept(_NEXT, text=said), "who": who(check["second_by"])})
    made = resource(
        "Provenance",
        f"{order.id}-check",
        target=[refer("MedicationRequest", order.id)],
        recorded=moment(order.changed_at or order.made_at),
        activity=concept(text=f"dose check: {order.state}"),
        agent=agents,
    )
    return [made]


def _target(one: Signature) -> tuple[str, str, int]:
    return one.signed_kind, one.signed_id, one.signed_version


def _one(signatures: list[Signature]) -> Resource:
    first = signatures[0]
    kind = TYPES.get(first.signed_kind)
    target = refer(kind, first.signed_id) if kind else {"display": f"{first.signed_kind} {first.signed_id}"}
    agents = [
        {"type": concept(_NEXT if place else _FIRST, text=one.meaning), "who": who(one.made_by)}
        for place, one in enumerate(signatures)
    ]
    return resource(
        "Provenance",
        first.id,
        target=[target],
        occurredDateTime=moment(first.made_at),
        recorded=moment(signatures[-1].made_at),
        activity=concept(text=f"signed in version {first.signed_version}"),
        agent=agents,
    )
