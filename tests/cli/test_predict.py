"""kinetamine predict: a table, JSON, and bad input."""

from __future__ import annotations

import json

import pytest

from cli.program import run_here

INFUSION = ("--regimen", "0.5 mg/kg iv over 40 min", "--weight", "70", "--days", "1,7")


@pytest.mark.slow
def test_a_difference_as_a_table() -> None:
    done = run_here("predict", *INFUSION, "--against", "midazolam", "--n", "40")
    assert done.exit_code == 0
    assert "difference in madrs to midazolam" in " ".join(done.stdout.split())
    assert "not a medical device" in done.stdout


def test_an_arm_as_json() -> None:
    found = json.loads(run_here("predict", *INFUSION, "--json").stdout)
    assert found["days"] == [1.0, 7.0]
    assert found["low"][0] < found["mean"][0] < found["high"][0]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--days", "soon"), "--days"),
        (("--n", "0"), "n: "),
        (("--against", "midazolan"), "midazolam"),
        (("--readout", "madras"), "madrs"),
    ],
)
def test_bad_input_is_one_sentence(flags: tuple[str, ...], said: str) -> None:
    done = run_here("predict", *INFUSION, *flags)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
