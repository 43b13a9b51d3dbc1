"""The whole interface against its own description: whatever is asked, no 5xx, and answers as described."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.served import served

_TOOL = str(Path(sys.executable).with_name("schemathesis"))
_NOT_ASKED = "positive_data_acceptance"
"""What words mean cannot be described by a schema: a regimen may be refused though it is text."""


@pytest.fixture(scope="module")
def small_server() -> Iterator[str]:
    """A server that allows little, so that many questions are affordable."""
    with served("--most-people", "500", "--most-seconds", "20") as (address, _process):
        yield address


def holds(address: str, *flags: str) -> None:
    command = [_TOOL, "run", f"{address}/api/openapi.json", "--exclude-checks", _NOT_ASKED, "--request-timeout", "60"]
    done = subprocess.run(
        [*command, "--generation-deterministic", "--no-color", *flags],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.slow
def test_every_field_of_a_course_is_judged(small_server: str) -> None:
    holds(small_server, "--phases", "coverage", "--include-path-regex", "doses$|health|models")


@pytest.mark.slow
def test_nothing_breaks_it(small_server: str) -> None:
    holds(
        small_server, "--phases", "fuzzing", "--max-examples", "2", "--include-path-regex", "doses|show|simulate|cite"
    )


@pytest.mark.slow
def test_examples_work_everywhere(small_server: str) -> None:
    holds(small_server, "--phases", "examples")


@pytest.mark.slow
def test_every_field_of_every_question_is_judged(small_server: str) -> None:
    holds(small_server, "--phases", "coverage", "--exclude-path-regex", "live$")


@pytest.mark.slow
def test_nothing_breaks_it_for_long(small_server: str) -> None:
    holds(small_server, "--phases", "fuzzing", "--max-examples", "10")
