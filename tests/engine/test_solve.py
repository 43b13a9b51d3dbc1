"""Events against closed forms: every trap that other engines have fallen into is a test here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.engine.events import Event, EventId, Form, Modelled
from kinetamine.engine.model import PKModel
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.errors import FieldError, RowError, UnknownNameError
from kinetamine.library.arterial import arm

K, V = 0.2, 50.0
"""Elimination rate (1/h) and volume (L) of the one-compartment model."""


def dose(time_h: float = 0.0, amount_mg: float = 100.0, **more: Any) -> Event:
    """A dose record into the central compartment unless a route is named."""
    where = more if "route" in more or "compartment" in more else {"compartment": "central", **more}
    return Event(time_h=time_h, amount_mg=amount_mg, form=Form.ESKETAMINE, **where)


def levels(model: PKModel, events: list[Event], *times_h: float, **more: Any) -> np.ndarray:
    """Concentrations in ng/mL at the given times."""
    problem = Problem(model=model, events=tuple(events), person=Person(), times_h=times_h, **more)
    return simulate(problem)["s_ketamine_venous"].typical


def bolus(after_h: float, amount_mg: float = 100.0) -> float:
    """One compartment, this long after a bolus, ng/mL; zero before it."""
    return 1000.0 * amount_mg / V * float(np.exp(-K * after_h)) if after_h >= 0.0 else 0.0


def infusion(at_h: float, rate: float, length_h: float) -> float:
    """One compartment, this long after the start of an infusion of ``rate`` mg/h, ng/mL."""
    if at_h <= 0.0:
        return 0.0
    ran = min(at_h, length_h)
    return 1000.0 * rate / (K * V) * float((1 - np.exp(-K * ran)) * np.exp(-K * (at_h - ran)))


def test_bolus_decays_from_dose_over_volume(one_compartment: PKModel) -> None:
    assert levels(one_compartment, [dose()], 1.0, 5.0) == pytest.approx([bolus(1), bolus(5)], rel=1e-12)


def test_infusion_by_rate_and_by_duration_agree(one_compartment: PKModel) -> None:
    by_rate = levels(one_compartment, [dose(rate_mg_per_h=50.0)], 1.0, 2.0, 3.0)
    by_duration = levels(one_compartment, [dose(duration_h=2.0)], 1.0, 2.0, 3.0)
    assert by_rate == pytest.approx([infusion(t, 50.0, 2.0) for t in (1, 2, 3)], rel=1e-12)
    assert by_duration == pytest.approx(by_rate, rel=1e-12)


def test_observation_at_dose_time_is_a_trough_unless_asked_otherwise(one_compartment: PKModel) -> None:
    events = [dose(), dose(10.0)]
    assert levels(one_compartment, events, 10.0) == pytest.approx([bolus(10)])
    after = levels(one_compartment, events, 10.0, observe_after_dose=True)
    assert after == pytest.approx([bolus(10) + bolus(0)])


def test_two_equal_infusions_overlap(one_compartment: PKModel) -> None:
    events = [dose(duration_h=4.0), dose(1.0, duration_h=4.0)]
    expected = [infusion(t, 25.0, 4.0) + infusion(t - 1, 25.0, 4.0) for t in (0.5, 3.0, 4.5, 6.0)]
    assert levels(one_compartment, events, 0.5, 3.0, 4.5, 6.0) == pytest.approx(expected, rel=1e-12)


def test_infusion_after_bolus_counts_both(one_compartment: PKModel) -> None:
    events = [dose(amount_mg=30.0), dose(0.0, duration_h=2.0)]
    assert levels(one_compartment, events, 1.0) == pytest.approx([bolus(1, 30.0) + infusion(1, 50.0, 2.0)])


def test_two_doses_at_one_instant_into_two_compartments(one_compartment: PKModel) -> None:
    events = [dose(compartment="gut"), dose(compartment="central")]
    absorbed = 1000.0 * 100.0 / V * 1.0 / (1.0 - K) * (np.exp(-K * 2) - np.exp(-1.0 * 2))
    assert levels(one_compartment, events, 2.0) == pytest.approx([bolus(2) + absorbed], rel=1e-12)


def test_compartments_by_number_are_the_models_order(one_compartment: PKModel) -> None:
    by_name = levels(one_compartment, [dose(compartment="gut")], 1.0)
    assert levels(one_compartment, [dose(compartment="1")], 1.0) == pytest.approx(by_name, rel=1e-15)


def test_reset_empties_and_stops_what_runs(one_compartment: PKModel) -> None:
    events = [dose(duration_h=10.0), Event(time_h=2.0, evid=EventId.RESET)]
    assert levels(one_compartment, events, 1.0, 3.0, 9.0) == pytest.approx([infusion(1, 10.0, 10.0), 0.0, 0.0])


def test_reset_and_dose_during_an_infusion_starts_anew(one_compartment: PKModel) -> None:
    again = dose(2.0, evid=EventId.RESET_AND_DOSE, duration_h=1.0)
    assert levels(one_compartment, [dose(duration_h=10.0), again], 2.5, 5.0) == pytest.approx(
        [infusion(0.5, 100.0, 1.0), infusion(3.0, 100.0, 1.0)], rel=1e-12
    )


def test_reset_forgets_doses_that_still_lag(one_compartment: PKModel) -> None:
    events = [dose(route="late"), Event(time_h=10.0, evid=EventId.RESET)]
    assert levels(one_compartment, events, 31.0) == pytest.approx([0.0])


def test_additional_doses_are_the_total_less_one(one_compartment: PKModel) -> None:
    expected = bolus(30) + bolus(18) + bolus(6)
    assert levels(one_compartment, [dose(interval_h=12.0, additional=2)], 30.0) == pytest.approx([expected])


def test_steady_state_trough_and_peak(one_compartment: PKModel) -> None:
    trough = bolus(12) / (1 - np.exp(-K * 12))
    events = [dose(interval_h=12.0, steady_state=1)]
    assert levels(one_compartment, events, 0.0, 12.0) == pytest.approx([trough, trough], rel=1e-12)


def test_steady_state_after_other_doses_forgets_them(one_compartment: PKModel) -> None:
    events = [dose(amount_mg=999.0), dose(5.0, interval_h=12.0, steady_state=1)]
    expected = bolus(1) / (1 - np.exp(-K * 12))
    assert levels(one_compartment, events, 6.0) == pytest.approx([expected], rel=1e-12)


def test_steady_state_two_adds_to_what_is_there(one_compartment: PKModel) -> None:
    events = [dose(amount_mg=40.0), dose(5.0, interval_h=12.0, steady_state=2)]
    expected = bolus(6, 40.0) + bolus(1) / (1 - np.exp(-K * 12))
    assert levels(one_compartment, events, 6.0) == pytest.approx([expected], rel=1e-12)


@pytest.mark.parametrize("length_h", [3.0, 12.0, 30.0])
def test_steady_state_of_infusions_even_longer_than_their_interval(one_compartment: PKModel, length_h: float) -> None:
    steady = levels(
        one_compartment, [dose(duration_h=length_h, interval_h=12.0, steady_state=1, additional=3)], 5.0, 40.0
    )
    long = levels(one_compartment, [dose(duration_h=length_h, interval_h=12.0, additional=43)], 485.0, 520.0)
    assert steady == pytest.approx(long, rel=1e-9)


def test_steady_state_with_a_lag_longer_than_the_interval(one_compartment: PKModel) -> None:
    steady = levels(
        one_compartment, [dose(route="late", interval_h=12.0, steady_state=1, additional=9)], 1.0, 7.0, 31.0
    )
    long = levels(one_compartment, [dose(route="late", interval_h=12.0, additional=49)], 481.0, 487.0, 511.0)
    assert steady == pytest.approx(long, rel=1e-9)


def test_endless_infusion_at_steady_state(one_compartment: PKModel) -> None:
    events = [dose(amount_mg=0.0, rate_mg_per_h=10.0, steady_state=1)]
    assert levels(one_compartment, events, 0.0, 50.0) == pytest.approx([1000.0, 1000.0], rel=1e-12)


def test_bioavailability_shortens_an_infusion_whose_rate_is_given(one_compartment: PKModel) -> None:
    """NONMEM keeps RATE: half of 100 mg at 50 mg/h runs 1 h."""
    events = [dose(route="half", rate_mg_per_h=50.0)]
    assert levels(one_compartment, events, 0.5, 3.0) == pytest.approx(
        [infusion(0.5, 50.0, 1.0), infusion(3.0, 50.0, 1.0)], rel=1e-12
    )


def test_bioavailability_lowers_an_infusion_whose_duration_is_given(one_compartment: PKModel) -> None:
    events = [dose(route="half", duration_h=2.0)]
    assert levels(one_compartment, events, 1.0) == pytest.approx([infusion(1.0, 25.0, 2.0)], rel=1e-12)


def test_lag_longer_than_the_interval(one_compartment: PKModel) -> None:
    events = [dose(route="late", interval_h=12.0, additional=2)]
    expected = [0.0, bolus(1), bolus(13) + bolus(1)]
    assert levels(one_compartment, events, 29.0, 31.0, 43.0) == pytest.approx(expected, rel=1e-12)


def test_modelled_duration_comes_from_the_model(one_compartment: PKModel) -> None:
    events = [dose(route="slow", rate_mg_per_h=float(Modelled.DURATION))]
    assert levels(one_compartment, events, 1.0) == pytest.approx([infusion(1.0, 50.0, 2.0)], rel=1e-12)


def test_modelled_duration_without_one_is_refused_by_row(one_compartment: PKModel) -> None:
    events = [dose(rate_mg_per_h=float(Modelled.DURATION), row=3)]
    with pytest.raises(RowError, match="row 3, column RATE: given -2"):
        levels(one_compartment, events, 1.0)


def test_unknown_compartment_and_route_offer_the_nearest(one_compartment: PKModel) -> None:
    with pytest.raises(FieldError, match="gut, central"):
        levels(one_compartment, [dose(compartment="liver")], 1.0)
    with pytest.raises(UnknownNameError, match="did you mean late"):
        levels(one_compartment, [dose(route="lat")], 1.0)


def test_covariates_change_the_rates_and_amounts_carry_over(one_compartment: PKModel) -> None:
    scaled = replace(
        one_compartment,
        individual=lambda p, person, _species: {**vars(p), "CL": p.CL * person.require_weight("a test") / 50.0},
    )
    light, heavy = Person(weight_kg=50.0), Person(weight_kg=100.0)
    problem = Problem(model=scaled, events=(dose(),), person=light, person_changes=((4.0, heavy),), times_h=(4.0, 6.0))
    expected = [bolus(4), bolus(4) * np.exp(-2 * K * 2)]
    assert simulate(problem)["s_ketamine_venous"].typical == pytest.approx(expected, rel=1e-12)


def test_no_dose_gives_zero_and_not_nothing(one_compartment: PKModel) -> None:
    assert levels(one_compartment, [Event(time_h=0.0, evid=EventId.OTHER)], 0.0, 1.0) == pytest.approx([0.0, 0.0])


def test_arterial_from_venous_undoes_the_venous_mixing() -> None:
    """kamp_2020 without its arterial output, brought back to arterial, gives what it left out."""
    whole = catalogue.load("pk", "kamp_2020")
    venous_only = replace(whole, outputs=tuple(one for one in whole.outputs if one.site == "venous"))
    events = (Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=40 / 60),)
    common: dict[str, Any] = {
        "events": events,
        "person": Person(weight_kg=70.0),
        "routes": {"intravenous": catalogue.load("routes", "intravenous")},
        "times_h": (0.2, 0.6, 0.8, 2.0, 6.0),
    }
    effects = (catalogue.load("effects", "dissociation"),)
    truth = simulate(Problem(model=whole, effects=effects, **common))
    found = simulate(Problem(model=venous_only, effects=effects, arm=arm(), **common))
    assert found["s_ketamine_arterial"].title == "S-ketamine, arterial (estimated)"
    assert found["s_ketamine_arterial"].typical == pytest.approx(truth["s_ketamine_arterial"].typical, rel=1e-9)
    assert found["cadss"].typical == pytest.approx(truth["cadss"].typical, rel=1e-6)
