"""Three-valued conditions: what is not known never passes for an answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kinetamine.clinic.basis import PROJECT
from kinetamine.clinic.eligibility.conditions import Above, AllOf, AnyOf, Below, Condition, Is
from kinetamine.engine.model import Estimate, Provenance

LIMIT = Estimate(140.0, "mmHg", PROJECT, "a test", Provenance.ASSUMED)
LEAVES = st.one_of(
    st.builds(Is, st.sampled_from(["a", "b"]), st.booleans()),
    st.just(Above("p", LIMIT)),
    st.just(Below("p", LIMIT)),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
    ),
    max_leaves=8,
)
FACTS = st.fixed_dictionaries({}, optional={"a": st.booleans(), "b": st.booleans(), "p": st.floats(40.0, 300.0)})
COMPLETE = st.fixed_dictionaries({"a": st.booleans(), "b": st.booleans(), "p": st.floats(40.0, 300.0)})


@given(CONDITIONS, COMPLETE)
def test_with_every_fact_known_there_is_an_answer(condition: Condition, facts: dict[str, bool | float]) -> None:
    assert condition.holds(facts) in {True, False}


@given(CONDITIONS, FACTS, COMPLETE)
def test_learning_more_never_changes_an_answer(
    condition: Condition, known: dict[str, bool | float], rest: dict[str, bool | float]
) -> None:
    before = condition.holds(known)
    assert before is None or condition.holds(rest | known) == before


@given(CONDITIONS)
def test_of_nothing_known_nothing_follows(condition: Condition) -> None:
    assert condition.holds({}) is None
    assert set(condition.facts) <= {"a", "b", "p"}


def test_the_limit_itself_is_neither_above_nor_below() -> None:
    assert Above("p", LIMIT).holds({"p": 140.0}) is False
    assert Below("p", LIMIT).holds({"p": 140.0}) is False
    assert Above("p", LIMIT).holds({"p": 140.5}) is True
    assert Below("p", LIMIT).holds({"p": 139.5}) is True
