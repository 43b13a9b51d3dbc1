"""What every command shares: groups of options, and errors as one sentence."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

import typer

from kinetamine.errors import InputError, KinetamineError


def command(function: Callable[..., None]) -> Callable[..., None]:
    """The function as typer wants it: its dataclass parameters spread into one option per field.

    A KinetamineError becomes one sentence on stderr and exit code 2 (the input is wrong) or 1 (anything else), and
    so does the system's refusal to take what is printed.
    """
    hints = get_type_hints(function, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if is_dataclass(hint) and isinstance(hint, type)}

    @functools.wraps(function)
    def run(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        try:
            function(**given)
        except KinetamineError as error:
            from kinetamine.cli.terminal import say_error

            say_error(error)
            raise typer.Exit(2 if isinstance(error, InputError) else 1) from error
        except BrokenPipeError:
            raise  # whoever reads has read enough; typer ends in silence
        except OSError as error:
            from kinetamine.cli.terminal import say_refused

            say_refused(error)
            raise typer.Exit(1) from error

    parameters = [
        parameter.replace(annotation=hints[parameter.name], kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name not in groups
    ]
    for group in groups.values():
        parameters += _options(group)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads both of these
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _options(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in fields(group)
    ]
