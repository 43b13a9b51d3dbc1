"""Look at every rule for one person and one treatment, and list what was found; nothing here says yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kinetamine.clinic.eligibility.conditions import leaves
from kinetamine.clinic.eligibility.facts import Answer, Facts, judged
from kinetamine.clinic.eligibility.rules import Grade, Rule, RuleSet, Treatment
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.errors import FieldError, UnknownNameError

_GRAVITY = list(Grade)


class Outcome(StrEnum):
    """What became of one rule."""

    MET = "met"
    NOT_KNOWN = "not known"
    NOT_MET = "not met"
    NOT_MEANT = "not meant for this treatment"
    OFF = "switched off"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule, and what became of it.

    Attributes:
        unknown: the questions that must be answered before it can be judged.
        unjudged: the questions whose answers are what the rule asks for, while no rule judges them for this treatment.
    """

    rule: Rule
    outcome: Outcome
    unknown: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody must decide or find out."""
        return self.outcome in {Outcome.MET, Outcome.NOT_KNOWN} or bool(self.unjudged)

    @property
    def grade(self) -> Grade:
        """How grave it is; what no rule judges is left to a clinician."""
        return Grade.DECIDE if self.unjudged else self.rule.grade

    @property
    def why_unjudged(self) -> str:
        """Why no rule judges it."""
        meant = f", but for {self.rule.applies.text}" if self.outcome is Outcome.NOT_MEANT else ""
        return f"Answered so; no rule here judges it for this treatment: its rule is {self.outcome}{meant}."

    @property
    def text(self) -> str:
        """In one sentence."""
        if self.unjudged:
            told = f"{self.rule.title}: {self.grade} ({'; '.join(self.unjudged)}). {self.why_unjudged}"
            return f"{told} {self.rule.reason} ({self.rule.basis.cited})"
        if self.outcome is Outcome.NOT_KNOWN:
            return f"{self.rule.title}: not known ({'; '.join(self.unknown)}). {self.rule.reason}"
        if self.outcome is Outcome.MET:
            return f"{self.rule.title}: {self.rule.grade}. {self.rule.reason} ({self.rule.basis.cited})"
        return f"{self.rule.title}: {self.outcome}."


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """All rules that were looked at, with the treatment, the set and the time.

    Attributes:
        findings: one for every rule of the set, those that need a decision first.
    """

    treatment: Treatment
    at: datetime
    rule_set: str
    version: str
    fingerprint: str
    findings: tuple[Finding, ...]

    @property
    def to_decide(self) -> tuple[Finding, ...]:
        """What is met, not known, or answered so and judged by none, the gravest first."""
        return tuple(one for one in self.findings if one.is_open)

    @property
    def summary(self) -> str:
        """How many rules were looked at and what they leave open; never that all is well."""
        counts = {outcome: sum(one.outcome is outcome for one in self.findings) for outcome in Outcome}
        listed = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
        unjudged = sum(bool(one.unjudged) for one in self.findings)
        more = f" Answered so, and judged by none of them: {unjudged}." if unjudged else ""
        return f"{len(self.findings)} rules were looked at: {listed}.{more} What is not on the list was not judged."


def assess(facts: Facts, rules: RuleSet, treatment: Treatment, at: datetime) -> Assessment:
    """Judge every rule of the set.

    Raises:
        InputError: a fact is not asked for by any question, or is no answer to it.
    """
    known = judged(facts, rules.questions)
    words = {question.name: question.question for question in rules.questions}

    def look_at(rule: Rule) -> Finding:
        if not rule.on:
            return Finding(rule=rule, outcome=Outcome.OFF)
        if not rule.applies.to(treatment):
            return Finding(rule=rule, outcome=Outcome.NOT_MEANT)
        met = rule.when.holds(known)
        if met is None:
            unknown = tuple(words[fact] for fact in rule.when.facts if fact not in known)
            return Finding(rule=rule, outcome=Outcome.NOT_KNOWN, unknown=unknown)
        return Finding(rule=rule, outcome=Outcome.MET if met else Outcome.NOT_MET)

    findings = sorted(_with_unjudged([look_at(rule) for rule in rules.rules], known, words), key=_urgency)
    return Assessment(
        treatment=treatment,
        at=in_utc("at", at),
        rule_set=rules.name,
        version=rules.version,
        fingerprint=rules.fingerprint,
        findings=tuple(findings),
    )


def _with_unjudged(found: Sequence[Finding], known: Mapping[str, Answer], words: Mapping[str, str]) -> list[Finding]:
    """Open what a rule that is off or not meant asks for and no other rule judges: each answer once, by the gravest."""
    aside = {Outcome.OFF, Outcome.NOT_MEANT}
    judged_by = {leaf for one in found if one.outcome not in aside for leaf in leaves(one.rule.when)}
    opened = []
    for one in sorted(found, key=lambda one: _GRAVITY.index(one.rule.grade)):
        answered = [leaf for leaf in leaves(one.rule.when) if leaf.holds(known) and leaf not in judged_by]
        if one.outcome in aside and answered and one.rule.when.holds(known):
            judged_by.update(answered)
            opened.append(replace(one, unjudged=tuple(words[leaf.fact] for leaf in answered)))
        else:
            opened.append(one)
    return opened


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody decided on one finding, and why.

    Attributes:
        fingerprint: of the rules as they were judged; a decision on other rules does not carry over.
        outcome: of the finding: a decision on what was unknown is void once it is known.
        treatment, assessed_at: it holds for that assessment alone; none is carried over from one session to the next.
    """

    rule: str
    outcome: Outcome
    treatment: Treatment
    assessed_at: datetime
    fingerprint: str
    reason: str
    signature: Signature


def decide(assessment: Assessment, rule: str, reason: str, signature: Signature) -> Decision:
    """Record the decision on an open finding; on a contraindication only a physician's.

    Raises:
        UnknownNameError: no open finding has that rule.
        FieldError: no reason is given, the role may not decide, or it is signed before the assessment was made.
    """
    found = {one.rule.name: one for one in assessment.to_decide}
    if rule not in found:
        raise UnknownNameError("open finding", rule, found)
    finding = found[rule]
    if finding.grade is Grade.CONTRAINDICATED:
        signature.require_physician("decide on a contraindication")
    if signature.at < assessment.at:
        raise FieldError("at", signature.at.isoformat(), f"a time after the assessment, {assessment.at.isoformat()}")
    return Decision(
        rule=rule,
        outcome=finding.outcome,
        treatment=assessment.treatment,
        assessed_at=assessment.at,
        fingerprint=assessment.fingerprint,
        reason=require_words("reason", reason),
        signature=signature,
    )


def undecided(assessment: Assessment, decisions: Iterable[Decision]) -> tuple[Finding, ...]:
    """The open findings that no decision on this very assessment covers."""
    mine = (assessment.treatment, assessment.at, assessment.fingerprint)
    made = {(one.rule, one.outcome) for one in decisions if (one.treatment, one.assessed_at, one.fingerprint) == mine}
    return tuple(one for one in assessment.to_decide if (one.rule.name, one.outcome) not in made)


def _urgency(finding: Finding) -> tuple[bool, int, int]:
    return not finding.is_open, _GRAVITY.index(finding.grade), list(Outcome).index(finding.outcome)
