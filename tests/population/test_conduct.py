"""A study gives the same numbers however it is done, says how exact they are, and refuses what it cannot do well."""

from __future__ import annotations

import signal
import time
from _thread import interrupt_main
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import NoReturn

import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.engine.person import Person
from kinetamine.engine.vector.method import Collocation
from kinetamine.engine.vector.sketch import Edges
from kinetamine.errors import FieldError, OutsideStudiedRangeError, SolverError, UnknownNameError
from kinetamine.library import pk as models
from kinetamine.population import conduct as conducting
from kinetamine.population import simulate
from kinetamine.population.accuracy import Accuracy, error
from kinetamine.population.batch import Runner
from kinetamine.population.conduct import CAREFUL, conduct, prepared
from kinetamine.population.findings import Share
from kinetamine.population.folder import Folder
from kinetamine.population.study import Study
from population.studies import assert_same, course, study, whole

NARROW = course("0.5 mg/kg esketamine iv over 40 min", model="otto_2021")
"""A model built on young and lean people."""


def _stop_after(people: int) -> Callable[[int], None]:
    """Somebody presses Ctrl-C."""

    def progress(drawn: int) -> None:
        if drawn >= people:
            raise KeyboardInterrupt

    return progress


def test_threads_change_nothing() -> None:
    assert_same(whole(), conduct(study(), threads=2))


def test_a_study_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    part = conduct(study(), folder=tmp_path / "kept", progress=_stop_after(40))
    assert (part.drawn, part.complete, part.metadata()["complete"]) == (48, False, False)
    assert "interrupted from the keyboard" in part.warnings
    assert "stopped early: 48 of 150 people were drawn" in part.warnings
    assert len(part.column("madrs_end")) == part.simulated
    assert part.bands("madrs").shape == (5, len(part.times_h))
    again = conduct(study(), folder=tmp_path / "kept")
    assert_same(whole(), again)
    assert_same(whole(), conduct(study(), folder=tmp_path / "kept", progress=_stop_after(0)))


def test_stopped_while_the_method_is_checked_it_returns_what_the_folder_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = conduct(study(), folder=tmp_path / "kept", progress=_stop_after(40))
    read = Event()
    opened = conducting._Book.opened

    def open_and_tell(edges: Edges, kept: Folder | None) -> object:
        book = opened(edges, kept)
        read.set()
        return book

    def checks_as_somebody_interrupts(one: Study, runner: Runner) -> object:
        assert read.wait(60.0)
        time.sleep(0.5)
        interrupt_main()
        return prepared(one, runner)

    monkeypatch.setattr(conducting._Book, "opened", open_and_tell)
    monkeypatch.setattr(conducting, "prepared", checks_as_somebody_interrupts)
    monkeypatch.setattr(conducting, "work", _nobody_more)
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        part = conduct(study(), folder=tmp_path / "kept")
        with pytest.raises(KeyboardInterrupt):
            conduct(study(), folder=tmp_path / "new")
    finally:
        signal.signal(signal.SIGINT, ignored)
    assert (part.drawn, part.complete) == (before.drawn, False)
    assert "interrupted from the keyboard" in part.warnings
    assert np.array_equal(part.column("madrs_end"), before.column("madrs_end"))
    assert part.accuracy == before.accuracy
    assert not (tmp_path / "new").exists()


def _nobody_more(*_: object) -> NoReturn:
    raise AssertionError


def test_stopped_in_memory_what_is_done_can_be_used() -> None:
    part = conduct(study(), progress=_stop_after(1))
    assert part.drawn == 16
    assert np.array_equal(part.column("cadss_max"), whole().column("cadss_max")[: part.simulated])
    assert "16 drawn so far" in repr(part)


def test_person_seven_is_the_same_in_a_later_study() -> None:
    later = conduct(study(first=32, people=20))
    numbers = later.column("person")
    here = np.isin(whole().column("person"), numbers)
    assert np.array_equal(later.column("weight_kg"), whole().column("weight_kg")[here])
    assert later.column("madrs_24h") == pytest.approx(whole().column("madrs_24h")[here], abs=1e-3)


