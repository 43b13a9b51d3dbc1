"""Who is treated: the covariates that models may ask for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args

from kinetamine.errors import FieldError, nearest

Sex = Literal["female", "male"]
Hepatic = Literal["normal", "mild", "moderate", "severe"]
Ancestry = Literal["not stated", "asian", "japanese"]


@dataclass(frozen=True)
class _Range:
    low: float
    high: float
    unit: str


# What can be true of a human at all; what was studied is each model's own affair.
_POSSIBLE = {
    "weight_kg": _Range(1.0, 400.0, "kg"),
    "age_y": _Range(0.0, 110.0, "years"),
    "height_cm": _Range(30.0, 250.0, "cm"),
    "systolic_mmhg": _Range(60.0, 260.0, "mmHg"),
    "diastolic_mmhg": _Range(30.0, 160.0, "mmHg"),
    "heart_rate_bpm": _Range(30.0, 200.0, "beats/min"),
    "madrs": _Range(0.0, 60.0, "points"),
    "pain_nrs": _Range(0.0, 10.0, "points"),
    "hama": _Range(0.0, 56.0, "points"),
    "caps5": _Range(0.0, 80.0, "points"),
    "pcl5": _Range(0.0, 80.0, "points"),
    "ssi": _Range(0.0, 38.0, "points"),
    "failed_treatments": _Range(0.0, 20.0, "treatments"),
    "previous_sessions": _Range(0.0, 1000.0, "sessions"),
}
_SEX_LETTERS: dict[str, Sex] = {"f": "female", "m": "male"}
_MAY_BE_UNKNOWN = frozenset({"weight_kg", "height_cm", "sex", "cyp2b6"})
_CHOICES = {"sex": get_args(Sex), "hepatic": get_args(Hepatic), "ancestry": get_args(Ancestry)}


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person; what is None is not known and never silently assumed where a dose depends on it.

    Attributes:
        weight_kg: needed by every mg/kg dose and every model that scales with weight.
        age_y: 40 where not given, the middle of most trials; models print what they assumed.
        cyp2b6: diplotype such as ``"*1/*6"``; None: not typed.
        sex: or F or M, in any case.
        comedication: names of library interactions (``ticlopidine``, ``grapefruit`` ...); a single one may be text.
        hepatic: Child-Pugh class in words.
        systolic_mmhg, diastolic_mmhg, heart_rate_bpm: resting values before the dose.
        hypertension: diagnosed, treated or not.
        madrs, pain_nrs: baseline scores.
        hama: baseline on the HAM-A; 24 is the mean in a trial of generalised anxiety (23.7, Matza 2010).
        caps5, pcl5: baselines in PTSD; 40 and 50 are assumed (means of ketamine trials were not read), the
            self-report above the interview as in all samples that gave both.
        ssi: baseline on Beck's scale of suicidal ideation; 6 is the mean in a trial of TRD (6.1, Price 2014), where
            trials that ask for ideation begin at 4 or more.
        failed_treatments: adequate antidepressant treatments that failed; 2 is where TRD begins.
        previous_sessions: whole ketamine sessions before the first dose simulated.
    """

    weight_kg: float | None = None
    age_y: float = 40.0
    sex: Sex | None = None
    height_cm: float | None = None
    ancestry: Ancestry = "not stated"
    cyp2b6: str | None = None
    comedication: tuple[str, ...] = ()
    hepatic: Hepatic = "normal"
    hypertension: bool = False
    systolic_mmhg: float = 122.0
    diastolic_mmhg: float = 76.0
    heart_rate_bpm: float = 72.0
    madrs: float = 33.0
    pain_nrs: float = 7.0
    hama: float = 24.0
    caps5: float = 40.0
    pcl5: float = 50.0
    ssi: float = 6.0
    failed_treatments: float = 2.0
    previous_sessions: float = 0.0

    def __post_init__(self) -> None:
        """Settle the spelling; refuse what no human is."""
        object.__setattr__(self, "sex", sex_word(self.sex))
        object.__setattr__(self, "comedication", _names(self.comedication))
        for name, possible in _POSSIBLE.items():
            given = getattr(self, name)
            if given is None and name in _MAY_BE_UNKNOWN:
                continue
            numeric = isinstance(given, int | float) and not isinstance(given, bool)
            if not numeric or not math.isfinite(given) or not possible.low <= given <= possible.high:
                raise FieldError(name, given, f"{possible.low:g} to {possible.high:g} {possible.unit}")
        for name, choices in _CHOICES.items():
            given = getattr(self, name)
            if given not in choices and not (given is None and name in _MAY_BE_UNKNOWN):
                raise FieldError(name, given, "one of " + ", ".join(choices), nearest(str(given), choices))
        self._check_kinds()

    def _check_kinds(self) -> None:
        if not isinstance(self.hypertension, bool):
            raise FieldError("hypertension", self.hypertension, "true or false")
        if self.cyp2b6 is not None and not isinstance(self.cyp2b6, str):
            raise FieldError("cyp2b6", self.cyp2b6, "a diplotype such as *1/*6")
        if self.previous_sessions != int(self.previous_sessions):
            raise FieldError("previous_sessions", self.previous_sessions, "a whole number of sessions")
        if self.failed_treatments != int(self.failed_treatments):
            raise FieldError("failed_treatments", self.failed_treatments, "a whole number of treatments")
        if self.diastolic_mmhg >= self.systolic_mmhg:
            expected = f"less than the systolic pressure, {self.systolic_mmhg:g} mmHg"
            raise FieldError("diastolic_mmhg", self.diastolic_mmhg, expected)

    def require_weight(self, purpose: str) -> float:
        """The weight in kg.

        Raises:
            FieldError: it was not given; ``purpose`` says what needs it.
        """
        if self.weight_kg is None:
            raise FieldError("weight_kg", None, f"a body weight in kg, needed for {purpose}")
        return self.weight_kg

    def with_covariates(self, **changed: object) -> Person:
        """The same person with some covariates changed; refuses names that are not covariates."""
        known = [field.name for field in fields(self)]
        for name, value in changed.items():
            if name not in known:
                raise FieldError(name, value, "a covariate: " + ", ".join(known), nearest(name, known))
        return replace(self, **changed)  # type: ignore[arg-type]  # checked in __post_init__


def sex_word(given: object) -> object:
    """The word for F, m, Female and the like; anything else as it is."""
    if not isinstance(given, str):
        return given
    word = given.strip().casefold()
    return _SEX_LETTERS.get(word, word)


def _names(given: object) -> tuple[str, ...]:
    """Names, one of them alone too."""
    names = (given,) if isinstance(given, str) else given
    if not isinstance(names, Iterable) or not all(isinstance(name, str) for name in names):
        raise FieldError("comedication", given, "names of interactions, such as ticlopidine")
    return tuple(names)
