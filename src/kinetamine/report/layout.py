"""The page from top to bottom: what stands where."""

from __future__ import annotations

from collections.abc import Iterator

from kinetamine.report.argued import mechanism_evidence, treatment_evidence
from kinetamine.report.arms import mechanism_words, treatments, uses_mechanism
from kinetamine.report.content import Content
from kinetamine.report.doses import HEADINGS
from kinetamine.report.harms import harms_section
from kinetamine.report.html import Markup, join, table, tag
from kinetamine.report.nature import USE
from kinetamine.report.overview import overview_panels
from kinetamine.report.panels import Panel
from kinetamine.report.sources import numbers_section, references_section
from kinetamine.report.summary_tables import summary_section
from kinetamine.report.words import OUTSIDE, band_words, baseline_words, is_outside, person_words
from kinetamine.report.zoom import shown_sessions

STAGES = {
    "plasma": ("Blood", "Blood, whole course", "Where the drug goes, and what it becomes."),
    "receptor": ("Receptors", "Receptors, whole course", "What the brain sees: NMDA receptors blocked."),
    "acute": ("Acute effects", "Acute effects, whole course", "What is felt and measured while the drug is there."),
    "mechanism": (
        "Mechanism",
        "Between block and mood",
        (
            "How the chosen mechanism gets from blocked receptors to relief. Nothing here was followed in people from "
            "one end to the other: numbers are set so that both ends, blood level and rating scale, agree with trials."
        ),
    ),
    "mood": ("Mood", "Days to weeks", "What is scored over days and weeks."),
}
"""Stages of the chain: name in the navigation, title and first sentence of their sections."""
_WIDE = {"madrs", "phq9", "hama", "caps5", "pcl5", "ssi", "pain", "benefit"}
_ROW_PX, _FRAME_PX = 82, 110
"""Height of one row of the first figure, and of what surrounds them."""
_FOLD_DOSES = 12


def body(content: Content) -> Markup:
    """Everything between the body tags, scripts apart."""
    parts = list(_sections(content))
    links = tag("ul", *(tag("li", tag("a", name, href=f"#{key}")) for key, name, _ in parts))
    return join(
        [
            _header(content),
            tag("nav", links, aria_label="Sections"),
            tag("main", *(section for _, _, section in parts)),
            _footer(content),
        ]
    )


def _sections(content: Content) -> Iterator[tuple[str, str, Markup]]:
    """Anchor, name in the navigation, and the section."""
    yield "glance", "At a glance", _glance(content)
    yield "doses", "Doses" if content.doses.rows else "Treatment", _doses(content)
    if content.zooms:
        yield "sessions", "Sessions", _zooms(content)
    for stage, (name, title, lead) in STAGES.items():
        panels = [panel for panel in content.panels if panel.stage == stage]
        if panels:
            yield stage, name, _stage(stage, title, lead, panels, *_argued(content, stage))
    yield "summary", "Peaks and times", summary_section(content)
    if content.harms is not None:
        yield "harms", "Harms", harms_section(content.harms)
    if content.comparison:
        yield "models", "Other models", _comparison(content)
    yield "numbers", "Numbers used", numbers_section(content.entries)
    yield "references", "References", references_section(content.trajectory)


def _header(content: Content) -> Markup:
    trajectory = content.trajectory
    pills = [
        tag("li", "Prediction, not a measurement", class_="prediction"),
        *([tag("li", f"Model {content.model or 'not named'}")] if content.course.doses else []),
        tag("li", f"Kinetamine {trajectory.version}"),
    ]
    if is_outside(trajectory):
        pills.append(tag("li", "Outside the studied range", class_="outside"))
    bands = band_words(trajectory)
    seed = f", drawn with seed {trajectory.seed}" if trajectory.seed is not None else ""
    facts = [
        ("Person", person_words(trajectory.person)),
        ("Before", baseline_words(trajectory.person)),
        *([("Treatment", treatments(content.course))] if treatments(content.course) else []),
        *([("Mechanism", mechanism_words(content.course))] if uses_mechanism(trajectory) else []),
        ("Bands", f"{bands}{seed}" if bands else "none: only the typical person was simulated"),
    ]
    return tag(
        "header",
        tag("p", "Simulated course of " + ("ketamine" if content.course.doses else "treatment"), class_="eyebrow"),
        tag("h1", content.title),
        tag("ul", *pills, class_="pills"),
        tag("p", content.doses.sentence, class_="lead"),
        tag("dl", *(join([tag("dt", name), tag("dd", words)]) for name, words in _facts(facts)), class_="facts"),
        tag("p", USE, class_="quiet small"),
        _warnings(trajectory.warnings),
    )


def _facts(facts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, words[:1].upper() + words[1:]) for name, words in facts]


def _warnings(warnings: tuple[str, ...]) -> Markup:
    if not warnings:
        return Markup("")
    items = [tag("li", one, class_="outside" if one.startswith(OUTSIDE) else None) for one in warnings]
    title = tag("h2", "Read this first", id="warnings")
    return tag("aside", title, tag("ul", *items), class_="warnings", aria_labelledby="warnings")


def _section(key: str, title: str, lead: str, *children: object) -> Markup:
    heading = tag("h2", title, id=f"{key}-title")
    return tag("section", heading, tag("p", lead), *children, id=key, aria_labelledby=f"{key}-title")


