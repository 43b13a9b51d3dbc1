"""What happens inside a process: one job, and whatever goes wrong with it."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from kinetamine.errors import FieldError, SolverError
from kinetamine.web import simulations
from kinetamine.web.jobs.frame import Frame, Way
from kinetamine.web.jobs.process import Asked, _answered
from kinetamine.web.simulations.download import Download


def answered(monkeypatch: pytest.MonkeyPatch, door: Any, way: Way = Way.PLAIN, *, stopped: bool = False) -> list[Frame]:
    monkeypatch.setattr(simulations, "DOORS", {"door": door})
    job, heard = Asked(7, "door", b"{}", way), list[Frame]()
    job.stopped = stopped
    heard.append(_answered(job, heard.append))
    return heard


def test_a_mistake_of_ours_is_told_and_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def door(_given: Any, _tell: Any) -> float:
        return 1.0 / 0.0

    (told,) = answered(monkeypatch, door)
    assert (told.event, told.status, told.last) == ("problem", 503, True)
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "ZeroDivisionError" not in told.data.decode()


def test_numbers_that_json_does_not_know_are_a_mistake_too(monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = answered(monkeypatch, lambda _given, _tell: {"value": float("nan")})
    assert told.status == 503


def test_a_computation_that_fails_its_check_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def door(_given: Any, _tell: Any) -> None:
        raise SolverError("the step became too small")

    (told,) = answered(monkeypatch, door)
    assert (told.status, json.loads(told.data)["kind"]) == (422, "SolverError")


@pytest.mark.parametrize("given", ["\ud800", float("inf"), float("nan")])
def test_a_problem_that_cannot_be_written_down_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch, given: object
) -> None:
    def door(_given: Any, _tell: Any) -> None:
        raise FieldError("regimen", given, "something else")

    (told,) = answered(monkeypatch, door)
    assert (told.event, told.last) == ("problem", True)
    assert json.loads(told.data)["kind"] == ("Unexpected" if isinstance(given, str) else "FieldError")


def test_a_stopped_job_ends_where_it_has_something_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def door(_given: Any, tell: Any) -> str:
        tell("typical", 1)
        return "not reached"

    assert [one.event for one in answered(monkeypatch, door)] == ["typical", "whole"]
    assert [one.event for one in answered(monkeypatch, door, stopped=True)] == ["stopped"]


def test_a_file_comes_as_it_is_or_told_by_events(monkeypatch: pytest.MonkeyPatch) -> None:
    def door(_given: Any, _tell: Any) -> Download:
        return Download("a.csv", "text/csv", "time,value\n" * 1000)

    (plain,), (packed,) = answered(monkeypatch, door), answered(monkeypatch, door, Way.PACKED)
    assert (plain.name, plain.media_type) == ("a.csv", "text/csv")
    assert packed.packed
    assert gzip.decompress(packed.data) == plain.data
    (live,) = answered(monkeypatch, door, Way.LIVE)
    assert json.loads(live.data)["name"] == "a.csv"
