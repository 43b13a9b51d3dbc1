"""The story over HTTP: what the page tells is what Python says, and a query tells another story."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kinetamine.course import from_mapping, simulate
from kinetamine.web.simulations.walk import (
    BLOCKS,
    CHAPTERS,
    SESSIONS,
    SLIDERS,
    WEIGHTS,
    course_words,
    default_course,
    walk,
)
from web.pages.inprocess import Client


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def told(given: dict[str, Any]) -> dict[str, Any]:
    return walk(given, lambda _event, _data: None)


def link(found: dict[str, Any], label: str) -> float:
    return float(next(one["value"] for one in found["chain"] if one["label"] == label))


def test_the_page_tells_the_whole_story_without_a_script(client: Client) -> None:
    page = client.get("/how-it-works").text
    keys = [key for _, found in CHAPTERS for key in found if key != "relief"]
    assert re.findall(r'<article id="([^"]+)"|<article[^>]* id="([^"]+)"', page)
    assert [key for key in keys if f'id="{key}"' not in page] == []
    assert page.count('class="small-figure"') > 8
    assert page.count('class="grade') > 15
    assert " style=" not in page  # the content-security policy forbids it
    linked = set(re.findall(r'href="#(source-[^"]+)"', page))
    assert linked <= set(re.findall(r'id="(source-[^"]+)"', page))


def test_what_is_no_choice_is_told_in_words(client: Client) -> None:
    page = client.get("/how-it-works?dose=5").text
    said = "Dose: expected 0.1 to 1 in steps of 0.05; given 5. Told is the usual course."
    assert f'role="alert">{said}</p>' in page


def test_numbers_are_those_of_python() -> None:
    given = {"regimen": course_words("infusion", 0.3, 4), "person": {"weight_kg": 80}}
    trajectory = simulate(from_mapping({"engine": "fast", **given, "people": 0, "follow_up_days": 28}))
    found = told(given)
    assert link(found, "Blood level") == pytest.approx(trajectory["ketamine_venous"].typical.max(), rel=1e-6)
    assert link(found, "Receptors blocked") == pytest.approx(100 * trajectory["nmda_occupancy"].typical.max(), rel=1e-3)
    assert link(found, "Mood after a day") == pytest.approx(trajectory.at("madrs", 24.0), abs=0.01)
    assert link(found, "Dose") == pytest.approx(24.0)


@pytest.mark.parametrize("kind", SLIDERS)
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_end_of_the_sliders_was_studied(kind: str, end: str) -> None:
    for weight in (WEIGHTS["low"], WEIGHTS["high"]):
        words = course_words(kind, float(str(SLIDERS[kind][end])), SESSIONS[end])
        assert from_mapping({"regimen": words, "person": {"weight_kg": weight}}).outside_reasons() == ()


def test_every_story_is_watched_for_as_long() -> None:
    texts = [told({**default_course(), "regimen": course_words("infusion", 0.5, count)}) for count in (1, 8)]
    assert all("day 42" in str(found["chapters"][2]) for found in texts)


@pytest.mark.parametrize("block", [name for name in BLOCKS if name])
def test_a_block_shows_what_was_published_of_it(block: str) -> None:
    found = told({**default_course(), "parameters": {"mechanism": {block: 1}}})
    assert found["published"]
    assert all(one["address"].startswith("https://") for one in found["published"])
    assert ("acts on nothing" in " ".join(found["warnings"])) == (block == "NALTREXONE")


def test_a_block_takes_what_lies_behind_it() -> None:
    usual, blocked = told(default_course()), told({**default_course(), "parameters": {"mechanism": {"RAPAMYCIN": 1}}})
    assert link(usual, "Connections") > 10.0
    assert link(blocked, "Connections") == pytest.approx(0.0, abs=1e-6)
    assert link(blocked, "BDNF") == pytest.approx(link(usual, "BDNF"))
    assert next(one for one in blocked["chain"] if one["label"] == "Connections")["text"] == "0"
    assert 'class="line before"' in str(blocked["chapters"])
    assert 'class="line before"' not in str(usual["chapters"])


def test_the_curve_without_steps_has_no_glutamate() -> None:
    keys = [step["key"] for chapter in told({**default_course(), "mechanism": "empirical"})["chapters"]
            for step in chapter["steps"]]  # fmt: skip
    assert "relief" in keys
    assert "messengers" not in keys


def test_no_step_speaks_of_the_terminal() -> None:
    assert "kinetamine " not in str(told(default_course())["chapters"])


def test_a_query_tells_its_own_story(client: Client) -> None:
    page = client.get("/how-it-works", params={"dose": "1", "block": "RAPAMYCIN", "weight": "100"}).text
    assert "1 mg/kg (100 mg)" in page
    assert "What was seen when this was blocked" in page
    assert 'value="RAPAMYCIN" selected' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"route": "spray", "dose": "30"}, "28 to 84 in steps of 28"),
        ({"dose": "5"}, "expected 0.1 to 1"),
        ({"dose": "much"}, "expected 0.1 to 1"),
        ({"route": "spray", "dose": "0.5"}, "expected 28 to 84"),
        ({"sessions": "nan"}, "expected 1 to 8"),
        ({"route": "oral"}, "one of infusion, spray"),
        ({"mechanism": "magic"}, "one of nothing, disinhibition"),
        ({"block": "<b>"}, "one of nothing, AMPA_BLOCK"),
    ],
)
def test_what_is_wrong_is_told_and_the_usual_story_goes_on(client: Client, query: dict[str, str], said: str) -> None:
    answer = client.get("/how-it-works", params=query)
    assert answer.status_code == 200
    assert said in answer.text
    assert "0.5 mg/kg (35 mg)" in answer.text
    assert "<b>'" not in answer.text
