"""Exposure and response: people in bins of equal number by an exposure, and what became of each bin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int

from kinetamine.errors import FieldError
from kinetamine.population.findings import Share
from kinetamine.population.streams import require_whole
from kinetamine.population.study import Study
from kinetamine.population.treated import studied

FEWEST, MOST = 2, 100
"""Bins."""


@dataclass(frozen=True, kw_only=True)
class Bin:
    """People whose exposure lies between two values.

    Attributes:
        low, high: the least and the most exposure of them; ``middle`` their median.
        mean, sd: of their response.
        met: by criterion, how many of those for whom it has a meaning meet it.
    """

    low: float
    middle: float
    high: float
    people: int
    mean: float
    sd: float
    met: Mapping[str, Share] = field(default_factory=dict)


def require_bins(bins: int) -> None:
    """Refuse a number of bins that means nothing.

    Raises:
        FieldError: in one sentence.
    """
    require_whole("bins", bins, FEWEST, MOST)


def require_filled(study: Study, bins: int) -> None:
    """Refuse, before anybody is simulated, more bins than there will be people to fill them.

    Raises:
        FieldError: in one sentence.
    """
    if study.people < bins:
        raise _too_few(study.people, bins)
    inside = 0
    for first, count in study.chunks:  # drawing alone is quick, and the first people are mostly enough
        inside += int(np.count_nonzero(studied(study.course, study.draw(first, count)) | study.course.outside))
        if inside >= bins:
            return
    if inside:  # where it is nobody, the study says why
        raise _too_few(inside, bins, "people inside what the models were built on")


def exposure_response(
    exposure: Float[np.ndarray, " person"],
    response: Float[np.ndarray, " person"],
    met: Mapping[str, Float[np.ndarray, " person"]] | None = None,
    bins: int = 5,
) -> tuple[Bin, ...]:
    """Bins that hold the same number of people, as nearly as equal exposures allow, from low exposure to high.

    It describes: people in different bins differ in more than exposure, and nothing here says what causes what.

    Args:
        met: by criterion, 1 for those who meet it, 0 for those who do not, no number where it has no meaning.

    Raises:
        FieldError: columns that are no numbers or do not fit each other; fewer people than bins.
    """
    require_bins(bins)
    exposure, response = _numbers("exposure", exposure), _numbers("response", response)
    if len(exposure) != len(response):
        raise FieldError("response", len(response), f"one for each of the {len(exposure)} people with an exposure")
    if len(exposure) < bins:
        raise _too_few(len(exposure), bins)
    place = _places(exposure, bins)
    rows = [np.flatnonzero(place == one) for one in np.unique(place)]
    return tuple(_bin(exposure[some], response[some], {n: v[some] for n, v in (met or {}).items()}) for some in rows)


def _too_few(people: int, bins: int, whose: str = "people") -> FieldError:
    return FieldError(whose, people, f"at least as many as bins, {bins}")


def _places(exposure: Float[np.ndarray, " person"], bins: int) -> Int[np.ndarray, " person"]:
    """Which bin each is in; people of one exposure are never parted, so that some bins may be empty."""
    edges = np.quantile(exposure, np.arange(1, bins) / bins)
    return np.searchsorted(edges, exposure, side="left")


def _bin(exposure: np.ndarray, response: np.ndarray, met: Mapping[str, np.ndarray]) -> Bin:
    return Bin(
        low=float(exposure.min()),
        middle=float(np.median(exposure)),
        high=float(exposure.max()),
        people=len(exposure),
        mean=float(response.mean()),
        sd=float(response.std(ddof=1)) if len(response) > 1 else 0.0,
        met={name: share for name, one in met.items() if (share := share_of(one)) is not None},
    )


def share_of(met: Float[np.ndarray, " person"]) -> Share | None:
    """How many meet a criterion, of those for whom it has a meaning; None where it has one for nobody."""
    known = met[~np.isnan(met)]
    return Share(int(np.count_nonzero(known)), len(known)) if len(known) else None


def _numbers(what: str, given: np.ndarray) -> Float[np.ndarray, " person"]:
    values = np.asarray(given)
    if values.dtype.kind not in "fiu" or not np.all(np.isfinite(values)):
        raise FieldError(what, str(values.dtype), "a column of numbers, one for each person")
    return values.astype(float)
