"""A mixture of hypotheses is one effect: shares, what is mixed, and what cannot be."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from engine.conftest import TEXTBOOK, given
from kinetamine.engine.mechanism import Chain, Mechanism, Mixture, compose
from kinetamine.engine.model import Effect, Readout, Values
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError

CHAIN = Chain(
    references=(TEXTBOOK,),
    parameters={"TAU": given(2.0, "h")},
    inputs=("level",),
    initial={"store": 0.0},
    published=lambda x, c, _p: {"twice": 2.0 * c.level + x.store},
    rates=lambda x, c, p: {"store": c.drive + c.circuit - x.store / p.TAU},
    readouts=(Readout(name="twice", title="Twice", unit="1", of=lambda _x, c, _p: c.twice),),
    switches=(),
    relief=Readout(name="relief", title="Relief", unit="1", of=lambda x, _c, _p: x.store),
    variability={},
)
ONE = Mechanism(
    name="one",
    title="one",
    references=(TEXTBOOK,),
    parameters={"GAIN": given(3.0, "1")},
    evidence=(),
    drive=lambda _x, c, p: p.GAIN * c.twice,
    drivers=("s_ketamine",),
    notes=("Of one.",),
)
OTHER = Mechanism(
    name="other",
    title="other",
    references=(TEXTBOOK,),
    parameters={},
    evidence=(),
    circuit=lambda x, _c, _p: x.own,
    inputs=("cadss",),
    initial={"own": 1.0},
    rates=lambda x, _c, _p: {"own": -x.own},
)
CURVE = Mechanism(
    name="curve", title="curve", references=(TEXTBOOK,), parameters={}, evidence=(), curve=lambda x, _c, _p: x.c
)
MIXED: Mixture = ((ONE, 0.25), (OTHER, 0.75))
SEEN = Values(s_ketamine=0.0, level=5.0, cadss=0.0)


def rates(effect: Effect) -> dict[str, float]:
    """What the effect does at the first state, with 1 in store."""
    states = {**effect.states(effect.typical(), Person()), "store": 1.0}
    return effect.rates(Values(**states), SEEN, effect.typical())


def test_shares_weigh_what_each_adds() -> None:
    assert rates(compose(CHAIN, MIXED)) == {"store": 0.25 * 3.0 * 11.0 + 0.75 - 0.5, "own": -1.0}


def test_a_mechanism_alone_has_all_of_it() -> None:
    assert rates(compose(CHAIN, ((ONE, 1.0),))) == {"store": 33.0 - 0.5}


def test_a_share_of_zero_leaves_nothing_behind() -> None:
    effect = compose(CHAIN, ((ONE, 1.0), (OTHER, 0.0)))
    assert effect.inputs == ("level",)
    assert "SHARE_OTHER" not in effect.parameters


def test_the_mixture_sees_and_says_what_its_parts_do() -> None:
    effect = compose(CHAIN, MIXED)
    assert (effect.name, effect.stage) == ("mechanism", "mechanism")
    assert (effect.drivers, effect.inputs) == (("s_ketamine",), ("level", "cadss"))
    assert effect.notes == ("Of one.",)
    assert {name: one.value for name, one in effect.parameters.items()} == {
        "TAU": 2.0,
        "GAIN": 3.0,
        "SHARE_ONE": 0.25,
        "SHARE_OTHER": 0.75,
    }


def test_readouts_see_what_the_chain_publishes() -> None:
    twice, relief = compose(CHAIN, MIXED).readouts
    states = Values(store=1.0, own=1.0)
    assert twice.of(states, SEEN, compose(CHAIN, MIXED).typical()) == 11.0
    assert relief.of(states, SEEN, compose(CHAIN, MIXED).typical()) == 1.0


def test_a_curve_replaces_the_chain() -> None:
    effect = compose(CHAIN, ((CURVE, 1.0),))
    assert [one.name for one in effect.readouts] == ["relief"]
    assert not effect.inputs
    assert effect.readouts[0].of(Values(c=0.4), Values(), Values()) == 0.4


@pytest.mark.parametrize(
    ("mixture", "sentence"),
    [
        ((), "at least one mechanism"),
        (((ONE, -0.1), (OTHER, 1.1)), "each with a share of 0 to 1"),
        (((ONE, math.nan),), "each with a share of 0 to 1"),
        (((ONE, math.inf),), "each with a share of 0 to 1"),
        (((ONE, 0.5), (ONE, 0.5)), "each mechanism once"),
        (((ONE, 0.5), (OTHER, 0.4)), "shares that sum to 1, not 0.9"),
        (((ONE, 0.5),), "shares that sum to 1, not 0.5"),
        (((ONE, 0.5), (CURVE, 0.5)), "curve alone: it replaces the chain"),
        (((CURVE, 1.0), (ONE, 0.0)), "curve alone: it replaces the chain"),
    ],
)
def test_what_cannot_be_mixed_is_refused_in_words(mixture: Mixture, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence):
        compose(CHAIN, mixture)


def test_a_mechanism_can_be_changed_like_any_record() -> None:
    stronger = replace(ONE, parameters={"GAIN": given(6.0, "1")})
    assert rates(compose(CHAIN, ((stronger, 1.0),)))["store"] == 66.0 - 0.5
