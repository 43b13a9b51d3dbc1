"""Perez-Ruixo 2021 against its Table 4 (devices five minutes apart) and its abstract."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give

MINUTES_5 = 1 / 12
TABLE_4 = [
    ({}, 1, 43.8, 147.3, 59.1),
    ({}, 2, 72.5, 254.7, 119.7),
    ({}, 3, 101.0, 362.2, 180.0),
    ({"ancestry": "japanese"}, 1, 57.5, 194.7, 72.1),
    ({"ancestry": "japanese"}, 2, 94.5, 335.1, 146.3),
    ({"ancestry": "japanese"}, 3, 131.3, 475.4, 220.4),
    ({"ancestry": "asian"}, 1, 44.1, 158.2, 73.4),
    ({"ancestry": "asian"}, 3, 102.4, 393.5, 223.5),
]


@pytest.mark.parametrize(("who", "devices", "cmax", "auc", "cmax_nk"), TABLE_4)
def test_table_4(who: dict[str, str], devices: int, cmax: float, auc: float, cmax_nk: float) -> None:
    """Cmax and AUC0-24h of esketamine, Cmax of noresketamine; the latter's AUC is known to disagree."""
    sprays = [(number * MINUTES_5, 28.0, "intranasal", 0.0) for number in range(devices)]
    course = give("perez_ruixo_2021", *sprays, person=Person(weight_kg=74.0).with_covariates(**who))
    assert course.peak("s_ketamine_venous")[0] == pytest.approx(cmax, rel=0.05)
    assert course.area("s_ketamine_venous") == pytest.approx(auc, rel=0.05)
    assert course.peak("s_norketamine_venous")[0] == pytest.approx(cmax_nk, rel=0.05)


def test_three_devices_as_one_record_expose_alike() -> None:
    """The mean fraction over devices is the published FRn_eff."""
    apart = give("perez_ruixo_2021", *[(0.0, 28.0, "intranasal", 0.0)] * 3, person=Person(weight_kg=74.0))
    together = give("perez_ruixo_2021", (0.0, 84.0, "intranasal", 0.0), person=Person(weight_kg=74.0))
    assert together.area("s_ketamine_venous") == pytest.approx(apart.area("s_ketamine_venous"), rel=1e-6)


def test_absolute_bioavailability() -> None:
    """Abstract: 54 % of 56 mg and 51 % of 84 mg by nose, 18.6 % of what is swallowed."""
    person = Person(weight_kg=74.0)
    vein = give("perez_ruixo_2021", (0.0, 28.0, "intravenous", 2 / 3), person=person, horizon_h=200.0)
    per_mg = vein.area("s_ketamine_venous") / 28.0
    for dose_mg, route, seen in ((56.0, "intranasal", 0.54), (84.0, "intranasal", 0.51), (84.0, "oral", 0.186)):
        given = give("perez_ruixo_2021", (0.0, dose_mg, route, 0.0), person=person, horizon_h=200.0)
        assert given.area("s_ketamine_venous") / dose_mg / per_mg == pytest.approx(seen, rel=0.06)


def test_old_age_lowers_clearance() -> None:
    """Liver flow 151 - 2.19 * (80 - 60) L/h, so extraction of 72 % becomes 79 % and CL 109 becomes 84 L/h."""
    old = Person(weight_kg=74.0, age_y=80.0)
    course = give("perez_ruixo_2021", (0.0, 28.0, "intravenous", 2 / 3), person=old, horizon_h=300.0)
    flow, intrinsic = 151.0 - 2.19 * 20.0, 101.0 * (1.11 + 2.77)
    assert 28000.0 / course.area("s_ketamine_venous") == pytest.approx(flow * intrinsic / (flow + intrinsic), rel=0.01)
