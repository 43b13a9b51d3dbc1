"""The walk through one course, from what is given to what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from kinetamine.course import Course
from kinetamine.engine.trajectory import Trajectory
from kinetamine.explanation import arms, body, brain, limits, mood
from kinetamine.explanation.step import Step
from kinetamine.explanation.telling import Facts, rounded
from kinetamine.report.arms import mechanism_words, run
from kinetamine.report.nature import USE


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A course told step by step, with the simulation that it is told from."""

    course: Course
    trajectory: Trajectory
    steps: tuple[Step, ...]

    @property
    def mechanism(self) -> str:
        """The mechanism in words; empty where none was used."""
        used = bool(self.trajectory.events) and "relief" in self.trajectory
        return mechanism_words(self.course) if used else ""

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "kinetamine": self.trajectory.version,
            "nature": f"A model prediction, not a measurement. {USE}",
            "title": self.course.title,
            "mechanism": self.mechanism,
            "comparator": self.course.comparator,
            "warnings": list(self.trajectory.warnings),
            "steps": [_plain(step) for step in self.steps],
        }


def explain(course: Course) -> Explanation:
    """Simulate a course and tell it step by step in plain words.

    Where depression is simulated, relapse is too, unless the treatment goes on to the end.

    Raises:
        InputError: something in the course is not possible, not known or not studied.
    """
    own = course.replaced is not None and not course.replaced.sessions
    if "depression" in course.outcomes and "relapse" not in course.outcomes and not own:
        course = replace(course, outcomes=(*course.outcomes, "relapse"))
    trajectory = run(course)
    return Explanation(course=course, trajectory=trajectory, steps=tuple(_steps(Facts(course, trajectory))))


def _steps(facts: Facts) -> Iterator[Step]:
    if facts.is_drug:
        yield from body.steps(facts)
        yield from brain.steps(facts)
    else:
        yield body.given(facts)
    yield from arms.steps(facts)
    yield from mood.steps(facts)
    yield from limits.steps(facts)
    yield brain.unknown(facts)


def _plain(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "heading": step.heading,
        "sentences": list(step.sentences),
        "grade": None if step.grade is None else step.grade.value,
        "graded": step.graded,
        "source": [asdict(one) for one in step.source],
        "numbers": [{"name": one.name, "value": rounded((one.value,))[0], "unit": one.unit} for one in step.numbers],
    }
