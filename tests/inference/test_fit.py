"""Known numbers are found again from numbers made with them."""

from __future__ import annotations

import numpy as np
import pytest

from kinetamine.inference.fit import Model, Search
from kinetamine.inference.free import values
from kinetamine.inference.judge import determined, elasticities, entwined
from kinetamine.inference.rows import ONCE, observations


@pytest.fixture(scope="module")
def curve() -> Model:
    return Model("empirical", observations(), anchored=False)


@pytest.mark.slow
def test_known_numbers_are_found_again(curve: Model) -> None:
    names = [one.name for one in curve.free]
    true = np.zeros(len(names))
    true[names.index("mechanism.DECAY")] = 0.8
    true[names.index("depression.SIZE")] = -0.5
    true[names.index("depression.BELIEF")] = 0.7
    for place, name in enumerate(names):
        true[place] = -2.0 if name.startswith("heterogeneity") else true[place]
    curve.falls, curve.plain = np.asarray(curve.expected(true)[0]), np.full(len(curve.found), 0.004)
    mode = Search(curve).most_probable()
    np.testing.assert_allclose(np.asarray(curve.expected(mode.z)[0]), curve.falls, atol=0.01)
    given, found = values(curve.free, true), values(curve.free, mode.z)
    for name in ("mechanism.DECAY", "depression.BELIEF", "expectancy.CONVICTION_PLACEBO"):
        assert found[name] == pytest.approx(given[name], rel=0.12)


def test_rows_left_out_do_not_count(curve: Model) -> None:
    weight = np.asarray([float(one.trial != "singh_2016") for one in curve.found])
    zero = np.zeros(len(curve.free))
    before = float(curve.log_posterior(zero, weight))
    kept, curve.falls = curve.falls, curve.falls + 0.3 * (1.0 - weight)
    assert float(curve.log_posterior(zero, weight)) == pytest.approx(before)
    curve.falls = kept


def test_covariance_is_one(curve: Model) -> None:
    fall, covariance = curve.expected(np.zeros(len(curve.free)))
    assert np.all(np.isfinite(fall))
    assert np.linalg.eigvalsh(np.asarray(covariance)).min() > 0.0
    names = [one.row_id for one in curve.found]
    related = np.asarray(covariance)[names.index("fedgchin_2019.07")]
    other = related[names.index("popova_2019.02")]
    assert related[names.index("fedgchin_2019.08")] > other > 0.0
    assert related[names.index("murrough_2013.01")] == 0.0


def test_what_draws_determine() -> None:
    stream = np.random.default_rng(3)
    draws = stream.standard_normal((4000, 3)) * np.asarray([0.1, 1.0, 1.0])
    draws[:, 2] = -draws[:, 1] + 0.2 * stream.standard_normal(4000)
    left, _ = determined(draws)
    assert (left < 0.5).sum() == 2
    assert [pair[:2] for pair in entwined(draws, ("a", "b", "c"))] == [("b", "c")]


def test_elasticities_of_the_curve(curve: Model) -> None:
    found = elasticities(curve.law.mechanism, {}, {"24 h": (ONCE, 24.0), "168 h": (ONCE, 168.0)})
    assert 0.0 < found["24 h"]["GAIN"] < 1.0
    assert found["168 h"]["DECAY"] > found["24 h"]["DECAY"] > 0.0
    assert found["24 h"]["EC50"] < 0.0
