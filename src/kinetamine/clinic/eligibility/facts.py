"""What may be known of a person before treatment; what is not known stays unknown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kinetamine.errors import FieldError, UnknownNameError

Answer = bool | float | str
Facts = Mapping[str, Answer | None]
"""What was found out, by name; None, like a name that is left out, means not known."""


@dataclass(frozen=True, kw_only=True)
class YesNo:
    """A question with yes and no for answers."""

    name: str
    question: str

    def judged(self, given: object) -> Answer:
        """The answer, if it is one."""
        if not isinstance(given, bool):
            raise FieldError(self.name, given, "yes or no (true or false), or nothing where it is not known")
        return given


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A question with a number for an answer.

    Attributes:
        low, high: what is possible at all.
    """

    name: str
    question: str
    unit: str
    low: float
    high: float

    def judged(self, given: object) -> Answer:
        """The answer, if it is one."""
        number = isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)
        if not number or not self.low <= given <= self.high:  # type: ignore[operator]  # a number by now
            raise FieldError(self.name, given, f"{self.low:g} to {self.high:g} {self.unit}")
        return float(given)  # type: ignore[arg-type]  # as above


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A question with a few words for answers."""

    name: str
    question: str
    choices: tuple[str, ...]

    def judged(self, given: object) -> Answer:
        """The answer, if it is one."""
        if not isinstance(given, str) or given not in self.choices:
            raise FieldError(self.name, given, "one of " + ", ".join(self.choices))
        return given


Question = YesNo | Quantity | Choice


def judged(facts: Facts, questions: tuple[Question, ...]) -> dict[str, Answer]:
    """The facts that are known, each one possible.

    Raises:
        UnknownNameError: nobody asks for that fact: a misspelt name must not pass for an answer.
        FieldError: it is no answer to its question.
    """
    known = {question.name: question for question in questions}
    for name in facts:
        if name not in known:
            raise UnknownNameError("fact", name, known)
    return {name: known[name].judged(answer) for name, answer in facts.items() if answer is not None}
