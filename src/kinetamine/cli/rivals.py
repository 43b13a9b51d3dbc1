"""Rival hypotheses as tables: the evidence, the predictions side by side, and what each fails."""

from __future__ import annotations

import math
import string
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, hanging, out, table
from kinetamine.engine.finding import Finding, Species
from kinetamine.hypotheses import Hypothesis, Prediction, Predictions, Verdict

if TYPE_CHECKING:
    from rich.table import Table

FAILED = "✗"
"""Beside the number, so that a failure is seen without colour."""
_STYLES = {Verdict.AGREES: "green", Verdict.FAILS: "bold red", Verdict.SILENT: "dim"}


def say_rivals(found: Predictions) -> None:
    """Print the evidence, the predictions of each hypothesis, and what it comes to."""
    console = out()
    for letter, one in _lettered(found):
        console.print(Text.assemble((f"{letter}  ", "bold cyan"), (one.title, "bold")))
        _say_evidence(one)
    for species in Species:
        if any(one.species is species for one in found.findings):
            console.print(Fitted(_table(found, species)))
            console.print()
    console.print(Text(_LEGEND, style="dim"))
    console.print()
    for sentence in closing(found):
        console.print(sentence, highlight=False)
    console.print()


_LEGEND = (
    f"A ratio: the readout with the change over the readout without it. {FAILED}: not among the ratios that agree with "
    "what was published; –: the hypothesis does not speak; in brackets: the result decides nothing and is not counted. "
    "Every course is simulated in a person; results in rodents are compared in kind only."
)


def _lettered(found: Predictions) -> Iterator[tuple[str, Hypothesis]]:
    letters = string.ascii_uppercase
    for place, one in enumerate(found.hypotheses):
        yield letters[place] if place < len(letters) else str(place + 1), one


def _say_evidence(one: Hypothesis) -> None:
    console = out()
    if len(one.mechanisms) > 1:
        console.print(Text("   " + ", ".join(f"{name} {share:g}" for name, share in one.shares), style="dim"))
        console.print()
        return
    for piece in sorted(one.mechanisms[0].evidence, key=lambda piece: not piece.supports):
        mark, style = ("   + ", "green") if piece.supports else ("   − ", "red")
        source = piece.source.short().partition(",")[0]
        console.print(hanging(mark, f"{piece.text.rstrip('.')} ({source}; {piece.grade.value})", style))
    console.print()


def _table(found: Predictions, species: Species) -> Table:
    letters = [letter for letter, _ in _lettered(found)]
    body = columns(
        table(f"In {species.value}"),
        ("result", "left"),
        ("agrees", "right"),
        *((letter, "right") for letter in letters),
        wrap=("result",),
    )
    shown = [result for result in found.findings if result.species is species]
    for result in shown:
        cells = (_cell(found.at(hypothesis.name, result.name)) for hypothesis in found.hypotheses)
        body.add_row(result.title if result.decisive else f"({result.title})", interval(result), *cells)
    body.add_section()
    counts = (_count(found, one, species).replace(" of ", "/") + " " for one in found.hypotheses)
    body.add_row("fails", "", *(Text(count, style="bold") for count in counts))
    return body


def _count(found: Predictions, one: Hypothesis, species: Species | None = None) -> str:
    failed, agreed = (len(found.of(one.name, verdict, species)) for verdict in (Verdict.FAILS, Verdict.AGREES))
    return f"{failed} of {failed + agreed}"


def _cell(one: Prediction) -> Text:
    if one.ratio is None:
        return Text("– ", style=_STYLES[Verdict.SILENT])
    shown = number(one.ratio) + (FAILED if one.verdict is Verdict.FAILS else " ")
    return Text(shown, style=_STYLES[one.verdict] if one.finding.decisive else "dim")


def number(ratio: float) -> str:
    """A ratio in a table: two decimals, none from ten on."""
    if math.isinf(ratio):
        return "∞" if ratio > 0 else "−∞"
    shown = f"{ratio:.0f}" if abs(ratio) >= 9.995 else f"{ratio:.2f}"
    return shown.replace("-0.00", "0.00").replace("-", "−")


def interval(finding: Finding) -> str:
    """Which ratios agree, as ``0.7–1.5`` or ``≥ 1``."""
    low, high = finding.interval
    if math.isinf(high):
        return f"≥ {low:g}"
    return f"≤ {high:g}" if math.isinf(low) or low == 0.0 else f"{low:g}–{high:g}"


def closing(found: Predictions) -> Iterator[str]:
    """What each fails, whether any passes all, and which results contradict each other."""
    for one in found.hypotheses:
        failed = found.of(one.name, Verdict.FAILS)
        named = "; ".join(f"{finding.title} ({finding.species.value})" for finding in failed)
        yield f"{one.title[:1].upper()}{one.title[1:]} fails {_count(found, one)}" + (f": {named}." if failed else ".")
    passing = ", ".join(one.title for one in found.passing())
    yield f"No result tells against: {passing}." if passing else "None agrees with every result."
    for result, other in found.contradictions():
        yield (
            f"No hypothesis can agree with both of these: {result.title} ({result.species.value}); "
            f"{other.title} ({other.species.value})."
        )
