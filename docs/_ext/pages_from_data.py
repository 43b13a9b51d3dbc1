"""Pages and pictures made from the library and its validation, so that they cannot fall behind it.

Before Sphinx reads anything, ``reference/generated/`` is filled with a card for every entry of the library, the
table that ``kinetamine validate`` prints and predicted-versus-observed pictures. Nothing in that folder is kept.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cards
import docstrings
import validation_pages
import vocabulary_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def make_pages(app: Sphinx) -> None:
    """Fill the folder anew; files whose text is the same keep their time, so that Sphinx need not read them again."""
    folder = Path(app.srcdir) / "reference" / "generated"
    fresh = Path(app.srcdir) / "_build" / "generated"
    shutil.rmtree(fresh, ignore_errors=True)
    cards.write(fresh)
    cards.write_chain(fresh / "parts")
    validation_pages.write(fresh / "parts")
    vocabulary_page.write(fresh / "parts")
    for old in sorted(folder.rglob("*"), reverse=True) if folder.exists() else []:
        new = fresh / old.relative_to(folder)
        if old.is_file() and new.is_file() and old.read_bytes() == new.read_bytes():
            shutil.copystat(old, new)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    fresh.rename(folder)


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("builder-inited", make_pages)
    app.connect("autodoc-process-docstring", docstrings.as_restructured_text, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
