"""The limits of a clinic, each with its value and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from kinetamine.cli.terminal import columns, out, table
from kinetamine.clinic.limits_in_use import InUse
from kinetamine.engine.model import Estimate
from kinetamine.report.words import source_words

_HEADINGS = ("name", "value", "unit", "priority", "on", "source")


def say_limits(in_use: InUse) -> None:
    """Print every limit under the name that a clinic's file calls it by."""
    body = columns(
        table(), *((one, "right" if one == "value" else "left") for one in _HEADINGS), wrap=("unit", "source")
    )
    for name, value, priority, on in _rows(in_use):
        cells = (name, f"{value.value:g}", value.unit, priority, on, _source(value))
        body.add_row(*(Text(one) for one in cells))
    console = out()
    console.print(Text(f"{in_use.text} ({in_use.fingerprint})", style="bold"))
    console.print(body)


def _rows(in_use: InUse) -> Iterator[tuple[str, Estimate, str, str]]:
    for one in in_use.alarms.limits:
        yield f"limit.{one.name}", one.value, str(one.priority), "on" if one.on else "off"
    for priority, times in in_use.alarms.times.items():
        yield f"silence.{priority}", times.longest_silence_s, str(priority), ""
        yield f"unanswered.{priority}", times.unanswered_s, str(priority), ""
    for name, value in vars(in_use.leaving).items():
        yield f"leaving.{name}", value, "", ""


def _source(value: Estimate) -> str:
    said = f"{source_words(value.source)}: {value.where}"
    return f"{said}; {value.note}" if value.note else said
