"""kinetamine sensitivity: tables, JSON, a picture, and bad input in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.program import Run

ASKED = ("--regimen", "0.5 mg/kg iv over 40 min", "--weight", "70", "--effects", "dissociation", "--outcomes", "none")
QUICK = (*ASKED, "--follow-up", "1", "--method", "morris", "--samples", "8")


def test_what_matters_comes_first(kinetamine: Run) -> None:
    result = kinetamine("sensitivity", *QUICK, width="100")
    assert result.exit_code == 0, result.output
    lines = [line for line in result.stdout.splitlines() if line.startswith("kamp_2020")]
    assert lines[0].startswith("kamp_2020.CL")
    text = " ".join(result.stdout.split())
    assert "Ketamine, arterial, highest at any time, ng/mL mean" in text  # the grid's own spread means nothing
    assert "against the reference solver" in text
    assert "not a medical device" in text


def test_json_and_a_picture(kinetamine: Run, tmp_path: Path) -> None:
    path = tmp_path / "sensitivity.svg"
    asked = ("--method", "sobol", "--samples", "16", "--vary", "CL,V1=20:35", "--figure", path, "--json")
    result = kinetamine("sensitivity", *ASKED, *asked, "--target", "ketamine_arterial_max,cadss_max")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [one["column"] for one in found["targets"]] == ["ketamine_arterial_max", "cadss_max"]
    assert {one["name"] for one in found["targets"][0]["indices"]} == {"kamp_2020.CL", "kamp_2020.V1"}
    assert found["runs"] == 16 * 4
    assert path.stat().st_size > 5_000


def test_json_of_screening_has_no_spread_of_the_result(kinetamine: Run) -> None:
    (target,) = json.loads(kinetamine("sensitivity", *QUICK, "--target", "cadss_max", "--json").stdout)["targets"]
    assert (target["mean"], target["sd"]) == (None, None)
    assert target["indices"][0]["mean_effect"] > 0.0


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("--vary", "CLL"), ("parameter of kamp_2020", "CLL", "did you mean CL?")),
        (("--vary", "CL=9:1"), ("vary", "CL=9:1", "lower to a higher")),
        (("--vary", "CL=-50:90"), ("vary", "CL=-50:90", "0.084 to 84000 L/h")),
        (("--vary", "dissociation.GAMMA"), ("dissociation.GAMMA", "LOW:HIGH")),
        (("--target", "madrs_24h"), ("target", "madrs_24h")),
        (("--target", ","), ("--target", "columns")),
        (("--samples", "100"), ("samples", "100", "power of two")),
        (("--samples", "1.5"), ("--samples: given '1.5', expected a whole number",)),
        (("--method", "fast"), ("--method: given 'fast', expected one of sobol, morris",)),
        (("--threads", "0"), ("--threads", "0")),
        (("--weight", "300"), ("weight 300 kg", "--outside")),
        (("--figure", "a.gif"), ("--figure", "a.gif")),
    ],
)
def test_bad_input_is_one_sentence(kinetamine: Run, arguments: tuple[str, ...], parts: tuple[str, ...]) -> None:
    result = kinetamine("sensitivity", *ASKED, *arguments, width="1000")
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    for part in parts:
        assert part in result.stderr
