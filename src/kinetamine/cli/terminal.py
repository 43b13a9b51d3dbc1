"""What a person at the terminal sees: colours where wanted, and one voice for errors and warnings."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kinetamine.errors import FieldError, KinetamineError
from kinetamine.report.nature import NATURE

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import JustifyMethod

Item = TypeVar("Item")


def out() -> Console:
    """Standard output; made anew each time, as tests and pipes exchange it."""
    return Console(highlight=False, emoji=False)


def err() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False, emoji=False)


_FLAGS = {
    "weight_kg": "--weight",
    "age_y": "--age",
    "sex": "--sex",
    "hepatic": "--hepatic",
    "madrs": "--madrs",
    "pain_nrs": "--pain",
    "previous_sessions": "--sessions",
    "people": "--people",
    "seed": "--seed",
    "comedication": "--comedication",
    "follow_up_days": "--follow-up",
    "form": "--form",
    "hama": "--hama",
    "caps5": "--caps5",
    "ssi": "--ssi",
    "failed_treatments": "--failed-treatments",
    "regimen": "--regimen",
    "mechanism": "--mechanism",
    "background": "--with",
    "population": "--population",
    "tolerance": "--tolerance",
    "folder": "--folder",
    "draws": "--draws",
    "bins": "--bins",
    "vary": "--vary",
    "samples": "--samples",
    "target": "--target",
}
_SPOKEN = {
    "given None, expected": "not given, expected",
    "covariate_interpolation: ": "--covariates: ",
    'sex_codes={"0": "male", "1": "female"}': "--sex-codes 0=male,1=female",
    'form="..."': "--form",
    "restart_after_reset=True": "--restart-after-reset",
    "pass outside=True (command line: --outside)": "pass --outside",
}
"""What an error says to programmers, and what it says to whoever types flags."""


def say_error(error: KinetamineError) -> None:
    """One sentence; it adds whom it is about, of several, and the flag where the field has one."""
    sentence = str(error)
    for written, said in _SPOKEN.items():
        sentence = sentence.replace(written, said)
    whose = "".join(f"{note}: " for note in getattr(error, "__notes__", ()))
    flag = _FLAGS.get(error.field) if isinstance(error, FieldError) else None
    say_sentence(whose + sentence + (f" (flag {flag})" if flag else ""))


def say_sentence(sentence: str) -> None:
    """An error on stderr, in red where there is colour."""
    # A pipe or a log gets one line; a person gets it wrapped.
    err().print(Text.assemble(("Error: ", "bold red"), (sentence, "red")), soft_wrap=not sys.stderr.isatty())


def say_refused(error: OSError) -> None:
    """The system takes no more output; what is left in the buffer is given up, or Python would complain at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    where = f"{error.filename}: " if error.filename else ""
    say_sentence(f"the output could not be written ({where}{error.strerror or error})")


def say_notes(sentences: Iterable[str]) -> None:
    """What was left aside, on stderr: standard output may be read by a program."""
    for sentence in sentences:
        err().print(Text(f"! {sentence}", style="yellow"), soft_wrap=not sys.stderr.isatty())


def say_warnings(sentences: Iterable[str]) -> None:
    """Each with a sign in front, the graver ones in red."""
    console = out()
    said = list(sentences)
    for sentence in said:
        style = "bold red" if sentence.startswith("OUTSIDE") else "yellow"
        console.print(hanging("! ", sentence, style))
    if said:
        console.print()


def say_written(paths: Iterable[Path]) -> None:
    """Where each file went."""
    console = out()
    for path in paths:
        console.print(Text.assemble(("wrote ", "green"), (str(path), "bold")), soft_wrap=True)


def say_disclaimer() -> None:
    """The last line of every simulation."""
    out().print(Text(NATURE, style="dim italic"))


def hanging(mark: str, sentence: str | Text, style: str = "") -> Table:
    """A sentence that wraps to the right of its mark."""
    grid = Table.grid(padding=0)
    grid.add_column(no_wrap=True)
    grid.add_column()
    said = sentence if isinstance(sentence, Text) else Text(sentence, style=style)
    grid.add_row(Text(mark, style=style), said)
    return grid


def table(title: str = "", caption: str = "") -> Table:
    """An empty table in the house style: a title on the left, one rule below the headings."""
    return Table(
        title=title or None,
        caption=caption or None,
        title_justify="left",
        caption_justify="left",
        title_style="bold",
        caption_style="dim",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )


def columns(target: Table, *headings: tuple[str, JustifyMethod], wrap: Sequence[str] = ()) -> Table:
    """Add columns; only those named in ``wrap`` may break their lines."""
    for heading, justify in headings:
        target.add_column(heading, justify=justify, no_wrap=heading not in wrap, overflow="fold")
    return target


def print_json(content: Any) -> None:
    """Machine output: nothing but JSON."""
    sys.stdout.write(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


@contextmanager
def progress(items: Sequence[Item], what: str) -> Iterator[Iterable[Item]]:
    """The items, with a sign of life on stderr while someone watches it: a bar where there are several."""
    console = err()
    if not console.is_terminal:
        yield items
    elif len(items) == 1:
        with console.status(f"{what} ..."):
            yield items
    else:
        from rich.progress import Progress

        with Progress(console=console, transient=True) as bar:
            yield bar.track(items, description=what)


def moment(time_h: float | None) -> str:
    """Day and clock time, day 1 beginning with the first record; empty where there is no time."""
    if time_h is None:
        return ""
    minutes = round(60.0 * time_h)
    day, minute = divmod(minutes, 24 * 60)
    return f"day {day + 1} {minute // 60:02d}:{minute % 60:02d}"
