"""Rating scales: items, their answers, and the score that a manual makes of them; no item's wording is kept here.

A missing answer makes the total missing: nothing is filled in, unless the manual says how, and then the rule is named.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate
from kinetamine.errors import FieldError, UnknownNameError

Answers = Mapping[str, int]
"""Every item's answer, by name; complete."""


class Rights(StrEnum):
    """What may be done with a scale's wording; scoring is ours to write down in any case."""

    FREE = "may be reproduced"
    FIXED = "may be used, wording fixed"
    ASK = "the holder must be asked"

    @property
    def may_reproduce(self) -> bool:
        """Whether item texts may be part of this software."""
        return self is Rights.FREE


class Rater(StrEnum):
    """Who answers: a self-report and a clinician's rating are different instruments."""

    PATIENT = "self-report"
    CLINICIAN = "clinician"


@dataclass(frozen=True)
class Item:
    """One question: its place in the form, what it is about in a word or two, and its range.

    Attributes:
        part: the subscale it belongs to; empty where there is none.
        scored: whether it enters the total.
    """

    name: str
    topic: str
    low: int
    high: int
    part: str = ""
    scored: bool = True


@dataclass(frozen=True)
class Band:
    """What a range of totals is called."""

    name: str
    low: int
    high: int


@dataclass(frozen=True)
class Alert:
    """An answer that somebody must act on.

    Attributes:
        least: from which answer on, and who says so.
        action: what is due, in one sentence.
    """

    item: str
    least: Estimate
    action: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """What became of one form.

    Attributes:
        total: None where an answer is missing, or where the scale has no total.
        category: in words, where the manual gives one; empty otherwise.
        parts: totals of subscales; None where an answer of it is missing.
        missing: items without an answer.
        method: version of the scale and fingerprint of how it was scored.
    """

    scale: str
    total: int | None
    category: str
    parts: Mapping[str, int | None]
    missing: tuple[str, ...]
    alerts: tuple[Alert, ...]
    method: str


def total_of(items: tuple[Item, ...], answers: Answers) -> int:
    """The sum of all scored items."""
    return sum(answers[one.name] for one in items if one.scored)


Categorise = Callable[[Mapping[str, int | None]], str]
"""What a manual calls these answers; some may be missing."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A scale as its manual defines it.

    Attributes:
        version: of the form; another form is another entry or another version.
        recall: over which time it asks; the one that was used is stored with every score.
        worse: ``higher`` or ``lower`` values are worse.
        has_total: some scales must never be summed.
        bands: names of ranges of the total, without gaps.
        categorise: how answers are named where it is not by the total.
        numbers: what counts as response, remission or a change that matters, by name.
        rights, holder, register: what may be done with its wording, who holds it, and where that was read.
    """

    name: str
    title: str
    version: str
    references: tuple[Reference, ...]
    rater: Rater
    recall: tuple[str, ...]
    items: tuple[Item, ...]
    worse: str = "higher"
    has_total: bool = True
    bands: tuple[Band, ...] = ()
    bands_source: Reference | None = None
    categorise: Categorise | None = None
    numbers: Mapping[str, Estimate] = field(default_factory=dict)
    alerts: tuple[Alert, ...] = ()
    rights: Rights
    holder: str
    register: str
    notes: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[int, int]:
        """The least and the largest total."""
        scored = [one for one in self.items if one.scored]
        return sum(one.low for one in scored), sum(one.high for one in scored)

    @property
    def fingerprint(self) -> str:
        """Of everything that a score depends on: two scores of one fingerprint were made in one way."""
        functions = (total_of, self.categorise) if self.categorise else (total_of,)
        text = repr((self.version, self.items, self.bands, self.has_total, self.alerts))
        text += "".join(inspect.getsource(sys.modules[one.__module__]) for one in functions)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def score(self, answers: Mapping[str, int | None]) -> Score:
        """Score one form.

        Raises:
            UnknownNameError: there is no such item.
            FieldError: an answer is outside the item's range.
        """
        given = self._judged(answers)
        complete = {name: answer for name, answer in given.items() if answer is not None}
        missing = tuple(name for name in given if name not in complete)
        unscored = {one.name for one in self.items if not one.scored}
        total = total_of(self.items, complete) if self.has_total and not set(missing) - unscored else None
        return Score(
            scale=self.name,
            total=total,
            category=self.categorise(given) if self.categorise else self.band(total),
            parts=self._parts(given),
            missing=missing,
            alerts=tuple(one for one in self.alerts if (given[one.item] or 0) >= one.least.value),
            method=f"{self.version} {self.fingerprint}",
        )

    def band(self, total: int | None) -> str:
        """What the total is called; empty where it is missing or has no name."""
        return next((one.name for one in self.bands if total is not None and one.low <= total <= one.high), "")

    def _judged(self, answers: Mapping[str, int | None]) -> dict[str, int | None]:
        """All answers in the order of the form, what was not answered as None."""
        known = {one.name: one for one in self.items}
        for name, answer in answers.items():
            if name not in known:
                raise UnknownNameError(f"item of {self.name}", name, known)
            one = known[name]
            whole = isinstance(answer, int) and not isinstance(answer, bool)
            if answer is not None and not (whole and one.low <= answer <= one.high):
                raise FieldError(f"{self.name}.{name}", answer, f"a whole number from {one.low} to {one.high}")
        return {name: answers.get(name) for name in known}

    def _parts(self, given: Mapping[str, int | None]) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for part in dict.fromkeys(one.part for one in self.items if one.part):
            own = [given[one.name] for one in self.items if one.part == part]
            answered = [answer for answer in own if answer is not None]
            found[part] = sum(answered) if len(answered) == len(own) else None
        return found


def numbered(topics: tuple[str, ...], low: int, high: int, parts: Mapping[int, str] | None = None) -> tuple[Item, ...]:
    """Items named by their place in the form, all of one range.

    Args:
        parts: by the first item of each, the name of a subscale.
    """
    part, items = "", []
    for place, topic in enumerate(topics, start=1):
        part = (parts or {}).get(place, part)
        items.append(Item(str(place), topic, low, high, part))
    return tuple(items)
