"""kinetamine validate: prediction errors beside the observations they come from."""

from __future__ import annotations

import json

from cli.program import Run


def test_errors_and_rows_of_one_model(kinetamine: Run) -> None:
    text = kinetamine("validate", "--model", "hijazi_2003").stdout
    assert "hijazi_2003: every observation" in text
    assert "hijazi_2003: prediction errors" in text
    assert "a test of the fit only" in " ".join(text.split())
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 80


def test_json_has_a_ratio_and_a_source_for_each_row(kinetamine: Run) -> None:
    found = json.loads(kinetamine("validate", "--model", "hijazi_2003", "--json").stdout)
    assert {"model", "route", "rows", "bias_percent"} <= set(found["accuracy"][0])
    answered = [row for row in found["rows"] if row["predicted"] is not None]
    assert all(row["ratio"] > 0 and row["citation"] for row in answered)
