"""kinetamine explain: one course in plain words, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinetamine.cli.flags import CourseFlags, PersonFlags, TableFlags
from kinetamine.cli.wiring import command
from kinetamine.errors import FieldError


@command
def explain(
    course: CourseFlags,
    person: PersonFlags,
    table: TableFlags,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A course (.toml) or a NONMEM event table (.csv).", show_default=False),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write it as one HTML page too.", metavar="FILE", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """Explain a course in plain words: what happens, how much, when, and how sure that is."""
    from kinetamine.cli.courses import read_courses
    from kinetamine.cli.files import Wanted, write_whole
    from kinetamine.cli.story import say_story
    from kinetamine.cli.terminal import print_json, progress, say_written
    from kinetamine.explanation import explain as tell

    courses = read_courses(file, person, course, table)
    if len(courses) > 1:
        raise FieldError("FILE", str(file), f"a table of one person, not of {len(courses)}")
    wanted = Wanted("--html", html).checked((".html",)) if html else None
    with progress(list(courses.values()), "Simulating") as only:
        (told,) = [tell(one) for one in only]
    if as_json:
        print_json(told.to_json())
    else:
        say_story(told)
    if wanted:
        from kinetamine.explanation.page import write_page

        path = write_whole(wanted, lambda part: write_page(told, part))
        if not as_json:
            say_written([path])
