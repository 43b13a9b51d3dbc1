"""People in groups that one problem can hold; who is lost in one engine is solved by the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine.engine.vector.method import Rosenbrock
from kinetamine.population.batch import Runner, together
from kinetamine.population.endpoints import endpoints
from kinetamine.population.lot import edges_for, work
from population.studies import course, study, whole

HASTY = Rosenbrock(most_steps=2.0)
"""A method that gives up on everybody."""


@pytest.mark.slow
def test_who_is_lost_by_the_fast_engine_is_solved_by_the_reference_engine() -> None:
    one = study(people=10)
    (rescued,), (solved,) = (
        list(Runner(one, threads=1, method=method).batches(one.draw(0, 10))) for method in (HASTY, None)
    )
    assert rescued.by_reference.all()
    assert not solved.by_reference.any()
    assert not rescued.result.status.any()
    for name in one.watched:
        assert rescued.result[name] == pytest.approx(solved.result[name], abs=1e-3), name
    assert endpoints(one, rescued)["by_reference"].all()


def test_findings_say_how_many_were_lost() -> None:
    found = replace(whole(), column=lambda _name: np.array([True, False, True]))
    assert found.remarks()[0].startswith("2 of ")


def test_doses_in_different_ratios_are_given_person_by_person_and_share_bins() -> None:
    mixed = course("0.5 mg/kg iv over 40 min on day 1, then 40 mg iv over 40 min on day 2", outside=True)
    one = study(course=mixed, people=12)
    runner = Runner(one, threads=1)
    batches = list(runner.batches(one.draw(0, 12)))
    assert [len(batch.numbers) for batch in batches] == [1] * 12
    values = together([batch.result for batch in batches])["madrs"]
    edges = edges_for(runner)
    place = one.watched.index("madrs")
    assert (edges.first[:, place] <= values.min(axis=0)).all()
    assert (edges.first[:, place] + edges.bins * edges.width[:, place] >= values.max(axis=0)).all()
    lot = work(runner, edges, one.chunks)
    assert lot.sketch.people == lot.simulated == 12
    assert list(lot.table["person"]) == list(range(12))


def test_bins_are_laid_around_people_of_several_chunks_where_the_first_hold_few() -> None:
    narrow = course("0.5 mg/kg esketamine iv over 40 min", model="otto_2021")
    one = study(course=narrow, people=40, chunk=8)
    runner = Runner(one, threads=1)
    everybody = together(
        [batch.result for start, count in one.chunks for batch in runner.batches(one.draw(start, count))]
    )
    edges = edges_for(runner)
    assert np.allclose(edges.first + edges.bins * edges.width / 2.0, _middle(everybody.array()))


def _middle(values: np.ndarray) -> np.ndarray:
    return np.asarray((values.min(axis=0) + values.max(axis=0)) / 2.0)
