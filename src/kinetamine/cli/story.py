"""An explanation at the terminal: numbered steps, each with its grade and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from kinetamine.cli.listing import GRADES
from kinetamine.cli.terminal import hanging, out, say_disclaimer, say_warnings
from kinetamine.report.words import source_words

if TYPE_CHECKING:
    from rich.console import Console

    from kinetamine.explanation import Explanation, Step

_WIDEST = 92
"""Longer lines are hard to read."""
_BARS = {"high": 3, "moderate": 2, "low": 1, "contradicted": 0, "none": 0}


def say_story(told: Explanation) -> None:
    """Print every step."""
    console = out()
    console.width = min(console.width, _WIDEST)
    console.print()
    console.print(Text(told.course.title, style="bold cyan"))
    console.print(Text("One simulated course, step by step", style="dim"))
    for number, step in enumerate(told.steps, start=1):
        console.print()
        _say_step(console, number, step)
    console.print()
    if told.mechanism:
        console.print(Text(f"Mechanism: {told.mechanism}. It has rivals: kinetamine hypotheses.", style="dim"))
        console.print()
    say_warnings(told.trajectory.warnings)
    say_disclaimer()


def _say_step(console: Console, number: int, step: Step) -> None:
    console.print(Text.assemble((f"{number:2}  ", "bold cyan"), (step.heading, "bold")))
    for sentence in step.sentences:
        console.print(Padding(Text(sentence), (0, 0, 0, 4)))
    if step.grade is not None:
        colour, full = GRADES[step.grade], _BARS[step.grade.value]
        bars = Text("\u25a0" * full + "\u25a1" * (3 - full), style=colour)
        words = Text.assemble(bars, " ", (step.grade.value, f"bold {colour}"), (f"  {step.verdict}", "dim"))
        console.print(hanging("    ", words))
    if step.source:
        console.print(hanging("    ", Text("; ".join(map(source_words, step.source)), style="dim")))
