"""Compiled code kept from one run to the next, in a folder that only its owner can read or write.

Code read here is run, so a folder or file that anybody else could have written is left alone.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path


def folder() -> Path:
    """Where compiled code is kept: KINETAMINE_CACHE, or the place the system has for such files."""
    if given := os.environ.get("KINETAMINE_CACHE"):
        return Path(given) / "vector"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "kinetamine" / "vector"


def read(key: str) -> bytes | None:
    """The code of that key, if it is there and is ours."""
    path = folder() / key
    try:
        return path.read_bytes() if _ours(path.parent) and _ours(path) else None
    except OSError:
        return None


def write(key: str, code: bytes) -> None:
    """Keep code; a folder that cannot be written, or is not ours alone, is no error: it is compiled again."""
    place = folder()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(place):
            return
        with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:  # made for the owner only
            file.write(code)
        Path(file.name).replace(place / key)
    except OSError:
        return


def _ours(path: Path) -> bool:
    if os.name != "posix":
        return True  # the local application folder of Windows belongs to its user
    found = path.stat()
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
