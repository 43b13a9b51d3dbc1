"""A study on disk: finished pieces of work, each there whole or not at all, so that it can be stopped and taken up."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from zipfile import BadZipFile

import numpy as np

import kinetamine
from kinetamine.engine.vector.sketch import Edges, Sketch
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.endpoints import PERSON, columns
from kinetamine.population.lot import Lot
from kinetamine.population.study import Study

_MANIFEST, _FINDINGS = "study.json", "findings.json"
_TABLE, _COUNTS, _PART = ".parquet", ".npz", ".part"
_PIECE = "people_{first:09d}_{last:09d}"


@dataclass(frozen=True)
class Folder:
    """Where one study is kept, by one run at a time: as a context nobody else's.

    ``study.json`` says what is asked for. Of each piece there is a table (Parquet) and then counts (NumPy): a piece
    without counts is not finished. ``findings.json`` says how it ended.
    """

    path: Path
    study: Study
    _held: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    @classmethod
    def at(cls, path: Path, study: Study) -> Folder:
        """The folder of a study; nothing is written.

        Raises:
            FieldError: it holds something else, or it cannot be made or written.
        """
        folder = cls(Path(path), study)
        try:
            folder._require_own()
        except OSError as error:
            raise _unusable(folder.path, error) from error
        return folder

    def __enter__(self) -> Self:
        """Take the folder, if it is there already.

        Raises:
            FieldError: another run is using it, or it cannot be written.
        """
        try:
            if (self.path / _MANIFEST).exists():
                self._take()
        except OSError as error:
            raise _unusable(self.path, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave it to others."""
        while self._held:
            os.close(self._held.pop())

    def begin(self) -> None:
        """Make the folder, say in it what the study asks for, and throw away what was not finished.

        Raises:
            FieldError: another run is using it, or it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if not (self.path / _MANIFEST).exists():
                self._write(_MANIFEST, describe(self.study))
            self._take()
            finished = self._finished()
            if sum(count for _, count in map(_people, finished)) < self.study.people:
                (self.path / _FINDINGS).unlink(missing_ok=True)  # how it ended before is not how it ends
            for path in self.path.iterdir():
                if path.suffix == _PART or (path.suffix == _TABLE and path.stem not in finished):
                    path.unlink()
        except OSError as error:
            raise _unusable(self.path, error) from error

    def keep(self, lot: Lot) -> None:
        """Write a piece: the counts last, so that a piece without them is not finished.

        Raises:
            FieldError: there is no room, or no permission; what was written before stays.
        """
        import pyarrow as pa  # noqa: PLC0415 - only for those who keep a study
        from pyarrow import parquet  # noqa: PLC0415 - as above

        name = _PIECE.format(first=lot.first, last=lot.first + lot.count - 1)
        part = self.path / f"{name}{_PART}"
        try:
            if lot.table:
                with part.open("wb") as file:
                    parquet.write_table(pa.table(lot.table), file)
                    _to_disk(file)
                part.replace(self.path / (name + _TABLE))
            with part.open("wb") as file:
                np.savez_compressed(file, allow_pickle=False, **_narrow(lot.sketch.arrays()))
                _to_disk(file)
            part.replace(self.path / (name + _COUNTS))
        except OSError as error:
            part.unlink(missing_ok=True)
            raise _unusable(self.path, error) from error

    def end(self, metadata: Mapping[str, object]) -> None:
        """Write how it ended.

        Raises:
            FieldError: there is no room, or no permission.
        """
        try:
            self._write(_FINDINGS, metadata)
        except OSError as error:
            raise _unusable(self.path, error) from error

    def edges(self) -> Edges | None:
        """The bins that the finished pieces have; None where there is no piece yet."""
        return next((self._lot(name).sketch.edges for name in self._finished()), None)

    def lots(self) -> Iterator[Lot]:
        """The finished pieces; of their tables only the people's numbers.

        Raises:
            FieldError: a file is damaged.
        """
        return map(self._lot, self._finished())

    def column(self, name: str, among: Sequence[tuple[int, int]]) -> np.ndarray:
        """One column of the endpoints, in the order of the people's numbers.

        Args:
            among: first person and number of people of the pieces wanted.

        Raises:
            UnknownNameError: there is no such column.
        """
        from pyarrow import parquet  # noqa: PLC0415 - as above

        found = []
        for first, count in sorted(among):
            path = self.path / (_PIECE.format(first=first, last=first + count - 1) + _TABLE)
            if not path.exists():  # of this piece nobody was simulated
                continue
            known = parquet.read_schema(path).names
            if name not in known:
                raise UnknownNameError("column", name, known)
            found.append(parquet.read_table(path, columns=[name], partitioning=None).column(0).to_numpy())
        return np.concatenate(found) if found else np.empty(0)

    def _take(self) -> None:
        """Lock the description; the system unlocks it when the process ends, however that is."""
        try:
            import fcntl  # noqa: PLC0415 - Windows has none, and no run is refused there
        except ImportError:
            return
        if self._held:
            return
        handle = os.open(self.path / _MANIFEST, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise FieldError("folder", f"{self.path}: another run is using it", "a folder to itself") from error
        except OSError:  # a disk without locks: no run is refused there either
            pass
        self._held.append(handle)

    def _require_own(self) -> None:
        """Refuse a folder that is not this study's, or that nobody could write."""
        if not self.path.exists():
            above = next(one for one in self.path.absolute().parents if one.exists())
            _require_writable(above)
            return
        _require_writable(self.path)
        manifest = self.path / _MANIFEST
        if not manifest.exists():
            if any(one.suffix != _PART for one in self.path.iterdir()):
                raise FieldError("folder", str(self.path), "an empty folder, or one that holds this study")
            return
        try:
            found = json.loads(manifest.read_text(encoding="utf-8"))["key"]
        except (ValueError, KeyError, TypeError) as error:
            raise FieldError("folder", str(manifest), f"the description of a study ({error})") from error
        if found != self.study.key:
            expected = "this study, with the same people, seed, course and version of the software"
            raise FieldError("folder", f"{self.path} with another study", expected)

    def _finished(self) -> list[str]:
        return sorted(path.stem for path in self.path.glob(f"people_*{_COUNTS}"))

    def _lot(self, name: str) -> Lot:
        path = self.path / (name + _COUNTS)
        try:
            first, count = _people(name)
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                sketch = Sketch.of_arrays(_wide(arrays))
            numbers = self.column(PERSON, [(first, count)])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            expected = f"a whole file ({error}); delete it to do its people again"
            raise FieldError("folder", str(path), expected) from error
        if len(numbers) != sketch.people + sketch.lost:
            raise FieldError("folder", str(path), "counts of the people in its table; delete it to do them again")
        return Lot(first, count, sketch, {PERSON: numbers})

    def _write(self, name: str, content: Mapping[str, object]) -> None:
        part = self.path / (name + _PART)
        try:
            with part.open("w", encoding="utf-8") as file:
                json.dump(content, file, indent=1, ensure_ascii=False)
                _to_disk(file)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        part.replace(self.path / name)


