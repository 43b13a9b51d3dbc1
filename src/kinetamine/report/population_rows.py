"""What a study of a population says in tables: endpoints, scores, and shares with their intervals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from kinetamine.population.endpoints import AREA, READ, START, columns, extreme, read_scores
from kinetamine.population.exposure_response import Bin, exposure_response, share_of
from kinetamine.population.findings import Findings, Share
from kinetamine.population.repeats import Column, Repeats
from kinetamine.population.study import FALLING, QUANTILES, Milestone, Study
from kinetamine.population.treated import studied
from kinetamine.report.mood import CRITERIA, PARTS_OF_SCALES, Criterion
from kinetamine.report.words import shown_unit

Spread = tuple[float, float] | None
"""5th and 95th percentile between draws of the numbers; None where none were drawn."""
_SAME_H = 1.0
_NOTHING = 1e-9
_MOST_ASKED = 4096
"""People looked at to say why some are left out."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One column of the endpoints over all people.

    Attributes:
        quantiles: at the levels of ``QUANTILES``.
        numbers: what the median is between draws of the papers' numbers.
    """

    column: str
    words: str
    unit: str
    mean: float
    sd: float
    quantiles: tuple[float, ...]
    numbers: Spread = None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many people meet a criterion; ``share`` is None where it has a meaning for nobody."""

    words: str
    share: Share | None
    numbers: Spread = None


@dataclass(frozen=True, kw_only=True)
class Score:
    """A scale at one time."""

    scale: str
    title: str
    when: str
    reading: Reading
    met: tuple[Counted, ...] = ()


def endpoint_rows(found: Findings, repeats: Repeats | None = None) -> tuple[Reading, ...]:
    """Of each output that is no scale: highest and area, or the value at the end where it builds up over weeks."""
    known = columns(found.study)
    return tuple(_reading(found, column, known[column], repeats) for column in _columns(found))


def score_rows(found: Findings, repeats: Repeats | None = None) -> tuple[Score, ...]:
    """Each scale before treatment and at every milestone, with the shares that its criteria give."""
    return tuple(row for name in scales(found.study) for row in _scores(found, name, repeats))


def threshold_rows(found: Findings, repeats: Repeats | None = None) -> tuple[Counted, ...]:
    """Of each threshold, who reached it at any time."""
    rows = []
    for name, share in found.reached().items():
        title, unit, _ = found.study.predicted[name]
        at = found.study.thresholds[name]
        factor, unit = shown_unit(unit)
        reached = f"{factor * at:g}{'' if unit == '1' else f' {unit}'} or {'less' if name in FALLING else 'more'}"
        numbers = _between(repeats, lambda of, name=name, at=at: float(_reached(name, at, of(extreme(name))).mean()))  # type: ignore[misc]
        rows.append(Counted(words=f"{title} of {reached}", share=share, numbers=numbers))
    return tuple(rows)


def _reached(name: str, at: float, extremes: np.ndarray) -> np.ndarray:
    return np.asarray(extremes <= at if name in FALLING else extremes >= at)


def exposure_rows(found: Findings, exposure: str, response: str, bins: int) -> tuple[Bin, ...]:
    """A response by bins of an exposure; a score with its criteria, another output with its threshold.

    Raises:
        UnknownNameError: there is no such column.
        FieldError: a column that is no number.
    """
    return exposure_response(found.column(exposure), found.column(response), _criteria(found, response), bins)


def known_columns(study: Study) -> tuple[str, ...]:
    """The columns of the endpoints that hold numbers of people: covariates, then outputs."""
    outputs = (name for name in columns(study) if name.startswith(study.watched))
    return (*study.draw(0, 1).numbers, *outputs)


def scales(study: Study) -> tuple[str, ...]:
    """The watched outputs that are scores of a scale, and not parts of one."""
    kinds = {name: study.predicted[name] for name in study.watched if not name.endswith(PARTS_OF_SCALES)}
    return tuple(name for name, (_, unit, stage) in kinds.items() if stage == "mood" and unit == "points")


def milestones(study: Study) -> tuple[Milestone, ...]:
    """When scores are read, in order; an end that follows another reading at once has no row of its own."""
    *before, end = study.milestones
    before = sorted(before, key=lambda one: one.time_h)
    return (*before, *([] if before and end.time_h - before[-1].time_h < _SAME_H else [end]))


