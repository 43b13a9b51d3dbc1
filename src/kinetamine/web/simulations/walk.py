"""The live story: one course told step by step, each step as the page shows it, with a chain of numbers above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

import kinetamine
from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.course import FAST, Course, from_mapping
from kinetamine.engine.events import administrations
from kinetamine.engine.finding import Finding, contradict
from kinetamine.explanation import Explanation, Step, explain
from kinetamine.explanation.claims import CLAIMS
from kinetamine.explanation.page import article, sources_list
from kinetamine.explanation.picture import svg
from kinetamine.explanation.race import Race, race
from kinetamine.explanation.telling import DAY_H, Facts, plain
from kinetamine.report.html import Markup
from kinetamine.report.words import source_words
from kinetamine.web.simulations.door import Tell, Values

WATCHED_D = 42.0
"""Every story is watched for so long, that curves can be laid over each other."""
SLIDERS = {
    "infusion": {"low": 0.1, "high": 1.0, "step": 0.05, "start": 0.5, "unit": "mg/kg"},
    "spray": {"low": 28.0, "high": 84.0, "step": 28.0, "start": 56.0, "unit": "mg"},
}
"""Doses that the models behind them were built on."""
SESSIONS = {"low": 1, "high": 8, "step": 1, "start": 6}
WEIGHTS = {"low": 45, "high": 120, "step": 1, "start": 70}
BLOCKS = {
    "": "nothing",
    "AMPA_BLOCK": "AMPA receptors (NBQX)",
    "RAPAMYCIN": "mTORC1 (rapamycin)",
    "NALTREXONE": "opioid receptors (naltrexone)",
}
"""Switches of the mechanisms, and what they block."""
CHAPTERS = (
    ("Into the body", ("given", "blood")),
    ("From receptor to connections", ("receptor", "messengers", "connections", "relief")),
    ("From connections to mood", ("madrs", "race", "placebo", "back")),
    ("What else it does", ("felt", "unusual_state", "pressure", "unwanted", "dependence")),
    ("Where it stands", ("others", "unknown")),
)
_LINKS = (
    ("given", "Dose", "each session", "mg"),
    ("blood", "Blood level", "highest level", "ng/mL"),
    ("receptor", "Receptors blocked", "highest occupancy", "%"),
    ("messengers", "Glutamate", "change of glutamate", "%"),
    ("messengers", "BDNF", "highest BDNF, rest 1", "times"),
    ("connections", "Connections", "most synapses gained", "%"),
    ("relief", "Relief", "most relief", "%"),
    ("madrs", "Mood after a day", "score a day later", "MADRS"),
    ("felt", "Unusual state", "highest CADSS", "CADSS"),
    ("pressure", "Blood pressure", "rise of systolic pressure", "mmHg"),
)
_ELSEWHERE = (
    (
        "kinetamine hypotheses puts them to the same published results.",
        "The library's findings put them to the same published results.",
    ),
    (
        "kinetamine simulate --comparator ssri, ect or psychotherapy simulates the same person with another treatment.",
        "The page Compare simulates the same person with another treatment.",
    ),
)
"""What the terminal says of itself, and what the page says in its place."""
_BRANCHES = frozenset({"felt", "pressure"})
"""Steps that lead to no other."""
_SIGNED = frozenset({"Glutamate", "Connections", "Blood pressure"})


def course_words(kind: str, dose: float, sessions: int) -> str:
    """The regimen in the clinic's words."""
    given = f"{dose:g} mg/kg iv over 40 min" if kind == "infusion" else f"esketamine {dose:g} mg intranasal"
    return given if sessions == 1 else f"{given}, twice weekly x {sessions}"


def default_course() -> dict[str, Any]:
    """What the page tells before anybody moves anything."""
    dose, sessions = float(str(SLIDERS["infusion"]["start"])), SESSIONS["start"]
    return {"regimen": course_words("infusion", dose, sessions), "person": {"weight_kg": WEIGHTS["start"]}}


