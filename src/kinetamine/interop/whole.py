"""Files that are there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_text(path: Path, text: str) -> Path:
    """One file, written beside its place and moved there when it is whole."""
    return write_texts(path.parent, {path.name: text})[0]


def write_texts(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Several files of one folder: none is moved to its place before all are written."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder, prefix=".kinetamine-"))
    try:
        for name, text in texts.items():
            (beside / name).write_text(text, encoding="utf-8")
        return [(beside / name).replace(folder / name) for name in texts]
    finally:
        shutil.rmtree(beside, ignore_errors=True)
