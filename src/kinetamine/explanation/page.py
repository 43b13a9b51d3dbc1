"""An explanation as one HTML page that needs no network, no script and no other file; in the report's style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from string import Template

from kinetamine.citation import Reference
from kinetamine.explanation.picture import svg
from kinetamine.explanation.step import Step
from kinetamine.explanation.walk import Explanation
from kinetamine.report.html import Markup, join, tag, text
from kinetamine.report.nature import USE
from kinetamine.report.palette import DARK, LIGHT, css_variables
from kinetamine.report.words import figure, source_words


def write_page(told: Explanation, path: Path) -> Path:
    """Write the page; an older file stays until the new one is whole."""
    part = path.with_name(path.name + ".part")
    part.write_text(render(told), encoding="utf-8")
    part.replace(path)
    return path


def render(told: Explanation) -> str:
    """The page as one HTML text."""
    assets = resources.files("kinetamine.report") / "assets"
    return Template((assets / "explanation.html").read_text(encoding="utf-8")).substitute(
        title=text(told.course.title),
        generator=text(f"kinetamine {told.trajectory.version}"),
        light=css_variables(LIGHT),
        dark=css_variables(DARK),
        style=(assets / "report.css").read_text(encoding="utf-8"),
        more=(assets / "explanation.css").read_text(encoding="utf-8"),
        body=join([_header(told), tag("main", *_steps(told), _warnings(told), _sources(told)), _footer(told)]),
    )


def _header(told: Explanation) -> Markup:
    pills = [tag("li", "Prediction, not a measurement", class_="prediction")]
    if told.mechanism:
        pills.append(tag("li", f"Mechanism: {told.mechanism}"))
    pills.append(tag("li", f"Kinetamine {told.trajectory.version}"))
    return tag(
        "header",
        tag("p", "One simulated course, step by step", class_="eyebrow"),
        tag("h1", told.course.title),
        tag("ul", *pills, class_="pills"),
        tag("p", USE, class_="quiet small"),
        tag(
            "p",
            "Every step says how far published evidence carries it: high, moderate, low, or contradicted. The lines in "
            "the figures are the typical person, the bands nine in ten of the virtual people.",
            class_="quiet small",
        ),
    )


def _steps(told: Explanation) -> Iterator[Markup]:
    for number, step in enumerate(told.steps, start=1):
        drawn = svg(told.trajectory, step.picture) if step.picture is not None else Markup("")
        yield article(number, step, drawn)


def article(number: int, step: Step, drawn: Markup, heading: str = "h2") -> Markup:
    """One step: its words, how far evidence carries it, its figure and its numbers."""
    words = (tag("p", one) for one in step.sentences)
    return tag(
        "article",
        tag("div", str(number), class_="number", aria_hidden="true"),
        tag("div", tag(heading, step.heading), *words, _below(step), class_="told"),
        tag("div", drawn, _numbers(step), class_="shown"),
        id=step.key,
    )


def _below(step: Step) -> Markup:
    parts = []
    if step.grade is not None:
        pill = tag("span", step.grade.value, class_=f"grade {step.grade.value}")
        parts.append(tag("p", pill, " ", step.verdict, class_="verdict"))
    if step.source:
        parts.append(tag("p", *linked(step.source), class_="quiet small"))
    return tag("div", *parts, class_="below-step") if parts else Markup("")


def linked(sources: tuple[Reference, ...]) -> Iterator[object]:
    """Links to the list of sources at the end of a page."""
    for place, one in enumerate(sources):
        yield "; " if place else ""
        yield tag("a", source_words(one), href=f"#source-{one.key}")


def _numbers(step: Step) -> Markup:
    if not step.numbers:
        return Markup("")
    rows = [
        tag("div", tag("dt", one.name), tag("dd", tag("b", figure(one.value)), f" {one.unit}")) for one in step.numbers
    ]
    return tag("dl", *rows, class_="numbers")


def _warnings(told: Explanation) -> Markup:
    found = told.trajectory.warnings
    if not found:
        return Markup("")
    title = tag("h2", "Mind this", id="warnings")
    return tag("aside", title, tag("ul", *(tag("li", one) for one in found)), class_="warnings")


def _sources(told: Explanation) -> Markup:
    listed = sources_list(one for step in told.steps for one in step.source)
    return tag("section", tag("h2", "Sources"), listed, id="sources")


def sources_list(sources: Iterable[Reference]) -> Markup:
    """Each source once, as ``linked`` finds it."""
    found = {one.key: one for one in sources}
    items = [tag("li", _source(one), id=f"source-{one.key}") for _, one in sorted(found.items())]
    return tag("ol", *items, class_="references")


def _source(one: Reference) -> Markup:
    place = f"{one.journal} {one.year}".strip()
    address = f"https://doi.org/{one.doi}" if one.doi else one.url
    link = tag("a", f"doi:{one.doi}" if one.doi else one.url, href=address, rel="noreferrer")
    authors = one.authors.replace(" and ", "; ").replace("{", "").replace("}", "")
    return join([f"{authors}. {one.title.rstrip('.')}. ", tag("cite", place), ". ", link])


def _footer(told: Explanation) -> Markup:
    rivals = " Mechanisms are rivals: kinetamine hypotheses compares them." if told.mechanism else ""
    made = f"Made with Kinetamine {told.trajectory.version}. Prediction, not a measurement.{rivals}"
    return tag("footer", tag("p", made))
