"""Draws of the numbers: as many as make a band, and as exact as the study that they belong to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinetamine.engine.vector.method import Method
from kinetamine.errors import FieldError, SolverError
from kinetamine.population import conduct as conducting
from kinetamine.population import repeats
from kinetamine.population.accuracy import Accuracy
from kinetamine.population.batch import Runner
from kinetamine.population.conduct import CAREFUL
from kinetamine.population.repeats import FEWEST_DRAWS, repeated, require_draws
from population.studies import whole


@pytest.mark.parametrize("draws", [2, 19, 501, -20, True, 20.5])
def test_draws_that_make_no_band_are_refused(draws: int) -> None:
    with pytest.raises(FieldError, match="expected 0, or 20 to 500: fewer make no band"):
        require_draws(draws)


def test_draws_are_solved_by_the_method_that_the_study_fell_back_to(monkeypatch: pytest.MonkeyPatch) -> None:
    methods = list[Method]()

    def note(runner: Runner) -> dict[str, object]:
        methods.append(runner.method)
        return {}

    monkeypatch.setattr(repeats, "_endpoints", note)
    repeated(replace(whole(), method=CAREFUL), FEWEST_DRAWS)
    assert methods == [CAREFUL] * FEWEST_DRAWS


def test_the_first_draw_is_held_against_the_reference_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Accuracy(people=(0,), errors={"madrs": 0.5})
    monkeypatch.setattr(conducting, "check", lambda _runner: wrong)
    with pytest.raises(SolverError, match="no result is returned"):
        repeated(whole(), FEWEST_DRAWS)
