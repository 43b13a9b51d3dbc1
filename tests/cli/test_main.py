"""The program itself: version, help, exit codes, and how little it loads to answer."""

from __future__ import annotations

import pytest

import kinetamine as package
from cli.program import Process, Run
from kinetamine.report.nature import USE

HEAVY = ("numpy", "scipy", "pandas", "pint", "xarray", "jaxtyping", "plotly", "matplotlib", "pyarrow")
COMMANDS = ("simulate", "explain", "compare", "doses", "models", "show", "cite", "validate")


def test_version_is_the_package_version(kinetamine: Run) -> None:
    result = kinetamine("--version")
    assert result.exit_code == 0
    assert result.stdout == f"kinetamine {package.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_listed_and_has_help(kinetamine: Run, command: str) -> None:
    assert command in kinetamine("--help").stdout
    assert kinetamine(command, "--help").exit_code == 0


@pytest.mark.parametrize("arguments", [("--help",), ("simulate", "--help"), ("--version",)])
def test_help_imports_nothing_heavy(program: Process, arguments: tuple[str, ...]) -> None:
    finished = program(*arguments, python=("-X", "importtime"))
    assert finished.returncode == 0
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in finished.stderr.splitlines()}
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize("arguments", [("frobnicate",), ("models", "--frobnicate"), ("simulate", "--weight", "heavy")])
def test_unknown_commands_and_options_exit_with_2(program: Process, arguments: tuple[str, ...]) -> None:
    finished = program(*arguments)
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr


def test_help_says_what_the_program_is_for_and_what_it_is_not(kinetamine: Run) -> None:
    assert USE in " ".join(kinetamine("--help").stdout.split())
