"""What can be entered during a session; each entry keeps the device's time, the server's time, and its author."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from kinetamine import catalogue
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.signature import require_words
from kinetamine.engine.dose import NASAL_DEVICE_MG, Salt
from kinetamine.engine.scale import Score
from kinetamine.errors import FieldError
from kinetamine.units import BASE_PER_HYDROCHLORIDE

SYMPTOMS = (
    "sedation",
    "dissociation",
    "respiratory depression",
    "nausea",
    "vomiting",
    "dizziness",
    "headache",
    "other",
)


@dataclass(frozen=True, kw_only=True)
class InfusionStarted:
    """A pump was started.

    Attributes:
        ml_per_h: its rate; ``mg_per_ml`` of ``salt`` in the syringe, as drawn up.
    """

    ml_per_h: float
    mg_per_ml: float
    salt: Salt
    lot: str

    def __post_init__(self) -> None:
        """Refuse a rate or a strength that is none."""
        _require_above_zero("ml_per_h", self.ml_per_h)
        _require_above_zero("mg_per_ml", self.mg_per_ml)
        require_words("lot", self.lot)

    @property
    def base_mg_per_ml(self) -> float:
        """mg of base in one mL."""
        return self.mg_per_ml * (BASE_PER_HYDROCHLORIDE if self.salt == "hydrochloride" else 1.0)


@dataclass(frozen=True, kw_only=True)
class RateChanged:
    """The pump runs at another rate from now on."""

    ml_per_h: float

    def __post_init__(self) -> None:
        """Refuse a rate that is none: a pump that stands still is paused."""
        _require_above_zero("ml_per_h", self.ml_per_h)


@dataclass(frozen=True, kw_only=True)
class Paused:
    """The pump was halted, for a reason."""

    reason: str

    def __post_init__(self) -> None:
        """No pause without a reason."""
        require_words("reason", self.reason)


@dataclass(frozen=True, kw_only=True)
class Resumed:
    """The pump runs again at the rate it had."""


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """No more drug is given in this session; complete, or for a reason."""

    reason: str

    def __post_init__(self) -> None:
        """No stop without a reason: complete is one."""
        require_words("reason", self.reason)


@dataclass(frozen=True, kw_only=True)
class Injected:
    """A dose given at once, by needle or by mouth."""

    mg: float
    salt: Salt
    lot: str

    def __post_init__(self) -> None:
        """Refuse a dose that is none."""
        _require_above_zero("mg", self.mg)
        require_words("lot", self.lot)

    @property
    def base_mg(self) -> float:
        """mg of base."""
        return self.mg * (BASE_PER_HYDROCHLORIDE if self.salt == "hydrochloride" else 1.0)


@dataclass(frozen=True, kw_only=True)
class DeviceUsed:
    """One nasal device was used, both sprays of it."""

    number: int
    lot: str

    def __post_init__(self) -> None:
        """Devices count from 1."""
        if self.number < 1:
            raise FieldError("number", self.number, "the number of the device, from 1")
        require_words("lot", self.lot)

    @property
    def base_mg(self) -> float:
        """mg of base."""
        return NASAL_DEVICE_MG


@dataclass(frozen=True, kw_only=True)
class Read:
    """Vital signs read at one time.

    Attributes:
        values: pairs of sign and value; ``absent`` pairs of sign and why there is no value.
    """

    values: tuple[tuple[str, float], ...] = ()
    absent: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse an empty reading, a sign twice, and pressures the wrong way round."""
        names = [name for name, _ in (*self.values, *self.absent)]
        if not names or len(set(names)) < len(names):
            raise FieldError("values", names, "at least one vital sign, each once, with a value or why there is none")
        for _, reason in self.absent:
            require_words("absent", reason)
        for name, value in self.values:
            if not math.isfinite(value):
                raise FieldError(name, value, "a number; where there is none, say why under absent")
        known = dict(self.values)
        systolic, diastolic = known.get("systolic"), known.get("diastolic")
        if systolic is not None and diastolic is not None and diastolic >= systolic:
            raise FieldError("diastolic", diastolic, f"less than the systolic pressure, {systolic:g} mmHg")


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A scale was filled in; the answers are kept, not the total alone."""

    scale: str
    answers: tuple[tuple[str, int], ...]
    recall: str = "now"

    def __post_init__(self) -> None:
        """Refuse a scale that is not known, or answers that are none."""
        self.score()

    def score(self) -> Score:
        """The answers scored; a missing answer makes the total missing."""
        found: Score = catalogue.load("scales", self.scale).score(dict(self.answers))
        return found


@dataclass(frozen=True, kw_only=True)
class Symptom:
    """Something the person feels or shows began, or was gone.

    Attributes:
        resolved: False for its beginning, True for its end.
        action: what was done about it.
    """

    kind: str
    resolved: bool
    action: str = ""

    def __post_init__(self) -> None:
        """Refuse a kind that is not on the list: two words for one thing would never be resolved."""
        if self.kind not in SYMPTOMS:
            raise FieldError("kind", self.kind, "one of " + ", ".join(SYMPTOMS))


@dataclass(frozen=True, kw_only=True)
class Left:
    """The person has left."""


Drug = InfusionStarted | Injected | DeviceUsed
"""With which a drug begins to go in."""
Given = InfusionStarted | RateChanged | Paused | Resumed | Stopped | Injected | DeviceUsed
Seen = Read | Scored | Symptom | Left


@dataclass(frozen=True, kw_only=True)
class Correction:
    """An earlier entry was wrong: this holds instead; the original stays.

    Attributes:
        of: name of the entry.
        at: when it really was; None where the time was right.
    """

    of: str
    what: Given | Seen
    reason: str
    at: datetime | None = None

    def __post_init__(self) -> None:
        """No correction without a reason."""
        require_words("reason", self.reason)
        if self.at is not None:
            object.__setattr__(self, "at", in_utc("at", self.at))


@dataclass(frozen=True, kw_only=True)
class EnteredInError:
    """An earlier entry should not be there at all; it stays, marked, and counts for nothing."""

    of: str
    reason: str

    def __post_init__(self) -> None:
        """No such mark without a reason."""
        require_words("reason", self.reason)


What = Given | Seen | Correction | EnteredInError


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry.

    Attributes:
        name: made by the client before it is sent, so that it can be sent again.
        at: by the device's clock; ``received_at`` by the server's: both are kept, whatever they say.
        device: which sent it by itself; empty where a person entered it.
    """

    name: str
    at: datetime
    received_at: datetime
    by: str
    what: What
    device: str = ""

    def __post_init__(self) -> None:
        """Both times in UTC; an entry has an author."""
        for field in ("at", "received_at"):
            object.__setattr__(self, field, in_utc(field, getattr(self, field)))
        for field in ("name", "by"):
            require_words(field, getattr(self, field))

    @property
    def skew_s(self) -> float:
        """How long after its own time it was received, in seconds; negative where the device's clock is ahead."""
        return (self.received_at - self.at).total_seconds()


def _require_above_zero(field: str, value: float) -> None:
    if not 0.0 < value < math.inf:
        raise FieldError(field, value, "more than 0")
