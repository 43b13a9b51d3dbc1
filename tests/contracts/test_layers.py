"""Who may import whom: the contracts in pyproject.toml, held."""

from __future__ import annotations

from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
UPSIDE_DOWN = """
[importlinter]
root_package = upside_down
[importlinter:contract:layers]
name = Arrows point down
type = layers
layers =
    upside_down.high
    upside_down.low
"""


def test_imports_follow_the_contracts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT / "src"))
    assert lint_imports("pyproject.toml", no_cache=True) == 0


def test_an_arrow_that_points_up_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "upside_down"
    package.mkdir()
    for name, content in {"__init__": "", "high": "", "low": "import upside_down.high"}.items():
        (package / f"{name}.py").write_text(content)
    (tmp_path / "contracts.ini").write_text(UPSIDE_DOWN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lint_imports("contracts.ini", no_cache=True) == 1
