"""Two ranges for every vital sign: what cannot be, which is refused, and what must not pass unseen, which alarms."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError

NEWS2 = Reference(
    key="rcp_2017",
    authors="{Royal College of Physicians}",
    title="National Early Warning Score (NEWS) 2: standardising the assessment of acute-illness severity in the NHS",
    journal="",
    year=2017,
    url="https://www.rcplondon.ac.uk/national-early-warning-score",
)
LABEL = Reference(
    key="spravato_label_2021_page_33",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/33.html",
)
DEL_SANT = Reference(
    key="del_sant_2020",
    authors="Del Sant, LC and Sarin, LM and Magalh{\\~a}es, EJM and others",
    title="Effects of subcutaneous esketamine on blood pressure and heart rate in treatment-resistant depression",
    journal="Journal of Psychopharmacology",
    year=2020,
    url="https://biomed.reviewer.ly/app/publication/43856ff6-1ebb-455c-843f-c87a23fa40fe",
)
OPENMRS = Reference(
    key="openmrs_1427",
    authors="{OpenMRS}",
    title="Critical and physically impossible ranges are two things, and both are data",
    journal="",
    year=2023,
    url="https://github.com/openmrs/openmrs-esm-patient-chart/issues/1427",
)
OURS = Reference(
    key="kinetamine_supervision",
    authors="{Kinetamine}",
    title="Supervision: choices of this project, for a clinician to sign or to change",
    journal="",
    year=2026,
    url="docs/concepts/supervision.md",
)
"""Where nothing was found to cite: the choice is ours, and says so."""
_DAY_S = 86_400.0
"""No session lasts longer: a silence without an end would be an alarm that nobody switched off."""


class Vital(StrEnum):
    """What is read, in the unit in which it is kept."""

    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    HEART_RATE = "heart_rate"
    SPO2 = "spo2"
    RESPIRATORY_RATE = "respiratory_rate"
    ALERTNESS = "moaas"

    @property
    def unit(self) -> str:
        """The unit, as it is printed."""
        return _UNITS[self]


_UNITS = {
    Vital.SYSTOLIC: "mmHg",
    Vital.DIASTOLIC: "mmHg",
    Vital.HEART_RATE: "beats/min",
    Vital.SPO2: "%",
    Vital.RESPIRATORY_RATE: "breaths/min",
    Vital.ALERTNESS: "points",
}


class Priority(StrEnum):
    """How urgent an alarm is, in the three words of IEC 60601-1-8."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Priority).index(self)


class Side(StrEnum):
    """On which side of its value a limit alarms; the value itself alarms."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    RISE = "rise of at least"
    """Over the reading before the dose."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit.

    Attributes:
        on: off by default where its value is recalled only.
    """

    name: str
    vital: Vital
    side: Side
    value: Estimate
    priority: Priority
    on: bool = True

    def crossed_by(self, reading: float, before: float | None) -> bool:
        """Whether a reading crosses it; a rise needs the reading before the dose."""
        if self.side is Side.RISE:
            return before is not None and reading - before >= self.value.value
        return reading >= self.value.value if self.side is Side.AT_LEAST else reading <= self.value.value

    @property
    def text(self) -> str:
        """In words: systolic at least 180 mmHg."""
        return f"{self.vital.replace('_', ' ')} {self.side} {self.value.value:g} {self.value.unit}"


@dataclass(frozen=True, kw_only=True)
class Possible:
    """What a reading can be at all; beyond it the device or the typist is wrong."""

    vital: Vital
    low: Estimate
    high: Estimate


@dataclass(frozen=True, kw_only=True)
class Times:
    """How long an alarm may be silenced and unanswered, by priority."""

    longest_silence_s: Estimate
    unanswered_s: Estimate


@dataclass(frozen=True, kw_only=True)
class LimitSet:
    """All limits, ranges and times that are in use together.

    Attributes:
        ladder: who is called, one after another, while an alarm stays unanswered.
    """

    name: str
    version: str
    possible: tuple[Possible, ...]
    limits: tuple[Limit, ...]
    times: dict[Priority, Times] = field(hash=False)
    ladder: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what is named twice, on though only recalled, without a range, and values that cannot be."""
        twice = [name for name, count in Counter(one.name for one in self.limits).items() if count > 1]
        if twice:
            raise FieldError("limits", twice[0], "each name once")
        recalled = [one.name for one in self.limits if one.on and one.value.provenance is Provenance.UNVERIFIED]
        if recalled:
            raise FieldError(f"limit {recalled[0]}", "on", "off: nobody has read its value anywhere")
        ranged = {one.vital for one in self.possible}
        missing = [one for one in Vital if one not in ranged]
        if missing:
            raise FieldError("possible", missing[0].value, "a range for every vital sign")
        if not self.ladder:
            raise FieldError("ladder", self.ladder, "at least one who is called when nobody answers")
        for one in self.limits:
            self._require_possible(one)
        self._require_times()

    @property
    def fingerprint(self) -> str:
        """Of everything an alarm depends on."""
        parts = (self.version, self.possible, self.limits, sorted(self.times.items()), self.ladder)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def range_of(self, vital: Vital) -> Possible:
        """What that vital sign can be."""
        return next(one for one in self.possible if one.vital is vital)

    def _require_possible(self, limit: Limit) -> None:
        """A limit that no reading can cross is one that nobody switched off."""
        possible, value = self.range_of(limit.vital), limit.value.value
        low, high = possible.low.value, possible.high.value
        if limit.side is Side.RISE and not 0.0 < value <= high - low:
            raise FieldError(f"limit {limit.name}", value, f"more than 0 and at most {high - low:g} {limit.value.unit}")
        if limit.side is not Side.RISE and not low <= value <= high:
            raise FieldError(f"limit {limit.name}", value, f"{low:g} to {high:g} {limit.value.unit}")

    def _require_times(self) -> None:
        """The more urgent an alarm, the shorter it may be silenced."""
        longest = _DAY_S
        for priority in reversed(Priority):
            silence, unanswered = (value.value for value in vars(self.times[priority]).values())
            if not 0.0 < silence <= longest:
                raise FieldError(f"silence {priority}", silence, f"more than 0 and at most {longest:g} s")
            if not 0.0 < unanswered <= _DAY_S:
                raise FieldError(f"unanswered {priority}", unanswered, f"more than 0 and at most {_DAY_S:g} s")
            longest = silence
