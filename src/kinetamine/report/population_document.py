"""A study of a population for machines: one JSON document with units, intervals, sources and warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinetamine import __version__
from kinetamine.population.study import QUANTILES
from kinetamine.report.nature import NATURE
from kinetamine.report.population_files import PERCENTILES
from kinetamine.report.population_rows import (
    Counted,
    Reading,
    Score,
    Spread,
    endpoint_rows,
    score_rows,
    threshold_rows,
    why_left_out,
)

if TYPE_CHECKING:
    import numpy as np

    from kinetamine.population.exposure_response import Bin
    from kinetamine.population.findings import Findings, Share
    from kinetamine.population.repeats import Repeats

_DIGITS = 6


@dataclass(frozen=True)
class Found:
    """A study that was conducted, and what was made of it.

    Attributes:
        binned: exposure, response, and the bins.
    """

    findings: Findings
    repeats: Repeats | None
    binned: tuple[tuple[str, str, tuple[Bin, ...]], ...]


def as_mapping(found: Found, written: Sequence[Path] = ()) -> dict[str, Any]:
    """Everything that was found, and the files that were written of it."""
    findings, repeats = found.findings, found.repeats
    course = findings.study.typical
    return {
        "title": course.title,
        "source": f"kinetamine {__version__}",
        "disclaimer": NATURE,
        **findings.metadata(),
        "model": course.pk_model.name if course.doses else None,
        "left_out": findings.left_out,
        "left_out_because": list(why_left_out(findings.study)),
        "endpoints": [_reading(row) for row in endpoint_rows(findings, repeats)],
        "scores": [_score(row) for row in score_rows(findings, repeats)],
        "thresholds": [_counted(row) for row in threshold_rows(findings, repeats)],
        "exposure_response": [
            {"exposure": one, "response": other, "bins": [_bin(each) for each in bins]}
            for one, other, bins in found.binned
        ],
        "numbers": None
        if repeats is None
        else {
            "contains": repeats.contains,
            "draws": len(repeats.tables),
            "people": repeats.people,
            "varied": list(repeats.varied),
        },
        "times_h": _rounded(findings.times_h),
        "bands": {name: _band(findings, name) for name in findings.study.watched},
        "references": [asdict(one) for one in findings.references],
        "files": [str(path) for path in written],
    }


def _reading(row: Reading) -> dict[str, Any]:
    return {
        "column": row.column,
        "title": row.words,
        "unit": row.unit,
        "mean": row.mean,
        "sd": row.sd,
        **dict(zip(PERCENTILES, row.quantiles, strict=True)),
        "numbers": _spread(row.numbers),
    }


def _score(row: Score) -> dict[str, Any]:
    return {"scale": row.scale, "when": row.when, **_reading(row.reading), "shares": [_counted(one) for one in row.met]}


def _counted(one: Counted) -> dict[str, Any]:
    return {"criterion": one.words, **_share(one.share), "numbers": _spread(one.numbers)}


def _bin(one: Bin) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("low", "middle", "high", "people", "mean", "sd")}
    return plain | {"shares": [{"criterion": name, **_share(share)} for name, share in one.met.items()]}


def _share(share: Share | None) -> dict[str, Any]:
    if share is None:
        return {"share": None, "low": None, "high": None, "count": 0, "people": 0}
    low, high = share.interval
    return {"share": share.value, "low": low, "high": high, "count": share.count, "people": share.people}


def _spread(numbers: Spread) -> dict[str, float] | None:
    return None if numbers is None else {"p5": numbers[0], "p95": numbers[1]}


def _band(found: Findings, name: str) -> dict[str, Any]:
    title, unit, stage = found.study.predicted[name]
    levels = zip(PERCENTILES, found.bands(name, QUANTILES), strict=True)
    about = {"title": title, "unit": unit, "stage": stage, "resolution": found.resolution(name)}
    return about | {level: _rounded(values) for level, values in levels}


def _rounded(values: np.ndarray) -> list[float]:
    return [float(f"{value:.{_DIGITS}g}") for value in values]
