"""The series looked at again before a dose."""

from __future__ import annotations

import pytest

from clinic.care.series import BERLIN, enrolled, foreseen, ordered
from clinic.world import START, World
from kinetamine.clinic.care import plan, review
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.records import Order, Role
from kinetamine.clinic.refusals import ConflictError, NotAllowedError
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError

BY = Signature(by="dr", role="physician", at=START)
FINE = {"benefit": True, "wants_to_stop": False, "since_review_d": 3.0, "bladder_symptoms": None}


def test_a_rule_that_is_met_must_be_decided_on_in_words(world: World) -> None:
    records = world.records()
    late = plan.save(records, enrolled(world), foreseen(), START, BERLIN)[1]
    with pytest.raises(ToldError, match="Four weeks without clear benefit") as told:
        review.ask(records, late.id, 1, FINE | {"benefit": False}, " ", BY)
    assert told.value.field == "decision"
    kept = review.ask(records, late.id, 1, FINE | {"benefit": False}, "one more, then stop", BY)
    found = review.of(records, records.get(Order, late.id))
    assert found is not None
    assert (found.decision, found.by, found.outdated) == ("one more, then stop", "dr", False)
    assert [one.outcome for one in found.listed] == ["met", "not known"]
    assert "one more" not in str(kept.details)


def test_where_nothing_is_met_no_words_are_needed_and_what_is_open_is_listed(world: World) -> None:
    records, made = world.records(), ordered(world)
    assert review.of(records, made) is None
    kept = review.ask(records, made.id, 1, FINE, "", BY)
    found = review.of(records, kept)
    assert found is not None
    assert [one.rule.name for one in found.listed] == ["harm_of_long_treatment"]
    assert found.answers == {"benefit": True, "wants_to_stop": False, "since_review_d": 3.0}


def test_who_may_not_what_is_gone_and_what_changed(world: World) -> None:
    made = ordered(world)
    with pytest.raises(NotAllowedError):
        review.ask(world.records(Role.NURSE), made.id, 1, FINE, "", BY)
    with pytest.raises(FieldError, match="since_review_d"):
        review.ask(world.records(), made.id, 1, {"since_review_d": -1.0}, "", BY)
    review.ask(world.records(), made.id, 1, FINE, "", BY)
    with pytest.raises(ConflictError):
        review.ask(world.records(), made.id, 1, FINE, "", BY)
    plan.cancel(world.records(), made.id, 2, "moved")
    with pytest.raises(FieldError, match="still to be given"):
        review.ask(world.records(), made.id, 3, FINE, "", BY)
