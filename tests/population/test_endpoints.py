"""Columns of the table: each is described, each is what it says, and readings differ from the truth as published."""

from __future__ import annotations

import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.exposure import area
from kinetamine.population.batch import Batch, Runner
from kinetamine.population.conduct import conduct
from kinetamine.population.endpoints import columns, endpoints, read_scores
from kinetamine.population.study import Study
from kinetamine.population.treated import Treated
from population.studies import course, study, whole


def _one_batch(one: Study) -> tuple[Batch, dict[str, np.ndarray]]:
    (batch,) = Runner(one, threads=1).batches(one.draw(0, one.people))
    return batch, endpoints(one, batch)


def test_every_column_is_described_and_there() -> None:
    one = study(people=40, outputs=("ketamine_venous", "cadss", "sedation", "madrs"), course=_all(), readings=True)
    _, table = _one_batch(one)
    assert set(columns(one)) <= set(table)
    covariates = set(table) - set(columns(one))
    assert {"sex", "age_y", "weight_kg"} <= covariates
    assert {len(values) for values in table.values()} == {len(table["person"])}
    assert "lowest at any time" in columns(one)["sedation_min"]


def test_a_column_is_what_it_says() -> None:
    one = study(people=40, outputs=("ketamine_venous", "cadss", "sedation", "madrs"), course=_all())
    batch, table = _one_batch(one)
    values, times = batch.result, one.times_h
    assert np.array_equal(table["madrs_start"], values["madrs"][:, 0])
    assert np.array_equal(table["madrs_24h"], values["madrs"][:, np.searchsorted(times, 24.0)])
    assert np.array_equal(table["madrs_min"], values["madrs"].min(axis=1))
    assert np.array_equal(table["cadss_max"], values["cadss"].max(axis=1))
    assert np.array_equal(table["sedation_min"], values["sedation"].min(axis=1))
    found = area(values["ketamine_venous"].T, times)
    assert table["ketamine_venous_auc"] == pytest.approx(found, rel=1e-12)


@pytest.mark.parametrize(("how", "within"), [("over 40 min", 5e-4), ("over 2 min", 2e-3), ("bolus", 2e-3)])
def test_an_area_is_dose_over_clearance(how: str, within: float) -> None:
    """17.5 mg of each enantiomer, and a week for them to leave."""
    names = {species: f"{species.lower()}_ketamine_arterial" for species in "SR"}
    given = course(f"35 mg iv {how}", effects=(), outcomes=(), follow_up_days=7.0, outside=True)
    one = study(people=40, course=given, outputs=tuple(names.values()))
    _, table = _one_batch(one)
    people = Treated(given, one.draw(0, one.people)).everybody
    for species, name in names.items():
        exact = 1000.0 * 17.5 / people[f"kamp_2020:{species}"]["CL"]
        assert table[f"{name}_auc"] == pytest.approx(exact, rel=within)


def test_readings_add_the_published_error_and_change_nothing_else() -> None:
    found = conduct(study(people=400, readings=True, chunk=64))
    sd = catalogue.load("outcomes", "depression").residual["madrs"].value
    assert read_scores(found.study) == {"madrs": sd}
    true, read = found.column("madrs_24h"), found.column("madrs_24h_read")
    within = (read > 0.0) & (read < 60.0)
    assert np.std(read[within] - true[within]) == pytest.approx(sd, rel=0.15)
    assert (read >= 0.0).all()
    assert (read <= 60.0).all()
    other = found.column("madrs_end_read") - found.column("madrs_end")
    assert abs(np.corrcoef(read - true, other)[0, 1]) < 0.2
    assert "readings" in found.contains
    assert "madrs_24h_read" not in columns(whole().study)


def test_a_score_that_is_drawn_as_read_gets_no_second_error_before_treatment() -> None:
    drawn = conduct(study(people=64, readings=True))
    assert np.array_equal(drawn.column("madrs_start_read"), drawn.column("madrs_start"))
    same = conduct(study(people=64, readings=True, population="us_adults"))
    assert np.ptp(same.column("madrs_start")) == pytest.approx(0.0, abs=1e-6)
    assert np.std(same.column("madrs_start_read")) > 3.0


def test_a_reading_depends_on_the_person_alone() -> None:
    here = conduct(study(people=64, readings=True))
    later = conduct(study(people=20, first=40, readings=True, chunk=8))
    rows = np.isin(here.column("person"), later.column("person"))
    errors = [one.column("madrs_24h_read") - one.column("madrs_24h") for one in (here, later)]
    assert errors[1][: rows.sum()] == pytest.approx(errors[0][rows], abs=1e-3)


def _all() -> object:
    return course(effects=("dissociation", "sedation"))
