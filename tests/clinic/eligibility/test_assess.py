"""Every rule is looked at; what is unknown is listed; nothing says yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.clinic.eligibility.assess import Assessment, Outcome, assess, decide, undecided
from kinetamine.clinic.eligibility.conditions import Above, AnyOf, Below, Condition, Is
from kinetamine.clinic.eligibility.facts import Answer, Choice, Facts, YesNo
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.eligibility.rules import Grade, RuleSet, Treatment, Use
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError, InputError, UnknownNameError

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SPRAY = Treatment(form=Form.ESKETAMINE, route="intranasal", use=Use.RESISTANT_DEPRESSION)
INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)
HEALTHY: Facts = {
    question.name: (
        question.name.endswith(("_done", "_scored", "_known"))
        if isinstance(question, YesNo)
        else {"hepatic": "normal"}[question.name]
        if isinstance(question, Choice)
        else {"age_y": 44.0, "systolic_mmhg": 122.0, "diastolic_mmhg": 76.0}.get(question.name, 600.0)
    )
    for question in QUESTIONS
}


def found(facts: Facts, treatment: Treatment = SPRAY) -> dict[str, Outcome]:
    assessment = assess(facts, PUBLISHED, treatment, AT)
    return {one.rule.name: one.outcome for one in assessment.findings}


def signed(role: str = "physician", minutes: float = 5.0) -> Signature:
    return Signature(by="dr-a", role=role, at=AT + timedelta(minutes=minutes))


@pytest.mark.parametrize("treatment", [SPRAY, INFUSION])
def test_with_nothing_known_every_rule_that_is_meant_says_so(treatment: Treatment) -> None:
    outcomes = found({}, treatment)
    assert set(outcomes) == {rule.name for rule in PUBLISHED.rules}
    meant = [rule.name for rule in PUBLISHED.rules if rule.on and rule.applies.to(treatment)]
    assert len(meant) > 15
    assert {outcomes[name] for name in meant} == {Outcome.NOT_KNOWN}


@pytest.mark.parametrize("treatment", [SPRAY, INFUSION])
def test_where_all_is_known_and_well_nothing_is_open_and_still_nothing_says_yes(treatment: Treatment) -> None:
    assessment = assess(HEALTHY, PUBLISHED, treatment, AT)
    assert assessment.to_decide == ()
    assert len(assessment.findings) == len(PUBLISHED.rules)
    assert assessment.summary.endswith("What is not on the list was not judged.")
    assert "eligible" not in " ".join([assessment.summary, *(one.text for one in assessment.findings)])


@pytest.mark.parametrize(
    ("fact", "answer", "treatment", "rule", "grade"),
    [
        ("aneurysm", True, SPRAY, "aneurysm", Grade.CONTRAINDICATED),
        ("aneurysm", True, INFUSION, "aneurysm_racemic", Grade.CONTRAINDICATED),
        ("systolic_mmhg", 141.0, SPRAY, "pressure_before", Grade.DECIDE),
        ("diastolic_mmhg", 91.0, INFUSION, "pressure_before", Grade.DECIDE),
        ("hepatic", "moderate", SPRAY, "hepatic_moderate", Grade.CAUTION),
        ("hepatic", "severe", INFUSION, "hepatic_severe_infused", Grade.DECIDE),
        ("since_food_min", 90.0, SPRAY, "food", Grade.CAUTION),
        ("theophylline", True, INFUSION, "theophylline", Grade.CONTRAINDICATED),
        ("raised_intraocular_pressure", True, INFUSION, "raised_pressures", Grade.DECIDE),
        ("baseline_scored", False, INFUSION, "baseline_absent", Grade.MISSING),
        ("age_y", 17.5, SPRAY, "under_age", Grade.DECIDE),
    ],
)
def test_one_fact_opens_one_rule(fact: str, answer: Answer, treatment: Treatment, rule: str, grade: Grade) -> None:
    assessment = assess({**HEALTHY, fact: answer}, PUBLISHED, treatment, AT)
    (one,) = assessment.to_decide
    assert (one.rule.name, one.outcome, one.rule.grade) == (rule, Outcome.MET, grade)
    assert one.rule.basis.cited in one.text
    assert "{" not in one.text


def test_a_limit_itself_opens_nothing() -> None:
    assert found({**HEALTHY, "systolic_mmhg": 140.0, "diastolic_mmhg": 90.0})["pressure_before"] is Outcome.NOT_MET


def test_a_rule_for_the_other_molecule_is_listed_as_not_meant() -> None:
    assert found({**HEALTHY, "aneurysm": True}, INFUSION)["aneurysm"] is Outcome.NOT_MEANT


def test_rules_that_are_only_recalled_are_off_and_listed() -> None:
    outcomes = found({**HEALTHY, "porphyria": True})
    assert outcomes["porphyria"] is Outcome.OFF
    off = [rule for rule in PUBLISHED.rules if not rule.on]
    assert {rule.basis.provenance for rule in off} == {Provenance.UNVERIFIED}
    with pytest.raises(FieldError, match="off: its basis is recalled only"):
        replace(PUBLISHED, rules=tuple(replace(rule, on=True) for rule in PUBLISHED.rules))


def test_a_yes_that_no_rule_judges_is_left_to_a_clinician_who_records_the_decision() -> None:
    lozenge = replace(INFUSION, route="sublingual")
    facts = {**HEALTHY, "mania": True, "substance_misuse_active": True}
    assessment = assess(facts, PUBLISHED, lozenge, AT)
    assert [(one.rule.name, one.outcome, one.grade) for one in assessment.to_decide] == [
        ("substance_misuse_active", Outcome.NOT_MEANT, Grade.DECIDE),
        ("mania", Outcome.OFF, Grade.DECIDE),
    ]
    misuse, mania = assessment.to_decide
    assert misuse.text.startswith(
        "Active misuse of substances: decide and record (Active misuse of substances?). Answered so; no rule here "
        "judges it for this treatment: its rule is not meant for this treatment, but for intravenous or intramuscular "
        "or subcutaneous. "
    )
    assert "its rule is switched off. A common exclusion of trials; no source was read." in mania.text
    assert "Answered so, and judged by none of them: 2." in assessment.summary
    made = decide(assessment, "mania", "hypomania in 2015, none now", signed("nurse"))
    assert undecided(assessment, [made]) == (misuse,)


def test_one_answer_is_listed_once_and_an_unknown_one_opens_no_rule_that_is_off() -> None:
    arketamine = Treatment(form=Form.ARKETAMINE, route="oral", use=Use.PAIN)
    (one,) = assess({**HEALTHY, "hepatic": "severe"}, PUBLISHED, arketamine, AT).to_decide
    assert one.unjudged == ("Hepatic impairment, in words of Child and Pugh?",)
    without = {name: answer for name, answer in HEALTHY.items() if name != "mania"}
    assert assess(without, PUBLISHED, SPRAY, AT).to_decide == ()


def test_what_is_open_comes_first_and_names_the_questions_that_are_open_and_no_others() -> None:
    facts = {name: answer for name, answer in HEALTHY.items() if name != "diastolic_mmhg"}
    first, *rest = assess(facts, PUBLISHED, SPRAY, AT).findings
    assert (first.rule.name, first.outcome) == ("pressure_before", Outcome.NOT_KNOWN)
    assert first.unknown == ("Diastolic pressure today?",)
    assert first.text.startswith("Pressure before the dose above 140/90 mmHg: not known (Diastolic pressure today?).")
    assert not any(one.is_open for one in rest)


def test_the_gravest_comes_first() -> None:
    facts = {**HEALTHY, "depressants": True, "aneurysm": True, "baseline_scored": False, "pregnant": True}
    grades = [one.rule.grade for one in assess(facts, PUBLISHED, SPRAY, AT).to_decide]
    assert grades == [Grade.CONTRAINDICATED, Grade.DECIDE, Grade.CAUTION, Grade.MISSING]


@given(st.sets(st.sampled_from([question.name for question in QUESTIONS])))
def test_forgetting_facts_never_closes_a_finding(forgotten: set[str]) -> None:
    facts: Facts = {**HEALTHY, "aneurysm": True, "systolic_mmhg": 150.0, "stimulants": True}
    all_known = {one.rule.name for one in assess(facts, PUBLISHED, SPRAY, AT).to_decide}
    fewer = {name: answer for name, answer in facts.items() if name not in forgotten}
    assert all_known <= {one.rule.name for one in assess(fewer, PUBLISHED, SPRAY, AT).to_decide}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"anuerysm": False}, "did you mean aneurysm?"),
        ({"aneurysm": "no"}, "yes or no"),
        ({"systolic_mmhg": 900.0}, "40 to 320 mmHg"),
        ({"systolic_mmhg": float("nan")}, "40 to 320 mmHg"),
        ({"hepatic": "mildish"}, "one of normal, mild"),
    ],
)
def test_what_is_no_answer_is_refused(facts: Facts, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        assess(facts, PUBLISHED, SPRAY, AT)


def test_every_rule_has_a_source_that_can_be_found() -> None:
    for rule in PUBLISHED.rules:
        assert rule.basis.source.doi or rule.basis.source.url
        assert rule.basis.where
        assert rule.reason.endswith(".")
        assert rule.basis.provenance is Provenance.MEASURED or rule.basis.note


def test_the_fingerprint_follows_what_is_judged() -> None:
    other = replace(PUBLISHED, rules=(replace(PUBLISHED.rules[0], grade=Grade.CAUTION), *PUBLISHED.rules[1:]))
    assert other.fingerprint != PUBLISHED.fingerprint
    assert replace(PUBLISHED).fingerprint == PUBLISHED.fingerprint


def test_a_set_refuses_a_name_twice_and_a_fact_nobody_asks_for() -> None:
    with pytest.raises(FieldError, match="each name once"):
        replace(PUBLISHED, rules=(*PUBLISHED.rules, PUBLISHED.rules[0]))
    with pytest.raises(UnknownNameError, match="fact of rule"):
        RuleSet(name="x", version="1", questions=(), rules=PUBLISHED.rules[:1])


MMHG = Estimate(140.0, "mmHg", PUBLISHED.references[0], "x", Provenance.MEASURED)


@pytest.mark.parametrize(
    "never",
    [
        Is("hepatic", "terrible"),
        Is("aneurysm", "yes"),
        Is("systolic_mmhg", answer=True),
        Above("aneurysm", MMHG),
        Above("age_y", MMHG),
        Below("systolic_mmhg", replace(MMHG, value=10.0)),
        AnyOf((Is("aneurysm"), Is("hepatic"))),
    ],
)
def test_a_rule_that_no_answer_could_meet_is_refused(never: Condition) -> None:
    with pytest.raises(FieldError, match="a condition that an answer"):
        replace(PUBLISHED, rules=(replace(PUBLISHED.rules[0], when=never),))


def opened() -> Assessment:
    return assess({**HEALTHY, "aneurysm": True, "depressants": True}, PUBLISHED, SPRAY, AT)


def test_a_decision_is_recorded_with_its_reason_and_closes_the_finding_of_that_assessment_alone() -> None:
    assessment = opened()
    made = decide(assessment, "aneurysm", "  Repaired, surgeon agrees in writing. ", signed())
    assert made.reason == "Repaired, surgeon agrees in writing."
    assert [one.rule.name for one in undecided(assessment, [made])] == ["depressants"]
    next_day = replace(assessment, at=AT + timedelta(days=1))
    assert len(undecided(next_day, [made])) == 2
    assert len(undecided(replace(assessment, treatment=INFUSION), [made])) == 2
    assert len(undecided(replace(assessment, fingerprint="other"), [made])) == 2


@pytest.mark.parametrize(
    ("rule", "reason", "signature", "message"),
    [
        ("aneurysm", "why", signed("nurse"), "physician, who alone may decide on a contraindication"),
        ("aneurysm", " ", signed(), "words, not a blank"),
        ("aneurysm", "why", signed(minutes=-1.0), "after the assessment"),
        ("porphyria", "why", signed(), "open finding"),
    ],
)
def test_a_decision_needs_a_reason_a_right_and_an_open_finding(
    rule: str, reason: str, signature: Signature, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        decide(opened(), rule, reason, signature)


def test_a_nurse_may_decide_on_a_caution() -> None:
    assert decide(opened(), "depressants", "lorazepam skipped today", signed("nurse")).rule == "depressants"
