"""The same course gives the same numbers in Python, on the command line and over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import httpx
import pytest

from kinetamine.course import from_mapping
from kinetamine.report.arms import run
from kinetamine.report.document import document

REGIMEN = "0.5 mg/kg iv over 40 min, twice weekly for 1 week"
COURSE = {"regimen": REGIMEN, "person": {"weight_kg": 82}, "people": 20, "follow_up_days": 7}
FLAGS = ("--regimen", REGIMEN, "--weight", "82", "--people", "20", "--follow-up", "7", "--engine", "fast")


def printed(*command: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "kinetamine.cli.main", *command], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def asked(client: httpx.Client, name: str, given: dict[str, Any]) -> Any:
    answer = client.post(f"/api/{name}", json=given)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_of_a_course(client: httpx.Client) -> None:
    course = from_mapping({**COURSE, "engine": "fast"})
    in_python = json.loads(json.dumps(document(course, run(course))))
    on_the_command_line = printed("simulate", *FLAGS, "--json")
    del on_the_command_line["files"]
    over_http = asked(client, "simulate", COURSE)
    assert over_http == in_python
    assert over_http == on_the_command_line


@pytest.mark.parametrize(
    ("name", "given", "command"),
    [
        ("doses", COURSE, ("doses", REGIMEN, "--weight", "82")),
        ("compare", {"regimen": REGIMEN, "person": {"weight_kg": 82}}, ("compare", REGIMEN, "--weight", "82")),
        ("explain", COURSE, ("explain", *FLAGS)),
        ("predict", COURSE | {"n": 12, "days": [1, 7]}, ("predict", *FLAGS, "--n", "12", "--days", "1,7")),
        (
            "population",
            {"regimen": REGIMEN, "people": 64, "follow_up_days": 7},
            ("population", "--regimen", REGIMEN, "-n", "64", "--follow-up", "7"),
        ),
        ("validate", {"models": ["kamp_2020"]}, ("validate", "--model", "kamp_2020")),
        (
            "hypotheses",
            {"mechanisms": ["habenula"], "findings": ["r_alone"]},
            ("hypotheses", "--mechanism", "habenula", "--findings", "r_alone"),
        ),
    ],
)
def test_of_everything_else(client: httpx.Client, name: str, given: dict[str, Any], command: tuple[str, ...]) -> None:
    assert asked(client, name, given) == printed(*command, "--json")


def test_of_lists(client: httpx.Client) -> None:
    assert client.get("/api/models", params={"kind": "pk"}).json() == printed("models", "--kind", "pk", "--json")


def test_events_end_with_the_same_as_one_answer(client: httpx.Client) -> None:
    with client.stream("POST", "/api/simulate/live", json=COURSE) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        events = [block.split("\n") for block in answer.read().decode().split("\n\n") if block]
    assert events[-1][0] == "event: whole"
    assert json.loads(events[-1][1].removeprefix("data: ")) == asked(client, "simulate", COURSE)
