"""A session in the records, for tests: opened at nine, entered in by a nurse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from clinic.world import START, World, order, person
from kinetamine.clinic.care import predictions, session
from kinetamine.clinic.care.sitting import Sitting, load
from kinetamine.clinic.plan import SessionPrediction
from kinetamine.clinic.records import Role, SessionEvent
from kinetamine.clinic.session.wire import Told

_NUMBERS = count(1)


RACEMIC, SPRAY = ("racemic ketamine HCl", "intravenous"), ("esketamine", "intranasal")


def opened(
    world: World,
    chair: str = "1",
    predicted: SessionPrediction | None = None,
    of: tuple[str, str] = RACEMIC,
    **more: Any,
) -> str:
    """The id of a new session of somebody new, for whom that drug was ordered by that route."""
    physician = world.records()
    whom = physician.add(person(number=f"D{next(_NUMBERS)}", name="Demo One"))
    details = {} if predicted is None else {"prediction": predictions.written(predicted)}
    ordered = physician.add(order(whom.id, details=details, drug=of[0], route=of[1]))
    return session.open_at(physician, session.Opening(person_id=whom.id, chair=chair, order_id=ordered.id, **more)).id


def sent(
    name: str, happened: str, content: Mapping[str, Any] | None = None, *, minute: float = 0.0, **more: str
) -> session.Sent:
    told = Told(happened=happened, content=content or {}, note=more.pop("note", ""))
    return session.Sent(client_id=name, device_time=START + timedelta(minutes=minute), told=told, **more)


def reading(name: str, minute: float, systolic: float, diastolic: float = 78.0) -> session.Sent:
    values = {"systolic": systolic, "diastolic": diastolic, "heart_rate": 72.0, "spo2": 98.0}
    return sent(name, "reading", {"values": values, "absent": {}}, minute=minute)


PUMP = {"ml_per_h": 52.5, "mg_per_ml": 1.0, "salt": "hydrochloride", "lot": "L1"}


def entered(world: World, session_id: str, *entries: session.Sent, by: Role = Role.NURSE) -> tuple[SessionEvent, ...]:
    records = world.records(by)
    return session.enter(records, load(records, session_id), entries)


def sitting(world: World, session_id: str) -> Sitting:
    return load(world.records(Role.NURSE), session_id)
