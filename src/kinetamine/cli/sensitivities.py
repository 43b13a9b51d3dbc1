"""What ``sensitivity`` asks of the engine, and what it prints."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from rich.text import Text

from kinetamine import __version__
from kinetamine.cli.fitting import Fitted
from kinetamine.cli.flags import listed
from kinetamine.cli.study_flags import require_threads
from kinetamine.cli.terminal import columns, err, out, say_warnings, table
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.endpoints import columns as columns_of
from kinetamine.population.factors import BETWEEN_PEOPLE, GIVEN, KINDS, PUBLISHED, Factor, chosen, factors
from kinetamine.population.sensitivity import Index, Ranking, Sensitivity
from kinetamine.population.sensitivity import sensitivity as ranked
from kinetamine.population.study import Study
from kinetamine.report.nature import NATURE
from kinetamine.report.words import figure, person_words, shown_unit

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

    from kinetamine.cli.commands.sensitivity import SensitivityFlags
    from kinetamine.course import Course

_LEVELS = ("ketamine_arterial_max", "ketamine_venous_max", "s_ketamine_venous_max")
_EFFECTS = ("cadss_max",)
_SCORES = ("madrs_24h", "caps5_24h", "hama_24h", "ssi_24h", "pain_nrs_24h", "madrs_end")
_SHOWN = 10
"""Numbers printed for each result; ``--json`` has them all."""
_SMALL = 0.005
_FROM = {BETWEEN_PEOPLE: "people", PUBLISHED: "paper", GIVEN: "given"}


def asked(course: Course, target: str | None, seed: int) -> tuple[Study, tuple[str, ...]]:
    """The study of one person, watching what the targets need; and the targets.

    Raises:
        InputError: in one sentence.
    """
    course.problem()  # the person is judged first
    study = Study(course=course, people=8, seed=seed)
    known = _outputs(replace(study, outputs=tuple(study.predicted)))
    names = tuple(_usual(known)) if target is None else tuple(dict.fromkeys(listed(target)))
    if not names:
        raise FieldError("--target", target, "columns of the endpoints by comma, such as madrs_24h")
    for name in names:
        if name not in known:
            raise UnknownNameError("target", name, known)
    return replace(study, outputs=tuple(dict.fromkeys(known[name] for name in names))), names


def found_for(study: Study, names: tuple[str, ...], wanted: SensitivityFlags) -> Sensitivity:
    """Vary what is wanted, with a sign of life while someone watches.

    Raises:
        InputError: in one sentence.
    """
    require_threads(wanted.threads)
    some = _factors(study, wanted.vary)
    console = err()
    with console.status("Varying numbers ...") if console.is_terminal else nullcontext():
        return ranked(study, some, names, method=wanted.method, samples=wanted.samples, threads=wanted.threads)


def _factors(study: Study, words: str) -> tuple[Factor, ...]:
    problem = study.course.problem()
    if words not in KINDS:
        return chosen(problem, listed(words))
    found = factors(problem, words)
    if not found:
        raise FieldError("--vary", words, "a course with numbers whose range is known, or a range as CL=50:90")
    return found


def _outputs(study: Study) -> dict[str, str]:
    """The output that each column is made of."""
    found = {}
    for column in columns_of(study):
        makers = [name for name in study.watched if column.startswith(f"{name}_")]
        if makers:
            found[column] = max(makers, key=len)
    return found


def _usual(known: Mapping[str, str]) -> Iterator[str]:
    for some in (_LEVELS, _EFFECTS, _SCORES):
        yield from [name for name in some if name in known][:1]


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
    spread = f"{figure(factor * ranking.mean)} ± {figure(factor * ranking.sd)} {unit}"
    more = len(ranking.indices) - len(shown)
    body = columns(
        table(f"{ranking.target.words}: {spread}", f"and {more} that matter less" if more else ""),
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


def plain(found: Sensitivity, study: Study) -> dict[str, Any]:
    """Everything for machines."""
    return {
        "title": study.course.title,
        "nature": "model prediction, not a measurement",
        "source": f"kinetamine {__version__}",
        "disclaimer": NATURE,
        "person": person_words(study.course.person),
        "method": found.method,
        "samples": found.samples,
        "runs": found.runs,
        "seed": study.seed,
        "error": found.error,
        "targets": [
            {"column": one.target.column, "title": one.target.words, "unit": one.target.unit, "mean": one.mean,
             "sd": one.sd, "indices": [_plain(found, each) for each in one.indices]}
            for one in found.rankings
        ],
        "idle": [one.name for one in found.idle],
        "warnings": list(study.course.warnings()),
    }  # fmt: skip


def _plain(found: Sensitivity, one: Index) -> dict[str, Any]:
    about = {"name": one.factor.name} | asdict(one.factor)
    ends = {"at_low": one.at_low, "at_high": one.at_high}
    if found.method == "morris":
        return about | {"mean_effect": one.total, "mean_effect_half": one.total_half, "sd_effect": one.first} | ends
    indices = {name: getattr(one, name) for name in ("first", "first_half", "total", "total_half")}
    return about | {name: value if math.isfinite(value) else None for name, value in indices.items()} | ends
