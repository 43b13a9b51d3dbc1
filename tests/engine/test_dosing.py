"""Corners of event semantics, each against plain doses written out or a closed form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.test_solve import K, bolus, dose, infusion, levels
from kinetamine import catalogue
from kinetamine.engine.events import Event, EventId, Form
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.model import PKModel, Route
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Modulation, Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.system import Site
from kinetamine.errors import FieldError, RowError
from suppliers import together

ADULT = Person(weight_kg=70.0)


@given(time_h=st.floats(0.01, 50.0))
def test_any_time_can_be_observed(one_compartment: PKModel, time_h: float) -> None:
    assert levels(one_compartment, [dose()], time_h) == pytest.approx([bolus(time_h)], rel=1e-9)


def test_a_trough_is_a_trough_at_thirds_of_an_hour_too(one_compartment: PKModel) -> None:
    for third in range(1, 60):
        time_h = third / 60
        found = levels(one_compartment, [dose(), dose(time_h)], time_h)
        assert found == pytest.approx([bolus(time_h)], rel=1e-9), third


def test_a_lagging_steady_state_dose_is_forgotten_by_a_reset(one_compartment: PKModel) -> None:
    steady = dose(route="late", interval_h=12.0, steady_state=1)
    found = levels(one_compartment, [steady, Event(time_h=1.0, evid=EventId.RESET)], 7.0, 31.0)
    assert found == pytest.approx([0.0, 0.0], abs=1e-12)


@pytest.mark.parametrize("order", [1, -1])
def test_the_trough_of_a_steady_state_record_is_before_every_dose_of_its_time(
    one_compartment: PKModel, order: int
) -> None:
    events = [dose(5.0, amount_mg=40.0), dose(5.0, interval_h=12.0, steady_state=2)][::order]
    trough = bolus(12) / (1 - np.exp(-K * 12))
    assert levels(one_compartment, events, 5.0) == pytest.approx([trough], rel=1e-12)


def test_ends_of_repeated_infusions_are_nodes() -> None:
    repeated = (
        Event(time_h=0.0, amount_mg=700.0, route="intravenous", duration_h=100.0, interval_h=336.0, additional=1),
    )
    written = tuple(replace(repeated[0], time_h=t, interval_h=0.0, additional=0) for t in (0.0, 336.0))
    found = [simulate(_depression(events)) for events in (repeated, written)]
    assert found[0].times_h[-1] == found[1].times_h[-1] == 460.0
    assert found[0]["madrs"].typical == pytest.approx(found[1]["madrs"].typical, abs=1e-6)


def test_a_long_follow_up_reaches_its_end() -> None:
    events = (Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=2 / 3),)
    found = simulate(replace(_depression(events), horizon_h=8000.0))
    assert found.times_h[-1] == 8000.0
    assert found.at("madrs", 8000.0) == pytest.approx(33.0, abs=0.1)
    with pytest.raises(FieldError, match="0 to 8000 h, which was simulated"):
        found.at("madrs", 8001.0)


def test_two_forms_by_rate_stay_apart() -> None:
    racemic = Event(time_h=0.0, amount_mg=20.0, route="intravenous")
    esketamine = Event(time_h=0.0, amount_mg=20.0, route="intravenous", form=Form.ESKETAMINE, rate_mg_per_h=20.0)
    both = simulate(_plain("kamp_2020", racemic, esketamine))
    alone = [simulate(_plain("kamp_2020", one)) for one in (racemic, esketamine)]
    sums = [sum(one.at("s_ketamine_arterial", t) for one in alone) for t in (0.5, 2.0)]
    assert [both.at("s_ketamine_arterial", t) for t in (0.5, 2.0)] == pytest.approx(sums, rel=1e-3)
    assert both.at("r_ketamine_arterial", 2.0) == pytest.approx(alone[0].at("r_ketamine_arterial", 2.0), rel=1e-3)


def test_devices_count_within_a_session_whatever_else_is_given() -> None:
    spray = Event(time_h=0.0, amount_mg=28.0, route="intranasal", form=Form.ESKETAMINE)
    written = [replace(spray, time_h=i / 12) for i in range(3)]
    repeated = replace(spray, interval_h=1 / 12, additional=2)
    other = Event(time_h=0.04, amount_mg=1e-6, route="intravenous", form=Form.ESKETAMINE)
    expected = simulate(_plain("perez_ruixo_2021", *written))["s_ketamine_venous"].typical.max()
    for events in ([repeated], [*written, other]):
        found = simulate(_plain("perez_ruixo_2021", *events))["s_ketamine_venous"].typical.max()
        assert found == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("route", ["oral", "rectal", "oral_prolonged_release", "sublingual", "intranasal"])
def test_an_inhibitor_never_makes_more_drug_than_was_given(route: str) -> None:
    problem = _plain("kamp_2020", Event(time_h=0.0, amount_mg=40.0, route=route))
    problem = replace(problem, modulation=Modulation(first_pass=3.0))
    arrived = sum(np.max(np.asarray(one.amount)) for one in Kinetics(problem, "S").actions)  # type: ignore[union-attr]
    assert 5.0 < arrived <= 20.0 + 1e-9


def test_an_effect_site_as_fast_as_the_drug_itself(one_compartment: PKModel) -> None:
    problem = Problem(model=one_compartment, events=(dose(),), person=Person(), horizon_h=10.0)
    solved = Kinetics(problem, "S", [Site("site", "ketamine_venous", K)]).solve(problem.nodes_h())
    times = solved.times_h
    expected = bolus(0) / 1000.0 * K * times * np.exp(-K * times)
    assert solved.state("site")[:, 0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("compartment", ["arm", "4", "norketamine"])
def test_no_dose_into_a_concentration_or_a_metabolite(compartment: str) -> None:
    event = Event(time_h=0.0, amount_mg=35.0, compartment=compartment, row=2)
    with pytest.raises(RowError, match=r"row 2, column CMT: .* expected one of central, peripheral2, peripheral3"):
        simulate(_plain("kamp_2020", event))


def test_a_comedication_that_starts_in_mid_course_is_refused() -> None:
    problem = _plain("kamp_2020", Event(time_h=0.0, amount_mg=35.0, route="intravenous"))
    later = replace(ADULT, comedication=("grapefruit",))
    with pytest.raises(FieldError, match="comedication at 48 h"):
        simulate(replace(problem, person_changes=((48.0, later),)))


@pytest.mark.parametrize("times", [(), (2.0, 1.0), (float("nan"),), (-1.0,), (1.0, 1.0)])
def test_times_that_cannot_be_observed_are_refused(one_compartment: PKModel, times: tuple[float, ...]) -> None:
    with pytest.raises(FieldError, match="times_h"):
        Problem(model=one_compartment, events=(dose(),), person=Person(), times_h=times)


@pytest.mark.parametrize(
    "record",
    [{"amount_mg": -1.0}, {"amount_mg": 0.0}, {"time_h": float("nan")}, {"steady_state": 1, "interval_h": 0.0}],
)
def test_a_record_that_means_nothing_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        Event(**{"time_h": 0.0, "amount_mg": 100.0, **record})


def test_an_infusion_of_a_route_with_several_ways_is_refused() -> None:
    event = Event(time_h=0.0, amount_mg=20.0, route="oral", rate_mg_per_h=10.0, row=4)
    with pytest.raises((RowError, FieldError), match=r"RATE|duration"):
        simulate(_plain("kamp_2020", event))


def test_the_closed_form_used_here_is_the_one_of_an_infusion(one_compartment: PKModel) -> None:
    found = levels(one_compartment, [dose(duration_h=2 / 3)], 2 / 3)
    assert found == pytest.approx([infusion(2 / 3, 150.0, 2 / 3)], rel=1e-12)


def _routes(*events: Event) -> dict[str, Route]:
    return {event.route: catalogue.load("routes", event.route) for event in events if event.route}


def _plain(model: str, *events: Event) -> Problem:
    return Problem(
        model=catalogue.load("pk", model), events=events, person=ADULT, routes=_routes(*events), horizon_h=24.0
    )


def _depression(events: tuple[Event, ...]) -> Problem:
    return Problem(
        model=catalogue.load("pk", "kamp_2020"),
        events=events,
        person=ADULT,
        routes=_routes(*events),
        effects=together(catalogue.load("outcomes", "depression")),
    )
