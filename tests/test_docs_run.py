"""What the documentation says is what happens: every block of code runs, and printed output is compared.

On each page, in order:

* a ``python`` block runs, in one namespace for the page;
* a ``console`` block runs each ``$ kinetamine ...`` line (and ``$ make demo``) through the program itself; a refusal is
  accepted only where the page shows what was printed;
* a ``{code-block}`` with a ``:caption:`` is a file: one of the library or the commands is put in place,
  a test is run, anything else is written to the folder that the page works in;
* a ``text`` block after ``<!-- output -->`` must be what the block before it printed. ``from "words"`` starts at the
  line that holds them, ``first 9`` stops after so many lines. Spaces do not count, and numbers may differ by 2 %.

``KINETAMINE_DOCS=write python -m pytest tests/test_docs_run.py`` writes what was printed into the pages.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kinetamine import catalogue, trials, validation
from kinetamine.cli.main import app
from kinetamine.clinic.web.settings import ServeSettings
from kinetamine.course import DEFAULT_EFFECTS, DEFAULT_MODELS, DEFAULT_OUTCOMES, FALLBACK_MODEL
from kinetamine.engine.person import Person
from kinetamine.web.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCS = ROOT / "docs"
NOT_PAGES = ("_build", "generated", "fits")
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted(DOCS.rglob("*.md")) if not set(page.relative_to(DOCS).parts) & set(NOT_PAGES)),
]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
WRITE = os.environ.get("KINETAMINE_DOCS") == "write"
FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=ticks)[ ]*$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r'<!-- output(?: from "(?P<start>[^"]+)")?(?: first (?P<lines>\d+))? -->\s*$')
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[-+]?\d+)?")
LEFT_OUT = "..."
WIDTH = 100


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, what is in it, and where."""

    language: str
    body: str
    caption: str
    mark: re.Match[str] | None
    start: int
    end: int


def _blocks(text: str) -> Iterator[Block]:
    for found in FENCE.finditer(text):
        info, lines = found["info"].strip(), found["body"].splitlines(keepends=True)
        options = [line for line in lines if re.match(r":[\w-]+:", line)] if info.startswith("{code-block}") else []
        caption = next((line.split(":", 2)[2].strip() for line in options if line.startswith(":caption:")), "")
        body = "".join(lines[len(options) :]).lstrip("\n")
        yield Block(
            language=info.removeprefix("{code-block}").strip(),
            body=body,
            caption=caption,
            mark=MARK.search(text[: found.start()].rstrip()),
            start=found.start("body"),
            end=found.end("body"),
        )


@dataclass
class _Page:
    """A page while it runs: its names, what the last block printed, and what to undo."""

    folder: Path
    undo: contextlib.ExitStack
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})
    printed: str = ""

    def run(self, block: Block, *, is_shown: bool) -> None:
        """Run a block, or put its file in place; ``is_shown``: the page prints what it said."""
        if block.caption:
            self._place(block)
        elif block.language == "python":
            self.printed = self._execute(block.body, self.names)
        elif block.language == "console":
            self.printed = "".join(_command(line, may_refuse=is_shown) for line in _commands(block.body))

    def _place(self, block: Block) -> None:
        path = Path(block.caption)
        if path.parts[0] == "tests":
            names: dict[str, Any] = {"__name__": path.stem}
            self._execute(block.body, names)
            for test in [value for name, value in names.items() if name.startswith("test_")]:
                test()
        elif path.parts[0] == "src":
            self._import(path, block.body)
        else:
            (self.folder / path).write_text(block.body, encoding="utf-8")

    def _import(self, path: Path, body: str) -> None:
        """Make a file part of its package, as if it lay there."""
        package = importlib.import_module(".".join(path.parts[1:-1]))
        place = self.folder / path.parent
        place.mkdir(parents=True, exist_ok=True)
        (place / path.name).write_text(body, encoding="utf-8")
        package.__path__.append(str(place))
        self.undo.callback(_forget, package, path.stem, str(place))
        _forget_names()

    @staticmethod
    def _execute(code: str, names: dict[str, Any]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "<page>", "exec"), names)  # noqa: S102 - running the page is the point
        return printed.getvalue()


def _forget(package: Any, name: str, place: str) -> None:
    package.__path__.remove(place)
    sys.modules.pop(f"{package.__name__}.{name}", None)
    package.__dict__.pop(name, None)
    _forget_names()


def _forget_names() -> None:
    importlib.invalidate_caches()
    catalogue.names.cache_clear()
    catalogue.load.cache_clear()


