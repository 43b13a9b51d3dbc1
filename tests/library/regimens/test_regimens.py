"""Named regimens: the words come to the doses that the source gives."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from kinetamine.course import parse_regimen
from kinetamine.engine.person import Person
from kinetamine.engine.protocol import NamedRegimen

PERSON = Person(weight_kg=70.0)
# doses, last day on which one begins, mg of base in all for 70 kg
EXPECTED = {
    "anaesthesia_induction": (2, 1, 140.0 + 172.2),
    "crps_100h_infusion": (4, 1, 1898.4),
    "crps_outpatient_infusions": (10, 10, 980.0),
    "ketamine_ptsd_eight_infusions": (8, 25, 280.0),
    "ketamine_single_infusion": (1, 1, 35.0),
    "ketamine_six_infusions": (6, 12, 210.0),
    "ketamine_subcutaneous": (8, 25, 280.0),
    "ketamine_twice_weekly": (6, 18, 210.0),
    "spravato_mdsi": (8, 25, 8 * 84.0),
    "spravato_trd_induction_maintenance": (12, 50, 56.0 + 11 * 84.0),
}


def test_every_regimen_has_its_expected_doses_here() -> None:
    assert set(EXPECTED) == set(catalogue.names("regimens"))


@pytest.mark.parametrize("name", EXPECTED)
def test_doses_days_and_total(name: str) -> None:
    rows = parse_regimen(name).table(PERSON)
    doses, last_day, total_mg = EXPECTED[name]
    assert rows[-1].number == doses
    assert rows[-1].day == last_day
    assert rows[-1].cumulative_mg == pytest.approx(total_mg)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_regimen_names_its_source(name: str) -> None:
    entry: NamedRegimen = catalogue.load("regimens", name)
    assert entry.references
    assert all(reference.doi or reference.url for reference in entry.references)
    assert entry.title


def test_the_long_infusion_lasts_100_hours_and_ends_near_the_published_rate() -> None:
    rows = parse_regimen("crps_100h_infusion").table(PERSON)
    last = rows[-1]
    assert last.time_h + last.duration_h == 100.0
    assert last.base_mg / last.duration_h == pytest.approx(22.2, abs=2.0)  # mg/h per 70 kg, mean and SD at the end
