"""Hours or weeks: the same person's mood with ketamine and with a pill taken every day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from kinetamine import catalogue
from kinetamine.course import Course, simulate
from kinetamine.engine.person import Person
from kinetamine.engine.trajectory import Trajectory
from kinetamine.explanation.claims import CLAIMS
from kinetamine.explanation.step import Number, Picture, Step
from kinetamine.explanation.telling import DAY_H, Facts, plain, sentences

SSRI = "ssri"
_SCORE = "madrs"
_READ_D = (("two hours", 2.0 / DAY_H), ("a day", 1.0), ("a week", 7.0), ("four weeks", 28.0))


@dataclass(frozen=True)
class Race:
    """The step, and the other arm that its figure shows."""

    step: Step
    other: Trajectory


def race(facts: Facts) -> Race | None:
    """Falls of the score after hours, a day, a week and weeks; None where depression was not simulated."""
    if not (facts.is_drug and facts.has(_SCORE)):
        return None
    other = Facts(facts.course, _arm(replace(facts.course.person, weight_kg=None), facts.end_h / DAY_H))
    entry, claim = catalogue.load("comparators", SSRI), CLAIMS["C10"]
    start_h = facts.first.start_h
    read = [(words, start_h + days * DAY_H) for words, days in _READ_D if start_h + days * DAY_H <= facts.end_h]
    falls = [(words, _fall(facts, time_h), _fall(other, time_h)) for words, time_h in read]
    told = [f"After {words} the score has fallen by {plain(one)} with ketamine and by {plain(two)} with the pill."
            for words, one, two in falls]  # fmt: skip
    early = next(piece for piece in entry.evidence if piece.supports)
    step = Step(
        key="race",
        heading="Hours or weeks",
        sentences=sentences(
            "The same person, once with ketamine and once with a daily antidepressant pill (SSRI) instead.",
            *told,
            "Both falls include what hope, attention and time do; ketamine ends with its last session, the pill goes "
            "on.",
            f"The pill begins early too, and slowly. {early.text}",
        ),
        graded=claim.says,
        grade=claim.grade,
        source=(*claim.source, early.source),
        numbers=tuple(
            number
            for words, one, two in falls
            for number in (
                Number(f"fall after {words}, ketamine", one, "points"),
                Number(f"fall after {words}, SSRI", two, "points"),
            )
        ),
        picture=Picture((_SCORE,)),
    )
    return Race(step, other.trajectory)


def _fall(facts: Facts, time_h: float) -> float:
    return facts.at(_SCORE, 0.0) - facts.at(_SCORE, time_h)


@lru_cache(maxsize=32)
def _arm(person: Person, days: float) -> Trajectory:
    """The typical person on the pill."""
    return simulate(
        Course(
            person=person,
            comparator=SSRI,
            effects=(),
            outcomes=("depression",),
            people=0,
            follow_up_days=days,
            engine="fast",
            outside=True,
        )
    )
