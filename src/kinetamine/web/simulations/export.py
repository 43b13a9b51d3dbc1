"""A course as a file: the report, its numbers, or what other software reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kinetamine.course import Course, compare
from kinetamine.errors import FieldError
from kinetamine.report.arms import run
from kinetamine.web.simulations.door import Tell, Values
from kinetamine.web.simulations.download import Download
from kinetamine.web.simulations.taking import Taking


class _Details(NamedTuple):
    """What is asked beside the course."""

    outputs: tuple[str, ...] = ()
    times_h: tuple[float, ...] = ()
    residual: bool = False


def export(given: Values, _tell: Tell) -> Download:
    """A file of one course, of the kind that ``format`` names.

    Raises:
        InputError: the course, or what is wanted of it, is not possible.
        MissingExtraError: SBML is wanted, and what writes it is not installed.
    """
    asked = Taking(given)
    wanted = FORMATS[asked.one_of("format", tuple(FORMATS), "report")]
    details = _Details(asked.names("outputs") or (), asked.numbers("times_h", ()), asked.flag("residual"))
    course = asked.course()
    if wanted is FORMATS["nonmem"] and "people" not in given:
        course = replace(course, people=0)  # as the command line: of many only if they are asked for
    return Download(f"{_file_name(course)}{wanted.suffix}", wanted.media_type, wanted.text(course, details))


def _file_name(course: Course) -> str:
    """The title as far as every system can have it as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "_", course.title.casefold()).strip("_")[:60] or "course"


def _report(course: Course, _details: _Details) -> str:
    from kinetamine.report.page import render  # noqa: PLC0415 - only for a report

    others = {name: one for name, one in compare(course).items() if name != course.pk_model.name}
    return render(run(course), course, others=others if course.doses else None)


def _csv(course: Course, _details: _Details) -> str:
    """Each series with its unit in its head, each line with what it is: a file is read far from its page."""
    trajectory = run(course)
    table = trajectory.to_pandas()
    ends = ("", "_p5", "_p95")
    heads = {one.name + end: f"{one.name}{end} ({one.unit})" for one in trajectory for end in ends}
    about = {"nature": table.attrs["nature"], "kinetamine": trajectory.version}
    if trajectory.seed is not None:
        about["seed"] = str(trajectory.seed)
    return str(table.rename(columns=heads).assign(**about).to_csv(index=False))


def _events(course: Course, _details: _Details) -> str:
    from kinetamine.engine.event_table import regimen_table, write_event_table  # noqa: PLC0415 - only for a table

    if course.regimen is None or not course.doses:
        raise FieldError("regimen", None, "doses of ketamine, for a table of them")
    return write_event_table({"1": regimen_table(course.regimen, course.person)})


def _nonmem(course: Course, details: _Details) -> str:
    from kinetamine.interop.nonmem import Wanted, to_nonmem  # noqa: PLC0415 - only for a table

    return to_nonmem({"": course}, Wanted(**details._asdict()))


def _sbml(course: Course, _details: _Details) -> str:
    from kinetamine.interop.sbml import to_sbml  # noqa: PLC0415 - needs an extra

    return to_sbml(replace(course, people=0))


class Format(NamedTuple):
    """One kind of file."""

    suffix: str
    media_type: str
    text: Callable[[Course, _Details], str]


FORMATS: Mapping[str, Format] = {
    "report": Format(".html", "text/html", _report),
    "csv": Format(".csv", "text/csv", _csv),
    "events": Format("_events.csv", "text/csv", _events),
    "nonmem": Format("_nonmem.csv", "text/csv", _nonmem),
    "sbml": Format(".xml", "application/sbml+xml", _sbml),
}
"""Every kind of file by name."""