def _glance(content: Content) -> Markup:
    cards = [
        tag(
            "div",
            tag("dt", card.label),
            tag("dd", tag("span", card.value, class_="value"), tag("span", card.unit, class_="unit")),
            tag("dd", card.more, class_="more"),
            class_="card",
        )
        for card in content.cards
    ]
    lead = "The typical person's key numbers, then the chain from dose to mood on one time axis."
    rows = len(overview_panels(content)) + bool(content.course.doses)
    title = "From milligrams to mood" if content.course.doses else "From the first visit to mood"
    caption = (
        "Lines: typical person. "
        + (f"Bands: {band_words(content.trajectory)}. " if band_words(content.trajectory) else "")
        + "Drag sideways to zoom: all figures over days follow. Double-click for the whole course."
    )
    figure = tag(
        "figure",
        tag("div", tag("h3", title), class_="figure-head"),
        tag(
            "div",
            id="plot-overview",
            class_="plot overview",
            style=f"height: {_FRAME_PX + _ROW_PX * rows}px",
            role="img",
            aria_label="Doses, ketamine in blood, receptor occupancy, acute effects, plasticity and mood over the days "
            "of the course; the tables below hold the numbers.",
        ),
        tag("figcaption", caption),
        class_="wide",
    )
    return _section("glance", "At a glance", lead, tag("dl", *cards, class_="cards"), _ranges(content), figure)


def _ranges(content: Content) -> Markup:
    """Buttons for those who do not drag: the whole, the first day, the first week."""
    if not content.sessions:
        return Markup("")
    start = content.sessions[0].start_h / 24.0
    end = content.sessions[-1].start_h / 24.0
    span = float(content.trajectory.times_h[-1]) / 24.0
    choices = [("Whole course", ""), ("First 6 hours", f"{start - 0.01:.4f} {start + 0.25:.4f}")]
    if span > 1.5:
        choices.append(("First day", f"{start - 0.03:.4f} {start + 1.0:.4f}"))
    if span > 8.0:
        choices.append(("First week", f"{start - 0.2:.4f} {start + 7.0:.4f}"))
    if end > start + 7.0 and span > end + 1.0:
        choices.append(("Treatment only", f"{start - 0.2:.4f} {end + 1.0:.4f}"))
    buttons = [tag("button", name, type="button", data_range=given) for name, given in choices]
    said = tag("span", "Showing the whole course", id="range", class_="quiet small", aria_live="polite")
    return tag("div", *buttons, said, class_="tools", role="group", aria_label="Days shown in all figures")


def _doses(content: Content) -> Markup:
    rows = content.doses.rows
    if not rows:
        return _section("doses", "Treatment as understood", content.doses.sentence, treatment_evidence(content.course))
    shown = table("Doses as understood", HEADINGS, rows, numeric=(0, 1, 2, 4, 5, 6, 10))
    if len(rows) > _FOLD_DOSES:
        shown = tag("details", tag("summary", f"All {len(rows)} rows"), shown)
    lead = "Check these before anything else: amounts are of ketamine base wherever it says so, times from the start."
    beside = [treatment_evidence(content.course)] if content.course.beside else []
    return _section("doses", "Doses as understood", lead, shown, *beside)


def _argued(content: Content, stage: str) -> list[Markup]:
    return [mechanism_evidence(content.course)] if stage == "mechanism" else []


def _stage(stage: str, title: str, lead: str, panels: list[Panel], *more: Markup) -> Markup:
    figures = [_figure(panel, f"plot-{panel.key}", log=stage == "plasma") for panel in panels]
    return _section(stage, title, lead, tag("div", *figures, class_="panels"), *more)


def _figure(panel: Panel, identifier: str, *, log: bool = False) -> Markup:
    toggle = (
        tag("button", "log", type="button", class_="log", data_panel=panel.key, aria_pressed="false",
            aria_label=f"Logarithmic scale: {panel.title}")
        if log
        else ""
    )  # fmt: skip
    many = "plot many" if len(panel.traces) > 2 else "plot"
    plot = tag("div", id=identifier, class_=many, role="img", aria_label=panel.description)
    head = tag("div", tag("h3", panel.title), toggle, class_="figure-head")
    wide = "wide" if panel.key in _WIDE or panel.key.startswith("compare_") else None
    return tag("figure", head, plot, tag("figcaption", panel.caption), class_=wide)


def _zooms(content: Content) -> Markup:
    chosen = shown_sessions(content.trajectory)
    options = [tag("option", session.label, value=session.number) for session in chosen]
    tools = tag(
        "div",
        tag("label", "Session in full ink", for_="session"),
        tag("select", *options, id="session"),
        tag("button", "Previous", type="button", id="previous"),
        tag("button", "Next", type="button", id="next"),
        class_="tools",
    )
    left_out = len(content.sessions) - len(chosen)
    lead = "Minutes after the start of a session: the one chosen with its band, the others as thin lines behind it." + (
        f" The {left_out} sessions in the middle of the course are left out here; the table has them."
        if left_out
        else ""
    )
    figures = [_figure(zoom.panel, f"plot-zoom-{zoom.panel.key}") for zoom in content.zooms]
    return _section("sessions", "Session by session", lead, tools, tag("div", *figures, class_="panels"))


def _comparison(content: Content) -> Markup:
    figures = [_figure(panel, f"plot-{panel.key}") for panel in content.comparison]
    lead = "The first session as other published models predict it, for the typical person."
    return _section("models", "Other models of the same course", lead, tag("div", *figures, class_="panels"))


def _footer(content: Content) -> Markup:
    made = f"Made with Kinetamine {content.trajectory.version}. Prediction, not a measurement. {USE}"
    return tag("footer", tag("p", made))
