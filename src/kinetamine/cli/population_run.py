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
from kinetamine.population.exposure_response import require_bins, require_filled
from kinetamine.population.folder import begun
from kinetamine.population.repeats import repeated, require_draws
from kinetamine.report.population_document import Found
from kinetamine.report.population_rows import exposure_rows, known_columns

if TYPE_CHECKING:
    from kinetamine.cli.flags import TableFlags, TreatmentFlags
    from kinetamine.cli.study_flags import RunFlags, StudyFlags, StudyOutputFlags
    from kinetamine.course import Course
    from kinetamine.population.findings import Findings
    from kinetamine.population.repeats import Repeats
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
        FieldError: a suffix is not known, a place cannot be written to, or two are the same.
    """
    kinds = (
        ("--figure", flags.figure, PICTURES, _figure),
        ("--csv", flags.csv, (".csv",), _bands),
        ("--endpoints", flags.endpoints, (".parquet", ".csv"), _endpoints),
    )
    found = [File(Wanted(flag, path).checked(suffixes), how) for flag, path, suffixes, how in kinds if path]
    _require_different([one.wanted for one in found])
    return found


def _require_different(files: Sequence[Wanted]) -> None:
    """Refuse one file for two things: the second would take the place of the first."""
    places = [one.path.resolve() for one in files]
    for one, place in zip(files, places, strict=True):
        if places.count(place) > 1:
            raise FieldError(one.flag, str(one.path), "a file of its own, as another is to be written to the same")


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
        KeyboardInterrupt: stopped before anybody was simulated, now or in the folder.
    """
    pairs = _pairs(study, who)
    require_draws(who.draws)
    with others or nullcontext() as workers, _bar("people", study.people) as told:
        findings = conduct(study, folder=how.folder, workers=workers, threads=how.threads, progress=told)
    if not findings.simulated:
        raise KeyboardInterrupt
    enough = findings.simulated >= who.bins  # fewer only where it was stopped early
    binned = tuple((one, other, exposure_rows(findings, one, other, who.bins)) for one, other in pairs if enough)
    return Found(findings, _repeats(findings, who.draws, how.threads), binned)


def _pairs(study: Study, who: StudyFlags) -> list[tuple[str, str]]:
    """Exposure and response of each table, once it is clear that there will be one."""
    pairs = who.pairs(known_columns(study))
    require_bins(who.bins)
    if pairs:
        require_filled(study, who.bins)
    return pairs


def _repeats(findings: Findings, draws: int, threads: int) -> Repeats | None:
    """The draws of the numbers; None where there are none, or not all of them."""
    if not draws or not findings.complete:
        return None
    try:
        with _bar("draws of the numbers", draws) as told:
            return repeated(findings, draws, threads=threads, progress=told)
    except KeyboardInterrupt:  # everybody is simulated: that is shown
        return None


def stopped(found: Found, who: StudyFlags) -> bool:
    """Whether somebody stopped it before all was done."""
    return not found.findings.complete or (found.repeats is None and bool(who.draws))


def say_stopped(findings: Findings | None, folder: Path | None) -> None:
    """That it was stopped, on stderr, and how to go on."""
    kept = folder is not None and begun(folder)
    if findings is None:
        done = f"before anybody {'else ' if kept else ''}was simulated"
    elif findings.complete:
        done = "before the draws of the numbers were done"
    else:
        done = f"{findings.drawn} of {findings.study.people} people"
    again = f"; the same command goes on from {folder}" if kept else ""
    say_notes([f"stopped from the keyboard: {done}{again}"])


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
