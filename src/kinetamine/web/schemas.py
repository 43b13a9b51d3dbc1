"""What each function may be asked, as the interface describes it; the library itself judges what is given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from kinetamine import catalogue
from kinetamine.course import DEFAULT_EFFECTS, DEFAULT_OUTCOMES, ENGINES, FAST

SIX = "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks"
"""The example of a regimen."""


def _one(names: Iterable[str | None]) -> WithJsonSchema:
    return WithJsonSchema({"enum": list(names)})


def _some(kind: str, least: int = 0) -> WithJsonSchema:
    names = {"type": "string", "enum": list(catalogue.names(kind))}
    return WithJsonSchema({"type": "array", "items": names, "uniqueItems": True, "minItems": least})


Words = Annotated[
    str,
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "string", "enum": list(catalogue.names("regimens"))}]}),
]
"""The clinic's words, or the name of a regimen of the library."""
_SHARES = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}, "minProperties": 1}
Mechanism = Annotated[
    Any, WithJsonSchema({"anyOf": [{"type": "string", "enum": list(catalogue.names("mechanisms"))}, _SHARES]})
]
"""A name, or names with shares that sum to 1."""
_TABLE = {"type": "object", "additionalProperties": {"type": "number"}}
Parameters = Annotated[
    Any, WithJsonSchema({"type": "object", "additionalProperties": {"anyOf": [{"type": "number"}, _TABLE]}})
]
"""Numbers by name."""


def _open(**about: Any) -> Any:
    """A field that may be left out, and stands for nothing then."""
    return Field(None, **about)


class _Asked(BaseModel):
    """A question: fields that are not known are refused."""

    model_config = ConfigDict(extra="forbid")


class Person(_Asked):
    """Who is treated; what is left out is not known, or as in most trials."""

    weight_kg: float | None = _open(ge=1, le=400, description="kg; needed by every mg/kg dose", examples=[70])
    age_y: float = Field(40, ge=0, le=110, description="years")
    sex: Annotated[str | None, _one(("female", "male", None))] = _open(description="as models know it")
    height_cm: float | None = _open(ge=30, le=250, description="cm")
    ancestry: Annotated[str, _one(("not stated", "asian", "japanese"))] = Field("not stated")
    cyp2b6: Annotated[str | None, _one(("*1/*1", "*1/*6", "*6/*6", None))] = _open(description="diplotype")
    comedication: Annotated[list[str], _some("interactions")] = Field([], description="what else is taken")
    hepatic: Annotated[str, _one(("normal", "mild", "moderate", "severe"))] = Field(
        "normal", description="Child-Pugh class in words"
    )
    hypertension: bool = Field(False, description="diagnosed, treated or not")  # noqa: FBT003 - a default
    systolic_mmhg: float = Field(122, ge=60, le=260, description="mmHg at rest before the dose")
    diastolic_mmhg: float = Field(76, ge=30, le=160, description="mmHg at rest, below the systolic pressure")
    heart_rate_bpm: float = Field(72, ge=30, le=200, description="beats/min at rest")
    madrs: float = Field(33, ge=0, le=60, description="points before treatment")
    pain_nrs: float = Field(7, ge=0, le=10, description="points before treatment")
    hama: float = Field(24, ge=0, le=56, description="points before treatment")
    caps5: float = Field(40, ge=0, le=80, description="points before treatment")
    pcl5: float = Field(50, ge=0, le=80, description="points before treatment")
    ssi: float = Field(6, ge=0, le=38, description="points before treatment")
    failed_treatments: int = Field(2, ge=0, le=20, description="adequate antidepressant treatments that failed")
    previous_sessions: int = Field(0, ge=0, le=1000, description="whole ketamine sessions before the first dose")


class Course(_Asked):
    """A course of treatment: as a course file (TOML) holds it."""

    regimen: Words = _open(description="the doses in the clinic's words, or a regimen's name", examples=[SIX])
    person: Person = _open(description="who is treated")
    title: str = Field("A course of ketamine")
    model: Annotated[str, _one(catalogue.names("pk"))] = _open(description="PK model; left out: the usual one")
    effects: Annotated[list[str], _some("effects")] = Field(list(DEFAULT_EFFECTS))
    outcomes: Annotated[list[str], _some("outcomes")] = Field(list(DEFAULT_OUTCOMES))
    mechanism: Mechanism = _open(description="how block becomes relief: a name, or names with shares")
    comparator: Annotated[str, _one(catalogue.names("comparators"))] = _open(description="given in ketamine's place")
    background: Annotated[list[str], _some("comparators")] = Field([], description="given beside it")
    follow_up_days: float = Field(28, ge=0, le=366, description="days after the last dose")
    people: int = Field(100, ge=0, le=1000, description="virtual people for the bands: 0, or 20 and more")
    seed: int = Field(20260101, ge=0, le=2**63 - 1, description="of the virtual people")
    outside: bool = Field(False, description="go on outside the studied range, and stamp it")  # noqa: FBT003 - a default
    engine: Annotated[str, _one(ENGINES)] = Field(FAST, description="the server's default is the fast one")
    parameters: Parameters = Field({}, description='numbers that replace the library\'s: {"depression": {"SIZE": 1}}')


