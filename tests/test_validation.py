"""Predictions beside published observations: the figures that the documentation states."""

from __future__ import annotations

import statistics
from dataclasses import replace
from functools import cache

import pytest

from kinetamine.errors import FieldError
from kinetamine.validation import Comparison, accuracy, is_level, observations, predict, validate
from kinetamine.validation import _course as course_of


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Every adult observation beside the prediction of the model that a course would use."""
    return validate()


def error_percent(analyte: str, site: str) -> float:
    """Median absolute prediction error of the default model by vein, where the paper states the site."""
    ratios = [
        one.ratio
        for one in comparisons()
        if (one.model, one.route) == ("kamp_2020", "intravenous")
        and (one.observation.analyte, one.observation.site) == (analyte, site)
        and one.observation.site_stated
        and is_level(one.observation.metric)
        and "rate change" not in one.observation.note
        and one.ratio is not None
    ]
    assert len(ratios) >= 6
    return 100.0 * statistics.median(abs(ratio - 1.0) for ratio in ratios)


@pytest.mark.parametrize(
    ("analyte", "site", "limit"),
    [
        ("s_ketamine", "arterial", 15.0),
        ("r_ketamine", "arterial", 15.0),
        ("s_ketamine", "venous", 15.0),
        ("s_norketamine", "arterial", 25.0),
        ("r_norketamine", "arterial", 25.0),
        ("s_norketamine", "venous", 25.0),
    ],
)
def test_default_model_by_vein(analyte: str, site: str, limit: float) -> None:
    assert error_percent(analyte, site) <= limit


def test_arketamine_over_both_sites() -> None:
    """Venous R-ketamine rests on one study of 5 mg, whose last samples run a third below every model."""
    ratios = [
        one.ratio
        for one in comparisons()
        if one.model == "kamp_2020"
        and one.observation.analyte == "r_ketamine"
        and one.observation.site_stated
        and is_level(one.observation.metric)
        and "rate change" not in one.observation.note
        and one.ratio is not None
    ]
    assert 100.0 * statistics.median(abs(ratio - 1.0) for ratio in ratios) <= 15.0


def test_most_reported_adult_rows_are_within_two_fold() -> None:
    rows = [one for one in comparisons() if one.observation.evidence == "reported_observation"]
    assert len(rows) > 150
    assert statistics.fmean(one.within_two_fold for one in rows) >= 0.85


def test_rows_that_nothing_predicts_say_why() -> None:
    silent = [one for one in comparisons() if one.predicted is None]
    assert {one.observation.analyte for one in silent} == {"dehydronorketamine"}
    assert all("an analyte of" in one.reason for one in silent)


def test_accuracy_counts_every_level_once() -> None:
    table = accuracy(comparisons(), observed_only=False)
    levels = [one for one in comparisons() if one.ratio is not None and is_level(one.observation.metric)]
    assert sum(row.rows for row in table) == len(levels)


def test_no_row_is_from_memory_and_each_names_its_source() -> None:
    for one in observations():
        assert one.evidence != "memory"
        assert one.citation
        assert one.read_from
        assert one.value > 0.0


def test_an_unknown_metric_is_refused() -> None:
    one = replace(observations()[0], metric="Cavg")
    with pytest.raises(FieldError, match="metric: given 'Cavg'"):
        predict(one, course_of(one, None))