def why_left_out(study: Study) -> tuple[str, ...]:
    """In what those who are left out lie outside, as ``weight (studied: 50 to 120 kg)``; of the first few thousand."""
    if study.course.outside:
        return ()
    people = study.draw(0, min(study.people, _MOST_ASKED))
    outside = np.flatnonzero(~studied(study.course, people))[:50]
    reasons = [
        re.sub(r"^(\w+) [\d.e+]+ (.*) \(studied: (.*)\)$", r"\1 (studied: \3 \2)", reason)
        for row in outside
        for reason in replace(study.course, person=people.person(int(row)), people=0).outside_reasons()
    ]
    return tuple(dict.fromkeys(reasons))


def shown(found: Findings) -> tuple[str, ...]:
    """The watched outputs, without those that are zero for everybody at all times."""
    size = np.maximum(np.abs(found.sketch.least), np.abs(found.sketch.most)).max(axis=0)
    names = found.study.watched
    return tuple(name for name, most in zip(names, size, strict=True) if most > _NOTHING) or names


def _columns(found: Findings) -> Iterator[str]:
    study = found.study
    apart, end = set(scales(study)), study.milestones[-1].name
    for name in shown(found):
        stage = study.predicted[name][2]
        if stage != "mood":
            yield extreme(name)
        elif name not in apart:
            yield f"{name}_{end}"
        if stage == "plasma":
            yield f"{name}_{AREA}"


def _scores(found: Findings, name: str, repeats: Repeats | None) -> Iterator[Score]:
    study = found.study
    title, unit, _ = study.predicted[name]
    for suffix, when in ((START, "before treatment"), *((one.name, one.words) for one in milestones(study))):
        column = f"{name}_{suffix}"
        reading = _reading(found, column, f"{title} {when}, {unit}", repeats)
        met = () if suffix == START else tuple(_met(found, name, column, repeats))
        yield Score(scale=name, title=title, when=when, reading=reading, met=met)


def _met(found: Findings, name: str, column: str, repeats: Repeats | None) -> Iterator[Counted]:
    read = f"_{READ}" if name in read_scores(found.study) else ""
    for criterion in CRITERIA.get(name, ()):

        def met(of: Column, criterion: Criterion = criterion) -> np.ndarray:
            return criterion.met(of(f"{name}_{START}{read}"), of(f"{column}{read}"))

        numbers = _between(repeats, lambda of, met=met: _mean(met(of)))  # type: ignore[misc]
        yield Counted(words=criterion.words, share=share_of(met(found.column)), numbers=numbers)


def _criteria(found: Findings, response: str) -> dict[str, np.ndarray]:
    """What counts as met on that column: the criteria of a scale at one time, or the study's threshold."""
    study = found.study
    read = f"_{READ}" if response.endswith(f"_{READ}") else ""
    for name in scales(study):
        if response.removesuffix(read) in {f"{name}_{one.name}" for one in study.milestones}:
            base, score = found.column(f"{name}_{START}{read}"), found.column(response)
            return {one.words: one.met(base, score) for one in CRITERIA.get(name, ())}
    for name, at in study.thresholds.items():
        if response == extreme(name):
            words = f"{at:g} or {'less' if name in FALLING else 'more'}"
            return {words: _reached(name, at, found.column(response)).astype(float)}
    return {}


def _reading(found: Findings, column: str, words: str, repeats: Repeats | None) -> Reading:
    values = found.column(column)
    said, _, unit = words.rpartition(", ")
    return Reading(
        column=column,
        words=said,
        unit=unit,
        mean=float(values.mean()),
        sd=float(values.std(ddof=1)) if len(values) > 1 else 0.0,
        quantiles=tuple(float(one) for one in np.quantile(values, QUANTILES)),
        numbers=_between(repeats, lambda of: float(np.median(of(column)))),
    )


def _between(repeats: Repeats | None, of: Callable[[Column], float]) -> Spread:
    return None if repeats is None else repeats.spread(of)


def _mean(met: np.ndarray) -> float:
    known = met[~np.isnan(met)]
    return float(known.mean()) if len(known) else 0.0
