"""What the functions answer, as the interface describes it: the fields that are always there, and what they mean."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    """An answer may hold more than is described."""

    model_config = ConfigDict(extra="allow")


class Problem(_Answer):
    """Why there is no answer, in one sentence, and at which field."""

    status: int = Field(description="the status of the answer")
    kind: str = Field(description="FieldError, UnknownNameError, OutsideStudiedRangeError, TooLong, Full ...")
    message: str = Field(description="one sentence")
    at: str = Field(description="field of the question, as person.weight_kg; empty: the whole of it")


class Health(_Answer):
    """That the server is there."""

    kinetamine: str = Field(description="its version")
    ready: int = Field(description="processes that can answer")


class Dose(_Answer):
    """One administration as it was understood."""


class Series(_Answer):
    """One predicted quantity over time."""

    title: str
    unit: str
    stage: str
    typical: list[float] = Field(description="of the person alone; p5 and p95 beside it are of virtual people")


class Simulation(_Answer):
    """One simulated course: numbers, units, sources and warnings."""

    kinetamine: str
    nature: str = Field(description="a model prediction, not a measurement")
    title: str
    person: dict[str, Any]
    model: str
    warnings: list[str]
    doses: list[Dose]
    summary: list[dict[str, Any]]
    times_h: list[float]
    series: dict[str, Series]
    references: list[dict[str, Any]]


class Comparison(_Answer):
    """Exposure by each model, and the models that are left out, with why."""

    exposures: list[dict[str, Any]]
    left_out: dict[str, list[str]]


class Explanation(_Answer):
    """A course step by step."""

    title: str
    warnings: list[str]
    steps: list[dict[str, Any]]


class Entry(_Answer):
    """One entry of the library."""

    kinetamine: str
    kind: str
    name: str
    title: str
    purpose: str
    sections: list[dict[str, Any]] = Field(description="as on its card: numbers with unit, source, provenance ...")


class Citation(_Answer):
    """References for a bibliography."""

    bibtex: str


class Rivals(_Answer):
    """What each hypothesis predicts, and what it fails."""

    hypotheses: list[dict[str, Any]]
    predictions: list[dict[str, Any]]
    contradictions: list[list[str]]


class Study(_Answer):
    """How many virtual people fare."""

    title: str
    disclaimer: str
    left_out: int
    endpoints: list[dict[str, Any]]
    scores: list[dict[str, Any]]
    thresholds: list[dict[str, Any]]
    times_h: list[float]
    bands: dict[str, Any]
    references: list[dict[str, Any]]


class Forecast(_Answer):
    """The mean that a trial would find, and how far it may be off."""

    readout: str
    unit: str
    days: list[float]
    mean: list[float]
    low: list[float]
    high: list[float]
    notes: list[str]


class Ranking(_Answer):
    """Which numbers move which results."""

    method: str
    runs: int
    targets: list[dict[str, Any]]
    idle: list[str]
    warnings: list[str]


class Accuracy(_Answer):
    """Prediction errors, and every observation beside its prediction."""

    accuracy: list[dict[str, Any]]
    rows: list[dict[str, Any]]
