"""A session's prediction as plain JSON, which orders and sessions carry; the model's numbers, never readings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kinetamine.clinic.bands import Band
from kinetamine.clinic.plan import SessionPrediction
from kinetamine.errors import FieldError

PREDICTION = "prediction"
"""Its name in the details of an order and of a session."""
_SERIES = ("times_min", "typical", "low", "high")


def written(prediction: SessionPrediction) -> dict[str, Any]:
    """As JSON holds it."""
    return {
        "number": prediction.number,
        "exposure": prediction.exposure,
        "peak_ng_per_ml": prediction.peak_ng_per_ml,
        "auc_ng_h_per_ml": prediction.auc_ng_h_per_ml,
        "bands": {name: _band_written(band) for name, band in prediction.bands.items()},
        "model": prediction.model,
        "version": prediction.version,
        "warnings": list(prediction.warnings),
    }


def read(held: object) -> SessionPrediction:
    """From JSON.

    Raises:
        FieldError: it is no prediction.
    """
    found = _mapping("prediction", held)
    try:
        return SessionPrediction(
            number=int(found["number"]),
            exposure=str(found["exposure"]),
            peak_ng_per_ml=float(found["peak_ng_per_ml"]),
            auc_ng_h_per_ml=float(found["auc_ng_h_per_ml"]),
            bands={str(name): _band(name, band) for name, band in _mapping("bands", found["bands"]).items()},
            model=str(found["model"]),
            version=str(found["version"]),
            warnings=tuple(str(one) for one in found["warnings"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FieldError("prediction", type(held).__name__, "a prediction as it was written") from error


def of(details: Mapping[str, Any]) -> SessionPrediction | None:
    """The prediction among the details of an order or a session; None where there is none.

    Raises:
        FieldError: there is one that cannot be read.
    """
    held = details.get(PREDICTION)
    return None if held is None else read(held)


def _band_written(band: Band) -> dict[str, Any]:
    series = {name: list(getattr(band, name)) for name in _SERIES}
    plain = {name: getattr(band, name) for name in ("quantity", "title", "unit", "has_noise")}
    return plain | series


def _band(name: object, held: object) -> Band:
    found = _mapping(f"band {name}", held)
    series = {one: tuple(float(value) for value in found[one]) for one in _SERIES}
    if len({len(values) for values in series.values()}) != 1:
        raise FieldError(f"band {name}", "series of several lengths", "as many values as times")
    if not all(math.isfinite(value) for values in series.values() for value in values):
        raise FieldError(f"band {name}", "a value that is none", "finite numbers")
    return Band(
        quantity=str(found["quantity"]),
        title=str(found["title"]),
        unit=str(found["unit"]),
        has_noise=bool(found["has_noise"]),
        **series,
    )


def _mapping(name: str, held: object) -> Mapping[str, Any]:
    if not isinstance(held, Mapping):
        raise FieldError(name, type(held).__name__, "names with their values")
    return held
