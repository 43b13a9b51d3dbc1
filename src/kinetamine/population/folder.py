"""A study on disk: finished pieces of work, each there whole or not at all, so that it can be stopped and taken up."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import kinetamine
from kinetamine.engine.vector.sketch import Edges, Sketch
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.endpoints import columns
from kinetamine.population.lot import Lot
from kinetamine.population.study import Study

_MANIFEST = "study.json"
_TABLE, _COUNTS = ".parquet", ".npz"
_RANGE = "people_{first:09d}_{last:09d}"


@dataclass(frozen=True)
class Folder:
    """Where one study is kept: ``study.json``, and of each piece a table (Parquet) and counts (NumPy)."""

    path: Path
    study: Study

    @classmethod
    def opened(cls, path: Path, study: Study) -> Folder:
        """The folder of a study, made if it is not there.

        Raises:
            FieldError: it holds another study, or it cannot be made or written.
        """
        manifest, own = path / _MANIFEST, describe(study)
        try:
            path.mkdir(parents=True, exist_ok=True)
            if not manifest.exists():
                if any(path.iterdir()):
                    raise FieldError("folder", str(path), "an empty folder, or one that holds this study")
                _write(manifest, json.dumps(own, indent=1, ensure_ascii=False).encode())
            found = json.loads(manifest.read_text(encoding="utf-8"))
        except OSError as error:
            raise _unwritable(path, error) from error
        except ValueError as error:
            raise FieldError("folder", str(manifest), f"the description of a study ({error})") from error
        if found.get("key") != own["key"]:
            expected = "this study, with the same people, seed, course and version of the software"
            raise FieldError("folder", f"{path} with another study", expected)
        return cls(path, study)

    def keep(self, lot: Lot) -> None:
        """Write a piece: the counts last, so that a piece without them is not finished.

        Raises:
            FieldError: there is no room, or no permission; what was written before stays.
        """
        import pyarrow as pa  # noqa: PLC0415 - only for those who keep a study
        from pyarrow import parquet  # noqa: PLC0415 - as above

        name = _RANGE.format(first=lot.first, last=lot.first + lot.count - 1)
        part = self.path / f"{name}.part"
        try:
            parquet.write_table(pa.table(lot.table), part)
            part.replace(self.path / (name + _TABLE))
            with part.open("wb") as file:
                np.savez_compressed(file, allow_pickle=False, **lot.sketch.arrays())
            part.replace(self.path / (name + _COUNTS))
        except OSError as error:
            part.unlink(missing_ok=True)
            raise _unwritable(self.path, error) from error

    def lots(self, edges: Edges) -> Iterator[Lot]:
        """The finished pieces, their tables left on disk.

        Raises:
            FieldError: a file is damaged.
        """
        for path in sorted(self.path.glob("people_*" + _COUNTS)):
            first, last = (int(word) for word in path.stem.split("_")[1:])
            try:
                with np.load(path, allow_pickle=False) as arrays:
                    sketch = Sketch.of_arrays(dict(arrays))
                rows = np.empty(self._rows(path.with_suffix(_TABLE)))
            except (OSError, ValueError, KeyError) as error:
                expected = f"a whole file ({error}); delete it to do its people again"
                raise FieldError("folder", str(path), expected) from error
            if not sketch.edges.same(edges):
                raise FieldError("folder", str(path), "counts of this study; delete it to do its people again")
            yield Lot(first, last - first + 1, sketch, {"person": rows})

    def column(self, name: str) -> np.ndarray:
        """One column of the endpoints of everybody, in the order of their numbers.

        Raises:
            UnknownNameError: there is no such column.
        """
        from pyarrow import parquet  # noqa: PLC0415 - as above

        found = []
        for path in sorted(self.path.glob("people_*" + _COUNTS)):
            file = parquet.ParquetFile(path.with_suffix(_TABLE))
            if name not in file.schema_arrow.names and file.metadata.num_rows:
                raise UnknownNameError("column", name, file.schema_arrow.names)
            if file.metadata.num_rows:
                found.append(file.read([name]).column(0).to_numpy())
        return np.concatenate(found) if found else np.empty(0)

    @staticmethod
    def _rows(path: Path) -> int:
        from pyarrow import parquet  # noqa: PLC0415 - as above

        return int(parquet.ParquetFile(path).metadata.num_rows)


def describe(study: Study) -> dict[str, object]:
    """What a study asks for, the key that tells it from others, and what its columns mean."""
    return {
        "nature": "model prediction, not a measurement",
        "source": f"kinetamine {kinetamine.__version__}",
        "key": study.key,
        "asked": study.asked,
        "columns": columns(study),
    }


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _unwritable(path: Path, error: OSError) -> FieldError:
    return FieldError("folder", str(path), f"a folder that can be written ({error.strerror or error})")