def _commands(body: str) -> list[str]:
    """The commands of a console block, continued lines joined."""
    joined = body.replace("\\\n", " ")
    return [line[2:].strip() for line in joined.splitlines() if line.startswith("$ ")]


def _command(line: str, *, may_refuse: bool) -> str:
    """What a command prints; commands of other programs are not run."""
    words = shlex.split(_demo() if line == "make demo" else line, comments=True)
    return _kinetamine(tuple(words[1:]), may_refuse=may_refuse) if words[0] == "kinetamine" else ""


@lru_cache
def _demo() -> str:
    recipe = re.search(r"^demo:.*\n\t@\$\(BIN\)/(.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe, "the Makefile has a verb demo that runs the program"
    return recipe[1]


def _kinetamine(arguments: tuple[str, ...], *, may_refuse: bool) -> str:
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": str(WIDTH), "TERM": "dumb", "NO_COLOR": "1"})
    refused = may_refuse and result.exit_code == 2 and result.output.startswith("Error: ")
    assert result.exit_code == 0 or refused, f"kinetamine {shlex.join(arguments)}: {result.output}"
    return result.output


def _shown(printed: str, mark: re.Match[str]) -> str:
    """The part of what was printed that the mark asks for."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    first = 0
    if mark["start"]:
        first = next((number for number, line in enumerate(lines) if mark["start"] in line), len(lines))
        assert first < len(lines), f"{mark['start']!r} was not printed: {printed}"
    last = first + int(mark["lines"]) if mark["lines"] else len(lines)
    chosen = [*([LEFT_OUT] if first else []), *lines[first:last], *([LEFT_OUT] if last < len(lines) else [])]
    return "\n".join(chosen) + "\n"


def _same(one: str, other: str) -> bool:
    """Whether two outputs say the same: words exactly, numbers to 2 %, rules and spaces not at all."""
    ones, others = (re.sub(r"[\s─]+", " ", text).strip() for text in (one, other))
    if NUMBER.split(ones) != NUMBER.split(others):
        return False
    pairs = zip(NUMBER.findall(ones), NUMBER.findall(others), strict=True)
    return all(float(a) == pytest.approx(float(b), rel=0.02, abs=1e-9) for a, b in pairs)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_block_of_a_page_runs_and_prints_what_the_page_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    with contextlib.ExitStack() as undo:
        page, new = _Page(tmp_path, undo), text
        for block in reversed(list(_run(page, text))):
            new = new[: block.start] + block.body + new[block.end :]
    if WRITE:
        (ROOT / name).write_text(new, encoding="utf-8")


def _run(page: _Page, text: str) -> Iterator[Block]:
    """Run a page; gives the blocks of output as they should be."""
    blocks = list(_blocks(text))
    for after, block in enumerate(blocks, start=1):
        if block.mark is None:
            page.run(block, is_shown=any(one.mark for one in blocks[after : after + 1]))
            continue
        printed = _shown(page.printed, block.mark)
        assert WRITE or _same(printed, block.body), f"the page says\n{block.body}\nbut it prints\n{printed}"
        yield Block(block.language, printed, "", None, block.start, block.end)


def test_every_page_is_reached_from_the_index() -> None:
    reached: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        trees = [block.body for block in _blocks(page.read_text(encoding="utf-8")) if block.language == "{toctree}"]
        lines = [line.strip() for tree in trees for line in tree.splitlines() if line.strip() and line[0] != ":"]
        waiting += [(page.parent / f"{line}.md").resolve() for line in lines]
    assert {page for page in PAGES if page.is_relative_to(DOCS)} <= reached


def test_a_refusal_must_be_shown() -> None:
    with pytest.raises(AssertionError, match="frobnicate"):
        _command("kinetamine frobnicate", may_refuse=False)
    assert _command("kinetamine frobnicate", may_refuse=True).startswith("Error: ")


@pytest.mark.parametrize(
    "kind", ["pk_model", "effect", "outcome", "route", "regimen", "interaction", "command", "observation"]
)
def test_there_is_a_page_on_how_to_add_each_kind_of_thing(kind: str) -> None:
    assert (DOCS / "howto" / f"add_{kind}.md").is_file()


def test_every_page_on_adding_something_is_reached_from_contributing() -> None:
    pages = [f"(docs/howto/{page.name})" for page in (DOCS / "howto").glob("add_*.md")]
    assert [page for page in pages if page not in CONTRIBUTING.read_text(encoding="utf-8")] == []


def test_every_folder_of_the_library_has_its_page() -> None:
    """A new kind of entry needs a page on how to add one, and a line on the library's; its folder is named there."""
    folders = [one.name for one in (ROOT / "src/kinetamine/library").iterdir() if (one / "__init__.py").is_file()]
    added = " ".join(page.read_text(encoding="utf-8") for page in (DOCS / "howto").glob("add_*.md"))
    listed = (DOCS / "concepts" / "library.md").read_text(encoding="utf-8")
    for said in (added, listed):
        assert [folder for folder in folders if f"library/{folder}/" not in said] == []


def test_contributing_names_every_layer_from_above_to_below() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}
    rule = CONTRIBUTING.read_text(encoding="utf-8").partition("Arrows point down")[2].partition("Library")[0]
    said = [rule.find(f"`{part}`") for layer in contracts["layers"]["layers"] for part in layer.split(" | ")]
    assert said[0] >= 0
    assert said == sorted(said)


