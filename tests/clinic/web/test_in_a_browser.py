"""Questionnaires and outcomes in a real browser: what scripts do, by keyboard, for everybody, and on a small screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from clinic.care.test_outcomes import dose, rate
from clinic.web.conftest import serving
from clinic.web.visitors import browser, own_id
from clinic.world import World
from kinetamine.clinic.records import Role, Score
from kinetamine.clinic.web.app import create_app
from kinetamine.clinic.web.settings import ServeSettings

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("kind", ["sqlite"], indirect=True)]
Open = Callable[[Role], Page]


@pytest.fixture
def opened(world: World, chromium: Browser) -> Iterator[Open]:
    """Pages of people who are signed in; a script that stops fails the test."""
    wrong: list[str] = []
    with serving(create_app(world.database, ServeSettings(), world.accounts)) as address:

        def page(role: Role) -> Page:
            context = chromium.new_context(base_url=address, viewport={"width": 390, "height": 844})
            cookie = {"name": "kinetamine_clinic", "value": browser(world, role).token, "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]
            found = context.new_page()
            found.on("pageerror", lambda error: wrong.append(str(error)))
            return found

        yield page
        for context in chromium.contexts:
            context.close()
    assert wrong == []


def unusable(page: Page) -> list[str]:
    """What keeps people out; the frame of all pages has its own tests."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["id"] != "region"]


def test_a_no_puts_questions_away_and_what_was_left_out_stays_so(world: World, opened: Open) -> None:
    page = opened(Role.NURSE)
    page.goto(f"/people/{own_id(world)}/forms/cssrs_screener")
    page.get_by_label("since last contact").check()
    third = page.locator("#q_3")
    assert third.is_visible()
    page.locator("#q_4").get_by_label("Yes").check()
    for item in ("1", "2", "6"):
        page.locator(f"#q_{item}").get_by_label("No", exact=False).first.check()
    assert not third.is_visible()
    assert not page.locator("#q_6_recent").is_visible()
    assert unusable(page) == []
    page.get_by_role("button", name="Now").click()
    assert page.locator("#answered_at").input_value()
    page.locator("#answered_at").fill("2026-03-02T08:00")
    page.get_by_role("button", name="Keep").press("Enter")
    page.get_by_role("term").filter(has_text="In words").wait_for()
    (kept,) = world.records().find(Score)
    assert kept.items == {"1": 0, "2": 0, "6": 0}
    assert kept.category == "none"


def test_a_password_is_set_by_its_owner_on_a_small_screen(opened: Open) -> None:
    page = opened(Role.PHYSICIAN)
    page.goto("/people")
    page.get_by_role("link", name="My password").click()
    page.get_by_label("Password until now").fill("a")
    page.get_by_label("New password").fill("short")
    page.get_by_label("A new second factor").check()
    page.get_by_role("button", name="Change").click()
    page.get_by_role("alert").wait_for()
    assert unusable(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_answers_outlast_a_sign_in_that_ended(world: World, opened: Open) -> None:
    page = opened(Role.PATIENT)
    page.goto("/mine/forms/phq9")
    page.locator("#q_1").get_by_label("Several days").check()
    page.locator("#q_9").get_by_label("Not at all").focus()
    page.keyboard.press("Space")
    world.clock.pass_by(minutes=20)
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    (held,) = page.context.cookies()
    held["value"] = browser(world, Role.PATIENT).token
    page.context.add_cookies([held])  # type: ignore[list-item]
    page.goto("/mine/forms/phq9")
    page.get_by_text("were put back").wait_for()
    assert unusable(page) == []
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Your answers are kept").wait_for()
    assert unusable(page) == []
    (kept,) = world.records().find(Score)
    assert kept.items == {"1": 1, "9": 0}
    page.goto("/mine/forms/phq9")
    assert not page.get_by_text("were put back").is_visible()


def test_what_the_model_expects_comes_after_the_scores(world: World, opened: Open) -> None:
    for total, days in ((33, -1.0), (15, 7.0)):
        rate(world, "madrs", total, days)
    dose(world, 0.0, given=True)
    world.clock.now += timedelta(minutes=1)
    page = opened(Role.PHYSICIAN)
    page.goto(f"/people/{own_id(world)}/outcomes")
    assert page.locator("svg.trajectory .score").count() == 2
    page.locator("svg.trajectory polyline.predicted").wait_for(timeout=90_000)
    assert page.get_by_text("Prediction, not a measurement", exact=True).is_visible()
    assert unusable(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
