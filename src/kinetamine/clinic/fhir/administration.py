"""What was given, as MedicationAdministration: the volume that ran and why it ended, not what had been ordered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from kinetamine.clinic.fhir.codes import ESKETAMINE_SPRAY, KETAMINE, ROUTES, Code, concept, drug
from kinetamine.clinic.fhir.decode import timeline
from kinetamine.clinic.fhir.pieces import (
    Resource,
    extension,
    moment,
    notes,
    number,
    period,
    quantity,
    refer,
    resource,
    who,
)
from kinetamine.clinic.records import Order, Session, SessionEvent
from kinetamine.clinic.session.entries import (
    DeviceUsed,
    InfusionStarted,
    Injected,
    Left,
    Paused,
    RateChanged,
    Resumed,
    Stopped,
)
from kinetamine.clinic.session.state import state_at
from kinetamine.clinic.session.timeline import Standing, Timeline

_WHOLE = ("complete", "completed")


def administrations(session: Session, rows: Iterable[SessionEvent], order: Order | None = None) -> list[Resource]:
    """One for each infusion, injection and nasal device; what was entered in error says so."""
    found = timeline(rows)
    return [one for standing in found.everything if (one := _one(session, found, standing, order))]


def _one(session: Session, entries: Timeline, standing: Standing, order: Order | None) -> Resource | None:
    match standing.what:
        case InfusionStarted() as what:
            return _infusion(session, entries, standing, _course(entries, standing), _Drug(what.lot, what.salt, order))
        case Injected() as what:
            dosage = {"dose": quantity(what.mg, "mg"), "text": f"{what.mg:g} mg as {_salt(what.salt)}"}
            return _given(session, standing, _Drug(what.lot, what.salt, order), dosage)
        case DeviceUsed() as what:
            dosage = {
                "dose": quantity(what.base_mg, "mg"),
                "text": f"nasal device {what.number}: {what.base_mg:g} mg base, two sprays",
                "route": concept(ROUTES["intranasal"]),
            }
            return _given(session, standing, _Drug(what.lot, "base", order, spray=True), dosage)
    return None


class _Drug:
    """What was in the vial or the device."""

    def __init__(self, lot: str, salt: str, order: Order | None, *, spray: bool = False) -> None:
        self.lot, self.order = lot, order
        words = "esketamine, nasal spray" if spray else f"ketamine, {salt}"
        self.words = order.drug if order is not None else words
        self.codes: tuple[Code, ...] = ESKETAMINE_SPRAY if spray else KETAMINE
        if order is not None:
            self.codes = drug(order.drug, order.route)

    @property
    def elements(self) -> dict[str, Any]:
        """As a medication of its own, for its lot."""
        code = concept(*self.codes, text=self.words)
        medication = {"resourceType": "Medication", "id": "medication", "code": code}
        medication["batch"] = {"lotNumber": self.lot}
        return {"contained": [medication], "medicationReference": {"reference": "#medication"}}

    @property
    def route(self) -> dict[str, object] | None:
        """As ordered."""
        if self.order is None:
            return None
        code = ROUTES.get(self.order.route)
        return concept(code) if code else concept(text=self.order.route)


def _infusion(session: Session, entries: Timeline, start: Standing, course: list[Standing], what: _Drug) -> Resource:
    pump = start.what
    assert isinstance(pump, InfusionStarted)  # noqa: S101 - what it was found by
    last = course[-1].what if course else None
    end = course[-1].at if isinstance(last, Stopped | Left) else session.ended_at
    ml = _ran(entries, start, end or (course[-1].at if course else start.at))
    mg, base_mg = ml * pump.mg_per_ml, ml * pump.base_mg_per_ml
    dosage: dict[str, Any] = {
        "text": f"{ml:.4g} mL of {pump.mg_per_ml:g} mg/mL as {_salt(pump.salt)}: {base_mg:.4g} mg base",
        "route": concept(ROUTES["intravenous"]),
        "dose": quantity(mg, "mg"),
        "rateQuantity": quantity(pump.ml_per_h, "mL/h"),
    }
    reason = last.reason if isinstance(last, Stopped) else ""
    more = {
        "extension": [extension("volume-given", valueQuantity=quantity(number(ml), "mL"))],
        "statusReason": [concept(text=reason)] if reason else None,
        "note": notes(*(_told(one) for one in course)),
    }
    return _given(session, start, what, dosage) | _filled(
        more | {"status": _status(start, last, end), "effectivePeriod": period(start.at, end)}, without=start.in_error
    )


def _filled(elements: dict[str, Any], *, without: str) -> dict[str, Any]:
    """What there is; an infusion that was entered in error keeps its status."""
    kept = {name: value for name, value in elements.items() if value}
    if without:
        kept.pop("status")
        kept.pop("statusReason", None)
    return kept


def _status(start: Standing, last: object, end: datetime | None) -> str:
    if start.in_error:
        return "entered-in-error"
    if isinstance(last, Stopped):
        return "completed" if last.reason.casefold() in _WHOLE else "stopped"
    if end is not None:
        return "unknown"
    return "on-hold" if isinstance(last, Paused) else "in-progress"


def _given(session: Session, standing: Standing, what: _Drug, dosage: dict[str, Any]) -> Resource:
    dosage = {"route": what.route} | dosage if what.route else dosage
    return resource(
        "MedicationAdministration",
        standing.entry.name,
        **what.elements,
        status="entered-in-error" if standing.in_error else "completed",
        statusReason=[concept(text=standing.in_error)] if standing.in_error else None,
        subject=refer("Patient", session.person_id),
        context=refer("Encounter", session.id),
        effectivePeriod=period(standing.at, standing.at),
        performer=[{"actor": who(standing.entry.by)}],
        request=refer("MedicationRequest", session.order_id),
        dosage=dosage,
    )


def _course(entries: Timeline, start: Standing) -> list[Standing]:
    """What was done to the pump after it was started, to its stop or the start of another."""
    return list(_until_stopped(entries, start))


def _until_stopped(entries: Timeline, start: Standing) -> Iterator[Standing]:
    begun = False
    for one in entries.standing:
        if one is start:
            begun = True
        elif begun and isinstance(one.what, InfusionStarted):
            return
        elif begun and isinstance(one.what, RateChanged | Paused | Resumed | Stopped | Left):
            yield one
            if isinstance(one.what, Stopped | Left):
                return


def _ran(entries: Timeline, start: Standing, end: datetime) -> float:
    """mL that ran from its start to its end."""
    return max(0.0, state_at(entries, end).ml - state_at(entries, start.at).ml)


def _told(one: Standing) -> str:
    match one.what:
        case RateChanged(ml_per_h=rate):
            return f"{moment(one.at)}: {rate:g} mL/h"
        case Paused(reason=reason):
            return f"{moment(one.at)}: paused, {reason}"
        case Resumed():
            return f"{moment(one.at)}: resumed"
    return ""


def _salt(salt: str) -> str:
    return "ketamine hydrochloride" if salt == "hydrochloride" else "ketamine base"
