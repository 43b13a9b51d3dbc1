"""Who is in the demonstration: invented people, what they were given, and how they read and answered.

Readings and scores are the model's typical course with noise from a fixed seed: they look like data and are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from kinetamine import catalogue
from kinetamine.clinic.bands import Band
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.outcomes.trajectory import expectation
from kinetamine.clinic.plan import Phase, Plan, PlannedDose, SessionPrediction, predict
from kinetamine.engine.events import Form

READ_AT_MIN = (-10.0, 15.0, 30.0, 40.0, 60.0, 90.0, 115.0)
"""In minutes from the start; and once more before leaving, where that is later."""
SCORED_AT_DAYS = (-2.0, 5.0, 12.0, 19.0, 26.0)
_BETWEEN, _WITHIN = 0.8, 0.6
"""Shares of the band's spread that make a person, and one reading, differ; assumed, for the look of it."""
_SIGMAS = 3.29
"""Standard deviations from the 5th to the 95th percentile."""
_SPO2, _SPO2_SD = 97.0, 0.8
_BREATHS, _BREATHS_SD = 15.0, 1.2
"""Saturation in % and breaths/min that the model does not predict; assumed."""


@dataclass(frozen=True, kw_only=True)
class Invented:
    """Somebody who does not exist.

    Attributes:
        seed: of all their noise; ``madrs`` their first score, in points.
    """

    number: str
    name: str
    born_on: str
    sex: str
    weight_kg: float
    age_y: float
    form: Form
    route: str
    words: str
    madrs: int
    seed: int

    @property
    def treatment(self) -> Treatment:
        """What they are treated with, and for what."""
        return Treatment(form=self.form, route=self.route, use=Use.RESISTANT_DEPRESSION)


PEOPLE = (
    Invented(
        number="D-1",
        name="Demo One",
        born_on="1980-01-01",
        sex="female",
        weight_kg=70.0,
        age_y=46.0,
        form=Form.RACEMIC,
        route="intravenous",
        words="racemic ketamine HCl 0.5 mg/kg iv over 40 min, twice weekly for 2 weeks",
        madrs=34,
        seed=1,
    ),
    Invented(
        number="D-2",
        name="Demo Two",
        born_on="1970-01-01",
        sex="male",
        weight_kg=82.0,
        age_y=56.0,
        form=Form.ESKETAMINE,
        route="intranasal",
        words="esketamine 56 mg nasal, twice weekly for 2 weeks",
        madrs=31,
        seed=2,
    ),
)


class Story:
    """What happens to one of them."""

    def __init__(self, who: Invented, start: datetime) -> None:
        """``start`` is their first dose."""
        self.who, self.start = who, start
        self._noise = np.random.default_rng(who.seed)
        self._own = dict.fromkeys(("systolic", "diastolic", "heart_rate", "cadss"), 0.0)
        self._own = {name: float(self._noise.normal()) for name in self._own}
        measured = Measured(
            weight_kg=who.weight_kg,
            age_y=who.age_y,
            systolic_mmhg=126.0,
            diastolic_mmhg=79.0,
            heart_rate_bpm=70.0,
            taken_at=start,
        )
        self.plan = Plan(treatment=who.treatment, phases=(Phase(name="induction", words=who.words),), measured=measured)

    @cached_property
    def sessions(self) -> tuple[tuple[PlannedDose, SessionPrediction], ...]:
        """Every dose with its prediction."""
        return tuple(zip(self.plan.doses, predict(self.plan), strict=True))

    def reading(self, predicted: SessionPrediction, minutes: float) -> dict[str, float]:
        """Vital signs at a time; before the dose as at its beginning."""
        signs = ("systolic", "diastolic", "heart_rate")
        found = {sign: round(self._drawn(predicted.bands[sign], minutes)) for sign in signs}
        found["diastolic"] = min(found["diastolic"], found["systolic"] - 15)
        found["spo2"] = min(100, round(float(self._noise.normal(_SPO2, _SPO2_SD))))
        found["respiratory_rate"] = round(float(self._noise.normal(_BREATHS, _BREATHS_SD)))
        return {name: float(value) for name, value in found.items()}

    def dissociation(self, predicted: SessionPrediction, minutes: float) -> dict[str, int]:
        """Answers to the CADSS."""
        return self._answers("cadss", self._drawn(predicted.bands["cadss"], minutes))

    def moods(self) -> Iterator[tuple[float, dict[str, int], dict[str, int]]]:
        """Day, answers to the MADRS, and to the PHQ-9 as the same severity on its own range."""
        expected = expectation(self.plan, "madrs", self.who.madrs, int(SCORED_AT_DAYS[-1]) + 1)
        for day in SCORED_AT_DAYS:
            typical = float(np.interp(day * 1440.0, expected.times_min, expected.typical))  # the first, before it
            total = typical + float(self._noise.normal(0.0, 1.5))
            yield day, self._answers("madrs", total), self._answers("phq9", total * 27.0 / 60.0)

    def _drawn(self, band: Band, minutes: float) -> float:
        at = max(minutes, band.times_min[0])
        low, high = band.at(at) or (band.low[-1], band.high[-1])
        typical = float(np.interp(at, band.times_min, band.typical))
        spread = (high - low) / _SIGMAS
        own = self._own.get(band.quantity, 0.0)
        return typical + spread * (_BETWEEN * own * 0.5 + _WITHIN * float(self._noise.normal()))

    def _answers(self, scale: str, total: float) -> dict[str, int]:
        """Points spread over the scored items, none above its end."""
        items = [one for one in catalogue.load("scales", scale).items if one.scored]
        found = {one.name: one.low for one in items}
        for _ in range(max(0, round(total))):
            able = [one for one in items if found[one.name] < one.high]
            if not able:
                break
            found[able[int(self._noise.integers(len(able)))].name] += 1
        if scale == "phq9":
            found["9"] = 0  # an answer there would call somebody, for a person who is not there
        return found
