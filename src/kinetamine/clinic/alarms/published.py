"""The limits in use unless a clinic brings its own: from an early warning score, a label and a study, each named."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.clinic.alarms.limits import (
    DEL_SANT,
    LABEL,
    NEWS2,
    OPENMRS,
    OURS,
    Limit,
    LimitSet,
    Possible,
    Priority,
    Side,
    Times,
    Vital,
)
from kinetamine.engine.model import Estimate, Provenance

_RED = "chart 1: three points for one sign"
_AMBER = "chart 1: two points for one sign"
_COUNTED = "section 5: a rise counted as substantial"
_SURGE = "abstract: transient hypertension, above"
# name, sign, side, value, priority, source, where
_READ: tuple[tuple[str, Vital, Side, float, Priority, Reference, str], ...] = (
    ("spo2_very_low", Vital.SPO2, Side.AT_MOST, 91.0, Priority.HIGH, NEWS2, _RED),
    ("spo2_low", Vital.SPO2, Side.AT_MOST, 93.0, Priority.MEDIUM, NEWS2, _AMBER),
    ("breathing_very_slow", Vital.RESPIRATORY_RATE, Side.AT_MOST, 8.0, Priority.HIGH, NEWS2, _RED),
    ("breathing_very_fast", Vital.RESPIRATORY_RATE, Side.AT_LEAST, 25.0, Priority.HIGH, NEWS2, _RED),
    ("breathing_fast", Vital.RESPIRATORY_RATE, Side.AT_LEAST, 21.0, Priority.MEDIUM, NEWS2, _AMBER),
    ("systolic_very_low", Vital.SYSTOLIC, Side.AT_MOST, 90.0, Priority.HIGH, NEWS2, _RED),
    ("systolic_low", Vital.SYSTOLIC, Side.AT_MOST, 100.0, Priority.MEDIUM, NEWS2, _AMBER),
    ("systolic_very_high", Vital.SYSTOLIC, Side.AT_LEAST, 220.0, Priority.HIGH, NEWS2, _RED),
    ("systolic_high", Vital.SYSTOLIC, Side.AT_LEAST, 180.0, Priority.MEDIUM, DEL_SANT, _SURGE),
    ("diastolic_high", Vital.DIASTOLIC, Side.AT_LEAST, 110.0, Priority.MEDIUM, DEL_SANT, _SURGE),
    ("systolic_rise", Vital.SYSTOLIC, Side.RISE, 40.0, Priority.LOW, LABEL, _COUNTED),
    ("diastolic_rise", Vital.DIASTOLIC, Side.RISE, 25.0, Priority.LOW, LABEL, _COUNTED),
    ("heart_very_slow", Vital.HEART_RATE, Side.AT_MOST, 40.0, Priority.HIGH, NEWS2, _RED),
    ("heart_very_fast", Vital.HEART_RATE, Side.AT_LEAST, 131.0, Priority.HIGH, NEWS2, _RED),
    ("heart_fast", Vital.HEART_RATE, Side.AT_LEAST, 111.0, Priority.MEDIUM, NEWS2, _AMBER),
)
_UNRESPONSIVE = Limit(
    name="unresponsive",
    vital=Vital.ALERTNESS,
    side=Side.AT_MOST,
    value=Estimate(0.0, "points", LABEL, "section 5.1: loss of consciousness is a score of 0", Provenance.MEASURED),
    priority=Priority.HIGH,
)
_HARD_TO_ROUSE = Limit(
    name="hard_to_rouse",
    vital=Vital.ALERTNESS,
    side=Side.AT_MOST,
    value=Estimate(1.0, "points", NEWS2, _RED, Provenance.DERIVED, "a score of 1 is a response to pain only, their P"),
    priority=Priority.HIGH,
)
"""A response to a voice or a touch, 4 to 2 points, scores three there too; under a drug that sedates it is expected."""
_EXTREMES = {
    Vital.SYSTOLIC: (30.0, 350.0),
    Vital.DIASTOLIC: (10.0, 250.0),
    Vital.HEART_RATE: (10.0, 350.0),
    Vital.SPO2: (0.0, 100.0),
    Vital.RESPIRATORY_RATE: (0.0, 100.0),
    Vital.ALERTNESS: (0.0, 5.0),
}


def _possible(vital: Vital, low: float, high: float) -> Possible:
    def end(value: float) -> Estimate:
        by_definition = vital in {Vital.SPO2, Vital.ALERTNESS}
        kind = Provenance.DERIVED if by_definition else Provenance.ASSUMED
        note = "by definition of the scale" if by_definition else "ours: wide, as a true reading must never be refused"
        return Estimate(value, vital.unit, OPENMRS, "why there are two ranges", kind, note)

    return Possible(vital=vital, low=end(low), high=end(high))


def _seconds(value: float) -> Estimate:
    return Estimate(value, "s", OURS, "alarms", Provenance.ASSUMED, "for a clinic to set")


PUBLISHED = LimitSet(
    name="early warning, label and study",
    version="2",
    possible=tuple(_possible(vital, *ends) for vital, ends in _EXTREMES.items()),
    limits=(
        *(
            Limit(
                name=name,
                vital=vital,
                side=side,
                value=Estimate(value, vital.unit, source, where, Provenance.MEASURED),
                priority=priority,
            )
            for name, vital, side, value, priority, source, where in _READ
        ),
        _UNRESPONSIVE,
        _HARD_TO_ROUSE,
    ),
    times={
        Priority.HIGH: Times(longest_silence_s=_seconds(60.0), unanswered_s=_seconds(30.0)),
        Priority.MEDIUM: Times(longest_silence_s=_seconds(120.0), unanswered_s=_seconds(120.0)),
        Priority.LOW: Times(longest_silence_s=_seconds(300.0), unanswered_s=_seconds(600.0)),
    },
    ladder=("monitor", "nurse", "physician"),
)
"""Not a standard of care: every number is there to be set by the clinic that answers for it."""
