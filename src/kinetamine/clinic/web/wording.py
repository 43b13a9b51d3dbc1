"""Entries in words: a unit beside every number, and never a scale's own text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kinetamine import catalogue
from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.session.wire import ACKNOWLEDGED, ARRANGED, DISCHARGED, SILENCED, Row, Told

SIGNS = {
    "systolic": "systolic",
    "diastolic": "diastolic",
    "heart_rate": "heart rate",
    "spo2": "SpO2",
    "respiratory_rate": "breaths",
    "moaas": "MOAA/S",
}
"""Vital signs as they are called on the page."""
ARRANGED_WORDS = {
    "escort": "somebody takes the person home",
    "told_not_to_drive": "told not to drive until the next day, after sleep",
    "gait_safe": "stands and walks safely",
    "symptoms_asked": "asked about sedation, dissociation and breathing",
}


def in_words(told: Told) -> str:
    """One line."""
    known = _WORDS.get(told.happened)
    return told.happened if known is None else known(told)


def act_in_words(row: Row) -> str:
    """The same for what people did beside entries; free text of it is not repeated here."""
    content = row.content
    if row.happened in {ACKNOWLEDGED, SILENCED}:
        signs = sorted({SIGNS.get(one.rpartition("/")[2], one) for one in map(str, content.get("readings", []))})
        for_s = f" for {content.get('seconds', 0):g} s" if row.happened == SILENCED else ""
        return f"{row.happened}{for_s}: {', '.join(signs)}"
    if row.happened == ARRANGED:
        return ARRANGED_WORDS.get(content.get("what", ""), "arranged")
    if row.happened == DISCHARGED:
        open_then = content.get("overridden") or []
        alone = content.get("by_themselves")
        if not open_then:
            return f"{'closed' if alone else 'let go'}; nothing on the list was unmet"
        how = "closed" if alone else "let go by a physician"
        return f"{how}, with unmet: {'; '.join(open_then)}. Reason: {row.note or 'not recorded'}"
    return str(row.happened)


def called(text: str) -> str:
    """Names of signs and scales in a sentence, as people write them."""
    for name, shown in (("spo2", "SpO2"), ("moaas", "MOAA/S"), ("cadss", "CADSS")):
        text = text.replace(name, shown)
    return text


def number(value: float) -> str:
    """Without a zero at its end."""
    return f"{value:.10g}"


def _reading(told: Told) -> str:
    values, absent = told.content["values"], told.content.get("absent", {})
    parts = [f"{_sign(name)} {number(values[name])} {_unit(name)}" for name in sorted(values, key=_place)]
    parts += [f"{_sign(name)}: no value, {absent[name]}" for name in sorted(absent, key=_place)]
    return ", ".join(parts)


def _score(told: Told) -> str:
    scale = catalogue.load("scales", told.content["scale"])
    total = scale.score(told.content["answers"]).total
    low, high = scale.limits
    shown = "no total, as answers are missing" if total is None else f"{total} points, of {low} to {high}"
    return f"{scale.version}: {shown}"


def _symptom(told: Told) -> str:
    began = "gone" if told.content["resolved"] else "began"
    return f"{told.content['kind']} {began}" + (f"; done: {told.note}" if told.note else "")


def _place(name: str) -> tuple[int, str]:
    """Pressures first, as people say them."""
    known = tuple(SIGNS)
    return (known.index(name) if name in known else len(known)), name


def _sign(name: str) -> str:
    return SIGNS.get(name, name.replace("_", " "))


def _unit(name: str) -> str:
    return Vital(name).unit if name in set(Vital) else ""


def _started(content: Mapping[str, Any]) -> str:
    rate, strength = number(content["ml_per_h"]), number(content["mg_per_ml"])
    return f"infusion started: {rate} mL/h, {strength} mg/mL of {content['salt']}, lot {content['lot']}"


_WORDS: dict[str, Callable[[Told], str]] = {
    "infusion started": lambda told: _started(told.content),
    "rate changed": lambda told: f"rate changed to {number(told.content['ml_per_h'])} mL/h",
    "paused": lambda told: f"paused: {told.note}",
    "resumed": lambda _: "resumed",
    "stopped": lambda told: f"stopped: {told.note}",
    "injected": lambda told: (
        f"given at once: {number(told.content['mg'])} mg of {told.content['salt']}, lot {told.content['lot']}"
    ),
    "device used": lambda told: f"nasal device {told.content['number']} used, lot {told.content['lot']}",
    "reading": _reading,
    "score": _score,
    "symptom": _symptom,
    "left": lambda _: "the person left",
}
