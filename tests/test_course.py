"""From names and words to a trajectory: defaults, refusals and warnings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kinetamine import course as courses
from kinetamine.course import Course, compare, from_mapping, load, parse_regimen, simulate
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, InputError, OutsideStudiedRangeError, UnknownNameError

ADULT = Person(weight_kg=70.0)
INFUSION = "0.5 mg/kg iv over 40 min"


def course(words: str = INFUSION, person: Person = ADULT, **more: object) -> Course:
    """A course without virtual people."""
    return Course(regimen=parse_regimen(words), person=person, **{"people": 0, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "model"),
    [
        (INFUSION, "kamp_2020"),
        ("56 mg intranasal esketamine", "perez_ruixo_2021"),
        ("50 mg esketamine film", "simons_2022"),
        ("25 mg oral ketamine", "kamp_2020"),
        ("84 mg oral esketamine", "perez_ruixo_2021"),
    ],
)
def test_drug_and_route_choose_the_model(words: str, model: str) -> None:
    assert course(words).pk_model.name == model


def test_a_course_predicts_every_stage_of_the_chain() -> None:
    trajectory = simulate(course())
    assert {series.stage for series in trajectory} == {"plasma", "receptor", "acute", "mechanism", "mood"}
    assert trajectory["ketamine_venous"].typical.max() == pytest.approx(203.0, abs=1.0)
    assert {"kamp_2020", "olofsen_2022"} <= {reference.key for reference in trajectory.references}


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    one, same, other = (simulate(course(people=20, seed=seed))["ketamine_venous"] for seed in (1, 1, 2))
    assert one.people is not None
    assert same.people is not None
    assert other.people is not None
    assert np.array_equal(one.people, same.people)
    assert not np.array_equal(one.people, other.people)
    assert np.array_equal(one.typical, other.typical)


def test_a_child_is_refused_and_named_unless_one_insists() -> None:
    child = Person(weight_kg=25.0, age_y=8.0)
    with pytest.raises(OutsideStudiedRangeError, match=r"age 8 years .*; weight 25 kg"):
        simulate(course(person=child))
    stamped = simulate(course(person=child, outside=True))
    assert stamped.warnings[0].startswith("OUTSIDE THE STUDIED RANGE of kamp_2020: age 8 years")


def test_a_dose_per_kg_needs_a_weight() -> None:
    with pytest.raises(FieldError, match="weight_kg: given None"):
        simulate(course(person=Person()))


def test_unknown_model_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean kamp_2020"):
        simulate(course(model="kamp2020"))


def test_a_named_comedication_acts_and_a_genotype_only_warns() -> None:
    plain, grapefruit, genotype = (
        simulate(course("40 mg oral ketamine", person=person))
        for person in (ADULT, replace(ADULT, comedication=("grapefruit",)), replace(ADULT, cyp2b6="*6/*6"))
    )
    peaks = [one["ketamine_venous"].typical.max() for one in (plain, grapefruit, genotype)]
    assert peaks[1] == pytest.approx(3.0 * peaks[0], rel=0.05)
    assert peaks[2] == peaks[0]
    assert any("CYP2B6" in warning and "does not act" in warning for warning in genotype.warnings)


def test_an_unknown_genotype_is_refused() -> None:
    with pytest.raises(FieldError, match=r"cyp2b6: given '\*9/\*9'"):
        simulate(course(person=replace(ADULT, cyp2b6="*9/*9")))


def test_compare_keeps_to_models_built_for_the_drug_and_says_so_when_it_does_not() -> None:
    inside = compare(course())
    assert {"kamp_2020", "clements_1981"} <= set(inside)
    assert "otto_2021" not in inside
    outside = compare(replace(course(), outside=True))
    assert outside["otto_2021"].warnings[0].startswith("OUTSIDE THE STUDIED RANGE")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"person": Person()}, "weight_kg: given None"),
        ({"words": "35 mg iv over 40 min", "person": Person()}, "weight_kg: given None"),
        ({"parameters": (("CLL", 80.0),)}, "parameter of kamp_2020: given 'CLL'"),
        ({"parameters": (("depresion.EFFICACY", 0.5),)}, "did you mean depression"),
        ({"parameters": (("depression.EFICACY", 0.5),)}, "did you mean EFFICACY"),
        ({"effects": ("sedatoin",)}, "did you mean sedation"),
        ({"person": replace(ADULT, comedication=("grapefrut",))}, "did you mean grapefruit"),
    ],
)
@pytest.mark.parametrize("models", [None, ("hijazi_2003",)])
def test_compare_refuses_what_is_wrong_with_the_course_itself(
    wrong: dict[str, Any], sentence: str, models: tuple[str, ...] | None
) -> None:
    with pytest.raises(InputError, match=sentence):
        compare(course(**wrong), models)


def test_compare_leaves_numbers_of_effects_and_of_one_model_where_they_belong() -> None:
    plain, given = (
        compare(course(parameters=numbers), ("hijazi_2003", "kamp_2020"))
        for numbers in ((), (("depression.EFFICACY", 0.5), ("kamp_2020.CL", 40.0)))
    )
    peaks = {name: plain[name]["ketamine_venous"].typical.max() for name in plain}
    assert given["hijazi_2003"]["ketamine_venous"].typical.max() == peaks["hijazi_2003"]
    assert given["kamp_2020"]["ketamine_venous"].typical.max() > peaks["kamp_2020"]
    assert len(compare(course(parameters=(("depression.EFFICACY", 0.5),)))) > 2


def test_compare_passes_over_models_that_lack_a_number_that_the_course_sets() -> None:
    assert set(compare(course(parameters=(("KV", 10.0),)))) == {"kamp_2020"}


def test_a_file_and_its_values_give_the_same_course(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    path.write_text(f'title = "One"\nregimen = "{INFUSION}"\n[person]\nweight_kg = 70.0\n', encoding="utf-8")
    assert load(path) == from_mapping({"title": "One", "regimen": INFUSION, "person": {"weight_kg": 70.0}})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"regimen": INFUSION, "modle": "kamp_2020"}, "did you mean model"),
        ({"regimen": INFUSION, "people": "many"}, "people: given 'many', expected a whole number"),
        ({"regimen": 3}, "regimen: given 3"),
        ({"regimen": INFUSION, "person": {"wieght_kg": 70.0}}, "did you mean weight_kg"),
        ({"regimen": INFUSION, "person": {"weight_kg": 700.0}}, "weight_kg: given 700.0, expected 1 to 400 kg"),
        ({"regimen": INFUSION, "follow_up_days": -1}, "follow_up_days: given -1"),
    ],
)
def test_each_bad_value_gets_one_sentence(content: dict[str, object], sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence):
        from_mapping(content)


def test_a_missing_or_broken_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(FieldError, match="a readable TOML file"):
        load(tmp_path / "none.toml")
    (tmp_path / "broken.toml").write_text("regimen = ", encoding="utf-8")
    with pytest.raises(FieldError, match="valid TOML"):
        load(tmp_path / "broken.toml")


def test_named_regimens_of_the_library_are_words_too() -> None:
    assert len(parse_regimen("ketamine_six_infusions")) == 6


def test_every_route_of_the_library_is_known_by_its_own_words() -> None:
    for name, words in courses.known_routes().items():
        for word in (name.replace("_", " "), *words):
            regimen = parse_regimen(f"10 mg ketamine {word}" + (" bolus" if name == "intravenous" else ""))
            assert [dose.route for dose in regimen] == [name], word


def test_numbers_can_be_set_and_are_named_in_the_warnings() -> None:
    heavy = Person(weight_kg=110.0)
    plain, linear = (
        simulate(course(person=heavy, effects=(), outcomes=(), parameters=one)) for one in ((), (("EXP_CL", 1.0),))
    )
    assert plain["ketamine_arterial"].typical.max() > 1.05 * linear["ketamine_arterial"].typical.max()
    assert linear.warnings == ("kamp_2020: EXP_CL is 1, set by the user; the library has 0.75.",)


def test_an_efficacy_of_zero_leaves_the_nonspecific_part() -> None:
    masked = simulate(course(parameters=(("depression.EFFICACY", 0.0),)))
    assert masked["madrs_drug"].typical.max() == pytest.approx(0.0, abs=1e-9)
    assert masked["madrs_nonspecific"].typical.max() > 1.0


def test_numbers_of_entries_that_are_not_used_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean depression"):
        simulate(course(parameters=(("depresion.EFFICACY", 0.0),)))


def test_a_file_sets_numbers_in_nested_tables() -> None:
    content = {"regimen": INFUSION, "parameters": {"CL": 80.0, "depression": {"EFFICACY": 0.5}}}
    assert from_mapping(content).parameters == (("CL", 80.0), ("depression.EFFICACY", 0.5))