def walk(given: Values, _tell: Tell) -> dict[str, Any]:
    """A course, as a course file holds it, as a story: chapters of steps, numbers, figures, and what speaks of it."""
    told, usual = _told(_course(given)), _default()
    against = None if told.course == usual.course else usual
    switches = {name.rpartition(".")[2] for name, value in told.course.parameters if value}
    steps = dict(_articles(told, against))
    return {
        "kinetamine": kinetamine.__version__,
        "title": told.course.title,
        "warnings": list(told.trajectory.warnings),
        "chain": _chain(told, against),
        "chapters": [
            {"title": title, "steps": [{"key": key, **steps[key]} for key in keys if key in steps]}
            for title, keys in CHAPTERS
        ],
        "published": [_published(one) for one in _findings(switches)],
        "sources": str(sources_list(_sources(told))),
    }


def _sources(told: Explanation) -> Iterator[Reference]:
    """Of the steps, and of the sentences that are commonly said."""
    for step in _steps(told):
        yield from step.source
    for claim in CLAIMS.values():
        yield from claim.source


def _course(given: Values) -> Course:
    """The course of one typical person, watched for as long as every other."""
    course = from_mapping({"engine": FAST, **given, "people": 0})
    last_h = max((end for _, end in administrations(course.scheduled)), default=0.0)
    return replace(course, follow_up_days=max(WATCHED_D - last_h / DAY_H, 1.0))


@lru_cache(maxsize=4)
def _default() -> Explanation:
    return explain(_course(default_course()))


def _told(course: Course) -> Explanation:
    return _default() if course == _course(default_course()) else explain(course)


def _race(told: Explanation) -> Race | None:
    return race(Facts(told.course, told.trajectory))


def _steps(told: Explanation) -> list[Step]:
    """In the order of the chapters."""
    raced = _race(told)
    found = {step.key: step for step in (*told.steps, *(() if raced is None else (raced.step,)))}
    return [_for_pages(found[key]) for _, keys in CHAPTERS for key in keys if key in found]


def _for_pages(step: Step) -> Step:
    """The step without commands of the terminal."""
    said = "\n".join(step.sentences)
    for there, here in _ELSEWHERE:
        said = said.replace(there, here)
    return replace(step, sentences=tuple(said.split("\n")))


def _articles(told: Explanation, against: Explanation | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, step in enumerate(_steps(told), start=1):
        drawn = _drawn(told, step, against)
        numbers = [asdict(one) for one in step.numbers]
        heading = {"heading": step.heading, "grade": step.grade.value if step.grade else None}
        yield step.key, heading | {"numbers": numbers, "html": str(article(number, step, drawn, "h3"))}


def _drawn(told: Explanation, step: Step, against: Explanation | None) -> Markup:
    if step.picture is None:
        return Markup("")
    raced = _race(told) if step.key == "race" else None
    if raced is not None:
        return svg(told.trajectory, step.picture, beside=("ketamine", "SSRI", raced.other))
    before = None if against is None else against.trajectory
    return svg(told.trajectory, step.picture, before=before)


def _chain(told: Explanation, against: Explanation | None) -> list[dict[str, Any]]:
    """The links with one number each, in the order of the story, and what each was before."""
    before = {} if against is None else {one["label"]: one["text"] for one in _links(against)}
    return [one | {"before": before.get(one["label"], "")} for one in _links(told)]


def _links(told: Explanation) -> Iterator[dict[str, Any]]:
    found = {step.key: {one.name: one.value for one in step.numbers} for step in told.steps}
    given = found["given"]
    given["each session"] = given["ketamine in all"] / given["sessions"]
    for key, label, name, unit in _LINKS:
        if name in found.get(key, {}):
            value = found[key][name]
            sign = "+" if label in _SIGNED and value > 0.0 and plain(value) != "0" else ""
            said = {"label": label, "value": value, "text": f"{sign}{plain(value)}", "unit": unit}
            yield {"key": key, "branch": key in _BRANCHES, **said}


def _findings(switches: set[str]) -> list[Finding]:
    """Published results of blocking the same."""
    found: tuple[Finding, ...] = catalogue.load_all("findings")
    return [one for one in found if switches and set(one.contrast.parameters) == switches]


def _published(one: Finding) -> dict[str, Any]:
    rivals = [other for other in catalogue.load_all("findings") if contradict(one, other)]
    source = one.references[0]
    return {
        "name": one.name,
        "species": one.species.value,
        "grade": one.grade.value,
        "published": one.published,
        "disputed": bool(rivals),
        "source": source_words(source),
        "address": f"https://doi.org/{source.doi}" if source.doi else source.url,
    }
