"""Which code means which vital sign, and which units it may come in; each with where it was read.

LOINC: conventions 5.2 (FHIR vital signs and US Core profiles). MDC (ISO/IEEE 11073-10101, as IHE PCD-01 messages carry
it): the standard is sold and was not read; every number below stands with its reference id in sample messages and
parsers of several makers that were published independently of each other. A code found in one place only is left out.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.errors import FieldError

LOINC, MDC = "LOINC", "MDC"


@dataclass(frozen=True)
class Code:
    """A code of a vital sign; of several for one sign at one time, the one that comes first here is taken."""

    system: str
    code: str
    name: str
    vital: Vital


CODES = (
    Code(LOINC, "8480-6", "systolic blood pressure", Vital.SYSTOLIC),
    Code(LOINC, "8462-4", "diastolic blood pressure", Vital.DIASTOLIC),
    Code(LOINC, "8867-4", "heart rate", Vital.HEART_RATE),
    Code(LOINC, "9279-1", "respiratory rate", Vital.RESPIRATORY_RATE),
    Code(LOINC, "59408-5", "oxygen saturation by pulse oximetry", Vital.SPO2),
    Code(LOINC, "2708-6", "oxygen saturation in arterial blood", Vital.SPO2),
    Code(MDC, "150021", "MDC_PRESS_BLD_NONINV_SYS", Vital.SYSTOLIC),
    Code(MDC, "150022", "MDC_PRESS_BLD_NONINV_DIA", Vital.DIASTOLIC),
    Code(MDC, "150301", "MDC_PRESS_CUFF_SYS", Vital.SYSTOLIC),
    Code(MDC, "150302", "MDC_PRESS_CUFF_DIA", Vital.DIASTOLIC),
    Code(MDC, "147842", "MDC_ECG_HEART_RATE", Vital.HEART_RATE),
    Code(MDC, "149530", "MDC_PULS_OXIM_PULS_RATE", Vital.HEART_RATE),
    Code(MDC, "149546", "MDC_PULS_RATE_NON_INV", Vital.HEART_RATE),
    Code(MDC, "150456", "MDC_PULS_OXIM_SAT_O2", Vital.SPO2),
    Code(MDC, "151562", "MDC_RESP_RATE", Vital.RESPIRATORY_RATE),
    Code(MDC, "151578", "MDC_TTHOR_RESP_RATE", Vital.RESPIRATORY_RATE),
)
PANELS = frozenset({(LOINC, "85354-9"), (LOINC, "85353-1"), (MDC, "150020")})
"""Headings over components, without a value of their own."""
PRESSURES = {one.vital: one for one in CODES if one.system == LOINC and one.vital in {Vital.SYSTOLIC, Vital.DIASTOLIC}}
"""What such a heading is about."""
_BY_CODE = {(one.system, one.code): one for one in CODES}
_SYSTEMS = {
    "http://loinc.org": LOINC,
    "LN": LOINC,
    "LOINC": LOINC,
    "urn:iso:std:iso:11073:10101": MDC,
    "urn:oid:2.16.840.1.113883.6.24": MDC,
    "MDC": MDC,
}

MMHG_PER_KPA = 1000.0 / 133.322387415
"""1 mmHg is 133.322387415 Pa (conventional; BS 350)."""
# Numbers of MDC units are their partition, 4, times 65536, plus the code: 4 * 65536 + 3872 is 266016. The code of kPa,
# 3843, stands in published lists beside those of mmHg (3872), beats (2720) and breaths (2784) per minute.
_PRESSURE = {"mm[Hg]": 1.0, "mmHg": 1.0, "266016": 1.0, "MDC_DIM_MMHG": 1.0} | dict.fromkeys(
    ("kPa", "265987", "MDC_DIM_KILO_PASCAL"), MMHG_PER_KPA
)
_PER_MINUTE = dict.fromkeys(("/min", "1/min", "bpm", "264864", "MDC_DIM_BEAT_PER_MIN"), 1.0)
_BREATHS = dict.fromkeys(("/min", "1/min", "264928", "MDC_DIM_RESP_PER_MIN"), 1.0)
_UNITS: dict[Vital, dict[str, float]] = {
    Vital.SYSTOLIC: _PRESSURE,
    Vital.DIASTOLIC: _PRESSURE,
    Vital.HEART_RATE: _PER_MINUTE,
    Vital.RESPIRATORY_RATE: _BREATHS,
    Vital.SPO2: dict.fromkeys(("%", "262688", "MDC_DIM_PERCENT"), 1.0),
    Vital.ALERTNESS: {"{score}": 1.0},
}
UCUM = {
    Vital.SYSTOLIC: "mm[Hg]",
    Vital.DIASTOLIC: "mm[Hg]",
    Vital.HEART_RATE: "/min",
    Vital.RESPIRATORY_RATE: "/min",
    Vital.SPO2: "%",
    Vital.ALERTNESS: "{score}",
}
"""As we write them."""
_ANNOTATION = re.compile(r"\{[^{}]*\}")
"""UCUM: {beats}/min is /min."""


def known(system: str, code: str) -> Code | None:
    """What a code means; None where it is none of ours."""
    return _BY_CODE.get((_SYSTEMS.get(system, ""), code))


def is_panel(system: str, code: str) -> bool:
    """Whether it is a heading only."""
    return (_SYSTEMS.get(system, ""), code) in PANELS


def rank(code: Code) -> int:
    """0 for the one that is preferred to all."""
    return CODES.index(code)


def in_our_unit(vital: Vital, value: float, units: tuple[str, ...], where: str) -> float:
    """The value in the unit in which the sign is kept, to a hundredth where it was converted.

    Args:
        units: names of one unit, as the message has them; one that is known is enough.

    Raises:
        FieldError: none of them is a unit of that sign, or the number is none.
    """
    if not math.isfinite(value):
        raise FieldError(where, value, "a finite number")
    factors = _UNITS[vital]
    for unit in units:
        factor = factors.get(unit) or factors.get(_ANNOTATION.sub("", unit))
        if factor is not None:
            return value if factor == 1.0 else round(value * factor, 2)
    also = " (kPa is converted)" if factors is _PRESSURE else ""
    given = " ".join(one for one in units if one) or "no unit"
    raise FieldError(f"{where}: unit of {vital.replace('_', ' ')}", given, UCUM[vital] + also)
