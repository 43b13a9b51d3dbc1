"""Steps about harms and about where a treatment stands among others."""

from __future__ import annotations

from collections.abc import Iterator

from kinetamine.engine.evidence import Grade
from kinetamine.explanation.claims import CLAIMS
from kinetamine.explanation.step import Number, Step
from kinetamine.explanation.telling import Facts, listed, of_people, plain, sentences
from kinetamine.harms import AdverseEventRow
from kinetamine.report.harms import commonest, harms_of

_SHOWN = 5
_UNCOUNTED = "No trial that could be read counted unwanted effects at these doses in such a person; none is guessed."
_MOSTLY = (
    "Most of it is mild and gone within hours. Rarely people lose consciousness, or blood pressure climbs so high that "
    "the session is stopped."
)
_RESISTANT = 2.0
"""Failed treatments from which depression is called resistant."""


def steps(facts: Facts) -> Iterator[Step]:
    """Unwanted effects, dependence and the body in the long run, other treatments."""
    harms = harms_of(facts.course)
    if harms is None:
        return
    if harms.events is not None:
        yield _unwanted(commonest(harms.events, _SHOWN))
    if harms.exposure is not None:
        yield _dependence(facts)
    yield _among_others(facts)


def _unwanted(rows: list[AdverseEventRow]) -> Step:
    claim, safe = CLAIMS["C12"], CLAIMS["C4"]
    events = [
        f"{row.event.title.lower()} in {of_people(100.0 * row.at_least_once.value).removesuffix(' people')}"
        for row in rows
    ]
    control = rows[0].background if rows else None
    return Step(
        key="unwanted",
        heading="Unwanted effects",
        sentences=sentences(
            f"Over the whole course, as counted in {_short(rows[0].product.title)}: {listed(events)}."
            if rows
            else _UNCOUNTED,
            f"Without the drug {rows[0].event.title.lower()} was reported by {of_people(100.0 * control.value)}."
            if control is not None
            else "",
            _MOSTLY if rows else "",
            f"How far evidence carries {safe.says}: {safe.grade.value}. For years of treatment, or at home: low.",
        ),
        graded=claim.says,
        grade=claim.grade,
        source=(*claim.source, *safe.source, *(rows[0].product.references[:1] if rows else ())),
        numbers=tuple(Number(row.event.title, 100.0 * row.at_least_once.value, "% of people") for row in rows),
    )


def _short(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _dependence(facts: Facts) -> Step:
    harms, claim = harms_of(facts.course), CLAIMS["C13"]
    assert harms is not None  # noqa: S101 - the caller saw it
    assert harms.exposure is not None  # noqa: S101 - as above
    index = harms.exposure
    beside = index.misuse[0]
    return Step(
        key="dependence",
        heading="Dependence, bladder, memory",
        sentences=(
            (
                f"In its busiest weeks, at most four, this course gives {plain(index.racemic_mg_per_day)} mg a day on "
                f"average (counted as racemic ketamine); {beside.about}, bought {plain(beside.reference.value)} mg "
                "a day."
            ),
            (
                "A small amount is not a proof of safety: ketamine is liked at these very doses, and daily use for "
                "months or years harms bladder and memory."
            ),
            index.statements[0],
        ),
        graded=claim.says,
        grade=claim.grade,
        source=(*claim.source, beside.reference.source),
        numbers=(
            Number("ketamine a day in the busiest weeks, at most four", index.racemic_mg_per_day, "mg"),
            Number("of what people with a use disorder bought", 100.0 * beside.ratio, "%"),
            Number("days with drug a week", index.drug_days_per_week, "days"),
        ),
    )


def _among_others(facts: Facts) -> Step:
    failed = facts.course.person.failed_treatments
    resistant = failed >= _RESISTANT
    claim = CLAIMS["C14"] if resistant else CLAIMS["C5"]
    return Step(
        key="others",
        heading="Among other treatments",
        sentences=(
            (
                f"This person has had {plain(failed)} treatments that failed. Nearly all trials were in people with "
                "two or more; the nasal spray is licensed for resistant depression, not as a first treatment."
            ),
            (
                "Beside electroconvulsive therapy (ECT) 55 of 100 outpatients responded to ketamine and 41 to ECT; in "
                "another trial, of inpatients, ECT did better. The nasal spray did better than quetiapine: 27 against "
                "18 of 100 in remission after eight weeks."
            ),
            (
                "It was never compared head to head with psychotherapy. kinetamine simulate --comparator ssri, ect or "
                "psychotherapy simulates the same person with another treatment."
            ),
        ),
        graded=claim.says,
        grade=Grade(claim.grade),
        source=(*claim.source, *CLAIMS["C5"].source),
        numbers=(Number("failed treatments", failed, "treatments"),),
    )
