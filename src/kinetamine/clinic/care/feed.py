"""Readings from devices: what cannot be is sent back by name, everything else goes into the session at the chair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinetamine.clinic.access.intake import Delivery, Intake, Sent
from kinetamine.clinic.alarms.limits import LimitSet, Vital
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.clinic.feeds.message import Message, Outcome, Reading
from kinetamine.clinic.session.entries import Read
from kinetamine.clinic.session.vitals import sent_back
from kinetamine.errors import FieldError

_PRESSURES = (Vital.SYSTOLIC, Vital.DIASTOLIC)


@dataclass(frozen=True)
class _Judged:
    """A reading as it can be stored, and what of it cannot be, in words."""

    reading: Reading
    refused: tuple[str, ...]

    @property
    def has_something(self) -> bool:
        """Whether anything but refused values is left."""
        return bool(self.reading.values) or len(self.reading.absent) > len(self.refused)


def deliver(intake: Intake, macs: tuple[str, ...], message: Message, limits: LimitSet = PUBLISHED) -> Outcome:
    """Store a message's readings, all or none; once it returns they are on the disk.

    A value that cannot be is refused by its name, and stands in the session as one that is absent and why; the
    possible ones beside it are kept: a probe that fell off must not hide a pressure.

    Raises:
        FieldError: no value of a reading can be.
        Refusal: the device is none, or the readings belong to no session here.
    """
    judged = [_judged(one, limits) for one in message.readings]
    refused = tuple(words for one in judged for words in one.refused)
    for one in judged:
        if not one.has_something:
            raise FieldError(f"reading {one.reading.name}", "; ".join(one.refused), "values that can be; read again")
    sent = tuple(_sent(one.reading) for one in judged)
    receipt = intake.take(Delivery(macs=macs, readings=sent, chair=message.chair))
    return Outcome(stored=receipt.stored, again=receipt.again, refused=refused, not_taken=message.not_taken)


def _judged(reading: Reading, limits: LimitSet) -> _Judged:
    """Every value by itself, then the pressures together."""
    kept: list[tuple[Vital, float]] = []
    impossible: dict[Vital, str] = {}
    for sign, value in reading.values:
        if sent_back(Read(values=((sign.value, value),)), limits):
            possible = limits.range_of(sign)
            ends = f"{possible.low.value:g} to {possible.high.value:g} {sign.unit}"
            impossible[sign] = f"{value:g} {sign.unit}, where {ends} can be"
        else:
            kept.append((sign, value))
    kept, crossed = _crossed(kept)
    impossible |= crossed
    absent = tuple((sign, f"refused: {words}") for sign, words in impossible.items())
    refused = tuple(f"{sign.replace('_', ' ')} {words}" for sign, words in impossible.items())
    stays = Reading(
        name=reading.name,
        at=reading.at,
        values=tuple(kept),
        absent=(*reading.absent, *absent),
        patients=reading.patients,
    )
    return _Judged(stays, refused)


def _crossed(values: Sequence[tuple[Vital, float]]) -> tuple[list[tuple[Vital, float]], dict[Vital, str]]:
    """Pressures the wrong way round are both refused: nobody knows which is wrong."""
    known = dict(values)
    if any(one not in known for one in _PRESSURES) or known[Vital.DIASTOLIC] < known[Vital.SYSTOLIC]:
        return list(values), {}
    words = f"{known[Vital.SYSTOLIC]:g}/{known[Vital.DIASTOLIC]:g} mmHg, where the systolic pressure is the higher one"
    return [one for one in values if one[0] not in _PRESSURES], dict.fromkeys(_PRESSURES, words)


def _sent(reading: Reading) -> Sent:
    content: dict[str, dict[str, object]] = {"values": {sign.value: value for sign, value in reading.values}}
    content["absent"] = {sign.value: reason for sign, reason in reading.absent}
    # The time too: a device that was started anew begins to count anew.
    name = f"{reading.at.isoformat()}/{reading.name}"
    return Sent(name=name, at=reading.at, content=content, patients=reading.patients)
