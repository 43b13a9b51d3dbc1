"""When a series must be looked at again or stopped: rules as data, judged like those of eligibility."""

from __future__ import annotations

from kinetamine.clinic.basis import PROJECT, SPRAVATO_LABEL, SPRAVATO_LABEL_2019, Basis
from kinetamine.clinic.eligibility.conditions import Above, AllOf, AnyOf, Is
from kinetamine.clinic.eligibility.facts import Quantity, YesNo
from kinetamine.clinic.eligibility.rules import Applies, Grade, Rule, RuleSet
from kinetamine.engine.dose import ROUTES
from kinetamine.engine.events import Form
from kinetamine.engine.model import Estimate, Provenance

_SPRAY = Applies(forms=(Form.ESKETAMINE,), routes=("intranasal",))
_NO_SPRAY = Applies(forms=_SPRAY.forms, routes=tuple(one for one in ROUTES if one not in _SPRAY.routes))
INDUCTION = Estimate(28.0, "days", SPRAVATO_LABEL_2019, "section 2.2: induction lasts four weeks", Provenance.MEASURED)
REVIEW = Estimate(
    90.0, "days", PROJECT, "between reviews", Provenance.ASSUMED, "the label lists the harms, not how often to ask"
)
_WARNED = Basis(
    SPRAVATO_LABEL,
    "section 5: cystitis, cognition, abuse and misuse",
    Provenance.DERIVED,
    "the label warns; that an answer of yes asks for a decision on the series follows",
)
_BY_LABEL = Basis(SPRAVATO_LABEL_2019, "section 2.2: evaluate benefit at the end of induction")
_BY_ANALOGY = Basis(
    PROJECT,
    "by analogy",
    Provenance.ASSUMED,
    "the label of esketamine spray asks it at four weeks; taken over for the rest",
)
_HARMS = {
    "bladder_symptoms": "Frequent, urgent or painful passing of urine since treatment began?",
    "cognition_worse": "Memory or attention worse since treatment began?",
    "misuse_signs": "Signs of misuse, craving or other sources of the drug?",
}


def _no_benefit(name: str, title: str, basis: Basis, applies: Applies) -> Rule:
    return Rule(
        name=name,
        title=title,
        grade=Grade.DECIDE,
        when=AllOf((Above("day", INDUCTION), Is("benefit", answer=False))),
        reason="Whether to go on must be decided on evidence of benefit.",
        basis=basis,
        applies=applies,
    )


SERIES = RuleSet(
    name="course of a series",
    version="2",
    questions=(
        Quantity(name="day", question="Day of the series?", unit="days", low=1.0, high=7320.0),
        Quantity(name="since_review_d", question="Days since the last review?", unit="days", low=0.0, high=7320.0),
        YesNo(name="benefit", question="Clear benefit so far, by scale and by the person's own account?"),
        YesNo(name="wants_to_stop", question="Does the person want to stop?"),
        *(YesNo(name=name, question=words) for name, words in _HARMS.items()),
    ),
    rules=(
        _no_benefit("no_benefit_after_induction", "Four weeks of induction without clear benefit", _BY_LABEL, _SPRAY),
        _no_benefit(
            "no_benefit",
            "Four weeks without clear benefit",
            _BY_ANALOGY,
            Applies(forms=(Form.RACEMIC, Form.ARKETAMINE)),
        ),
        _no_benefit("no_benefit_esketamine", "Four weeks without clear benefit", _BY_ANALOGY, _NO_SPRAY),
        Rule(
            name="review_due",
            title="The review of bladder, cognition and misuse is due",
            grade=Grade.MISSING,
            when=Above("since_review_d", REVIEW),
            reason="Harm of long treatment is found only by asking.",
            basis=Basis(PROJECT, "interval", Provenance.ASSUMED, "ours"),
        ),
        Rule(
            name="harm_of_long_treatment",
            title="Bladder, cognition or misuse",
            grade=Grade.DECIDE,
            when=AnyOf(tuple(Is(name) for name in _HARMS)),
            reason="Each may grow with every further dose.",
            basis=_WARNED,
        ),
        Rule(
            name="stop_wanted",
            title="The person wants to stop",
            grade=Grade.CONTRAINDICATED,
            when=Is("wants_to_stop"),
            reason="Treatment rests on consent.",
            basis=Basis(PROJECT, "consent", Provenance.ASSUMED, "needs no source"),
        ),
    ),
)
"""Looked at before every dose of a series."""
