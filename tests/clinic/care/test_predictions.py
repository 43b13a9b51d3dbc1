from __future__ import annotations

import json
from typing import Any

import pytest

from kinetamine.clinic.bands import Band
from kinetamine.clinic.care import predictions
from kinetamine.clinic.plan import SessionPrediction
from kinetamine.errors import FieldError

PREDICTED = SessionPrediction(
    number=2,
    exposure="ketamine_venous",
    peak_ng_per_ml=153.25,
    auc_ng_h_per_ml=201.5,
    bands={
        name: Band(
            quantity=name,
            title=name.capitalize(),
            unit=unit,
            times_min=(0.0, 40.0, 240.0),
            typical=(120.0, 140.0, 121.0),
            low=(100.0, 115.0, 101.0),
            high=(140.0, 166.0, 141.0),
            has_noise=True,
        )
        for name, unit in (("systolic", "mmHg"), ("cadss", "points"))
    },
    model="a model",
    version="0.1",
    warnings=("few people",),
)


def test_it_comes_back_as_it_was() -> None:
    held = json.loads(json.dumps(predictions.written(PREDICTED)))
    assert predictions.read(held) == PREDICTED
    assert predictions.of({"prediction": held}) == PREDICTED
    assert predictions.of({}) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"bands": 3},
        {"number": None},
        {"warnings": None},
        {"bands": {"systolic": {"quantity": "systolic"}}},
        {"bands": {"cadss": predictions.written(PREDICTED)["bands"]["cadss"] | {"low": [1.0]}}},
        {"bands": {"cadss": predictions.written(PREDICTED)["bands"]["cadss"] | {"low": [1.0, 2.0, float("nan")]}}},
    ],
)
def test_what_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        predictions.read(predictions.written(PREDICTED) | wrong)
    with pytest.raises(FieldError):
        predictions.read("a prediction")