def test_everybody_fares_as_by_the_reference_engine() -> None:
    found, some = whole(), study().draw(0, 12)
    rows = np.flatnonzero(np.isin(np.arange(12), found.column("person")))
    exact = simulate(course(outside=True, times_h=tuple(found.times_h)), some)
    after_a_day = exact["madrs"][rows, np.searchsorted(found.times_h, 24.0)]
    assert found.column("madrs_24h")[: len(rows)] == pytest.approx(after_a_day, abs=1e-3)
    assert found.column("cadss_max")[: len(rows)] == pytest.approx(exact["cadss"][rows].max(axis=1), abs=1e-3)


def test_the_error_is_told() -> None:
    found = whole()
    told = found.metadata()
    assert 0.0 < told["error"] <= 1e-3  # type: ignore[operator]  # a number
    assert set(told["error_by_output"]) == {"cadss", "madrs"}  # type: ignore[call-overload]  # a mapping
    assert len(told["checked_people"]) >= 3  # type: ignore[arg-type]  # a list
    assert told["engine"] == "vector"
    assert "against the reference solver" in str(found.accuracy)


def test_below_the_fast_methods_error_the_careful_one_answers_and_says_so() -> None:
    exact, fast, _ = prepared(study(tolerance=9e-4))
    assert exact.method == Collocation()
    runner, accuracy, (note,) = prepared(study(tolerance=0.3 * fast.worst))
    assert runner.method == CAREFUL
    assert accuracy.worst <= 0.3 * fast.worst
    assert note.startswith("solved by the careful method: the fast one has an error at most")


def test_a_study_that_allows_more_is_done_in_longer_blocks_and_errs_as_little_as_is_said() -> None:
    rough, fine = (prepared(study(people=2000, tolerance=asked)) for asked in (1e-3, 9e-4))
    longer, shorter = (found[0].method for found in (rough, fine))
    assert isinstance(longer, Collocation)
    assert isinstance(shorter, Collocation)
    assert longer.longest_h > shorter.longest_h
    assert fine[1].worst < rough[1].worst < 1e-4


def test_mixed_precision_is_measured_and_where_it_is_not_enough_double_answers() -> None:
    single = conduct(study(precision="mixed", people=64, tolerance=9e-4))
    assert 0.0 < single.accuracy.worst <= 9e-4
    assert single.metadata()["precision"] == "mixed"
    asked = 0.9 * single.accuracy.worst
    runner, accuracy, (note,) = prepared(study(precision="mixed", people=64, tolerance=asked))
    assert runner.method in {Collocation(), CAREFUL}
    assert accuracy.worst <= asked
    assert note.startswith("solved ")
    assert "the fast one has an error at most" in note
    with pytest.raises(FieldError, match="precision: given 'half', expected double or mixed"):
        study(precision="half")


def test_below_every_methods_error_nothing_is_returned_or_written(tmp_path: Path) -> None:
    with pytest.raises(SolverError, match="asked for at most 1e-13: no result is returned"):
        conduct(study(tolerance=1e-13), folder=tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_an_error_that_is_no_number_is_not_small_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = Accuracy(people=(0,), errors={"cadss": 0.0, "madrs": float("nan")})
    monkeypatch.setattr(conducting, "check", lambda _runner: unknown)
    with pytest.raises(SolverError, match=r"error at most nan \(madrs\).*no result is returned"):
        prepared(study())


def test_a_score_that_the_population_does_not_draw_is_named() -> None:
    found = conduct(study(people=32, population="us_adults"))
    assert "madrs before treatment is 33 for everybody: the population does not draw it" in found.warnings
    assert not any("before treatment" in word for word in whole().warnings)


def test_what_the_fast_engine_cannot_do_the_reference_engine_does_and_it_is_said() -> None:
    steady = tuple(
        replace(one, steady_state=1, interval_h=24.0) for one in course(person=Person(weight_kg=70.0)).scheduled
    )
    kinetics = course(regimen=None, events=steady, effects=(), outcomes=(), outside=True)
    one = study(course=kinetics, people=12, outputs=("ketamine_venous",))
    found = conduct(one)
    assert found.engine == "reference"
    assert any(word.startswith("solved by the reference engine: the doses hold") for word in found.warnings)
    assert found.accuracy.worst == 0.0
    with pytest.raises(FieldError, match="at most 20000"):
        conduct(replace(one, people=20_001))


def test_who_lies_outside_is_left_out_and_counted() -> None:
    found = conduct(study(course=NARROW, people=60))
    assert 0 < found.left_out < 60
    assert any(f"{found.left_out} of 60 people of trd_trials lie outside" in word for word in found.warnings)
    assert not found.column("extrapolated").any()


def test_who_lies_outside_is_simulated_if_asked_for_and_stamped() -> None:
    found = conduct(study(course=replace(NARROW, outside=True), people=60))
    assert found.left_out == 0
    beyond = int(found.column("extrapolated").sum())
    assert 0 < beyond < 60
    assert any(f"OUTSIDE THE STUDIED RANGE: {beyond} of 60 people" in word for word in found.warnings)


def test_nobody_inside_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutsideStudiedRangeError, match="all 150 people of trd_65, for example age"):
        conduct(study(course=NARROW, population="trd_65"), folder=tmp_path / "none")
    assert not (tmp_path / "none").exists()


