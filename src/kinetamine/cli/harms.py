"""Harms on one screen: the commonest events as a trial counted them, and where the rest is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, out, table
from kinetamine.report.harms import commonest

if TYPE_CHECKING:
    from kinetamine.engine.harm import Probability
    from kinetamine.report.harms import Harms

SHOWN = 8


def say_harms(harms: Harms | None) -> None:
    """Print the commonest adverse events; nothing where no ketamine is given."""
    if harms is None:
        return
    console = out()
    if harms.events is None or not harms.events.rows:
        said = harms.refused or "Harms: no table of adverse events covers these doses and this person; none is guessed."
        console.print(Text(said, style="dim"))
        console.print()
        return
    rows = commonest(harms.events, SHOWN)
    source = rows[0].product
    body = columns(
        table(f"Harms, % of people at least once; as in: {source.title}", "the report and --json have them all"),
        ("", "left"),
        ("first\nsession", "right"),
        ("whole\ncourse", "right"),
        ("95 %", "right"),
        ("on\ncontrol", "right"),
        wrap=("",),
    )
    for row in rows:
        whole = row.at_least_once
        body.add_row(
            row.event.title,
            _percent(row.in_session[0]),
            Text(_percent(whole), style="bold"),
            Text(f"{100.0 * whole.low:.0f} \u2013 {100.0 * whole.high:.0f}", style="dim"),
            _percent(row.background),
        )
    console.print(Fitted(body))
    console.print()


def _percent(one: Probability | None) -> str:
    return "" if one is None else f"{100.0 * one.value:.0f}"