class Compare(Course):
    """A course, and the models that are compared."""

    models: Annotated[list[str], _some("pk", least=1)] = _open(description="left out: all that were built for it")


class Export(Course):
    """A course, and the file that is wanted of it."""

    format: Annotated[str, _one(("report", "csv", "events", "nonmem", "sbml"))] = Field("report")
    outputs: list[str] = _open(description="nonmem: what is read", json_schema_extra={"minItems": 1})
    times_h: list[float] = Field([], description="nonmem: when, in hours")
    residual: bool = Field(False, description="nonmem: readings stray as real ones do")  # noqa: FBT003 - a default


class Predict(Course):
    """A course, and the trial of it."""

    n: int = Field(30, ge=1, description="people in the arm, or in each of two")
    against: Annotated[str, _one(catalogue.names("comparators"))] = _open(description="difference to this")
    readout: str = Field("madrs", description="what is measured")
    days: list[Annotated[float, Field(ge=0)]] = Field([0, 1, 3, 7, 14, 28], min_length=1, description="since the first")
    level: float = Field(0.9, gt=0, lt=1, description="chance that the interval holds the mean")


class Population(Course):
    """A course, and the virtual people who are given it; its own person is not used."""

    population: Annotated[str, _one(catalogue.names("populations"))] = Field("trd_trials", description="whom to draw")
    people: int = Field(10_000, ge=1, description="how many people; the server has a limit")
    seed: int = Field(1, ge=0, le=2**63 - 1)
    draws: int = Field(0, ge=0, description="of the papers' uncertain numbers: 0, or 20 and more")
    outputs: list[str] = _open(description="what is watched", json_schema_extra={"minItems": 1})
    thresholds: dict[str, float] = Field({}, description="count who reaches a value", examples=[{"systolic_rise": 40}])
    readings: bool = Field(False, description="scores as somebody would read them")  # noqa: FBT003 - a default
    exposure_response: list[Annotated[list[str], Field(min_length=2, max_length=2)]] = Field(
        [], description="exposure and response", examples=[[["ketamine_arterial_max", "madrs_24h"]]]
    )
    bins: int = Field(5, ge=2, description="of equal number, for exposure and response")
    tolerance: float = Field(1e-3, gt=0, lt=1, description="largest error against the reference solver, as a share")
    precision: Annotated[str, _one(("double", "mixed"))] = Field("double")


_VARY = [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}]


class Sensitivity(Course):
    """A course, and what varies in it."""

    target: Annotated[list[str], Field(min_length=1, json_schema_extra={"uniqueItems": True})] = _open(
        description="columns of the endpoints, such as madrs_24h"
    )
    vary: Annotated[Any, WithJsonSchema({"anyOf": _VARY})] = Field(
        "all", description="people, numbers or all; or names, as CL or CL=50:90"
    )
    method: Annotated[str, _one(("sobol", "morris"))] = Field("sobol")
    samples: int = _open(ge=2, description="base samples, a power of two; or trajectories")
    seed: int = Field(1, ge=0, le=2**63 - 1)


class Hypotheses(_Asked):
    """Which hypotheses meet which results."""

    mechanisms: Annotated[list[str], Field(min_length=1, json_schema_extra={"uniqueItems": True})] = _open(
        description="each alone, or a mixture in words: disinhibition=0.8,habenula=0.2; left out: every rival"
    )
    findings: Annotated[list[str], _some("findings", least=1)] = _open(description="left out: all")


class Cite(Course):
    """Names of entries, or a course: all that a run of it rests on."""

    names: list[str] = _open(description="of the library", json_schema_extra={"minItems": 1, "uniqueItems": True})


class Validate(_Asked):
    """Which models meet what was observed."""

    models: Annotated[list[str], _some("pk", least=1)] = _open(description="left out: each for what it was built")
    children: bool = Field(False, description="children too")  # noqa: FBT003 - a default
