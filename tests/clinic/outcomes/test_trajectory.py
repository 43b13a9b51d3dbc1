"""Scores beside their expectation, a response that holds or is lost, and proposals that order nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clinic.outcomes.ratings import START, day, missing, rated
from kinetamine.clinic.bands import Band
from kinetamine.clinic.eligibility.assess import assess
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.outcomes.boosters import Proposal, booster
from kinetamine.clinic.outcomes.change import Rating
from kinetamine.clinic.outcomes.trajectory import Path, Place, Watch, expectation, path, relapse_watch
from kinetamine.clinic.plan import Phase, Plan
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError, InputError, UnknownNameError

INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)
BAND = Band(
    quantity="madrs",
    title="Depression (MADRS)",
    unit="points",
    times_min=(0.0, 28.0 * 1440.0),
    typical=(33.0, 18.0),
    low=(25.0, 8.0),
    high=(40.0, 28.0),
    has_noise=True,
)


def course(scale: str, *totals: int, band: Band | None = None) -> Path:
    return path((rated(scale, total, 7.0 * week) for week, total in enumerate(totals)), START, band)


def test_every_rating_is_set_against_the_baseline_and_against_the_band() -> None:
    found = course("madrs", 33, 27, 10, 40, 17, 30, band=BAND)
    assert [one.day for one in found.points] == [0.0, 7.0, 14.0, 21.0, 28.0, 35.0]
    assert [one.place for one in found.points] == [
        Place.INSIDE,
        Place.INSIDE,
        Place.BELOW,
        Place.ABOVE,
        Place.INSIDE,
        Place.NOT_EXPECTED,
    ]
    assert [one.since_baseline.better_by for one in found.points] == [0, 6, 23, -7, 16, 3]
    assert (found.nature, found.band) == ("prediction, not a measurement", BAND)


def test_the_order_in_which_ratings_are_handed_over_does_not_matter() -> None:
    ratings = [rated("phq9", total, 7.0 * week) for week, total in enumerate((20, 12, 8, 15))]
    assert path(ratings[::-1], START) == path(ratings, START)
    with pytest.raises(FieldError, match="at least one"):
        path([], START)
    with pytest.raises(InputError):
        path([rated("phq9", 20, 0), rated("gad7", 10, 7)], START)


def test_a_response_counts_from_the_last_score_before_the_first_dose() -> None:
    ratings = [rated("phq9", total, days) for days, total in ((-90, 22), (-1, 10), (7, 9), (14, 12), (21, 12))]
    found = path(ratings, START)
    assert found.baseline == ratings[1]
    assert [one.since_baseline.better_by for one in found.points] == [None, 0, 1, -2, -2]
    assert [one.since_baseline.response for one in found.points] == [None, False, False, False, False]
    assert found.points[0].since_baseline.remission is False
    assert relapse_watch(found).watch is Watch.NO_RESPONSE
    assert proposed(found) is None
    unscored = path([*ratings, missing("phq9", "3", -0.5)], START)
    assert unscored.baseline == ratings[1]


def test_before_any_dose_the_latest_score_is_the_baseline_and_nothing_is_a_response() -> None:
    ratings = [rated("phq9", total, days) for days, total in ((-90, 22), (-1, 8))]
    found = path(ratings, None)
    assert (found.baseline, [one.day for one in found.points]) == (ratings[1], [0.0, 89.0])
    assert not any(one.since_baseline.response for one in found.points)
    assert relapse_watch(found).watch is Watch.NOT_KNOWN


def test_without_a_score_from_before_the_first_dose_no_change_is_told() -> None:
    found = path([rated("phq9", total, days) for days, total in ((7, 20), (14, 4))], START)
    assert found.baseline is None
    assert [one.since_baseline.response for one in found.points] == [None, None]
    assert found.points[-1].since_baseline.remission is True
    assert found.points[-1].since_baseline.why_not == ("change: there is no score from before the first dose",)
    assert relapse_watch(found).watch is Watch.NOT_KNOWN


@pytest.mark.parametrize(
    ("totals", "watch", "worse_by", "reliably"),
    [
        ((20,), Watch.NOT_KNOWN, None, None),
        ((20, 15, 14), Watch.NO_RESPONSE, 0, False),
        ((20, 9), Watch.RESPONSE, 0, False),
        ((20, 6, 12), Watch.WATCH, 6, True),
        ((20, 9, 12), Watch.WATCH, 3, False),
        ((20, 6, 12, 13), Watch.LOST, 7, True),
        ((20, 6, 12, 9), Watch.RESPONSE, 3, False),
        ((20, 6, 12, 13, 9, 12), Watch.WATCH, 6, True),
    ],
)
def test_a_response_holds_wavers_or_is_lost(
    totals: tuple[int, ...], watch: Watch, worse_by: int | None, *, reliably: bool | None
) -> None:
    found = relapse_watch(course("phq9", *totals))
    assert (found.watch, found.worse_by, found.reliably) == (watch, worse_by, reliably)


def test_a_form_without_a_total_neither_holds_nor_loses_a_response() -> None:
    ratings = [rated("phq9", 20, 0), rated("phq9", 6, 7), missing("phq9", "3", 14), rated("phq9", 12, 21)]
    found = path(ratings, START)
    assert relapse_watch(found).watch is Watch.WATCH


def test_on_a_scale_without_a_response_nothing_is_known() -> None:
    assert relapse_watch(course("gad7", 15, 5, 15)).watch is Watch.NOT_KNOWN


def proposed(found: Path, *, last: float = 14.0, planned: float | None = 40.0, now: float = 22.0) -> Proposal | None:
    facts = {"systolic_mmhg": 150.0}
    assessment = assess(facts, PUBLISHED, INFUSION, day(now))
    return booster(
        found,
        last_dose_at=day(last),
        next_dose_at=None if planned is None else day(planned),
        open_findings=assessment.to_decide[-30:],
        now=day(now),
    )


def test_a_proposal_names_reasons_for_and_against_and_no_dose() -> None:
    found = proposed(course("phq9", 20, 6, 12, 13))
    assert found is not None
    assert found.reasons == (
        "response lost: to be decided on",
        "7 points worse on phq9 than at best, which is more than scatter",
    )
    assert "a dose is planned in 18.0 days" in found.against
    assert any("Pressure before the dose above 140/90 mmHg" in one for one in found.against)
    assert found.note.startswith("A proposal to decide on. It names no dose")
    assert not any("mg" in one.replace("mmHg", "") for one in found.reasons)


def test_where_nothing_is_lost_nothing_is_proposed() -> None:
    assert proposed(course("phq9", 20, 9, 9, 8)) is None
    assert proposed(course("phq9", 20, 18, 19, 18)) is None
    assert proposed(course("gad7", 15, 15, 15)) is None


def test_what_is_too_soon_too_old_or_within_scatter_stands_against_it() -> None:
    found = proposed(course("phq9", 20, 9, 12), last=20.0, planned=None, now=22.0)
    assert found is not None
    assert "2.0 days since the last dose; 3 is the closest that the label has" in found.against
    assert "the last score is 8 days old: rate again first" in found.against
    assert "the change is within scatter" in found.against
    unknown = proposed(course("madrs", 33, 10, 25, 26), planned=None)
    assert unknown is not None
    assert any("not known: no number was published" in one for one in unknown.against)


def test_a_score_above_its_band_adds_to_the_reasons() -> None:
    found = proposed(course("madrs", 33, 10, 25, 38, band=BAND))
    assert found is not None
    assert found.reasons[-1] == "the last score lies above what the model expected of this series"


PLAN = Plan(
    treatment=INFUSION,
    phases=(Phase(name="induction", words="racemic ketamine HCl 0.5 mg/kg iv over 40 min, twice weekly for 1 week"),),
    measured=Measured(
        weight_kg=70.0,
        age_y=44.0,
        systolic_mmhg=126.0,
        diastolic_mmhg=80.0,
        heart_rate_bpm=70.0,
        taken_at=datetime(2026, 3, 2, tzinfo=UTC),
    ),
)


def test_the_model_expects_a_course_from_the_persons_own_first_score() -> None:
    band = expectation(PLAN, "madrs", baseline=36, days=14)
    assert (len(band.times_min), band.times_min[-1]) == (15, 14.0 * 1440.0)
    assert band.typical[0] == pytest.approx(36.0, abs=0.5)
    assert min(band.typical) < 32.0
    assert all(0.0 <= low <= high <= 60.0 for low, high in zip(band.low, band.high, strict=True))
    first = Rating(name="x", scale="madrs", at=START, recall="1 week", answers=rated("madrs", 36, 0).answers, by="dr")
    moved = replace(first, name="y", at=START + timedelta(days=7), answers=rated("madrs", 60, 0).answers)
    assert [one.place for one in path([first, moved], START, band).points] == [Place.INSIDE, Place.ABOVE]


def test_what_the_model_does_not_predict_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="scale that is predicted"):
        expectation(PLAN, "phq9", baseline=20, days=14)
    with pytest.raises(FieldError, match="madrs"):
        expectation(PLAN, "madrs", baseline=61, days=14)
