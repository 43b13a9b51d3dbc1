"""Files that are there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_text(path: Path, text: str) -> Path:
    """One file, written beside its place and moved there when it is whole."""
    return write_texts(path.parent, {path.name: text})[0]


def write_texts(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Several files of one folder: none is moved to its place before all are written, and no empty folder is left."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _moved(folder, texts)
    except OSError:
        for one in missing:  # the innermost first; what somebody else has filled meanwhile stays
            with suppress(OSError):
                one.rmdir()
        raise


def _moved(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    beside = Path(tempfile.mkdtemp(dir=folder, prefix=".kinetamine-"))
    try:
        for name, text in texts.items():
            (beside / name).write_text(text, encoding="utf-8")
        return [(beside / name).replace(folder / name) for name in texts]
    finally:
        shutil.rmtree(beside, ignore_errors=True)
