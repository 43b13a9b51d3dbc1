"""Otto 2021 against the medians digitised from its own figures."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_follows_the_observed_medians_of_its_own_trial() -> None:
    """CHDR1311, 17 volunteers of 68 kg: 10 mg over 30 min; digitised from figures 3b and 4b."""
    course = give("otto_2021", (0.0, 10.0, "intravenous", 0.5), person=Person(weight_kg=68.0))
    parent = {0.5: 56.0, 1.0: 27.0, 2.0: 15.5, 3.0: 11.5, 5.0: 6.0, 6.0: 4.2, 8.0: 2.5, 10.0: 1.8}
    metabolite = {0.5: 10.0, 1.0: 23.0, 2.0: 20.0, 3.0: 16.0, 5.0: 12.0, 6.0: 11.0, 8.0: 8.0, 10.0: 6.5}
    for time_h, seen in parent.items():
        assert course.at("s_ketamine_venous", time_h) == pytest.approx(seen, rel=0.20)
    for time_h, seen in metabolite.items():
        assert course.at("s_norketamine_venous", time_h) == pytest.approx(seen, rel=0.20)


def test_norketamine_exceeds_ketamine_as_in_another_study() -> None:
    """Hasan 2021: AUC ratio 1.79, SD 0.56, after intravenous ketamine."""
    course = give("otto_2021", (0.0, 10.0, "intravenous", 0.5), person=Person(weight_kg=70.0), horizon_h=200.0)
    ratio = course.area("s_norketamine_venous") / course.area("s_ketamine_venous")
    assert ratio == pytest.approx(95.2 / 57.72, rel=0.01)
    assert abs(ratio - 1.79) < 0.56
