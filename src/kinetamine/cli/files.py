"""Files a command writes: checked before any work, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kinetamine.errors import FieldError, nearest

if TYPE_CHECKING:
    from kinetamine.cli.flags import OutputFlags
    from kinetamine.course import Course
    from kinetamine.engine.trajectory import Trajectory

_TABLES = {"csv": ".csv", "parquet": ".parquet", "netcdf": ".nc"}
_REPORTS = (".html",)


@dataclass(frozen=True)
class Wanted:
    """One file to write and the flag that asked for it."""

    flag: str
    path: Path

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
    found = [Wanted("--report", flags.report)] if flags.report else []
    for name, suffix in _TABLES.items():
        path: Path | None = getattr(flags, name)
        if path is not None:
            _require_suffix(f"--{name}", path, (suffix,))
            found.append(Wanted(f"--{name}", path))
    for path in flags.out or []:
        _require_suffix("--out", path, (*_REPORTS, *_TABLES.values()))
        found.append(Wanted("--out", path))
    for one in found:
        require_writable(one.flag, one.path)
    if flags.figures:
        require_writable("--figures", flags.figures, folder=True)
    return found


def require_writable(flag: str, path: Path, *, folder: bool = False) -> None:
    """Refuse a path that could not be written later.

    Raises:
        FieldError: it names the flag and what is in the way.
    """
    if not folder and path.is_dir():
        raise FieldError(flag, str(path), "a file, not a folder")
    place = path if folder else path.parent
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise FieldError(flag, str(path), f"a path in a folder ({place} is a file)")
    if not os.access(place, os.W_OK | os.X_OK):
        raise FieldError(flag, str(path), f"a path that can be written to ({place} cannot)")


def write(wanted: Wanted, trajectory: Trajectory, course: Course) -> Path:
    """Write one file by its suffix.

    Raises:
        FieldError: the disk refuses.
    """
    if wanted.flag == "--report" or wanted.path.suffix in _REPORTS:
        from kinetamine.report.page import write_report

        return write_whole(wanted, lambda part: write_report(trajectory, course, part))
    return write_whole(wanted, trajectory.write)


def write_whole(wanted: Wanted, write_to: Callable[[Path], object]) -> Path:
    """Have a file written beside its place and moved there when it is whole.

    Raises:
        FieldError: the disk refuses; nothing is left behind.
    """
    with _refusals(wanted.flag, wanted.path):
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
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


def _require_suffix(flag: str, path: Path, suffixes: tuple[str, ...]) -> None:
    if path.suffix not in suffixes:
        expected = "a file name that ends in " + " or ".join(suffixes)
        raise FieldError(flag, str(path), expected, nearest(path.suffix, suffixes) if path.suffix else None)
