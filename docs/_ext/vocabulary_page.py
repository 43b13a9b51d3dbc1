"""The table of names, made from the law that checks them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

LAW = Path(__file__).resolve().parents[2] / "tests" / "contracts" / "vocabulary.py"


def write(folder: Path) -> None:
    """Write one table of stems and one of suffixes."""
    law = _law()
    rows = "\n".join(f"| `{stem}` | {meaning} | {_numbered(law, stem)} |" for stem, meaning in law.STEMS.items())
    (folder / "stems.md").write_text(f"| stem | meaning | numbered |\n| --- | --- | --- |\n{rows}\n", encoding="utf-8")
    suffixes = ", ".join(f"`{suffix}`" for suffix in law.SUFFIXES)
    (folder / "suffixes.md").write_text(suffixes + ".\n", encoding="utf-8")


def _numbered(law: ModuleType, stem: str) -> str:
    return f"`{stem}1`, `{stem}2` ..." if stem in law.NUMBERED else ""


def _law() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vocabulary", LAW)
    assert spec, LAW
    assert spec.loader, LAW
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
