"""Adverse events of a course, and its exposure beside published ones."""

from __future__ import annotations

import pytest

from kinetamine.citation import cite
from kinetamine.course import parse_regimen
from kinetamine.engine.events import Event, Form
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError
from kinetamine.harms import AdverseEventTable, ExposureIndex, adverse_events, exposure_index

ADULT = Person(age_y=40.0, weight_kg=70.0)


def given(words: str, person: Person = ADULT) -> tuple[Event, ...]:
    return parse_regimen(words).events(person)


def table(words: str, person: Person = ADULT) -> AdverseEventTable:
    return adverse_events(given(words, person), person)


def exposure(words: str, person: Person = ADULT) -> ExposureIndex:
    return exposure_index(given(words, person), person)


@pytest.mark.parametrize(
    ("words", "person", "names"),
    [
        (
            "esketamine 84 mg intranasal, twice weekly for 4 weeks",
            ADULT,
            [
                "esketamine_nasal_china_us",
                "esketamine_nasal_mdsi",
                "esketamine_nasal_trd",
                "esketamine_nasal_trd_terms",
            ],
        ),
        ("esketamine 84 mg intranasal, twice weekly for 4 weeks", Person(age_y=65.0), ["esketamine_nasal_65"]),
        ("esketamine 28 mg intranasal, single dose", Person(age_y=70.0), ["esketamine_nasal_65"]),
        (
            "0.5 mg/kg iv over 40 min, single dose",
            ADULT,
            ["racemic_iv_single", "racemic_iv_subanaesthetic"],
        ),
        ("0.5 mg/kg iv over 40 min, three times weekly for 2 weeks", ADULT, ["racemic_iv_subanaesthetic"]),
        ("crps_100h_infusion", ADULT, ["s_ketamine_crps_infusion"]),
    ],
)
def test_the_tables_that_fit_are_used(words: str, person: Person, names: list[str]) -> None:
    found = table(words, person)
    assert [one.name for one in found.tables] == names
    assert {row.product.name for row in found.rows} == set(names)
    assert set(names).isdisjoint(found.outside)
    assert found.text.startswith(f"{len(names)} table")
    assert "@" in cite(found)


@pytest.mark.parametrize(
    ("words", "person", "reason"),
    [
        ("anaesthesia_induction", ADULT, "mg/kg a session"),
        ("esketamine 84 mg intranasal, single dose", Person(age_y=15.0), "age 15"),
        ("esketamine 112 mg intranasal, single dose", ADULT, "112 mg a session"),
        ("100 mg oral, single dose", ADULT, "route oral"),
        ("0.5 mg/kg iv over 2 min, single dose", ADULT, "h of infusion"),
    ],
)
def test_where_none_fits_nothing_is_guessed(words: str, person: Person, reason: str) -> None:
    found = table(words, person)
    assert found.rows == ()
    assert found.tables == ()
    assert found.text.startswith("No table covers these doses and this person")
    assert reason in found.text
    assert len(found.outside) == 8


def test_a_dose_per_kg_needs_a_weight() -> None:
    found = adverse_events(given("0.5 mg/kg iv over 40 min, single dose"), Person())
    assert any("body weight" in reason for reason in found.outside["racemic_iv_single"])


def test_rows_hold_every_session_and_the_background() -> None:
    found = table("esketamine 84 mg intranasal, twice weekly for 4 weeks")
    row = next(row for row in found.rows if (row.product.name, row.event.name) == ("esketamine_nasal_trd", "nausea"))
    assert len(row.in_session) == found.sessions == 8
    assert row.at_least_once.value == pytest.approx(98 / 346)
    assert row.background is not None
    assert row.excess is not None
    assert row.excess.value == pytest.approx(98 / 346 - 19 / 222)
    assert row.excess.low < row.excess.value < row.excess.high
    assert not row.extrapolated
    assert row.note == ""


def test_a_longer_course_is_marked() -> None:
    found = table("esketamine 84 mg intranasal, weekly for 20 weeks")
    assert all(row.extrapolated for row in found.rows)
    assert all("Counted over 8 sessions" in row.note for row in found.rows)
    assert all("every 7.0" in row.note for row in found.rows)


