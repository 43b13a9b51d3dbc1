"""Files a command writes: checked before any work, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kinetamine.errors import FieldError, nearest

if TYPE_CHECKING:
    from kinetamine.cli.flags import OutputFlags
    from kinetamine.course import Course
    from kinetamine.engine.trajectory import Trajectory

_TABLES = {"csv": ".csv", "parquet": ".parquet", "netcdf": ".nc"}
_REPORTS = (".html",)
PICTURES = (".html", ".png", ".pdf", ".svg")
"""Suffixes of a picture that compares models."""


@dataclass(frozen=True)
class Wanted:
    """One file to write and the flag that asked for it."""

    flag: str
    path: Path

    def checked(self, suffixes: tuple[str, ...] = ()) -> Wanted:
        """The same, once its suffix is known and its place looks as if it could be written to.

        Raises:
            FieldError: it names the flag and what is in the way.
        """
        if suffixes and self.path.suffix not in suffixes:
            expected = "a file name that ends in " + " or ".join(suffixes)
            likely = nearest(self.path.suffix, suffixes) if self.path.suffix else None
            raise FieldError(self.flag, str(self.path), expected, likely)
        _require_writable(self.flag, self.path)
        return self

    def for_person(self, identity: str) -> Wanted:
        """The same for one of several people: the identity goes into the name."""
        if not identity:
            return self
        safe = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in identity)
        name = f"{self.path.stem}_{safe}{self.path.suffix}" if self.path.suffix else f"{self.path.name}_{safe}"
        return Wanted(self.flag, self.path.with_name(name))


def wanted_files(flags: OutputFlags) -> list[Wanted]:
    """Every file that the flags ask for, checked as far as that goes before there is anything to write.

    Raises:
        FieldError: a suffix is not known, or a place cannot be written to.
    """
    found = [Wanted("--report", flags.report).checked(_REPORTS)] if flags.report else []
    for name, suffix in _TABLES.items():
        path: Path | None = getattr(flags, name)
        if path is not None:
            found.append(Wanted(f"--{name}", path).checked((suffix,)))
    found += [Wanted("--out", path).checked((*_REPORTS, *_TABLES.values())) for path in flags.out or []]
    if flags.figures:
        _require_writable("--figures", flags.figures, folder=True)
    return found


def _require_writable(flag: str, path: Path, *, folder: bool = False) -> None:
    if not folder and path.is_dir():
        raise FieldError(flag, str(path), "a file, not a folder")
    place = path if folder else path.parent
    while not place.exists() and place != place.parent:
        place = place.parent
    if not folder and path.exists() and not path.is_file():
        raise FieldError(flag, str(path), "an ordinary file")
    if not place.is_dir():
        raise FieldError(flag, str(path), f"a path in a folder ({place} is a file)")
    if not os.access(place, os.W_OK | os.X_OK):
        raise FieldError(flag, str(path), f"a path that can be written to ({place} cannot)")


def _write(wanted: Wanted, trajectory: Trajectory, course: Course, *, beside: bool) -> Path:
    if wanted.path.suffix not in _REPORTS:
        return write_whole(wanted, trajectory.write)
    from kinetamine.course import compare
    from kinetamine.report.page import write_report

    many = beside and bool(course.doses)
    others = {name: one for name, one in compare(course).items() if name != course.pk_model.name} if many else None
    return write_whole(wanted, lambda part: write_report(trajectory, course, part, others=others))


def write_whole(wanted: Wanted, write_to: Callable[[Path], object]) -> Path:
    """Have a file written beside its place and moved there when it is whole.

    Raises:
        FieldError: the disk refuses; nothing is left behind.
    """
    with _refusals(wanted.flag, wanted.path), _made(wanted.path.parent):
        folder = Path(tempfile.mkdtemp(dir=wanted.path.parent, prefix=".kinetamine-"))
        try:
            part = folder / wanted.path.name
            write_to(part)
            part.replace(wanted.path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return wanted.path


@contextmanager
def _refusals(flag: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FieldError(flag, str(path), f"a path that can be written to ({error.strerror or error})") from error


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder and those above it; where the writing fails, what was made goes again."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        if missing:
            shutil.rmtree(missing[-1], ignore_errors=True)
        raise


def write_all(
    files: Sequence[Wanted], flags: OutputFlags, trajectory: Trajectory, course: Course, identity: str
) -> list[Path]:
    """Write every file and every figure of one course.

    Raises:
        FieldError: the disk refuses.
    """
    written = [_write(one.for_person(identity), trajectory, course, beside=flags.compare) for one in files]
    if flags.figures:
        from kinetamine.report.static import write_figures

        folder = Wanted("--figures", flags.figures).for_person(identity)
        with _refusals(folder.flag, folder.path), _made(folder.path):
            written += write_figures(trajectory, folder.path, flags.picture)
    return written


def write_comparison(wanted: Wanted, found: Mapping[str, Trajectory], course: Course) -> Path:
    """Write the picture of a comparison, or a report of the first model with the others beside it, by its suffix.

    Raises:
        FieldError: the disk refuses.
    """
    if wanted.path.suffix in _REPORTS:
        from kinetamine.report.page import write_report

        (name, first), *others = found.items()
        course = replace(course, model=name, effects=(), outcomes=(), people=0)
        return write_whole(wanted, lambda part: write_report(first, course, part, others=dict(others)))
    from kinetamine.report.static import write_comparison as draw

    return write_whole(wanted, lambda part: draw(found, part))
