"""One row a person: who they are, how high and how long, and what scores they had when trials look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from jaxtyping import Float

from kinetamine.engine.vector.layout import unpack
from kinetamine.engine.vector.result import Result
from kinetamine.exposure import area
from kinetamine.population.batch import Batch
from kinetamine.population.differences import residuals
from kinetamine.population.study import FALLING, SAME_H, Study

PERSON, EXTRAPOLATED, BY_REFERENCE = "person", "extrapolated", "by_reference"
START, LARGEST, LEAST, AREA, READ = "start", "max", "min", "auc", "read"


def endpoints(study: Study, batch: Batch) -> dict[str, np.ndarray]:
    """Columns of a table: the person's number, covariates, then of each output what ``columns`` says of it."""
    found: dict[str, np.ndarray] = {PERSON: batch.numbers} | batch.people.columns()
    found |= {EXTRAPOLATED: ~batch.inside, BY_REFERENCE: batch.by_reference}
    found |= summaries(study, batch.result)
    return found | dict(_readings(study, batch, found))


def columns(study: Study) -> dict[str, str]:
    """What each column means, in words, by name; covariates speak for themselves."""
    found = {
        PERSON: "number of the person; the same seed and number are the same person in every study",
        EXTRAPOLATED: "whether the person lies outside what the models were built on",
        BY_REFERENCE: "whether the reference engine solved the person",
    }
    for name in study.watched:
        title, unit, stage = study.predicted[name]
        if stage == "mood":
            found[f"{name}_{START}"] = f"{title} before treatment, {unit}"
            found |= {f"{name}_{one.name}": f"{title} {one.words}, {unit}" for one in study.milestones}
        word = "lowest" if name in FALLING else "highest"
        found[extreme(name)] = f"{title}, {word} at any time, {unit}"
        if stage == "plasma":
            found[f"{name}_{AREA}"] = f"{title}, area over the course, {unit} x h"
    read = [f"{name}_{when}" for name in read_scores(study) for when in _when(study)]
    return found | {f"{name}_{READ}": f"{found[name]}, as somebody would read it" for name in read}


def extreme(name: str) -> str:
    """The column of an output's highest value, or of the lowest where less is the larger effect."""
    return f"{name}_{LEAST if name in FALLING else LARGEST}"


def read_scores(study: Study) -> dict[str, float]:
    """The scores that are given as read, with the SD of a reading; none unless the study asks for readings."""
    if not study.readings:
        return {}
    scores = [name for name in study.watched if study.predicted[name][2] == "mood"]
    known = {name: study.sources[name].residual.get(name) for name in scores}
    return {name: residual.value for name, residual in known.items() if residual}


def _when(study: Study) -> tuple[str, ...]:
    return (START, *(one.name for one in study.milestones))


def summaries(study: Study, result: Result) -> dict[str, Float[np.ndarray, " person"]]:
    """The columns that are made of outputs."""
    return dict(_summaries(study, result))


def _summaries(study: Study, result: Result) -> Iterator[tuple[str, Float[np.ndarray, " person"]]]:
    """Name and values of each column that is made of an output."""
    blocks, people = result.blocks, result.people
    most, least = unpack(blocks.max(axis=1), people), unpack(blocks.min(axis=1), people)
    at = np.searchsorted(study.times_h, [0.0, *(one.time_h - SAME_H for one in study.milestones)])
    seen = unpack(blocks[:, at], people)
    for place, name in enumerate(study.watched):
        stage = study.predicted[name][2]
        if stage == "mood":
            yield from ((f"{name}_{when}", seen[:, row, place]) for row, when in enumerate(_when(study)))
        yield extreme(name), (least if name in FALLING else most)[:, place]
        if stage == "plasma":
            yield f"{name}_{AREA}", unpack(_areas(blocks[:, :, place], study.times_h), people)


def _areas(
    levels: Float[np.ndarray, "group time lane"], times_h: Float[np.ndarray, " time"]
) -> Float[np.ndarray, "group lane"]:
    """One group of people at a time, whose levels follow each other and stay in the cache: as fast as trapezoids."""
    return np.stack([area(np.ascontiguousarray(group), times_h) for group in levels])


def _readings(
    study: Study, batch: Batch, found: Mapping[str, np.ndarray]
) -> Iterator[tuple[str, Float[np.ndarray, " person"]]]:
    """Scores with the error of a reading, within the scale; it depends on nothing but person and occasion.

    A score that the population draws was published as read: before treatment it holds that error already.
    """
    first, when = int(batch.numbers.min()), _when(study)
    count = int(batch.numbers.max()) - first + 1
    for name, sd in read_scores(study).items():
        owner = study.sources[name].name
        low, high = study.bounds(name)
        errors = residuals(owner, name, sd, count, study.seed, len(when), first)[batch.numbers - first]
        if name in batch.people.population.covariates:
            errors[:, 0] = 0.0
        for row, one in enumerate(when):
            yield f"{name}_{one}_{READ}", np.clip(found[f"{name}_{one}"] + errors[:, row], low, high)