def test_earlier_sessions_count() -> None:
    words = "esketamine 84 mg intranasal, single dose"
    first, later = table(words), table(words, Person(age_y=40.0, weight_kg=70.0, previous_sessions=20))
    assert (first.first_session, later.first_session) == (1, 21)
    for new, used in zip(first.rows, later.rows, strict=True):
        assert used.at_least_once.value <= new.at_least_once.value + 1e-12


def test_disagreement_between_trials_is_said() -> None:
    found = table("esketamine 84 mg intranasal, twice weekly for 4 weeks").disagreements
    assert "Dizziness: 24 % (esketamine_nasal_trd_terms) to 77 % (esketamine_nasal_china_us)." in found


def test_control_and_scale_are_said() -> None:
    rows = table("0.5 mg/kg iv over 40 min, three times weekly for 2 weeks").rows
    assert all(row.background is None and "electroconvulsive" in row.note for row in rows)
    scale = [row for row in table("esketamine 84 mg intranasal, single dose").rows if row.event.scale_measured]
    assert scale
    assert all("fixed times" in row.note for row in scale)


def test_no_dose_is_refused() -> None:
    with pytest.raises(FieldError, match="at least one dose"):
        adverse_events((), ADULT)
    with pytest.raises(FieldError, match="at least one dose"):
        exposure_index((), ADULT)


def test_exposure_is_added_up() -> None:
    found = exposure("esketamine 84 mg intranasal, twice weekly for 4 weeks, then 84 mg weekly for 4 weeks")
    assert found.as_given_mg == {Form.ESKETAMINE: pytest.approx(12 * 84.0)}
    assert found.racemic_mg == pytest.approx(24 * 84.0)
    assert found.racemic_mg_per_kg == pytest.approx(24 * 84.0 / 70.0)
    assert (found.sessions, found.sessions_per_week, found.drug_days) == (12, 2.0, 12)
    assert found.racemic_mg_per_day == pytest.approx(48.0)
    assert exposure_index(given("esketamine 84 mg intranasal, single dose"), Person()).racemic_mg_per_kg is None


def test_racemate_counts_once() -> None:
    assert exposure("0.5 mg/kg iv over 40 min, single dose").racemic_mg == pytest.approx(35.0)


def test_ratios_against_published_exposure() -> None:
    found = exposure("esketamine 84 mg intranasal, twice weekly for 4 weeks")
    daily = found.bladder[0]
    assert daily.ratio == pytest.approx(48.0 / 2000.0)
    assert "0.024 of 2000 mg/d" in daily.sentence
    assert found.cognition[0].ratio == pytest.approx(48.0 / 2400.0)
    assert found.misuse[1].ratio == pytest.approx(2.0 / 7.0)


def test_daily_grams_reach_the_published_exposure() -> None:
    daily = Event(time_h=0.0, amount_mg=2000.0, route="intranasal", interval_h=24.0, additional=729)
    found = exposure_index([daily], ADULT)
    assert found.bladder[0].ratio == pytest.approx(1.0)
    assert found.bladder[1].ratio == pytest.approx(1.0)
    assert found.bladder[2].ratio == pytest.approx(1.0, abs=0.05)
    assert found.bladder[4].ratio > 100.0


def test_the_most_of_a_year_in_the_trial_is_its_reference() -> None:
    found = exposure("esketamine 84 mg intranasal, twice weekly for 4 weeks, then 84 mg weekly for 48 weeks")
    assert found.sessions == 56
    assert found.misuse[2].ratio == pytest.approx(1.0)


def test_no_probability_of_addiction_is_given_and_why() -> None:
    found = exposure("esketamine 84 mg intranasal, single dose")
    said = found.statements[0]
    assert "No probability of addiction can be given" in said
    for reason in ("excluded people with substance use disorders", "no incidence", "is not dependence"):
        assert reason in said
    assert not any("probab" in comparison.sentence for comparison in found.misuse)


def test_every_comparison_names_its_source() -> None:
    found = exposure("ketamine_six_infusions")
    for comparison in (*found.bladder, *found.cognition, *found.misuse):
        assert comparison.reference.source in found.references
        assert comparison.reference.source.doi
        assert comparison.sentence.endswith(").")
