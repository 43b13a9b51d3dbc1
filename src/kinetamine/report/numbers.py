"""Every number a trajectory rests on, with its source: the table that lets a reader check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kinetamine.engine.model import Estimate, Provenance, Variability
from kinetamine.engine.trajectory import Trajectory

_MAPPINGS = ("parameters", "residual", "covariance")
_SINGLE = ("clearance", "oral_auc")
"""Fields of an interaction."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """One parameter of one entry."""

    name: str
    estimate: Estimate

    @property
    def unverified(self) -> bool:
        """Whether it was recalled or read second-hand."""
        return self.estimate.provenance is Provenance.UNVERIFIED


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One library entry behind the trajectory, its numbers and its own remarks."""

    name: str
    title: str
    kind: str
    numbers: tuple[Number, ...]
    notes: tuple[str, ...] = ()


def entries(trajectory: Trajectory) -> tuple[Entry, ...]:
    """The entries behind a trajectory in the order of the chain, each with its numbers."""
    return tuple(_entry(one) for one in trajectory.used)


def _entry(used: object) -> Entry:
    remarks: Iterable[str] = getattr(used, "notes", ()) or ()
    extra = [getattr(used, name, "") for name in ("verified", "uncertain", "note")]
    return Entry(
        name=str(getattr(used, "name", type(used).__name__)),
        title=str(getattr(used, "title", "")),
        kind=_KINDS.get(type(used).__name__, type(used).__name__),
        numbers=tuple(_numbers(used)),
        notes=(*remarks, *(str(one) for one in extra if one)),
    )


_KINDS = {"PKModel": "Kinetics", "Route": "Route", "Effect": "Effect", "Interaction": "Interaction"}
_SUFFIX = {"residual": "residual SD of ", "covariance": "covariance of ", "parameters": ""}


def _numbers(used: object) -> Iterator[Number]:
    for kind in _MAPPINGS:
        found = getattr(used, kind, None)
        if isinstance(found, Mapping):
            for name, estimate in found.items():
                if isinstance(estimate, Estimate):
                    yield Number(name=_SUFFIX[kind] + _flat(name), estimate=estimate)
    variability = getattr(used, "variability", None)
    if isinstance(variability, Mapping):
        for name, one in variability.items():
            if isinstance(one, Variability):
                yield Number(name=f"ω² of {name} ({one.scale} scale)", estimate=one.omega2)
    for name in _SINGLE:
        single = getattr(used, name, None)
        if isinstance(single, Estimate):
            yield Number(name=name, estimate=single)


def _flat(name: object) -> str:
    return " and ".join(str(part) for part in name) if isinstance(name, tuple) else str(name)
