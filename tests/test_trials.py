"""Published group results: what the table holds, and that a malformed one is refused."""

from __future__ import annotations

import csv
import io
import re
from functools import cache

import pytest

from kinetamine.course import parse_regimen
from kinetamine.errors import FieldError, RowError
from kinetamine.trials import COLUMNS, CONDITIONS, QUANTITIES, TrialRow, load, read, select

RANGES = {
    "bss": (0, 38),
    "cadss": (0, 92),
    "caps": (0, 136),
    "caps5": (0, 80),
    "fq": (0, 104),
    "gad7": (0, 21),
    "hama": (0, 56),
    "hamd17": (0, 52),
    "hamd21": (0, 66),
    "hamd24": (0, 75),
    "hamd25": (0, 80),
    "hamd28": (0, 90),
    "hamd6": (0, 22),
    "iesr": (0, 88),
    "lsas": (0, 144),
    "madrs": (0, 60),
    "madrs_suicide_item": (0, 6),
    "pain_nrs": (0, 10),
    "pcl5": (0, 80),
    "phq9": (0, 27),
    "qids_sr16": (0, 27),
    "ssi": (0, 38),
    "stai_state": (20, 80),
}
SCORES = {"mean", "change", "difference", "sd"}
POOLED = {"depression_scale", "ptsd_scale", "suicide_items", "vas_anxiety"}
COMPARATORS = {
    *("", "placebo", "midazolam", "placebo_spray", "ssri", "snri", "psychotherapy", "usual_care", "ect", "quetiapine"),
    "naltrexone",
}
ONE = {
    "row_id": "a.01",
    "study": "A",
    "citation_key": "a",
    "doi_or_url": "10.1000/a",
    "year": "2020",
    "condition": "depression",
    "setting": "trd",
    "arm": "ketamine",
    "regimen": "0.5 mg/kg iv over 40 min, single dose",
    "baseline": "33",
    "n": "20",
    "readout": "madrs",
    "quantity": "mean",
    "time_h": "24",
    "value": "20",
    "se": "2",
    "low": "16",
    "high": "24",
    "unit": "points",
    "status": "read",
    "read_from": "https://example.org",
}


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    """CSV text of rows; what a row does not name is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@cache
def regimens() -> tuple[str, ...]:
    """Every regimen in the table, once."""
    return tuple(sorted({row.regimen for row in load() if row.regimen}))


def test_the_table_covers_what_it_is_for() -> None:
    rows = select(load(), status="read")
    assert len(rows) >= 150
    assert {row.condition for row in rows} == set(CONDITIONS)
    assert {row.quantity for row in rows} == set(QUANTITIES)
    assert {row.comparator for row in load()} <= COMPARATORS
    assert {"placebo", "midazolam", "placebo_spray", "ect", "quetiapine", "ssri", "psychotherapy"} <= {
        row.comparator for row in rows
    }


def test_every_row_has_its_own_name_made_from_its_citation() -> None:
    assert len({row.row_id for row in load()}) == len(load())
    for row in load():
        assert re.fullmatch(re.escape(row.citation_key) + r"\.\d\d", row.row_id), row.row_id


def test_a_row_that_was_read_says_where() -> None:
    for row in load():
        assert row.doi_or_url.startswith(("10.", "http")), row.row_id
        if row.status == "read":
            assert row.read_from.startswith(("10.", "http")), row.row_id
        else:
            assert not row.read_from, row.row_id


@pytest.mark.parametrize("words", regimens())
def test_every_regimen_can_be_given(words: str) -> None:
    assert len(tuple(parse_regimen(words))) >= 1


def test_a_row_without_a_regimen_is_of_another_treatment() -> None:
    for row in load():
        assert row.regimen or row.comparator not in {"", "midazolam", "placebo_spray"}, row.row_id


def test_scores_fit_their_scales() -> None:
    for row in load():
        assert row.readout in {*RANGES, *POOLED}, row.row_id
        if row.readout in POOLED or row.quantity not in SCORES or row.unit == "%":
            continue
        low, high = RANGES[row.readout]
        assert abs(row.value) <= high - low, row.row_id
        if row.quantity == "mean":
            assert low <= row.value <= high, row.row_id
        if row.baseline is not None:
            assert low <= row.baseline <= high, row.row_id
            assert row.quantity != "change" or low <= row.baseline + row.value <= high, row.row_id


def test_standard_errors_are_smaller_than_the_scale_allows() -> None:
    for row in load():
        if row.se is not None and row.readout in RANGES and row.quantity in SCORES:
            assert row.se < (RANGES[row.readout][1] - RANGES[row.readout][0]) / 4.0, row.row_id


def test_intervals_hold_their_values_and_times_are_within_two_years() -> None:
    for row in load():
        assert row.low is None or row.low <= row.value
        assert row.high is None or row.value <= row.high
        assert 0.0 <= row.time_h <= 2 * 366 * 24.0


def test_odds_ratios_and_days_are_positive() -> None:
    for row in load():
        assert row.quantity not in {"odds_ratio", "median_days", "sd"} or row.value > 0.0, row.row_id


def test_the_known_rows() -> None:
    """Murrough 2013 at 24 hours: 16.5 points on ketamine, 8.8 on midazolam."""
    found = select(load(), citation_key="murrough_2013", quantity="change", time_h=24.0)
    assert [(row.arm, row.value, row.n) for row in found] == [("ketamine", -16.5, 47), ("midazolam", -8.8, 25)]


def test_loading_twice_gives_the_same_rows() -> None:
    assert load() is load()


def test_selecting_by_a_field_that_is_not_there() -> None:
    with pytest.raises(FieldError, match="did you mean readout"):
        select(load(), read_out="madrs")


def test_a_row_is_read_with_its_types() -> None:
    row = read(table(ONE))[0]
    assert (row.year, row.n, row.time_h, row.value, row.low) == (2020, 20, 24.0, 20.0, 16.0)
    assert row.age_y is None
    assert row.comparator == row.note == ""
    assert isinstance(row, TrialRow)


@pytest.mark.parametrize(
    ("column", "given"),
    [
        ("value", "twenty"),
        ("value", ""),
        ("value", "inf"),
        ("time_h", ""),
        ("time_h", "-1"),
        ("year", ""),
        ("year", "20"),
        ("n", "2.5"),
        ("n", "0"),
        ("se", "0"),
        ("low", "21"),
        ("high", "19"),
        ("condition", "sadness"),
        ("quantity", "median"),
        ("status", "seen"),
        ("read_from", ""),
        ("row_id", ""),
        ("arm", " "),
    ],
)
def test_a_bad_cell_is_named(column: str, given: str) -> None:
    with pytest.raises(RowError) as caught:
        read(table(ONE, ONE | {"row_id": "a.02", column: given}))
    assert (caught.value.row, caught.value.column) == (2, column)


def test_the_nearest_choice_is_offered() -> None:
    with pytest.raises(RowError, match="did you mean depression"):
        read(table(ONE | {"condition": "depresion"}))


def test_a_percentage_over_100_is_refused() -> None:
    with pytest.raises(RowError, match="0 to 100"):
        read(table(ONE | {"quantity": "response_percent", "value": "120", "low": "", "high": ""}))


def test_the_same_name_twice_is_refused() -> None:
    with pytest.raises(RowError, match="row 2, column row_id"):
        read(table(ONE, ONE))


def test_a_short_row_is_refused() -> None:
    with pytest.raises(RowError, match="25 cells"):
        read(table(ONE) + "a.02,A\n")


def test_columns_must_be_the_fields() -> None:
    with pytest.raises(FieldError, match="a column note"):
        read(table(ONE, columns=COLUMNS[:-1]))
    with pytest.raises(FieldError, match="did you mean"):
        read(table(ONE, columns=(*COLUMNS, "notes")))
