"""Arms of a comparison: the numbers are those of single courses, and one that fails leaves the others alone."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from kinetamine.errors import FieldError, OutsideStudiedRangeError
from kinetamine.report.arms import run
from kinetamine.report.summary import summary
from kinetamine.web.simulations import DOORS
from kinetamine.web.simulations.arm import LOOKS
from kinetamine.web.simulations.arm_choices import OPENING, choices, fields, presets
from kinetamine.web.simulations.arm_numbers import KeyNumber, table
from kinetamine.web.simulations.arms import MOST, arms, merged
from kinetamine.web.simulations.course import course_of

SCHEDULE = ", twice weekly for 1 week"
BASE = {
    "regimen": f"0.5 mg/kg iv over 40 min{SCHEDULE}",
    "person": {"weight_kg": 70, "age_y": 40},
    "people": 20,
    "follow_up_days": 28,
}


def compared(*changes: dict[str, Any], band: bool = False) -> dict[str, Any]:
    """The base and the changes, as the page gets them."""
    asked = [{"name": "Base", "band": band}, *({"name": f"Arm {at}", "changes": one} for at, one in enumerate(changes))]
    found: dict[str, Any] = arms({"base": BASE, "arms": asked}, lambda _event, _data: None)
    return found


def cells(found: dict[str, Any], label: str) -> list[dict[str, Any] | None]:
    """One row of the table."""
    return next(row["cells"] for group in found["table"] for row in group["rows"] if row["label"] == label)


def panel(found: dict[str, Any], key: str) -> dict[str, Any]:
    """One panel by its key."""
    return next(one for one in found["panels"] if one["key"] == key)


def test_the_door_is_open() -> None:
    assert DOORS["arms"] is arms


@pytest.mark.slow
@pytest.mark.parametrize(
    ("label", "quantity"),
    [
        ("Peak ketamine, venous", "Cmax, venous ketamine"),
        ("AUC of norketamine, venous", "AUC over the course, venous norketamine"),
        ("Peak dissociation (CADSS)", "Peak CADSS"),
        ("Largest rise of systolic pressure", "Largest rise of systolic pressure"),
    ],
)
def test_numbers_are_those_of_the_courses_alone(label: str, quantity: str) -> None:
    first, heavy = cells(compared({"person": {"weight_kg": 110}}), label)
    alone = [
        next(row for row in summary(run(course_of(course))) if row.quantity == quantity)
        for course in (BASE, merged(BASE, {"person": {"weight_kg": 110}}))
    ]
    assert first is not None
    assert heavy is not None
    assert [first["value"], heavy["value"]] == [row.value for row in alone]
    assert [first["shown_range"], heavy["shown_range"]] == [row.shown_range for row in alone]
    assert heavy["difference"] == pytest.approx(alone[1].value - alone[0].value)
    assert heavy["ratio"] == pytest.approx(alone[1].value / alone[0].value)
    assert "difference" not in first


def test_differences_are_printed_no_finer_than_the_numbers() -> None:
    found = compared({"person": {"weight_kg": 110}}, {})
    assert [one and one.get("shown_difference") for one in cells(found, "Dose in all")] == [None, "+40", "same"]
    assert [one and one.get("shown_ratio") for one in cells(found, "Dose in all")] == [None, "×1.57", None]
    chance = cells(found, "Remission (10 or less), 24 h after the last dose")[1]
    assert chance is not None
    assert "ratio" not in chance


def number(value: float, shown: str, *, chance: bool = False) -> KeyNumber:
    """A number of an arm."""
    return KeyNumber(key="a", group="A", label="A", unit="%", value=value, shown=shown, chance=chance)


def beside(first: KeyNumber, other: KeyNumber) -> dict[str, Any]:
    """What the table shows of the second of two arms."""
    arms: list[Any] = [SimpleNamespace(found=SimpleNamespace(numbers={"a": one})) for one in (first, other)]
    found: dict[str, Any] = table(arms)[0]["rows"][0]["cells"][1]
    return found


@pytest.mark.parametrize(
    ("first", "other", "difference"),
    [
        ((44.6, "45"), (44.4, "44"), "−1"),
        ((26.4, "26"), (14.6, "15"), "−11"),
        ((44.6, "45"), (45.3, "45"), "same"),
        ((0.4, "<1"), (26.0, "26"), "+26"),
        ((1.2, "1"), (0.9, "<1"), "−<1"),
    ],
)
def test_differences_of_chances_are_those_of_what_is_printed(
    first: tuple[float, str], other: tuple[float, str], difference: str
) -> None:
    cell = beside(number(*first, chance=True), number(*other, chance=True))
    assert cell["shown_difference"] == difference
    assert cell["difference"] == other[0] - first[0]


@pytest.mark.parametrize(
    ("first", "other", "difference"),
    [
        ((12.34, "12.3"), (12.46, "12.5"), "+0.2"),
        ((99.92, "99.9"), (100.2, "100"), "+<1"),
        ((-8.0, "−8"), (2.0, "2"), "+10"),
    ],
)
def test_other_differences_are_so_too(first: tuple[float, str], other: tuple[float, str], difference: str) -> None:
    assert beside(number(*first), number(*other))["shown_difference"] == difference


def test_a_change_in_a_table_leaves_the_rest_of_it() -> None:
    changes = {"person": {"weight_kg": 110, "age_y": None}, "regimen": None, "mechanism": {"habenula": 1.0}}
    given = {**BASE, "mechanism": {"disinhibition": 1.0}, "person": {"weight_kg": 70, "age_y": 40, "sex": "male"}}
    course = merged(given, changes)
    assert course["person"] == {"weight_kg": 110, "sex": "male"}
    assert course["mechanism"] == {"habenula": 1.0}
    assert "regimen" not in course
    assert given["person"] == {"weight_kg": 70, "age_y": 40, "sex": "male"}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"person": {"weight_kg": "much"}}, "person.weight_kg"),
        ({"person": {"weight_kg": None}}, "person.weight_kg"),
        ({"person": {"shoe_size": 42}}, "person.shoe_size"),
        ({"person": {"comedication": ["rifampicn"]}}, "person.comedication"),
        ({"regimen": "0.5 mg/kg iv, thrice"}, "regimen"),
        ({"regimen": None}, "regimen"),
        ({"model": "kampp"}, "model"),
        ({"outcomes": ["joy"]}, "outcomes"),
        ({"parameters": {"CLX": 1.0}}, "parameters.CLX"),
        ({"parameters": {"depression.EFFICACY": "a"}}, "parameters.depression.EFFICACY"),
        ({"people": 3}, "people"),
        ({"model": "otto_2021"}, ""),
    ],
)
def test_a_problem_is_told_at_its_arm_and_leaves_the_others(changes: dict[str, Any], path: str) -> None:
    found = compared(changes)
    good, bad = found["arms"]
    assert good["problem"] is None
    assert bad["name"] == "Arm 0"
    assert bad["problem"]["path"] == path
    assert bad["problem"]["message"]
    assert cells(found, "Dose in all")[1] is None
    assert [one["name"] for one in panel(found, "cadss")["traces"]] == ["arm0"]


@pytest.mark.parametrize(
    "given",
    [
        {"base": BASE},
        {"base": BASE, "arms": [{"name": "alone"}]},
        {"base": BASE, "arms": [{"name": "too many"}] * (MOST + 1)},
        {"base": BASE, "arms": "two"},
        {"base": BASE, "arms": [1, 2]},
        {"base": BASE, "arms": [{"name": 1}, {"name": "b"}]},
        {"base": BASE, "arms": [{"name": "a"}, {"name": "b", "changes": "weight"}]},
        {"base": BASE, "arms": [{"name": "a"}, {"name": "b", "band": 1}]},
        {"base": BASE, "arms": [{"name": "a"}, {"name": "b", "colour": "red"}]},
        {"base": "a course", "arms": [{"name": "a"}, {"name": "b"}]},
    ],
)
def test_what_is_no_comparison_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        arms(given, lambda _event, _data: None)


def test_lines_share_their_axes_and_nothing_else() -> None:
    found = compared({"person": {"weight_kg": 110}}, {"regimen": f"esketamine 84 mg intranasal{SCHEDULE}"}, band=True)
    shared = panel(found, "ketamine_venous")
    assert [one["label"] for one in shared["traces"]] == ["Base", "Arm 0", "Arm 1"]
    assert len({(one["role"], one["style"]) for one in shared["traces"]}) == 3
    assert [one["trace"] for one in shared["bands"]] == ["arm0"]
    assert "Band of Base" in shared["caption"]
    assert shared["stamp"].startswith("Prediction · kamp_2020, perez_ruixo_2021 · kinetamine ")
    assert any("S-ketamine alone" in note for note in found["notes"])
    assert json.dumps(found, allow_nan=False)


def test_looks_differ_in_colour_and_in_line() -> None:
    assert len({role for role, _ in LOOKS}) == len({style for _, style in LOOKS}) == len(LOOKS) == MOST


def test_what_an_arm_has_not_is_said() -> None:
    found = compared({"comparator": "ssri", "regimen": None, "follow_up_days": 28})
    assert "Nothing of it in: Arm 0." in panel(found, "cadss")["caption"]
    assert cells(found, "Peak dissociation (CADSS)")[1] is None
    assert cells(found, "Score 28 days after the first dose")[1] is not None
    assert panel(found, "madrs")["x_label"] == "Days since the start of each arm"
    assert [one["key"] for one in found["panels"]].index("cadss") < [one["key"] for one in found["panels"]].index(
        "madrs"
    )


def test_a_change_that_does_nothing_is_no_finding() -> None:
    found = compared({"person": {"height_cm": 190}})
    assert any(note.startswith("Arm 0: no number differs from Base (as modelled") for note in found["notes"])


def test_the_same_people_are_in_every_arm_unless_asked_otherwise() -> None:
    assert compared({})["notes"][0].startswith("The same 20 virtual people (seed 20260101)")
    assert compared({"seed": 7})["notes"][0].startswith("The arms have different virtual people")


def test_each_arm_is_told_when_it_is_ready() -> None:
    told: list[tuple[str, Any]] = []
    asked = [{"name": "a"}, {"name": "b", "changes": {"people": 1}}]
    arms({"base": BASE, "arms": asked}, lambda event, data: told.append((event, data)))
    ready = [data for event, data in told if event == "arm"]
    assert [one["index"] for one in ready] == [0, 1]
    assert [one["problem"] is None for one in ready] == [True, False]


def test_another_outcome_has_its_own_rows() -> None:
    found = arms(
        {"base": {**BASE, "outcomes": ["chronic_pain"]}, "arms": [{"name": "a"}, {"name": "b"}]},
        lambda _event, _data: None,
    )
    assert [group["title"] for group in found["table"]][-1] == "Chronic pain (NRS)"
    assert panel(found, "pain_nrs")["first"]


def preset_course(key: str) -> dict[str, Any]:
    """The course of a preset, at the schedule of the base."""
    one = next(preset for preset in presets() if preset.key == key)
    return merged(BASE, {**one.changes, **({"regimen": one.dose + SCHEDULE} if one.dose else {})})


@pytest.mark.parametrize("key", [one.key for one in presets()])
def test_every_preset_is_possible_and_was_studied(key: str) -> None:
    try:
        course_of(preset_course(key)).problem()
    except OutsideStudiedRangeError as error:
        pytest.fail(str(error))


@pytest.mark.slow
@pytest.mark.parametrize("key", [one.key for one in presets()])
def test_every_preset_simulates(key: str) -> None:
    assert len(run(course_of(preset_course(key))).times_h) > 1


def test_choices_are_known_to_the_simulator() -> None:
    assert set(OPENING) <= {one.key for one in presets()}
    assert len({one.key for one in presets()}) == len(list(presets()))
    for one in fields():
        if one.kind == "choice" and not one.path.startswith("person."):
            assert not one.start or one.start in {value for value, _ in one.options}
    assert json.dumps(choices())
