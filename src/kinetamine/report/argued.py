"""What speaks for and against a mechanism or a treatment, with how far each piece of evidence carries."""

from __future__ import annotations

from collections.abc import Iterable

from kinetamine import catalogue
from kinetamine.course import Course
from kinetamine.engine.evidence import Evidence
from kinetamine.report.html import Markup, table, tag
from kinetamine.report.words import source_words

_HEADINGS = ("Found", "Speaks", "Grade", "Source")


def mechanism_evidence(course: Course) -> Markup:
    """For and against each hypothesis in the course; and that there are rivals."""
    used = [catalogue.load("mechanisms", name) for name, share in course.mechanism if share > 0.0]
    shown = [_table(f"Evidence on {one.title}", one.evidence) for one in used]
    said = (
        f"Mechanism used: {', '.join(one.title for one in used)}. It is one of {len(catalogue.names('mechanisms'))} "
        "rivals; kinetamine hypotheses compares them with published results."
    )
    return tag("details", tag("summary", "What speaks for and against this mechanism"), tag("p", said), *shown)


def treatment_evidence(course: Course) -> Markup:
    """For and against what is given in ketamine's place or beside it."""
    given = (*(() if course.replaced is None else (course.replaced,)), *course.beside)
    shown = [_table(f"Evidence on {one.title}, in {one.population}", one.evidence) for one in given]
    return tag("div", *shown, class_="argued")


def _table(caption: str, evidence: Iterable[Evidence]) -> Markup:
    ordered = sorted(evidence, key=lambda one: not one.supports)
    rows = [
        (
            one.text,
            "for" if one.supports else "against",
            tag("span", one.grade.value, class_=f"grade {one.grade.value}"),
            source_words(one.source),
        )
        for one in ordered
    ]
    return table(caption, _HEADINGS, rows)
