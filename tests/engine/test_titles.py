"""What a simulation will give is known before it is solved: names, titles, units and stages."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from kinetamine.course import Course
from kinetamine.engine.person import Person
from kinetamine.engine.solve import simulate, titles

PERSON = Person(weight_kg=70.0, age_y=40.0)
FORMS = ("racemic", "esketamine")


def _course(model: str, form: str) -> Course:
    return Course(
        person=PERSON,
        regimen=f"0.5 mg/kg {form} iv over 40 min",  # type: ignore[arg-type]  # read by the course itself
        model=model,
        effects=("dissociation", "sedation"),
        outcomes=("depression",),
        follow_up_days=1.0,
        people=0,
        outside=True,
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("model", catalogue.names("pk"))
def test_titles_are_those_of_the_simulation(model: str, form: str) -> None:
    problem = _course(model, form).problem()
    found = [(one.name, (one.title, one.unit, one.stage)) for one in simulate(problem)]
    assert list(titles(problem).items()) == found
