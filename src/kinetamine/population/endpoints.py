"""One row a person: who they are, how high and how long, and what scores they had when trials look."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from kinetamine.engine.vector.result import Result
from kinetamine.population.batch import Batch
from kinetamine.population.study import SAME_H, Study

PERSON = "person"
START, LARGEST, AREA = "start", "max", "auc"
_LOWER_IS_MORE = {"sedation"}
"""Readouts of which the smallest value is the largest effect."""


def endpoints(study: Study, batch: Batch) -> dict[str, np.ndarray]:
    """Columns of a table: the person's number, covariates, then of each output what ``columns`` says of it."""
    people = batch.people.to_pandas()
    found: dict[str, np.ndarray] = {PERSON: batch.numbers}
    found |= {name: people[name].to_numpy() for name in people.columns}
    for name in study.watched:
        values = _values(batch.result, name)
        for suffix, column in _summaries(study, name, values):
            found[f"{name}_{suffix}"] = _by_person(column, batch.result)
    return found


def columns(study: Study) -> dict[str, str]:
    """What each column made of an output means, in words, by name."""
    found = {}
    for name in study.watched:
        title, unit, stage = study.predicted[name]
        if stage == "mood":
            found[f"{name}_{START}"] = f"{title} before treatment, {unit}"
            found |= {f"{name}_{one.name}": f"{title} {one.words}, {unit}" for one in study.milestones}
            continue
        extreme = "lowest" if name in _LOWER_IS_MORE else "highest"
        found[f"{name}_{LARGEST}"] = f"{title}, {extreme}, {unit}"
        if stage == "plasma":
            found[f"{name}_{AREA}"] = f"{title}, area over the course, {unit} x h"
    return found


def _values(result: Result, name: str) -> Float[np.ndarray, "group time lane"]:
    return np.asarray(result.blocks[:, :, result.names.index(name)])


def _summaries(
    study: Study, name: str, values: Float[np.ndarray, "group time lane"]
) -> Iterator[tuple[str, Float[np.ndarray, "group lane"]]]:
    stage = study.predicted[name][2]
    if stage == "mood":
        yield START, values[:, 0]
        at = np.searchsorted(study.times_h, [one.time_h - SAME_H for one in study.milestones])
        yield from ((one.name, values[:, row]) for one, row in zip(study.milestones, at, strict=True))
        return
    yield LARGEST, values.min(axis=1) if name in _LOWER_IS_MORE else values.max(axis=1)
    if stage == "plasma":
        yield AREA, np.trapezoid(values, study.times_h, axis=1)


def _by_person(packed: Float[np.ndarray, "group lane"], result: Result) -> Float[np.ndarray, " person"]:
    return np.asarray(packed.reshape(-1)[: result.people], dtype=float)
