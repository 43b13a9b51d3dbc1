"""Regimens compose, conserve what they give, and print themselves."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.engine.dose import Dose
from kinetamine.engine.events import Event, Form
from kinetamine.engine.person import Person
from kinetamine.engine.regimen import Regimen
from kinetamine.errors import FieldError, UnknownNameError

PERSON = Person(weight_kg=70.0)
NASAL = Regimen.of(Dose(amount=84.0, route="nasal", form=Form.ESKETAMINE))

Stated = dict[str, Any]

# Drawn as plain values: the type checks that run in the tests use chance, which strategies must not.
doses = st.fixed_dictionaries(
    {
        "amount": st.floats(0.1, 14.0),
        "unit": st.sampled_from(("mg", "mg/kg")),
        "form": st.sampled_from(Form),
        "salt": st.sampled_from(("base", "hydrochloride")),
        "route": st.sampled_from(("iv", "im", "nasal")),
        "duration_h": st.sampled_from((0.0, 0.25, 2.0)),
        "time_h": st.floats(0.0, 500.0),
    }
)
several = st.lists(doses, max_size=5)


def of(stated: list[Stated]) -> Regimen:
    """The regimen of doses as drawn."""
    return Regimen(tuple(Dose(**dose) for dose in stated))


def total_mg(regimen: Regimen) -> float:
    """All the base given."""
    return sum(event.amount_mg for event in regimen.events(PERSON))


def test_mg_per_kg_becomes_mg_of_base_with_the_weight() -> None:
    events = Regimen.parse("0.5 mg/kg iv over 40 min, twice weekly for 3 weeks").events(PERSON)
    assert [event.time_h for event in events] == [0.0, 72.0, 168.0, 240.0, 336.0, 408.0]
    assert {event.amount_mg for event in events} == {35.0}
    with pytest.raises(FieldError, match="weight_kg"):
        Regimen.parse("0.5 mg/kg im").events(Person())


def test_routes_are_checked_against_those_the_caller_knows() -> None:
    assert len(NASAL.events(PERSON, known_routes=["intranasal"])) == 3
    with pytest.raises(UnknownNameError, match="route: given 'intranasal', expected one of oral"):
        NASAL.events(PERSON, known_routes=["oral"])


@given(several, several)
def test_adding_is_commutative_and_conserves_the_amount(one: list[Stated], other: list[Stated]) -> None:
    first, second = of(one), of(other)

    def as_set(regimen: Regimen) -> Counter[Event]:
        return Counter(regimen.events(PERSON))

    assert as_set(first + second) == as_set(second + first)
    assert total_mg(first + second) == pytest.approx(total_mg(first) + total_mg(second))


@given(several, st.integers(1, 6), st.floats(0.0, 300.0))
def test_repeating_multiplies_the_doses(stated: list[Stated], times: int, every_h: float) -> None:
    regimen = of(stated)
    repeated = regimen.repeat(times, every_h)
    assert len(repeated) == times * len(regimen)
    assert total_mg(repeated) == pytest.approx(times * total_mg(regimen))


@given(several, several, several, st.floats(0.0, 100.0))
def test_sequences_associate(one: list[Stated], two: list[Stated], three: list[Stated], gap_h: float) -> None:
    first, second, third = of(one), of(two), of(three)
    left = first.then(second, after_h=gap_h).then(third)
    right = first.then(second.then(third), after_h=gap_h) if len(second) else left
    assert [dose.time_h for dose in left] == pytest.approx([dose.time_h for dose in right])


def test_then_waits_from_the_end_of_the_last_dose() -> None:
    infusion = Regimen.of(Dose(amount=35.0, route="iv", duration_h=2.0))
    assert [dose.time_h for dose in infusion.then(infusion, after_h=10.0)] == [0.0, 12.0]
    assert [dose.time_h for dose in NASAL.then(infusion)] == [0.0, pytest.approx(10 / 60)]


@given(several)
def test_events_are_in_time_order_and_a_delay_moves_all(stated: list[Stated]) -> None:
    regimen = of(stated)
    times = [event.time_h for event in regimen.events(PERSON)]
    assert times == sorted(times)
    assert [dose.time_h + 5.0 for dose in regimen] == [dose.time_h for dose in regimen.delayed(5.0)]


@given(several)
def test_the_table_says_what_the_events_are(stated: list[Stated]) -> None:
    regimen = of(stated)
    rows, events = regimen.table(PERSON), regimen.events(PERSON)
    assert [(row.time_h, row.route) for row in rows] == [(event.time_h, event.route) for event in events]
    assert [row.base_mg for row in rows] == pytest.approx([event.amount_mg for event in events])
    assert len(regimen.describe(PERSON).splitlines()) == 1 + len(rows)
    if rows:
        assert rows[-1].cumulative_mg == pytest.approx(total_mg(regimen))


def test_the_printed_table_shows_devices_form_and_salt() -> None:
    printed = NASAL.describe(Person()).splitlines()
    assert len(printed) == 4
    assert "esketamine  base" in printed[1]
    assert "intranasal (device 3 of 3)" in printed[3]
    row = Regimen.of(Dose(amount=50.0, route="im")).describe(PERSON).splitlines()[1]
    assert " ".join(row.split()) == "1 1 0 50 mg 50 50 0.714 racemic ketamine base intramuscular at once 50"


@pytest.mark.parametrize(("times", "every_h"), [(0, 24.0), (True, 24.0), (2, -1.0), (2, float("nan"))])
def test_impossible_repeats_are_refused(times: int, every_h: float) -> None:
    with pytest.raises(FieldError, match=r"times|every_h"):
        NASAL.repeat(times, every_h)


def test_importing_and_parsing_loads_no_heavy_package() -> None:
    code = (
        "import sys; from kinetamine.engine.regimen import Regimen; import kinetamine.engine.event_table;"
        "Regimen.parse('0.5 mg/kg iv over 40 min'); sys.exit(any(m in sys.modules for m in ('pandas','pint','xarray')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": "src"}).returncode == 0


def test_milligrams_per_kg_in_the_table_are_of_base() -> None:
    (row,) = Regimen.parse("0.5 mg/kg ketamine hydrochloride im").table(Person(weight_kg=70.0))
    assert row.mg_per_kg == pytest.approx(row.base_mg / 70.0)
    assert row.amount_mg == pytest.approx(35.0)
