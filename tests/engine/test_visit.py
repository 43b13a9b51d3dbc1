"""Sessions from records: what belongs together, and how much a week."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.engine.events import Event, EventId, Form
from kinetamine.engine.visit import busiest, drug_days, visits
from kinetamine.errors import FieldError


def spray(time_h: float, amount_mg: float = 28.0) -> Event:
    return Event(time_h=time_h, amount_mg=amount_mg, form=Form.ESKETAMINE, route="intranasal")


def test_devices_of_one_dose_are_one_session() -> None:
    given = visits([spray(0.0), spray(5 / 60), spray(10 / 60), spray(72.0)])
    assert [len(visit.doses) for visit in given] == [3, 1]
    assert given[0].amount_mg == pytest.approx(84.0)
    assert given[0].racemic_mg == pytest.approx(168.0)


def test_a_dose_soon_after_an_infusion_belongs_to_it() -> None:
    infusion = Event(time_h=0.0, amount_mg=100.0, duration_h=10.0, route="intravenous")
    later = [Event(time_h=time_h, amount_mg=10.0, route="intravenous") for time_h in (15.9, 30.0)]
    assert [visit.length_h for visit in visits([infusion, *later])] == [pytest.approx(15.9), 0.0]


def test_repetitions_are_counted_one_by_one() -> None:
    course = [Event(time_h=0.0, amount_mg=35.0, route="intravenous", interval_h=84.0, additional=5)]
    assert len(visits(course)) == 6


def test_other_records_give_nothing() -> None:
    assert len(visits([spray(0.0), Event(time_h=50.0, evid=EventId.OBSERVATION)])) == 1


@pytest.mark.parametrize(
    "events",
    [
        [],
        [Event(time_h=0.0, evid=EventId.OBSERVATION)],
        [Event(time_h=0.0, amount_mg=10.0, route="oral", interval_h=24.0, steady_state=1)],
    ],
)
def test_what_is_not_stated_is_refused(events: list[Event]) -> None:
    with pytest.raises(FieldError):
        visits(events)


def test_a_short_course_is_taken_over_its_own_weeks() -> None:
    thrice = visits([Event(time_h=24.0 * day, amount_mg=35.0, route="intravenous") for day in (0, 2, 4, 7, 9, 11)])
    weekly = busiest(thrice)
    assert [weekly.sessions, weekly.drug_days, weekly.racemic_mg] == pytest.approx([3.0, 3.0, 105.0])


def test_the_busiest_weeks_are_found_wherever_they_are() -> None:
    sparse = [24.0 * 14 * number for number in range(6)]
    dense = [24.0 * (100 + 3.5 * number) for number in range(8)]
    assert busiest(visits([spray(time_h, 84.0) for time_h in (*sparse, *dense)])).sessions == 2.0


def test_a_long_infusion_runs_on_several_days() -> None:
    given = visits([Event(time_h=12.0, amount_mg=1000.0, duration_h=100.0, route="intravenous")])
    assert drug_days(given) == frozenset(range(5))


@given(st.lists(st.floats(0.0, 4000.0), min_size=1, max_size=30))
def test_sessions_hold_every_dose_once(times: list[float]) -> None:
    given_visits = visits([spray(time_h) for time_h in times])
    assert sum(len(visit.doses) for visit in given_visits) == len(times)
    assert 0.0 < busiest(given_visits).drug_days <= 7.0
