"""Questions, findings and decisions, kept with the enrolment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, tzinfo

import pytest

from clinic.care.series import BERLIN
from clinic.eligibility.test_assess import HEALTHY
from clinic.world import START, World, person
from kinetamine.clinic.care import eligibility, enrolment
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.eligibility.assess import Outcome
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.questions import GROUPS, QUESTIONS
from kinetamine.clinic.eligibility.rules import Grade, RuleSet, Treatment, Use
from kinetamine.clinic.records import Enrolment, Role
from kinetamine.clinic.refusals import ConflictError, NotAllowedError
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

SPRAY = Treatment(form=Form.ESKETAMINE, route="intranasal", use=Use.RESISTANT_DEPRESSION)
PHYSICIAN = Signature(by="dr", role="physician", at=START)
NEWER = replace(PUBLISHED, version="newer")


def enrolled(world: World) -> Enrolment:
    records = world.records()
    return enrolment.enrol(records, records.add(person()).id, SPRAY, "spray", START)


def test_every_question_stands_in_one_group() -> None:
    names = [name for group in GROUPS.values() for name in group]
    assert sorted(names) == sorted(one.name for one in QUESTIONS)


def test_what_is_met_comes_first_by_gravity_and_what_is_not_known_last(world: World) -> None:
    made = enrolled(world)
    answers = {"aneurysm": True, "systolic_mmhg": 148.0, "depressants": True, "pregnant": None}
    stands = eligibility.ask(world.records(), made.id, made.version, answers, PHYSICIAN)
    grades = [(one.outcome, one.rule.grade) for one in stands.open]
    met = [grade for outcome, grade in grades if outcome is Outcome.MET]
    assert met == [Grade.CONTRAINDICATED, Grade.DECIDE, Grade.CAUTION]
    assert {outcome for outcome, _ in grades[3:]} == {Outcome.NOT_KNOWN}
    held = world.records().get(Enrolment, made.id)
    assert held.eligibility["answers"] == {"aneurysm": True, "systolic_mmhg": 148.0, "depressants": True}
    assert held.eligibility["fingerprint"] == PUBLISHED.fingerprint
    assert eligibility.standing(held) == stands


def test_a_decision_is_kept_with_its_reason_which_is_sealed(world: World) -> None:
    made = enrolled(world)
    eligibility.ask(world.records(), made.id, made.version, {"aneurysm": True}, PHYSICIAN)
    stands = eligibility.settle(world.records(), made.id, 2, {"aneurysm": "coiled in 2019"}, PHYSICIAN)
    assert "aneurysm" not in {one.rule.name for one in stands.open}
    ((finding, decision),) = stands.decided
    assert (finding.rule.name, decision.reason, decision.signature) == ("aneurysm", "coiled in 2019", PHYSICIAN)
    held = world.records().get(Enrolment, made.id)
    assert "coiled" not in str(held.eligibility)
    assert eligibility.standing(held) == stands
    assert eligibility.still_open(world.records().get(Enrolment, made.id), START, BERLIN) == (
        f"every finding is decided on ({len(stands.open)} open)",
    )


def test_a_yes_that_no_rule_judges_is_open_until_it_is_decided_on(world: World) -> None:
    made = enrolled(world)
    answers = {**HEALTHY, "mania": True, "pregnant": None}
    stands = eligibility.ask(world.records(), made.id, 1, answers, PHYSICIAN)
    assert [one.rule.name for one in stands.open] == ["mania", "pregnant"]
    held = world.records().get(Enrolment, made.id)
    assert eligibility.still_open(held, START, BERLIN) == ("every finding is decided on (2 open)",)
    settled = eligibility.settle(world.records(), made.id, 2, {"mania": "in 2015"}, PHYSICIAN)
    ((finding, decision),) = settled.decided
    assert (finding.rule.name, decision.reason) == ("mania", "in 2015")
    assert eligibility.standing(world.records().get(Enrolment, made.id)) == settled


def test_asking_anew_voids_decisions(world: World) -> None:
    made = enrolled(world)
    eligibility.ask(world.records(), made.id, 1, {"aneurysm": True}, PHYSICIAN)
    eligibility.settle(world.records(), made.id, 2, {"aneurysm": "coiled"}, PHYSICIAN)
    stands = eligibility.ask(world.records(), made.id, 3, {"aneurysm": True}, PHYSICIAN)
    assert stands.decided == ()
    assert stands.open[0].rule.name == "aneurysm"


def test_a_nurse_decides_on_nothing_and_that_is_written_down(world: World) -> None:
    made = enrolled(world)
    eligibility.ask(world.records(), made.id, made.version, {"aneurysm": True}, PHYSICIAN)
    nurse = replace(PHYSICIAN, role="nurse")
    with pytest.raises(NotAllowedError):
        eligibility.settle(world.records(Role.NURSE), made.id, 2, {"aneurysm": "seems fine"}, nurse)
    assert world.last_row().outcome == "refused"


def test_what_is_wrong_is_told_at_its_field(world: World) -> None:
    made = enrolled(world)
    with pytest.raises(FieldError, match="ask anew"):
        eligibility.settle(world.records(), made.id, 1, {"aneurysm": "x"}, PHYSICIAN)
    with pytest.raises(FieldError, match="systolic_mmhg"):
        eligibility.ask(world.records(), made.id, 1, {"systolic_mmhg": 900.0}, PHYSICIAN)
    eligibility.ask(world.records(), made.id, 1, {"aneurysm": False}, PHYSICIAN)
    with pytest.raises(ToldError) as told:
        eligibility.settle(world.records(), made.id, 2, {"aneurysm": "is not open"}, PHYSICIAN)
    assert told.value.field == "reason_aneurysm"
    with pytest.raises(FieldError, match="a reason beside"):
        eligibility.settle(world.records(), made.id, 2, {}, PHYSICIAN)
    with pytest.raises(ConflictError):
        eligibility.ask(world.records(), made.id, 1, {"aneurysm": True}, PHYSICIAN)


def test_when_the_rules_change_all_must_be_asked_again(world: World) -> None:
    made = enrolled(world)
    eligibility.ask(world.records(), made.id, 1, {"aneurysm": True}, PHYSICIAN)
    stands = eligibility.standing(world.records().get(Enrolment, made.id), NEWER)
    assert stands is not None
    assert stands.outdated
    with pytest.raises(FieldError, match="ask anew"):
        eligibility.settle(world.records(), made.id, 2, {"aneurysm": "x"}, PHYSICIAN, NEWER)


def test_nothing_is_asked_after_the_end(world: World) -> None:
    made = enrolled(world)
    enrolment.end(world.records(), made.id, made.version, "moved", START)
    with pytest.raises(FieldError, match="not ended"):
        eligibility.ask(world.records(), made.id, 2, {"aneurysm": True}, PHYSICIAN)


def test_nothing_was_asked_yet(world: World) -> None:
    made = enrolled(world)
    assert eligibility.standing(made) is None
    still = eligibility.still_open(world.records().get(Enrolment, made.id), START, BERLIN)
    assert still == ("the questions before treatment were asked",)


@pytest.mark.parametrize(
    ("asked", "zone", "days", "rules", "why"),
    [
        (0.0, UTC, 0, PUBLISHED, ""),
        (0.0, UTC, 21, PUBLISHED, "last on 2026-03-02"),
        (0.0, UTC, -1, PUBLISHED, "last on 2026-03-02"),
        (-9.5, UTC, 0, PUBLISHED, "last on 2026-03-01"),
        (-9.5, BERLIN, 0, PUBLISHED, ""),
        (0.0, UTC, 0, NEWER, "the rules have changed since"),
        (0.0, UTC, 90, NEWER, "last on 2026-03-02; the rules have changed since"),
    ],
)
def test_answers_count_on_their_day_by_the_clinics_wall_and_by_the_rules_of_today(
    world: World, asked: float, zone: tzinfo, days: int, rules: RuleSet, why: str
) -> None:
    made = enrolled(world)
    by = replace(PHYSICIAN, at=START + timedelta(hours=asked))
    eligibility.ask(world.records(), made.id, 1, {}, by)
    still = eligibility.still_open(world.records().get(Enrolment, made.id), START + timedelta(days=days), zone, rules)
    stale = [one for one in still if one.startswith("the questions before treatment were asked today")]
    assert stale == ([f"the questions before treatment were asked today, by the rules of today ({why})"] if why else [])
    # What old answers left open is still to be seen.
    assert still[len(stale) :][0].startswith("every finding is decided on")
