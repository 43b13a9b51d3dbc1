"""Which numbers matter: what is asked of the engine, and its answer as plain values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from kinetamine import __version__
from kinetamine.course import Course
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.endpoints import columns as columns_of
from kinetamine.population.factors import KINDS, Factor, chosen, factors
from kinetamine.population.sensitivity import Index, Sensitivity
from kinetamine.population.study import Study
from kinetamine.report.nature import NATURE
from kinetamine.report.words import person_words

_LEVELS = ("ketamine_arterial_max", "ketamine_venous_max", "s_ketamine_venous_max")
_EFFECTS = ("cadss_max",)
_SCORES = ("madrs_24h", "caps5_24h", "hama_24h", "ssi_24h", "pain_nrs_24h", "madrs_end")


def asked(course: Course, targets: Sequence[str] | None = None, seed: int = 1) -> tuple[Study, tuple[str, ...]]:
    """The study of one person, watching what the targets need; and the targets: a level, an effect and a score if None.

    Raises:
        InputError: in one sentence.
    """
    course.problem()  # the person is judged first
    study = Study(course=course, people=8, seed=seed)
    known = _outputs(replace(study, outputs=tuple(study.predicted)))
    names = tuple(_usual(known)) if targets is None else tuple(dict.fromkeys(targets))
    if not names:
        raise FieldError("target", None, "columns of the endpoints, such as madrs_24h")
    for name in names:
        if name not in known:
            raise UnknownNameError("target", name, known)
    return replace(study, outputs=tuple(dict.fromkeys(known[name] for name in names))), names


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


def factors_of(study: Study, vary: str | Sequence[str]) -> tuple[Factor, ...]:
    """What varies: ``people``, ``numbers`` or ``all``; or names, with a range or without.

    Raises:
        InputError: a name is not known, or nothing varies.
    """
    problem = study.course.problem()
    if not isinstance(vary, str):
        return chosen(problem, vary)
    if vary not in KINDS:
        return chosen(problem, [vary])
    found = factors(problem, vary)
    if not found:
        raise FieldError("vary", vary, "a course with numbers whose range is known, or a range as CL=50:90")
    return found


def as_mapping(found: Sensitivity, study: Study) -> dict[str, Any]:
    """Everything as plain values."""
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
            {"column": one.target.column, "title": one.target.words, "unit": one.target.unit,
             "mean": one.mean if math.isfinite(one.mean) else None, "sd": one.sd if math.isfinite(one.sd) else None,
             "indices": [_plain(found, each) for each in one.indices]}
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
