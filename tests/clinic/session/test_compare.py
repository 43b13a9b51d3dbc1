"""Observed against predicted: inside, above or below, with time; and when the dose was no longer the planned one."""

from __future__ import annotations

from dataclasses import replace

from clinic.session.histories import INFUSION, PUMP, clock, entry, read
from kinetamine.clinic.bands import Band
from kinetamine.clinic.plan import SessionPrediction
from kinetamine.clinic.session.compare import Comparison, Place, compare
from kinetamine.clinic.session.entries import Entry, Paused, Resumed, Scored, Stopped
from kinetamine.clinic.session.ordered import Ordered, Way
from kinetamine.clinic.session.state import state_at
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.units import BASE_PER_HYDROCHLORIDE


def band(quantity: str, low: float, high: float) -> Band:
    middle = (low + high) / 2.0
    return Band(
        quantity=quantity,
        title=quantity,
        unit="mmHg",
        times_min=(0.0, 240.0),
        typical=(middle, middle),
        low=(low, low + 24.0),
        high=(high, high + 24.0),
        has_noise=True,
    )


PREDICTED = SessionPrediction(
    number=1,
    exposure="ketamine_venous",
    peak_ng_per_ml=175.0,
    auc_ng_h_per_ml=250.0,
    bands={"systolic": band("systolic", 110.0, 145.0), "cadss": band("cadss", 0.0, 20.0)},
    model="kamp_2020",
    version="0.1.0",
    warnings=("a warning",),
)


def against(minutes: float, *entries: Entry) -> Comparison:
    timeline = Timeline().merged(entries)
    return compare(timeline, state_at(timeline, clock(minutes)), PREDICTED)


def places(found: Comparison, quantity: str) -> list[tuple[str, float, Place]]:
    return [(one.entry, one.minute, one.place) for one in found.compared if one.quantity == quantity]


def test_every_value_after_the_first_drug_is_placed_with_its_time() -> None:
    found = against(120, *INFUSION)
    assert places(found, "systolic") == [
        ("r15", 15.0, Place.INSIDE),
        ("r40", 40.0, Place.ABOVE),
        ("r90", 90.0, Place.INSIDE),
        ("r115", 115.0, Place.INSIDE),
    ]
    assert {place for _, _, place in places(found, "spo2")} == {Place.NOT_PREDICTED}
    (one,) = found.outside
    assert (one.observed, round(one.low or 0.0), round(one.high or 0.0)) == (150.0, 114, 149)


def test_a_low_value_lies_below() -> None:
    assert places(against(20, entry("s", 0, PUMP), read("r", 10, 90, 60)), "systolic") == [("r", 10.0, Place.BELOW)]


def test_scores_are_placed_too_and_one_without_a_total_is_not() -> None:
    full = tuple((f"{item}", 1) for item in range(1, 24))
    whole = entry("c", 45, Scored(scale="cadss", answers=full))
    part = entry("p", 60, Scored(scale="cadss", answers=full[:-1]))
    assert places(against(90, entry("s", 0, PUMP), whole, part), "cadss") == [("c", 45.0, Place.INSIDE)]


def test_before_the_first_drug_there_is_nothing_to_compare() -> None:
    assert against(0, read("r", -5)).compared == ()


def test_after_a_pause_the_band_is_of_another_dose() -> None:
    steps = (
        entry("s", 0, PUMP),
        read("r5", 5),
        entry("p", 10, Paused(reason="pressure")),
        entry("g", 15, Resumed()),
        read("r20", 20),
    )
    found = against(30, *steps)
    assert found.changed_at == clock(10)
    assert [(one.entry, one.after_change) for one in found.compared if one.quantity == "systolic"] == [
        ("r5", False),
        ("r20", True),
    ]
    assert against(60, *INFUSION).changed_at is None
    assert against(60, entry("s", 0, PUMP), entry("x", 20, Stopped(reason="vomiting"))).changed_at == clock(20)


def test_what_must_stand_beside_a_picture_is_carried_along() -> None:
    found = against(60, *INFUSION)
    assert found.nature == "prediction, not a measurement"
    assert "5 to 95 %" in found.contents
    assert (found.model, found.version, found.warnings) == ("kamp_2020", "0.1.0", ("a warning",))


def test_where_it_is_not_as_ordered_the_band_is_of_another_dose() -> None:
    steps = Timeline().merged([entry("s", 0, replace(PUMP, ml_per_h=525.0)), read("r", 10)])
    ordered = Ordered(base_mg=35.0 * BASE_PER_HYDROCHLORIDE, way=Way.PUMP, duration_h=2.0 / 3.0)
    found = compare(steps, state_at(steps, clock(20), ordered=ordered), PREDICTED)
    assert found.changed_at == clock(0)
    assert all(one.after_change for one in found.compared)
    whole = Timeline().merged([*INFUSION, entry("p", 20, Paused(reason="x")), entry("g", 20, Resumed())])
    assert compare(whole, state_at(whole, clock(60), ordered=ordered), PREDICTED).changed_at == clock(20)
