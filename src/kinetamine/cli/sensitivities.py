"""What ``sensitivity`` asks of the engine, and what it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.flags import listed
from kinetamine.cli.study_flags import require_threads
from kinetamine.cli.terminal import columns, err, out, say_warnings, table
from kinetamine.errors import FieldError
from kinetamine.population.factors import BETWEEN_PEOPLE, GIVEN, KINDS, PUBLISHED
from kinetamine.population.sensitivity import Index, Ranking, Sensitivity
from kinetamine.population.sensitivity import sensitivity as ranked
from kinetamine.population.study import Study
from kinetamine.report.sensitivity_document import factors_of
from kinetamine.report.words import figure, person_words, shown_unit

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

    from kinetamine.cli.commands.sensitivity import SensitivityFlags

_SHOWN = 10
"""Numbers printed for each result; ``--json`` has them all."""
_SMALL = 0.005
_FROM = {BETWEEN_PEOPLE: "people", PUBLISHED: "paper", GIVEN: "given"}


def targets_of(words: str | None) -> tuple[str, ...] | None:
    """The names behind ``--target``; None: the usual ones.

    Raises:
        FieldError: there is none.
    """
    if words is None:
        return None
    names = listed(words)
    if not names:
        raise FieldError("--target", words, "columns of the endpoints by comma, such as madrs_24h")
    return names


def found_for(study: Study, names: tuple[str, ...], wanted: SensitivityFlags) -> Sensitivity:
    """Vary what is wanted, with a sign of life while someone watches.

    Raises:
        InputError: in one sentence.
    """
    require_threads(wanted.threads)
    some = factors_of(study, wanted.vary if wanted.vary in KINDS else listed(wanted.vary))
    console = err()
    with console.status("Varying numbers ...") if console.is_terminal else nullcontext():
        return ranked(study, some, names, method=wanted.method, samples=wanted.samples, threads=wanted.threads)


def say_sensitivity(found: Sensitivity, study: Study) -> None:
    """Print a table for each result."""
    console, course = out(), study.course
    console.print()
    console.print(Text(course.title, style="bold cyan"))
    numbers = len(found.rankings[0].indices) + len(found.idle)
    method = "Sobol'" if found.method == "sobol" else "Morris"
    said = f"{person_words(course.person)}; {numbers} numbers vary, {method}, {found.runs:,} runs"
    console.print(Text(said, style="dim"))
    console.print()
    for ranking in found.rankings:
        console.print(Fitted(_table(found, ranking)))
        console.print()
    for line in _meaning(found):
        console.print(Text(line, style="dim"))
    console.print()
    say_warnings(course.warnings())


def _table(found: Sensitivity, ranking: Ranking) -> Table:
    factor, unit = shown_unit(ranking.target.unit)
    shown = [one for one in ranking.indices if one.total >= _SMALL * ranking.indices[0].total][:_SHOWN]
    title = f"{ranking.target.words}, {unit}"
    if found.method == "sobol":
        title = f"{ranking.target.words}: {figure(factor * ranking.mean)} ± {figure(factor * ranking.sd)} {unit}"
    more = len(ranking.indices) - len(shown)
    body = columns(
        table(title, f"and {more} that matter less" if more else ""),
        ("", "left"),
        ("from – to", "right"),
        *_headings(found),
        ("result at\neither end", "right"),
        ("range", "left"),
    )
    for one in shown:
        ends = f"{figure(factor * one.at_low)} – {figure(factor * one.at_high)}"
        between = f"{figure(one.factor.low)} – {figure(one.factor.high)}"
        body.add_row(one.factor.name, between, *_values(found, one, factor), ends, _FROM[one.factor.because])
    return body


def _headings(found: Sensitivity) -> Iterable[tuple[str, JustifyMethod]]:
    if found.method == "sobol":
        return [("first\norder", "right"), ("total", "right")]
    return [("mean\neffect", "right"), ("SD", "right")]


def _values(found: Sensitivity, one: Index, factor: float) -> list[Text]:
    if found.method == "sobol":
        first = Text(f"{max(one.first, 0.0):.2f}", style="dim")
        return [first, Text(f"{one.total:.2f} ± {one.total_half:.2f}", style="bold")]
    size = f"{figure(factor * one.total)} ± {figure(factor * one.total_half)}"
    return [Text(size, style="bold"), Text(figure(factor * one.first), style="dim")]


def _meaning(found: Sensitivity) -> Iterator[str]:
    if found.method == "sobol":
        yield (
            "First order: part of the result's variance that a number makes alone; total: with others too, with half "
            "the width of its 95 % interval."
        )
    else:
        yield (
            "Mean effect: how far the result moves, on average, across the range; its SD is large where a number acts "
            "with others or not in a straight line."
        )
    yield (
        "One person. Numbers vary independently, each within its 95 % range: of people, as they differ; of a paper, "
        "as uncertain as it says."
    )
    if found.idle:
        yield f"{len(found.idle)} numbers move none of these results."
    yield f"Engine: error at most {found.error:.1e} against the reference solver."
