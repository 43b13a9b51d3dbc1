"""A session in small steps, for tests: minutes from nine o'clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kinetamine.clinic.session.entries import (
    DeviceUsed,
    Entry,
    InfusionStarted,
    Left,
    Read,
    Scored,
    Stopped,
    Symptom,
    What,
)
from kinetamine.clinic.session.state import SessionState, state_at
from kinetamine.clinic.session.timeline import Timeline

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def clock(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def entry(
    name: str, minutes: float, what: What, *, received: float | None = None, by: str = "nurse-a", device: str = ""
) -> Entry:
    arrived = clock(minutes if received is None else received) + timedelta(seconds=1)
    return Entry(name=name, at=clock(minutes), received_at=arrived, by=by, what=what, device=device)


def read(name: str, minutes: float, systolic: float = 122.0, diastolic: float = 76.0, spo2: float = 98.0) -> Entry:
    values = (("systolic", systolic), ("diastolic", diastolic), ("heart_rate", 72.0), ("spo2", spo2))
    return entry(name, minutes, Read(values=values))


def awake(name: str, minutes: float, points: int = 5) -> Entry:
    return entry(name, minutes, Scored(scale="moaas", answers=(("response", points),)))


PUMP = InfusionStarted(ml_per_h=52.5, mg_per_ml=1.0, salt="hydrochloride", lot="L1")
"""35 mg of hydrochloride in 40 minutes."""
INFUSION = (
    read("before", -10),
    entry("start", 0, PUMP),
    read("r15", 15, 140, 88),
    read("r40", 40, 150, 92),
    entry("feels odd", 10, Symptom(kind="dissociation", resolved=False)),
    entry("stop", 40, Stopped(reason="complete")),
    entry("feels well", 75, Symptom(kind="dissociation", resolved=True)),
    read("r90", 90, 130, 80),
    awake("awake", 100),
    read("r115", 115),
)
SPRAY = (
    read("before", -10),
    entry("d1", 0, DeviceUsed(number=1, lot="S1")),
    entry("d2", 5, DeviceUsed(number=2, lot="S1")),
    entry("d3", 10, DeviceUsed(number=3, lot="S2")),
    read("r40", 42, 150, 92),
    awake("drowsy", 45, 4),
    awake("awake", 95),
    read("r115", 115),
    entry("left", 130, Left()),
)


def at(minutes: float, *entries: Entry) -> SessionState:
    return state_at(Timeline().merged(entries), clock(minutes))