def test_modules_that_pages_import_have_a_reference() -> None:
    """The command line is described by its own help."""
    said = " ".join(page.read_text(encoding="utf-8") for page in (DOCS / "reference").glob("*.md"))
    described = re.findall(r"automodule:: (\S+)", said)
    blocks = [block for page in PAGES for block in _blocks(page.read_text(encoding="utf-8"))]
    imported = {
        name for block in blocks for name in re.findall(r"^from (kinetamine\.\S+) import", block.body, re.MULTILINE)
    }
    asked = [name for name in imported if not name.startswith("kinetamine.cli")]
    assert [name for name in asked if not any(f"{one}.".startswith(f"{name}.") for one in described)] == []


def test_what_runs_by_default_is_discussed() -> None:
    wanted = [*DEFAULT_EFFECTS, *DEFAULT_OUTCOMES, *DEFAULT_MODELS.values(), FALLBACK_MODEL]
    said = " ".join(page.read_text(encoding="utf-8") for page in (DOCS / "concepts").glob("*.md"))
    assert [name for name in wanted if f"`{name}`" not in said] == []


def test_every_command_is_shown() -> None:
    said = " ".join(page.read_text(encoding="utf-8") for page in PAGES)
    names = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
    assert [name for name in names if f"$ kinetamine {name}" not in said] == []


def test_every_command_is_a_verb_of_the_vocabulary() -> None:
    said = (DOCS / "vocabulary.md").read_text(encoding="utf-8")
    verbs = [path.stem for path in (ROOT / "src/kinetamine/cli/commands").glob("[a-z]*.py")]
    assert [verb for verb in verbs if f"| `{verb}` |" not in said] == []


def test_observations_outside_two_fold_are_explained() -> None:
    """Each adult row that was seen in people and is missed by more than a factor of two is named in validation.md."""
    text = (DOCS / "validation.md").read_text(encoding="utf-8")
    seen = [one for one in validation.validate() if one.observation.evidence in validation.OBSERVED]
    missed = [one.observation.id for one in seen if not one.within_two_fold]
    assert [row for row in missed if row not in text] == []


def test_every_covariate_has_its_line() -> None:
    said = (DOCS / "howto" / "covariates.md").read_text(encoding="utf-8")
    assert [one.name for one in fields(Person) if f"`{one.name}`" not in said] == []


def test_security_says_where_the_servers_listen() -> None:
    said = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert [one for one in (Settings, ServeSettings) if f"on port {one.port} of {one.host}" not in said] == []


def test_the_readme_is_short_and_says_what_this_is_not() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 90
    assert "not a medical device" in " ".join(lines[:8])
    assert "no dosing advice" in " ".join(lines[:8])


def test_the_readme_counts_right() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    words = dict(enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1))
    words |= {11: "eleven", 12: "twelve", 13: "thirteen"}
    kinds = {"pk": "published PK models", "mechanisms": "rival mechanisms", "comparators": "comparators"}
    counts = {kind: len(catalogue.names(kind)) for kind in kinds}
    said = [f"{words.get(count, count)} {kinds[kind]}" for kind, count in counts.items()]
    said += [f"{len(validation.observations())} concentrations", f"{len(trials.load())} group results"]
    assert [one for one in said if one not in text.lower().replace("pk", "PK")] == []


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in (*PAGES, CONTRIBUTING, ROOT / "SECURITY.md"):
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            generated = "generated/" in target  # made when the documentation is built
            if "://" not in target and not generated and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
