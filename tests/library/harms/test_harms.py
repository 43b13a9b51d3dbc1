"""Laws over every table of adverse events."""

from __future__ import annotations

import pytest

from contracts.vocabulary import UNIT
from kinetamine import catalogue
from kinetamine.engine.harm import AdverseEvent, Harm
from kinetamine.engine.model import Provenance

TABLES = catalogue.load_all("harms")
ROWS = [(table, event) for table in TABLES for event in table.events]
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
each_row = pytest.mark.parametrize(("table", "event"), ROWS, ids=[f"{table.name}.{row.name}" for table, row in ROWS])


@each_row
def test_every_number_has_a_place_and_a_source(table: Harm, event: AdverseEvent) -> None:
    for estimate in event.estimates:
        assert UNIT.fullmatch(estimate.unit)
        assert estimate.where
        assert estimate.source in table.references
        assert estimate.note or estimate.provenance is Provenance.MEASURED
        assert estimate.provenance is not Provenance.UNVERIFIED
        low, high = estimate.interval or (estimate.value, estimate.value)
        assert low <= estimate.value <= high


@each_row
def test_what_was_counted_comes_out(table: Harm, event: AdverseEvent) -> None:
    risk = table.risk(event.name)
    assert 100.0 * risk.at_least_once(1, table.sessions).value == pytest.approx(event.drug.value, abs=1e-6)
    if event.first_week is not None:
        week = risk.at_least_once(1, table.first_week_sessions)
        assert 100.0 * week.value == pytest.approx(event.first_week.value, abs=1e-4)
    background = risk.background(1, table.sessions)
    assert (background is None) == (event.control is None)
    if background is not None and event.control is not None:
        assert 100.0 * background.value == pytest.approx(event.control.value, abs=1e-6)


@each_row
def test_shares_are_ordered(table: Harm, event: AdverseEvent) -> None:
    risk = table.risk(event.name)
    for last in (1, 2, 8, 56):
        share = risk.at_least_once(1, last)
        assert 0.0 <= share.low <= share.value <= share.high <= 1.0
        assert risk.at_least_once(1, last + 1).value >= share.value
        assert risk.in_session(last + 1).value <= risk.in_session(last).value + 1e-12


@each_table
def test_a_table_is_described(table: Harm) -> None:
    assert table.events
    assert table.notes
    assert table.people > 0
    assert table.control_people > 0
    assert table.days >= 1.0
    assert set(table.parameters) == {"DECLINE", "CORRELATION"}
    assert set(table.routes) <= set(catalogue.names("routes"))
    assert table.dose_mg or table.dose_mg_per_kg
    used = {estimate.source for event in table.events for estimate in event.estimates}
    used |= {estimate.source for estimate in table.parameters.values()}
    assert set(table.references) == used


def test_pressure_does_not_decline() -> None:
    pressures = [event for _, event in ROWS if event.name.startswith(("blood_pressure", "systolic", "diastolic"))]
    assert pressures
    assert not any(event.declines for event in pressures)
