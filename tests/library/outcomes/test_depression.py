"""MADRS against trial means, time course, dose order and repetition, behind the default mechanism."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kinetamine.engine.events import Event, Form
from kinetamine.engine.model import Effect, Values
from kinetamine.engine.person import Person
from kinetamine.library.outcomes.depression import ENTRY, phq9, warn
from library.effects.courses import STANDARD, infuse, people_of

DOCS = Path(__file__).parents[3] / "docs/concepts"
MASKED = 2.6
SIX = tuple((24.0 * day, 35.0, 2 / 3) for day in (0, 3, 7, 10, 14, 17))


def _with(**values: float) -> Effect:
    changed = {name: replace(ENTRY.parameters[name], value=value) for name, value in values.items()}
    return replace(ENTRY, parameters={**ENTRY.parameters, **changed})


def test_time_course_of_one_infusion() -> None:
    """Kishimoto 2016: separation within hours, largest near a day; half of it lost within three weeks."""
    course = infuse(ENTRY, STANDARD, horizon_h=600.0)
    drug, top = course["madrs_drug"].typical, course["madrs_drug"].typical.max()
    assert course.at("madrs_drug", 4.0) > 0.2 * top
    assert course.at("madrs_drug", 24.0) > 0.8 * top
    assert 4.0 <= course.times_h[drug.argmax()] <= 72.0
    after = course.times_h > 72.0
    assert np.all(np.diff(drug[after]) < 0.0)
    assert drug[-1] < 0.5 * top


def test_pooled_trial_means() -> None:
    """Wilkinson 2018, 167 people, baselines 33.8 and 32.9: group means within four points, on the right side."""
    drug = infuse(ENTRY, STANDARD, horizon_h=170.0, person=Person(weight_kg=70.0, madrs=33.8), people=100)
    means = [
        (1, 19.5, 29.2),
        (2, 19.4, 29.1),
        (3, 20.1, 27.3),
        (7, 22.0, 27.5),
    ]
    for day, ketamine, control in means:
        node = int(np.searchsorted(drug.times_h, 24.0 * day))
        nonspecific = people_of(drug, "madrs_nonspecific")[:, node].mean() * 32.9 / 33.8
        assert people_of(drug, "madrs")[:, node].mean() == pytest.approx(ketamine, abs=4.0)
        assert 32.9 - nonspecific == pytest.approx(control, abs=4.0)


def test_dose_order() -> None:
    """Fava 2018: 0.5 and 1.0 mg/kg beat midazolam, 0.1 only before correction."""
    tops = [infuse(ENTRY, (0.0, mg * 70.0, 2 / 3), horizon_h=48.0).at("madrs_drug", 24.0) for mg in (0.1, 0.5, 1.0)]
    assert 0.0 < tops[0] < tops[1]
    assert 0.8 * tops[1] <= tops[2] < 2.0 * tops[1]


def test_repetition_accumulates_and_levels_off() -> None:
    """Singh 2016: more after six infusions than after one; gains shrink from infusion to infusion; it fades."""
    course = infuse(ENTRY, *SIX, horizon_h=24.0 * 31)
    falls = [33.0 - course.at("madrs", start + 24.0) for start, _, _ in SIX]
    assert falls[-1] > falls[0] + 2.0
    assert falls[1] - falls[0] > falls[5] - falls[4]
    assert course.at("madrs", 24.0 * 30) > course.at("madrs", 24.0 * 18) + 1.0


@pytest.mark.parametrize(("mg", "published"), [(35.0, 12.7), (0.0, 16.4)])
def test_masked_trial(mg: float, published: float) -> None:
    """Lii 2023, with the expectancy that the calibration found: both arms at day 1 within three points."""
    masked, person = _with(EXPECTANCY=MASKED), Person(weight_kg=70.0, madrs=27.5)
    given = infuse(masked, (0.0, mg or 1e-9, 2 / 3), horizon_h=48.0, person=person)
    assert given.at("madrs", 24.0) == pytest.approx(published, abs=3.0)


def test_without_a_drug_effect_ketamine_is_what_saline_is() -> None:
    """The switch that the masked trial suggests."""
    none = _with(EFFICACY=0.0)
    ketamine, saline = (infuse(none, (0.0, mg, 2 / 3), horizon_h=48.0) for mg in (35.0, 1e-9))
    assert ketamine["madrs_drug"].typical.max() == 0.0
    assert ketamine.at("madrs", 24.0) == pytest.approx(saline.at("madrs", 24.0), rel=1e-6)


def test_the_masked_trials_expectancy_is_one_number_on_the_card_and_on_the_pages() -> None:
    calibration, mood = ((DOCS / f"{page}.md").read_text(encoding="utf-8") for page in ("calibration", "mood"))
    assert re.findall(r"`EXPECTANCY`, masked trial \| ([\d.]+)", calibration) == [f"{MASKED}"]
    assert f"{MASKED} in the masked trial" in ENTRY.parameters["EXPECTANCY"].note
    assert re.findall(r"EXPECTANCY\": ([\d.]+)", mood) == [f"{MASKED}"]


def test_parts_add_up_and_stay_on_the_scale() -> None:
    """Baseline less both falls, between 0 and 60, for 200 people and daily high doses."""
    course = infuse(ENTRY, *((24.0 * d, 70.0, 2 / 3) for d in range(4)), horizon_h=96.0, people=100)
    parts = people_of(course, "madrs") + people_of(course, "madrs_drug") + people_of(course, "madrs_nonspecific")
    assert np.allclose(parts, 33.0)
    assert people_of(course, "madrs").min() >= 0.0


def test_esketamine_at_half_the_amount() -> None:
    """Correia-Melo 2020: 17.5 after 0.25 mg/kg esketamine, 16.2 after 0.5 mg/kg racemate: no worse than 4 points."""
    falls = [
        infuse(ENTRY, (0.0, mg, 2 / 3), form=form, horizon_h=30.0).at("madrs_drug", 24.0)
        for mg, form in ((17.5, Form.ESKETAMINE), (35.0, Form.RACEMIC))
    ]
    assert falls[0] > 0.0
    assert abs(falls[1] - falls[0]) < 4.0


def test_people_differ_as_in_trials() -> None:
    """SD at 24 h about 10 to 12 with a baseline SD of 6.8 (Wilkinson 12.3); here with baseline fixed: 6 to 12."""
    people = people_of(infuse(ENTRY, STANDARD, horizon_h=25.0, people=300), "madrs")[:, -1]
    total = np.hypot(people.std(), ENTRY.residual["madrs"].value)
    assert 6.0 <= total <= 12.0


@pytest.mark.parametrize(("madrs", "expected"), [(1.0, 1.0), (24.0, 15.0), (48.0, 27.0), (60.0, 27.0)])
def test_phq9_crosswalk(madrs: float, expected: float) -> None:
    """Kim 2024 (OPTIMUM), equipercentile: PHQ-9 of 1, 15 and 27 are MADRS of 1, 24 and 48."""
    values = Values(**{**vars(ENTRY.typical()), "MADRS0": madrs})
    nothing = Values(relief=0.0, belief=0.0, benefit_depression=0.0)
    assert phq9(Values(), nothing, values) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=2 / 3), ""),
        (Event(time_h=0.0, amount_mg=70.0, route="intravenous", duration_h=2 / 3), ""),
        (Event(time_h=0.0, amount_mg=84.0, route="intranasal", form=Form.ESKETAMINE), ""),
        (Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=2 / 3, form=Form.ARKETAMINE), "arketamine"),
        (Event(time_h=0.0, amount_mg=71.0, route="intravenous", duration_h=2 / 3), "outside the trials"),
        (Event(time_h=0.0, amount_mg=42.0, route="intravenous", duration_h=1.0, form=Form.ESKETAMINE), "outside"),
        (Event(time_h=0.0, amount_mg=70.0, route="intravenous"), "outside the trials"),
    ],
)
def test_it_warns_of_what_no_trial_of_mood_tried(event: Event, words: str) -> None:
    """Arketamine by itself, above 1 mg/kg of racemate or its equivalent, and induction of anaesthesia."""
    found = " ".join(warn(Person(weight_kg=70.0), (event,)))
    assert (words in found) if words else not found
