"""The shape budgets: short files, short functions, few parameters; and a reason for every exception."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from contracts.laws import hold, known

ROOT = Path(__file__).parents[2]
SOURCE = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

FILE_NEVER_OVER, FILE_USUALLY = 600, 400
FUNCTION_NEVER_OVER, FUNCTION_USUALLY = 60, 35
MOST_PARAMETERS = 8
TEST_NEVER_OVER = 50
USUALLY = 0.95

LONG_FILES: dict[str, str] = {}
"""Tables of data may be longer than a page of code: file -> reason."""
MANY_PARAMETERS: dict[str, str] = {}
"""Function -> reason."""


class Function(NamedTuple):
    """One function, and its length without its docstring."""

    where: str
    lines: int
    parameters: int
    is_test: bool
    is_command: bool

    def __str__(self) -> str:
        """For example ``src/kinetamine/course.py:simulate``."""
        return self.where


def _functions(path: Path) -> Iterator[Function]:
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(
                where=f"{name}:{node.name}",
                lines=_lines(node),
                parameters=_parameters(node.args),
                is_test=node.name.startswith("test_"),
                is_command="/cli/commands/" in name and not node.name.startswith("_"),
            )


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, blank ones included, the docstring left out."""
    first = node.body[0]
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def _parameters(arguments: ast.arguments) -> int:
    """How many a caller may give; self and cls are not given."""
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    stars = (arguments.vararg is not None) + (arguments.kwarg is not None)
    return sum(one.arg not in {"self", "cls"} for one in given) + stars


FUNCTIONS = [function for path in SOURCE for function in _functions(path)]
TEST_FUNCTIONS = [function for path in TESTS for function in _functions(path)]


def _file_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", [*SOURCE, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_is_too_long(path: Path) -> None:
    lines = _file_lines(path)
    hold([f"{lines} lines"] if lines > FILE_NEVER_OVER else [], path.relative_to(ROOT).as_posix(), LONG_FILES)


def test_nearly_all_files_are_short() -> None:
    _mostly_within(((path.name, _file_lines(path)) for path in SOURCE), FILE_USUALLY)


def test_no_function_is_too_long() -> None:
    assert _over(FUNCTIONS, FUNCTION_NEVER_OVER) == []


def test_nearly_all_functions_are_short() -> None:
    _mostly_within(((function.where, function.lines) for function in FUNCTIONS), FUNCTION_USUALLY)


def test_no_test_is_too_long() -> None:
    assert _over([function for function in TEST_FUNCTIONS if function.is_test], TEST_NEVER_OVER) == []


def test_nothing_takes_too_many_parameters() -> None:
    # A command's parameters are the options of the command line: named, optional, and documented one by one.
    crowded = [one for one in FUNCTIONS if one.parameters > MOST_PARAMETERS and not one.is_command]
    assert [f"{one} takes {one.parameters}" for one in crowded if one.where not in MANY_PARAMETERS] == []


def test_exceptions_are_still_needed() -> None:
    known(LONG_FILES, [path.relative_to(ROOT).as_posix() for path in (*SOURCE, *TESTS)])
    known(MANY_PARAMETERS, [one for one in FUNCTIONS if one.parameters > MOST_PARAMETERS])


def _over(functions: Iterable[Function], most: int) -> list[str]:
    return [f"{one} is {one.lines} lines long" for one in functions if one.lines > most]


def _mostly_within(sizes: Iterable[tuple[str, int]], usually: int) -> None:
    found = sorted(sizes, key=lambda size: size[1], reverse=True)
    long = [size for size in found if size[1] > usually]
    assert len(long) <= (1.0 - USUALLY) * len(found), f"{len(long)} of {len(found)} are over {usually} lines: {long}"


@pytest.mark.parametrize(("sizes", "within"), [([36, *[5] * 19], True), ([36, 36, *[5] * 19], False)])
def test_the_budget_of_nearly_all_can_be_exceeded(sizes: Sequence[int], *, within: bool) -> None:
    sized = [(str(place), size) for place, size in enumerate(sizes)]
    if within:
        _mostly_within(sized, FUNCTION_USUALLY)
    else:
        with pytest.raises(AssertionError, match="2 of 21"):
            _mostly_within(sized, FUNCTION_USUALLY)


def test_a_function_is_measured_without_its_docstring(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text('def long(self, a, *b, c, **d):\n    """One.\n\n    Two.\n    """\n' + "    a = 1\n" * 61)
    (function,) = _functions(path)
    assert (function.lines, function.parameters) == (62, 4)
    assert _over([function], FUNCTION_NEVER_OVER) == ["one.py:long is 62 lines long"]
