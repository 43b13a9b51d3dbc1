"""Slips in how the program is called: the same one sentence and exit code as for any other wrong input."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from kinetamine.errors import InputError, UnknownNameError, nearest

# How typer says that a value cannot be read, in its several versions.
_EXPECTED = re.compile(
    r"is not one of (?P<choices>.+)$|(?:is not a valid |Input should be )(?P<kind>[\w ]+)", flags=re.IGNORECASE
)
_NEGATIVE = re.compile(r"-\s*\.?\d")


class Program(TyperGroup):
    """The group of commands, whose usage errors are one sentence each."""

    def main(self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **more: Any) -> Any:  # type: ignore[override]  # typer and its tests name every argument
        """Run, and exit with 2 where the program was called wrongly."""
        given = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(given, standalone_mode=False, **more)
        except typer.Abort:
            code = 1
        except BrokenPipeError:
            raise
        except OSError as error:
            from kinetamine.cli.terminal import say_refused

            say_refused(error)
            code = 1
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            _say(error, given)
            code = 2
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


def _say(error: Any, given: Sequence[str]) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message(), nl=False)  # empty where rich has printed the help already
        return
    from kinetamine.cli.terminal import say_sentence

    say_sentence(_sentence(error, given))


def _sentence(error: Any, given: Sequence[str]) -> str:
    if hasattr(error, "option_name") and hasattr(error, "possibilities"):
        return _no_such_option(error, given)
    message = " ".join(error.format_message().split()).rstrip(".")
    if message.startswith("No such command"):
        return _no_such_command(error, given)
    parameter = getattr(error, "param", None)
    matched = _EXPECTED.search(message)
    if parameter is None or matched is None:
        return message
    name = next((one for one in parameter.opts if one.startswith("--")), parameter.name)
    return f"{name}: given {_value_of(parameter.opts, given)!r}, expected {_expected(matched)}"


def _expected(matched: re.Match[str]) -> str:
    if matched["choices"]:
        return "one of " + matched["choices"].replace("'", "")
    kind: str = matched["kind"].removeprefix("a valid ")
    return {"float": "a number", "number": "a number", "integer": "a whole number"}.get(kind, kind)


def _value_of(flags: Sequence[str], given: Sequence[str]) -> str | None:
    """What followed the last of these flags."""
    found = None
    for place, word in enumerate(given):
        flag, _, value = word.partition("=")
        if flag in flags:
            found = value or next(iter(given[place + 1 :]), None)
    return found


def _no_such_command(error: Any, given: Sequence[str]) -> str:
    commands = sorted(error.ctx.command.commands) if error.ctx else []
    word = next((one for one in given if not one.startswith("-")), "")
    return str(UnknownNameError("command", word, commands))


def _no_such_option(error: Any, given: Sequence[str]) -> str:
    for word in given:
        if _NEGATIVE.match(word):  # a dose below zero looks like an option
            return _of_words(word)
    like = nearest(error.option_name, error.possibilities or ())
    hint = f"; did you mean {like}?" if like else ""
    path = error.ctx.command_path if error.ctx else "kinetamine"
    return f"option: given {error.option_name!r}, expected one that {path} --help lists{hint}"


def _of_words(words: str) -> str:
    from kinetamine.course import parse_regimen

    try:
        parse_regimen(words)
    except InputError as error:
        return str(error)
    return f"regimen: given {words!r}, expected doses in words"
