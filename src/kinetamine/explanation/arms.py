"""Steps of a course without ketamine: what is given instead, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from kinetamine.engine.comparator import Comparator
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.explanation.step import Number, Picture, Step
from kinetamine.explanation.telling import DAY_H, Facts, plain, sentences


def steps(facts: Facts) -> Iterator[Step]:
    """One step for each treatment: its course in time and the evidence."""
    course = facts.course
    for one in (*(() if course.replaced is None else (course.replaced,)), *course.beside):
        yield _treatment(facts, one)
        yield from _argued(one)


def _treatment(facts: Facts, one: Comparator) -> Step:
    known = [name for name in one.sizes if facts.has(f"benefit_{name}")]
    end_d = facts.end_h / DAY_H
    numbers = tuple(
        Number(f"benefit at the end, {name.replace('_', ' ')}", facts.at(f"benefit_{name}", facts.end_h), "%")
        for name in known
    )
    said = [
        f"Beyond what a placebo does it takes away {plain(facts.at(f'benefit_{name}', 7.0 * DAY_H))} % of what is left "
        f"of {name.replace('_', ' ')} after a week and {plain(facts.at(f'benefit_{name}', facts.end_h))} % after "
        f"{plain(end_d)} days."
        for name in known
        if facts.at(f"benefit_{name}", facts.end_h) > 0.0
    ]
    if not said:
        said = [
            "Beyond what hope, attention and time do, it is taken to do nothing: it is what others are measured by."
        ]
    beside = "beside ketamine" if facts.is_drug else "in ketamine's place"
    return Step(
        key=f"treatment_{one.name}",
        heading=one.title,
        sentences=sentences(
            f"Given {beside}, as studied in {one.population}, for up to {one.days[1]:g} days.", *said, *one.notes[:1]
        ),
        graded="that it does so",
        grade=strongest(one.evidence),
        source=tuple(dict.fromkeys(piece.source for piece in one.evidence if piece.supports))[:2],
        numbers=numbers,
        picture=Picture(tuple(f"benefit_{name}" for name in known))
        if known and any(n.value > 0.0 for n in numbers)
        else None,
    )


def strongest(evidence: tuple[Evidence, ...]) -> Grade:
    """The highest grade among what speaks for it."""
    found = [one.grade for one in evidence if one.supports]
    return next((grade for grade in Grade if grade in found), Grade.NONE)


def _argued(one: Comparator) -> Iterator[Step]:
    against = [piece for piece in one.evidence if not piece.supports]
    supports = [piece for piece in one.evidence if piece.supports]
    if not against:
        return
    yield Step(
        key=f"evidence_{one.name}",
        heading=f"What speaks for and against: {one.title}",
        sentences=(
            *(f"For ({piece.grade.value}): {piece.text}" for piece in supports),
            *(f"Against ({piece.grade.value}): {piece.text}" for piece in against),
        ),
        graded="is the grade of the strongest piece of evidence against it",
        grade=next(grade for grade in Grade if grade in {piece.grade for piece in against}),
        source=tuple(dict.fromkeys(piece.source for piece in one.evidence)),
        numbers=(Number("pieces of evidence", float(len(one.evidence)), "pieces"),),
    )
