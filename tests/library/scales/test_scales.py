"""Worked examples of each scale, by hand from its manual."""

from __future__ import annotations

from typing import Any

import pytest

from kinetamine import catalogue


def score(name: str, **answers: int) -> Any:
    """Answers by item; ``i3`` is item 3."""
    return catalogue.load("scales", name).score({key.removeprefix("i"): value for key, value in answers.items()})


def alike(name: str, answer: int, **others: int) -> Any:
    """All items alike but some."""
    scale = catalogue.load("scales", name)
    return scale.score({one.name: answer for one in scale.items} | {k.removeprefix("i"): v for k, v in others.items()})


def test_phq9_sums_nine_items_and_hears_the_ninth() -> None:
    found = alike("phq9", 1, i10=3)
    assert (found.total, found.category) == (9, "mild")
    assert [one.item for one in found.alerts] == ["9"]
    assert alike("phq9", 2, i9=0).total == 16
    assert alike("phq9", 2, i9=0).category == "moderately severe"
    assert not alike("phq9", 2, i9=0).alerts


def test_phq9_has_a_total_without_its_tenth_item() -> None:
    scale = catalogue.load("scales", "phq9")
    found = scale.score({str(place): 3 for place in range(1, 10)})
    assert (found.total, found.category, found.missing) == (27, "severe", ("10",))


def test_gad7_bands() -> None:
    assert [alike("gad7", 0, i1=more).category for more in (0, 3)] == ["minimal", "minimal"]
    assert alike("gad7", 1).category == "mild"
    assert alike("gad7", 2).category == "moderate"
    assert alike("gad7", 3).category == "severe"


def test_pcl5_sums_clusters_and_knows_the_diagnostic_rule() -> None:
    found = alike("pcl5", 1, i1=2, i6=2, i8=2, i9=2, i15=2, i16=2)
    assert found.total == 26
    assert found.parts == {"B intrusion": 6, "C avoidance": 3, "D mood and thoughts": 9, "E arousal": 8}
    assert found.category == "symptoms as the diagnosis needs them"
    assert alike("pcl5", 4, i6=1, i7=1).category == "fewer symptoms than the diagnosis needs"


@pytest.mark.parametrize(
    ("answers", "risk"),
    [
        ({"i1": 0, "i2": 0, "i6": 0}, "none"),
        ({"i1": 1, "i2": 0, "i6": 0}, "low"),
        ({"i1": 1, "i2": 1, "i3": 0, "i4": 0, "i5": 0, "i6": 0}, "low"),
        ({"i1": 1, "i2": 1, "i3": 1, "i4": 0, "i5": 0, "i6": 0}, "moderate"),
        ({"i1": 0, "i2": 0, "i6": 1, "i6_recent": 0}, "moderate"),
        ({"i1": 1, "i2": 1, "i3": 1, "i4": 1, "i5": 0, "i6": 0}, "high"),
        ({"i1": 0, "i2": 0, "i6": 1, "i6_recent": 1}, "high"),
        ({"i4": 1}, "high"),
        ({"i1": 1, "i2": 1, "i6": 0}, ""),
        ({"i1": 0, "i2": 0}, ""),
        ({"i1": 0, "i2": 0, "i6": 1}, ""),
        ({}, ""),
    ],
)
def test_cssrs_names_a_level_and_never_guesses(answers: dict[str, int], risk: str) -> None:
    found = score("cssrs_screener", **answers)
    assert found.category == risk
    assert found.total is None


def test_every_yes_that_makes_a_risk_of_the_screener_is_listened_to() -> None:
    older = score("cssrs_screener", i1=0, i2=0, i6=1, i6_recent=0)
    assert (older.category, [one.item for one in older.alerts]) == ("moderate", ["6"])
    listened = {one.item for one in catalogue.load("scales", "cssrs_screener").alerts}
    for item in ("3", "4", "5", "6", "6_recent"):
        none = {"i1": 0, "i2": 1, "i3": 0, "i4": 0, "i5": 0, "i6": 0, "i6_recent": 0}
        assert score("cssrs_screener", **none | {f"i{item}": 1}).category in {"moderate", "high"}
        assert item in listened


def test_madrs_bands_and_suicidal_thoughts() -> None:
    assert (alike("madrs", 3, i10=4).total, alike("madrs", 3, i10=4).category) == (31, "moderate")
    assert [one.item for one in alike("madrs", 3, i10=4).alerts] == ["10"]
    assert not alike("madrs", 3).alerts
    assert alike("madrs", 4).category == "severe"


def test_single_numbers_and_the_cadss() -> None:
    assert alike("cadss", 4).total == 92
    assert score("moaas", response=5).total == 5
    assert catalogue.load("scales", "moaas").worse == "lower"
    assert score("pain_nrs", pain=7).total == 7
