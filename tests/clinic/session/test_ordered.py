"""What is given held against what was ordered and checked: named where it differs, and since when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.session.histories import INFUSION, PUMP, clock, entry
from kinetamine.clinic.session.entries import DeviceUsed, Entry, InfusionStarted, Injected
from kinetamine.clinic.session.ordered import Agreed, Ordered, Way
from kinetamine.clinic.session.state import SessionState, state_at
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.units import BASE_PER_HYDROCHLORIDE

BASE_MG = 35.0 * BASE_PER_HYDROCHLORIDE
CHECKED = Agreed(lot="L1", salt="hydrochloride", mg_per_ml=1.0, ml_per_h=52.5)
INFUSED = Ordered(base_mg=BASE_MG, way=Way.PUMP, duration_h=2.0 / 3.0)
SPRAYED = Ordered(base_mg=56.0, way=Way.DEVICES)
NEEDLE = Ordered(base_mg=35.0, way=Way.AT_ONCE, agreed=Agreed(lot="L1", salt="base"))


def given(ordered: Ordered, minutes: float, *entries: Entry) -> SessionState:
    return state_at(Timeline().merged(entries), clock(minutes), ordered=ordered)


def odd(state: SessionState) -> list[str]:
    return [one.text for one in state.oddities]


@pytest.mark.parametrize("ordered", [INFUSED, replace(INFUSED, agreed=CHECKED)])
def test_what_is_given_as_ordered_is_not_odd(ordered: Ordered) -> None:
    state = given(ordered, 120, *INFUSION)
    assert (odd(state), state.unlike_since, state.is_over) == ([], None, False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(PUMP, ml_per_h=525.0), ["525 mL/h; checked: 52.5 mL/h"]),
        (replace(PUMP, mg_per_ml=1.02), ["1.02 mg/mL of hydrochloride; checked: 1 mg/mL of hydrochloride"]),
        (replace(PUMP, salt="base"), ["1 mg/mL of base; checked: 1 mg/mL of hydrochloride"]),
        (replace(PUMP, ml_per_h=52.6), []),
        (Injected(mg=35.0, salt="hydrochloride", lot="L1"), ["a dose given at once; ordered: an infusion"]),
        (DeviceUsed(number=1, lot="L1"), ["nasal devices; ordered: an infusion"]),
    ],
)
def test_another_dose_than_was_checked(wrong: InfusionStarted | Injected | DeviceUsed, said: list[str]) -> None:
    state = given(replace(INFUSED, agreed=CHECKED), 1, entry("s", 0, wrong))
    assert odd(state) == said
    assert state.unlike_since == (clock(0) if said else None)


def test_another_lot_is_named_and_is_the_same_dose() -> None:
    state = given(replace(INFUSED, agreed=CHECKED), 1, entry("s", 0, replace(PUMP, lot="L9")))
    assert (odd(state), state.unlike_since) == (["lot L9; checked: lot L1"], None)
    assert odd(given(replace(INFUSED, agreed=CHECKED), 1, entry("s", 0, replace(PUMP, lot=" l1 ")))) == []


def test_without_a_check_the_rate_follows_from_dose_and_time() -> None:
    state = given(INFUSED, 1, entry("s", 0, replace(PUMP, ml_per_h=525.0)))
    assert odd(state) == ["455.2 mg of base in an hour; ordered: 45.5 mg"]
    unknown = Ordered(base_mg=BASE_MG)
    assert odd(given(unknown, 1, entry("s", 0, replace(PUMP, ml_per_h=525.0)))) == []


def test_a_pump_that_runs_on_has_given_too_much_from_the_moment_it_did() -> None:
    ordered = replace(INFUSED, agreed=CHECKED)
    assert not given(ordered, 41.9, entry("s", 0, PUMP)).is_over
    for minutes in (43, 60):
        state = given(ordered, minutes, entry("s", 0, PUMP))
        assert odd(state) == ["it has run beyond what was ordered: 30.3 mg of base"]
        assert state.is_over
        assert state.unlike_since is not None
        assert abs((state.unlike_since - clock(42)).total_seconds()) < 0.01
    after = given(ordered, 70, entry("s", 0, PUMP), entry("s2", 60, PUMP))
    assert [one.entry for one in after.oddities if "beyond" in one.text] == ["s", "s2"]


def test_too_much_at_once() -> None:
    many = [entry(f"d{number}", 5.0 * number, DeviceUsed(number=number, lot="S")) for number in (1, 2, 3)]
    assert odd(given(SPRAYED, 12, *many)) == []
    state = given(SPRAYED, 30, *many)
    assert odd(state) == ["with it 84 mg of base were given; ordered: 56 mg of base"]
    assert (state.oddities[0].entry, state.unlike_since) == ("d3", clock(15))
    much = given(NEEDLE, 1, entry("i", 0, Injected(mg=5000.0, salt="base", lot="L1")))
    assert odd(much) == ["with it 5000 mg of base were given; ordered: 35 mg of base"]
    less = given(NEEDLE, 1, entry("i", 0, Injected(mg=35.0, salt="hydrochloride", lot="L1")))
    assert odd(less) == ["30.3 mg of base; ordered: 35 mg of base"]


def test_where_nothing_was_ordered_nothing_is_held_against_it() -> None:
    state = state_at(Timeline().merged([entry("i", 0, Injected(mg=5000.0, salt="base", lot="L"))]), clock(1))
    assert (odd(state), state.is_over, state.unlike_since) == ([], False, None)
