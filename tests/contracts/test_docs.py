"""Everything public is described: in the code by a docstring, and in docs/ by name."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

import kinetamine
from contracts.laws import hold
from kinetamine.report.card import card
from kinetamine.report.card.kinds import KINDS, every
from kinetamine.report.card.parts import Numbers

ROOT = Path(__file__).parents[2]
SOURCE = sorted((ROOT / "src").rglob("*.py"))
PAGES = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in page.parts]
Documented = ast.Module | ast.ClassDef | ast.FunctionDef


@pytest.mark.parametrize("path", SOURCE, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_everything_public_has_a_docstring(path: Path) -> None:
    hold(_bare(ast.parse(path.read_text(encoding="utf-8")), "the file"), path.name)


def _bare(node: Documented, name: str) -> Iterator[str]:
    if not ast.get_docstring(node):
        yield f"{name} has no docstring"
    for inner in node.body if not isinstance(node, ast.FunctionDef) else []:
        if isinstance(inner, ast.ClassDef | ast.FunctionDef) and not inner.name.startswith("_"):
            yield from _bare(inner, inner.name)


def test_a_bare_function_is_found() -> None:
    source = '"""A file."""\nclass A:\n    """A class."""\n    def b(self): ...\n    def _c(self): ...\n'
    assert list(_bare(ast.parse(source), "the file")) == ["b has no docstring"]


def test_there_is_a_reference() -> None:
    assert (ROOT / "docs" / "reference").is_dir() or (ROOT / "docs" / "reference.md").is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_the_reference_lists_every_kind(kind: str) -> None:
    assert f"\ngenerated/{kind}/index\n" in (ROOT / "docs" / "reference" / "index.md").read_text(encoding="utf-8")


def test_every_entry_has_a_page_with_each_number_and_its_source(tmp_path: Path) -> None:
    _write_cards(tmp_path)
    hold((law for kind, name in every() for law in _left_out(tmp_path, kind, name)), "the pages")


def _left_out(folder: Path, kind: str, name: str) -> Iterator[str]:
    listed = (folder / kind / "index.md").read_text(encoding="utf-8")
    if f"\n{name}\n" not in listed:
        yield f"{kind} does not list {name}"
    page = (folder / kind / f"{name}.md").read_text(encoding="utf-8").replace("\\", "")
    for row in (row for one in card(kind, name).sections if isinstance(one.part, Numbers) for row in one.part.rows):
        one = row.estimate
        told = (f"| `{row.name}` | {one.value:.6g}", f" | {one.unit} | ", one.provenance.value, one.where)
        if not all(part in page for part in told) or f"* `{one.source.key}`: " not in page:
            yield f"{kind}/{name} does not tell {row.name}"


def _write_cards(folder: Path) -> None:
    spec = importlib.util.spec_from_file_location("cards", ROOT / "docs" / "_ext" / "cards.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write(folder)


@pytest.mark.parametrize("name", [name for name in kinetamine.__all__ if not name.startswith("_")])
def test_every_public_name_is_in_the_docs(name: str) -> None:
    assert any(name in page.read_text(encoding="utf-8") for page in PAGES), f"{name} is on no page of docs/"


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "fits").glob("*.py")), ids=lambda path: path.stem)
def test_a_fit_says_what_it_fits(path: Path) -> None:
    hold(_bare(ast.parse(path.read_text(encoding="utf-8")), "the file"), path.name)


def test_every_fit_that_an_entry_names_is_there() -> None:
    library = (ROOT / "src" / "kinetamine" / "library").rglob("*.py")
    named = {
        word.strip("()\".,;:'")
        for path in library
        for word in path.read_text(encoding="utf-8").split()
        if "docs/fits/" in word
    }
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
