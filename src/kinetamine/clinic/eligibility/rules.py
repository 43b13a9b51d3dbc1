"""A rule of eligibility: when it is met, how grave that is, for which treatment it is meant, and who says so."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kinetamine.citation import Reference
from kinetamine.clinic.basis import Basis
from kinetamine.clinic.eligibility.conditions import Above, Below, Condition, Is, leaves
from kinetamine.clinic.eligibility.facts import Choice, Quantity, Question, YesNo
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError, UnknownNameError


class Grade(StrEnum):
    """How grave it is when a rule is met."""

    CONTRAINDICATED = "contraindicated"
    """The source says not to."""
    DECIDE = "decide and record"
    """The source leaves it to a clinician, who weighs it and writes down why."""
    CAUTION = "caution"
    """Go on with more care, or watch more closely."""
    MISSING = "information missing"
    """Something that must be known first was not done."""


class Use(StrEnum):
    """What a treatment is given for."""

    RESISTANT_DEPRESSION = "treatment-resistant depression"
    SUICIDAL_DEPRESSION = "depression with suicidal ideation"
    ANXIETY = "anxiety"
    PTSD = "post-traumatic stress disorder"
    PAIN = "chronic pain"


MOOD = (Use.RESISTANT_DEPRESSION, Use.SUICIDAL_DEPRESSION)
LABELLED = MOOD
"""What esketamine nasal spray is approved for; every other treatment here is off-label."""


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """What is to be given, how, and for what."""

    form: Form
    route: str
    use: Use

    @property
    def is_labelled(self) -> bool:
        """Whether it is esketamine as its label has it."""
        return self.form is Form.ESKETAMINE and self.route == "intranasal" and self.use in LABELLED


@dataclass(frozen=True, kw_only=True)
class Applies:
    """Which treatments a rule is meant for; an empty list means all."""

    forms: tuple[Form, ...] = ()
    routes: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()

    def to(self, treatment: Treatment) -> bool:
        """Whether the rule is meant for this treatment."""
        asked = ((self.forms, treatment.form), (self.routes, treatment.route), (self.uses, treatment.use))
        return all(not meant or given in meant for meant, given in asked)

    @property
    def text(self) -> str:
        """Which those are, in words."""
        meant = (" or ".join(one.replace("_", " ") for one in some) for some in (self.forms, self.routes, self.uses))
        return ", ".join(some for some in meant if some) or "all treatments"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        name: stable, for records and decisions.
        reason: why it matters, in one sentence.
        on: off by default where its basis is recalled only; a clinic may turn it on.
    """

    name: str
    title: str
    grade: Grade
    when: Condition
    reason: str
    basis: Basis
    applies: Applies = Applies()
    on: bool = True


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Rules that are looked at together, and the questions that they ask.

    Attributes:
        version: of the set; two sets of one fingerprint judge alike.
    """

    name: str
    version: str
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        """Refuse two rules of one name, a rule that could never be met, and one that is on without having been read."""
        for kind in ("questions", "rules"):
            names = Counter(one.name for one in getattr(self, kind))
            twice = [name for name, count in names.items() if count > 1]
            if twice:
                raise FieldError(kind, twice[0], "each name once")
        known = {question.name: question for question in self.questions}
        for rule in self.rules:
            for leaf in leaves(rule.when):
                _require_fit(rule.name, leaf, known)
            if rule.on and not rule.basis.verified:
                raise FieldError(f"rule {rule.name}", "on", "off: its basis is recalled only, nobody has read it")

    @property
    def fingerprint(self) -> str:
        """Of everything a judgement depends on."""
        text = repr((self.version, self.questions, self.rules))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the rules rest on, each once."""
        return tuple(dict.fromkeys(rule.basis.source for rule in self.rules))


def _require_fit(rule: str, leaf: Is | Above | Below, known: Mapping[str, Question]) -> None:
    """Refuse a condition on a fact nobody is asked for, and one that no answer to its question could ever meet."""
    if leaf.fact not in known:
        raise UnknownNameError(f"fact of rule {rule}", leaf.fact, known)
    question = known[leaf.fact]
    if isinstance(leaf, Above | Below):
        fits = isinstance(question, Quantity) and question.unit == leaf.limit.unit
        fits = fits and isinstance(question, Quantity) and question.low < leaf.limit.value < question.high
    elif isinstance(question, Choice):
        fits = leaf.answer in question.choices
    else:
        fits = isinstance(question, YesNo) and isinstance(leaf.answer, bool)
    if not fits:
        raise FieldError(f"rule {rule}", leaf.fact, f"a condition that an answer to {question.question!r} can meet")
