"""What ``population`` does between its flags and its words: the study, its progress, and its files."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kinetamine.cli.courses import read_courses
from kinetamine.cli.files import Wanted, write_whole
from kinetamine.cli.flags import PersonFlags
from kinetamine.cli.study_flags import PICTURES
from kinetamine.cli.terminal import err, say_notes
from kinetamine.errors import FieldError
from kinetamine.population.conduct import conduct
from kinetamine.population.exposure_response import FEWEST, MOST
from kinetamine.population.repeats import repeated
from kinetamine.population.streams import require_whole
from kinetamine.report.population_document import Found
from kinetamine.report.population_rows import exposure_rows, known_columns

if TYPE_CHECKING:
    from kinetamine.cli.flags import TableFlags, TreatmentFlags
    from kinetamine.cli.study_flags import RunFlags, StudyFlags, StudyOutputFlags
    from kinetamine.course import Course
    from kinetamine.population.findings import Findings
    from kinetamine.population.study import Study
    from kinetamine.population.workers import Workers


@dataclass(frozen=True)
class File:
    """One file to write, and how."""

    wanted: Wanted
    how: Callable[[Found, Path], object]

    def write(self, found: Found) -> Path:
        """Write it, whole or not at all.

        Raises:
            FieldError: the disk refuses.
        """
        return write_whole(self.wanted, lambda part: self.how(found, part))


def wanted_files(flags: StudyOutputFlags) -> list[File]:
    """Every file that is asked for, checked before the work.

    Raises:
        FieldError: a suffix is not known, or a place cannot be written to.
    """
    kinds = (
        ("--figure", flags.figure, PICTURES, _figure),
        ("--csv", flags.csv, (".csv",), _bands),
        ("--endpoints", flags.endpoints, (".parquet", ".csv"), _endpoints),
    )
    return [File(Wanted(flag, path).checked(suffixes), how) for flag, path, suffixes, how in kinds if path]


def load_ahead(files: Sequence[File]) -> None:
    """Load what pictures are drawn with while people are simulated, for whom this thread only waits."""
    if any(one.how is _figure for one in files):
        Thread(target=import_module, args=("matplotlib.backends.backend_agg",)).start()


def one_course(file: Path | None, course: TreatmentFlags, table: TableFlags) -> Course:
    """The course that everybody is given.

    Raises:
        InputError: as ``simulate``; or a table of several people, each with doses of their own.
    """
    found = read_courses(file, PersonFlags(), course, table)
    if len(found) > 1:
        raise FieldError("event table", f"{len(found)} people", "the doses of one person, which everybody is given")
    return next(iter(found.values()))


def done(study: Study, who: StudyFlags, how: RunFlags, others: Workers | None) -> Found:
    """Conduct the study, the draws of the numbers, and the tables of exposure and response.

    Raises:
        InputError: in one sentence, before the work where that is possible.
        KeyboardInterrupt: stopped before anybody was simulated.
    """
    pairs = who.pairs(known_columns(study))
    require_whole("bins", who.bins, FEWEST, MOST)
    require_whole("draws", who.draws, 0)
    with others or nullcontext() as workers, _bar("people", study.people) as told:
        findings = conduct(study, folder=how.folder, workers=workers, threads=how.threads, progress=told)
    if not findings.simulated:
        raise KeyboardInterrupt
    repeats = None
    if who.draws and findings.complete:
        with _bar("draws of the numbers", who.draws) as told:
            repeats = repeated(study, who.draws, threads=how.threads, progress=told)
    binned = tuple((one, other, exposure_rows(findings, one, other, who.bins)) for one, other in pairs)
    return Found(findings, repeats, binned)


def say_stopped(findings: Findings | None, folder: Path | None) -> None:
    """That it was stopped, on stderr, and how to go on."""
    drawn = f"{findings.drawn} of {findings.study.people} people" if findings else "before anybody was simulated"
    again = f"; the same command goes on from {folder}" if folder and findings else ""
    say_notes([f"stopped from the keyboard: {drawn}{again}"])


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr with rate and time left, while someone watches it."""
    console = err()
    if not console.is_terminal:
        yield lambda _done: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} {task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total, rate="")
        since: list[tuple[float, int]] = []  # what a folder held already was not done now

        def told(count: int) -> None:
            since.append((time.monotonic(), count))
            (begin, before), (now, done) = since[0], since[-1]
            speed = (done - before) / max(now - begin, 1e-3)
            bar.update(task, completed=count, rate=f"{speed:,.0f}/s" if speed >= 1.0 else "")

        yield told


def _figure(found: Found, path: Path) -> None:
    from kinetamine.report.population import write_population

    write_population(found.findings, path)


def _bands(found: Found, path: Path) -> None:
    from kinetamine.report.population_files import bands_table

    bands_table(found.findings).to_csv(path, index=False)


def _endpoints(found: Found, path: Path) -> None:
    from kinetamine.report.population_files import write_endpoints

    write_endpoints(found.findings, path)
