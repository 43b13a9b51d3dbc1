"""A plan: foreseen, kept as one order for each dose, and read back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clinic.care.series import BERLIN, INFUSION, MEASURED, SPRAY, WORDS, enrolled, foreseen, foretold, ordered
from clinic.world import START, World, order, person, session
from kinetamine.clinic.care import enrolment, plan
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.plan import Phase
from kinetamine.clinic.records import Order, Role
from kinetamine.clinic.refusals import NotAllowedError
from kinetamine.errors import FieldError

INDUCTION = Phase(name="induction", words=WORDS)


def test_every_dose_becomes_an_order_that_says_what_it_rests_on(world: World) -> None:
    found = plan.save(world.records(), enrolled(world), foreseen(), START, BERLIN)
    assert [(one.state, one.dose_mg, one.weight_kg, one.drug) for one in found] == [
        ("planned", 35.0, 70.0, "racemic ketamine hydrochloride")
    ] * 2
    first, second = (world.records().get(Order, one.id) for one in found)
    assert [first.details[name] for name in ("number", "of", "phase", "day")] == [1, 2, "induction", 1]
    assert [second.details[name] for name in ("number", "of", "phase", "day")] == [2, 2, "maintenance", 29]
    assert first.regimen == WORDS
    assert first.details["others"] == {"previous_sessions": 2.0}
    assert plan.measured_of(first) == MEASURED
    assert plan.treatment_of_order(first) == INFUSION
    assert plan.dose_of(first) == foreseen().doses[0].dose
    assert plan.dose_of(second).time_h == 0.0
    assert [one.id for one in plan.of(world.records(), first.person_id)] == [first.id, second.id]


def test_the_prediction_is_read_back_as_it_was_kept(world: World) -> None:
    made = ordered(world)
    held, predicted = plan.prediction_of(world.records().get(Order, made.id)), foreseen().sessions[0]
    assert held == plan.rounded(predicted)
    assert (held.model, held.version, held.warnings) == (predicted.model, predicted.version, predicted.warnings)
    for name, band in predicted.bands.items():
        assert held.bands[name].low == pytest.approx(band.low, abs=6e-4)
        assert held.bands[name].times_min == pytest.approx(band.times_min, abs=6e-4)


def test_a_series_at_nine_stays_at_nine_when_the_clocks_change(world: World) -> None:
    nine = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    found = plan.save(world.records(), enrolled(world), foreseen(), nine, BERLIN)
    walls = [one.planned_at.astimezone(BERLIN).strftime("%m-%d %H:%M") for one in found if one.planned_at]
    assert walls == ["03-02 09:00", "03-30 09:00"]


@pytest.mark.slow
def test_one_plan_is_predicted_once() -> None:
    made = plan.made(INFUSION, (INDUCTION,), MEASURED, {}, outside=False)
    found = plan.foreseen(made)
    assert plan.foreseen(plan.made(INFUSION, (INDUCTION,), MEASURED, {}, outside=False)) is found
    assert (found.sessions[0].model, len(found.doses)) == ("kamp_2020", 1)
    with pytest.raises(ToldError, match="61 doses"):
        plan.foreseen(
            plan.made(INFUSION, (Phase(name="x", words=f"{WORDS}, daily x 61"),), MEASURED, {}, outside=False)
        )


@pytest.mark.slow
def test_what_nobody_studied_is_told_at_its_box_and_predicted_where_somebody_insists() -> None:
    old = Measured(**vars(MEASURED) | {"age_y": 90.0})
    with pytest.raises(ToldError, match="90") as told:
        plan.foreseen(plan.made(INFUSION, (INDUCTION,), old, {}, outside=False))
    assert told.value.field == "outside"
    found = plan.foreseen(plan.made(INFUSION, (INDUCTION,), old, {}, outside=True))
    assert any("90" in one for one in found.sessions[0].warnings)


@pytest.mark.parametrize(
    ("place", "name", "words", "day", "field"),
    [
        (1, "induction", "a spoonful", 1, "words_1"),
        (2, "x", WORDS, 0, "first_day_2"),
        (1, "x", WORDS + " " * 200, 1, "words_1"),
        (3, "x", f"{WORDS}, daily x 61", 1, "words_3"),
    ],
)
def test_what_is_wrong_in_a_phase_is_told_at_its_field(place: int, name: str, words: str, day: int, field: str) -> None:
    with pytest.raises(ToldError) as told:
        plan.phase(place, name, words, day)
    assert told.value.field == field


@pytest.mark.parametrize(
    ("second", "field"),
    [
        (Phase(name="Induction", words=WORDS, first_day=9), "phase_2"),
        (Phase(name="later", words="esketamine 56 mg intranasal", first_day=9), "words_2"),
        (Phase(name="later", words=WORDS, first_day=1), "first_day_2"),
    ],
)
def test_what_is_wrong_between_phases_is_told_at_the_later_one(second: Phase, field: str) -> None:
    with pytest.raises(ToldError) as told:
        plan.made(INFUSION, (INDUCTION, second), MEASURED, {}, outside=False)
    assert told.value.field == field


def test_shortcuts_are_of_the_same_drug_by_the_same_route() -> None:
    assert {"ketamine_six_infusions", "ketamine_twice_weekly"} <= {one.name for one in plan.shortcuts(INFUSION)}
    assert {one.name for one in plan.shortcuts(SPRAY)} == {"spravato_mdsi", "spravato_trd_induction_maintenance"}
    assert not {"cyp2b6_poor", "hepatic_moderate"} & {name for name, _ in plan.interactions()}
    assert {one.name for one in plan.series_rules(SPRAY)} > {"stop_wanted", "no_benefit_after_induction"}


def test_the_volume_follows_from_what_the_vials_mg_are_of() -> None:
    dose = foreseen().doses[0]
    assert plan.volume_ml(dose, 50.0, "hydrochloride") == pytest.approx(0.7)
    assert plan.volume_ml(dose, 50.0, "base") == pytest.approx(30.346 / 50.0, abs=1e-4)
    with pytest.raises(FieldError, match="above 0"):
        plan.volume_ml(dose, 0.0, "base")


def test_an_order_is_cancelled_with_a_reason_and_stays(world: World) -> None:
    made, records = ordered(world), world.records()
    with pytest.raises(FieldError, match="why"):
        plan.cancel(records, made.id, made.version, " ")
    with pytest.raises(NotAllowedError):
        plan.cancel(world.records(Role.NURSE), made.id, made.version, "moved")
    assert plan.cancel(records, made.id, made.version, "moved").state == "cancelled"
    with pytest.raises(FieldError, match="still to be given"):
        plan.cancel(records, made.id, 2, "again")


def test_what_was_given_is_neither_cancelled_nor_offered_again(world: World) -> None:
    made, records = ordered(world), world.records()
    assert next(one.id for one in plan.to_be_given(records, made.person_id)) == made.id
    held = records.add(session(made.person_id, order_id=made.id, started_at=START))
    assert plan.given(records, made.person_id)[made.id].id == held.id
    assert made.id not in [one.id for one in plan.to_be_given(records, made.person_id)]
    with pytest.raises(FieldError, match="given 'given', expected an order that is still to be given"):
        plan.cancel(records, made.id, made.version, "moved")


def test_more_than_was_tried_is_said_once_of_a_plan_and_of_each_order(world: World) -> None:
    words = WORDS.replace("0.5 mg/kg", "5 mg/kg") + ", twice weekly for 1 week"
    found = foretold(INFUSION, Phase(name="induction", words=words))
    (said,) = plan.beyond_what_was_tried(found)
    first, second = plan.save(world.records(), enrolled(world), found, START, BERLIN)
    assert [plan.beyond_of_order(one) for one in (first, second)] == [said, said]
    assert plan.beyond_of_order(world.records().add(order(first.person_id))) == ""


def test_a_part_of_a_device_is_told_at_its_phase() -> None:
    with pytest.raises(ToldError, match="whole number of devices") as told:
        foretold(SPRAY, Phase(name="induction", words="esketamine 70 mg intranasal"))
    assert told.value.field == "words_1"


def test_nothing_is_ordered_under_an_enrolment_that_has_ended_or_by_a_nurse(world: World) -> None:
    made = enrolled(world)
    with pytest.raises(NotAllowedError):
        plan.save(world.records(Role.NURSE), made, foreseen(), START, BERLIN)
    ended = enrolment.end(world.records(), made.id, made.version, "moved", START)
    with pytest.raises(FieldError, match="not ended"):
        plan.save(world.records(), ended, foreseen(), START, BERLIN)


def test_an_order_of_another_program_holds_no_dose_to_work_out(world: World) -> None:
    records = world.records()
    other = records.add(order(records.add(person()).id))
    for read in (plan.dose_of, plan.measured_of, plan.prediction_of):
        with pytest.raises(FieldError):
            read(other)
    assert plan.treatment_of_order(other) is None
