"""Other processes give the same numbers, also when one of them is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import distributed
import pytest

from kinetamine.errors import FieldError, SolverError
from kinetamine.population.batch import Runner
from kinetamine.population.conduct import conduct
from kinetamine.population.lot import edges_for
from kinetamine.population.workers import Workers, _Order, _work
from population.studies import assert_same, study, whole


@pytest.fixture(scope="module")
def four() -> Iterator[Workers]:
    with Workers(processes=4) as workers:
        yield workers


@pytest.mark.slow
def test_four_workers_change_nothing(four: Workers) -> None:
    assert four.count == 4
    assert_same(whole(), conduct(study(), workers=four))


@pytest.mark.slow
def test_a_worker_that_is_killed_changes_nothing(four: Workers) -> None:
    killed: list[int] = []
    assert_same(whole(), conduct(study(), workers=four, progress=_kill_one(four, killed)))
    assert len(killed) == 1


@pytest.mark.slow
def test_a_lonely_worker_that_is_killed_changes_nothing_either() -> None:
    with Workers(processes=1) as one:
        assert_same(whole(), conduct(study(), workers=one, progress=_kill_one(one, [])))


@pytest.mark.slow
def test_stopped_on_workers_and_taken_up_here(four: Workers, tmp_path: Path) -> None:
    part = conduct(study(), workers=four, folder=tmp_path, progress=_stop)
    assert not part.complete
    assert_same(whole(), conduct(study(), folder=tmp_path))


@pytest.mark.slow
def test_a_cluster_that_runs_already_is_reached_by_its_address(four: Workers) -> None:
    with Workers(address=four.client.scheduler.address) as again:
        assert_same(whole(), conduct(study(), workers=again))
    assert four.count >= 1


@pytest.mark.slow
def test_a_piece_that_cannot_be_done_is_said_in_one_sentence(four: Workers) -> None:
    runner = Runner(study(), threads=1)
    edges = edges_for(runner)
    with pytest.raises(SolverError, match="gave up a piece of work"):
        list(four.map(runner, edges, [[("no", "piece")]]))  # type: ignore[list-item]  # on purpose


def test_workers_must_be_started() -> None:
    with pytest.raises(FieldError, match="not started"):
        conduct(study(), workers=Workers(processes=2))


def test_a_worker_with_another_version_says_so() -> None:
    runner = Runner(study(), threads=1)
    order = _Order("0.0.1", study(), runner.method, edges_for(runner))
    said = _work(order, [(0, 16)])
    assert isinstance(said, str)
    assert said.endswith("the study 0.0.1")


@pytest.mark.parametrize(("processes", "address"), [(None, None), (2, "tcp://127.0.0.1:1"), (0, None), (10**6, None)])
def test_which_workers_must_be_said(processes: int | None, address: str | None) -> None:
    with pytest.raises(FieldError, match="workers"):
        Workers(processes=processes, address=address)


@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(FieldError, match="a Dask scheduler that answers"), Workers(address="tcp://127.0.0.1:1"):
        pass


def test_a_cluster_that_failed_leaves_no_scheduler_behind() -> None:
    with pytest.raises(FieldError, match="nonsense"), Workers(address="nonsense://x"):
        pass
    with pytest.raises(ValueError, match="No global client"):
        distributed.get_client()
    assert dask.config.get("scheduler", None) is None


def _kill_one(workers: Workers, killed: list[int]) -> Callable[[int], None]:
    """As soon as the first piece is back, while others are on their way."""

    def progress(_drawn: int) -> None:
        if not killed:
            killed.append(next(iter(workers.client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    return progress


def _stop(_drawn: int) -> None:
    raise KeyboardInterrupt