TWISTED = """
from dataclasses import replace
from kinetamine import catalogue
plain = catalogue.load("pk", "kamp_2020")
far = replace(plain.variability["CL"].omega2, value=2.0)
ENTRY = replace(plain, name="twisted", covariance={("CL", "V1"): far})
"""


def test_a_covariance_that_cannot_be_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "twisted.py").write_text(TWISTED)
    monkeypatch.setattr(models, "__path__", [*models.__path__, str(tmp_path)])
    catalogue.names.cache_clear()
    try:
        with pytest.raises(SolverError, match=r"twisted.*not positive definite; look at CL with V1"):
            conduct(study(course=course(model="twisted")), folder=tmp_path / "none")
    finally:
        catalogue.names.cache_clear()
    assert not (tmp_path / "none").exists()


def test_too_many_people_for_memory_need_a_folder() -> None:
    with pytest.raises(FieldError, match="a folder for the endpoints"):
        conduct(study(people=1_000_001))


@pytest.mark.parametrize("threads", [0, True, 1.5])
def test_threads_are_a_whole_number(threads: int) -> None:
    with pytest.raises(FieldError, match="threads"):
        conduct(study(), threads=threads)


def test_shares_and_thresholds() -> None:
    found = replace(whole(), study=study(thresholds={"cadss": 15.0, "madrs": 20.0}))
    reached = found.reached()
    assert reached["cadss"].count == np.count_nonzero(found.column("cadss_max") >= 15.0)
    assert reached["madrs"].count == np.count_nonzero(found.column("madrs_min") <= 20.0)
    low, high = reached["cadss"].interval
    assert 0.0 <= low < reached["cadss"].value < high <= 1.0


@pytest.mark.parametrize(
    ("count", "people", "interval"),
    [(0, 10, (0.0, 0.3085)), (10, 10, (0.6915, 1.0)), (5, 50, (0.0333, 0.2181)), (0, 0, (0.0, 1.0))],
)
def test_intervals_are_those_of_clopper_and_pearson(count: int, people: int, interval: tuple[float, float]) -> None:
    assert Share(count, people).interval == pytest.approx(interval, abs=5e-5)


def test_bands_are_the_quantiles_of_the_people_to_within_the_resolution() -> None:
    found, runner = whole(), Runner(study(), threads=1)
    values = [
        batch.result["madrs"] for first, count in study().chunks for batch in runner.batches(study().draw(first, count))
    ]
    exact = np.quantile(np.concatenate(values), (0.05, 0.5, 0.95), axis=0)
    assert np.abs(found.bands("madrs", (0.05, 0.5, 0.95)) - exact).max() <= found.resolution("madrs")


def test_names_that_were_not_watched_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="watched output"):
        whole().bands("relief")
    with pytest.raises(UnknownNameError, match="madrs_24h"):
        whole().column("madrs_24")


def test_it_can_be_cited() -> None:
    assert "kamp_2020" in {one.key for one in whole().references}


def test_errors_are_relative_down_to_a_thousandth_of_the_peak() -> None:
    exact = np.array([[0.0, 1e-6, 100.0]])
    assert error(np.array([[1e-5, 1e-6, 100.0]]), exact) == pytest.approx(1e-4)
    assert error(np.array([[0.0, 1e-6, 101.0]]), exact) == pytest.approx(0.01)
    assert error(np.zeros((1, 3)), np.zeros((1, 3))) == 0.0
    assert np.isnan(error(np.full((1, 3), np.nan), exact))
