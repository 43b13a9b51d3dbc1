"""Machine output: one JSON document with units, sources and warnings beside the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kinetamine.cli.files import Wanted, write_all
from kinetamine.cli.terminal import print_json, progress
from kinetamine.engine.table_cells import about
from kinetamine.report.arms import run
from kinetamine.report.document import document

if TYPE_CHECKING:
    from kinetamine.cli.flags import OutputFlags
    from kinetamine.course import Course


def print_courses(courses: Mapping[str, Course], files: Sequence[Wanted], flags: OutputFlags) -> None:
    """Simulate every course, write its files, and print one document (a list of them where there are several)."""
    documents = []
    with progress(list(courses), "Simulating") as identities:
        for identity in identities:
            course, whose = courses[identity], identity if len(courses) > 1 else ""
            with about(whose):
                trajectory = run(course)
                written = write_all(files, flags, trajectory, course, whose)
            documents.append(document(course, trajectory, identity) | {"files": [str(path) for path in written]})
    print_json(documents[0] if len(documents) == 1 else documents)