def begun(path: Path) -> bool:
    """Whether a finished piece of a study is kept there."""
    return any(path.glob(f"people_*{_COUNTS}"))


def describe(study: Study) -> dict[str, object]:
    """What a study asks for, the key that tells it from others, and what its columns mean."""
    return {
        "nature": "model prediction, not a measurement",
        "source": f"kinetamine {kinetamine.__version__}",
        "key": study.key,
        "asked": study.asked,
        "columns": columns(study),
    }


def _people(name: str) -> tuple[int, int]:
    """First person and number of people of a piece."""
    first, last = (int(word) for word in name.split("_")[1:])
    return first, last - first + 1


def _to_disk(file: IO[Any]) -> None:
    """A power cut after this finds the file whole."""
    file.flush()
    os.fsync(file.fileno())


def _narrow(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Counts in as few bytes as they need: half of the time to write a piece."""
    counts = arrays["counts"]
    return {**arrays, "counts": counts.astype(np.min_scalar_type(counts.max(initial=0)))}


def _wide(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {**arrays, "counts": arrays["counts"].astype(np.int64)}


def _require_writable(path: Path) -> None:
    if not path.is_dir():
        raise FieldError("folder", str(path), "a folder, not a file")
    if not os.access(path, os.W_OK | os.X_OK):
        raise FieldError("folder", str(path), "a folder that can be written (Permission denied)")


def _unusable(path: Path, error: OSError) -> FieldError:
    return FieldError("folder", str(path), f"a folder that can be written ({error.strerror or error})")
