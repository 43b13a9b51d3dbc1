"""The story in a real browser: a slider changes the numbers as Python says, by mouse, keyboard, or without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kinetamine.web.simulations.walk import course_words, walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # minutes of clicks


def told(dose: float, sessions: int = 6, weight: float = 70, **more: Any) -> dict[str, str]:
    """What Python says for the chain: label to the number as it is shown."""
    given = {"regimen": course_words("infusion", dose, sessions), "person": {"weight_kg": weight}, **more}
    found = walk(given, lambda _event, _data: None)
    return {one["label"]: f"{one['text']} {one['unit']}" for one in found["chain"]}


def shown(page: Page) -> dict[str, str]:
    """What the page says."""
    return {
        str(link.get_attribute("data-label")): link.locator(".value").inner_text().strip()
        for link in page.locator("#chain a").all()
    }


def settled(page: Page) -> None:
    page.wait_for_timeout(150)
    expect(page.locator("#story")).not_to_have_attribute("aria-busy", "true")


def test_it_opens_with_what_python_says(page: Page) -> None:
    page.goto("/how-it-works")
    assert shown(page) == told(0.5)
    expect(page.locator("article")).to_have_count(16)


def test_the_dose_moves_every_link_and_the_curves(page: Page) -> None:
    page.goto("/how-it-works")
    before = page.locator("#receptor polyline").first.get_attribute("points")
    page.get_by_label("Dose, each session").fill("1")
    expect(page.locator("#dose-now")).to_have_text("1 mg/kg")
    expect(page.locator("#given")).to_contain_text("1 mg/kg (70 mg)")
    assert shown(page) == told(1.0)
    assert page.locator("#receptor polyline.before").get_attribute("points") != before  # on the scale of both
    expect(page.locator("#receptor svg")).to_contain_text("grey: as it was")
    expect(page.locator('#chain a[href="#blood"] .before')).to_have_text("was 200")
    assert page.url.endswith("?dose=1")


def test_every_step_is_drawn_anew_in_its_own_place(page: Page) -> None:
    page.goto("/how-it-works?dose=0.2")
    expected = page.locator("article").all_inner_texts()
    page.goto("/how-it-works")
    page.get_by_label("Dose, each session").fill("0.2")
    expect(page.locator("#given")).to_contain_text("0.2 mg/kg")
    assert page.locator("article").all_inner_texts() == expected
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), one => one.id)")
    assert len(set(ids)) == len(ids)


def test_all_of_it_by_keyboard(page: Page) -> None:
    page.goto("/how-it-works")
    page.get_by_label("Dose, each session").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#given")).to_contain_text("0.3 mg/kg (21 mg)")
    assert shown(page) == told(0.3)
    page.get_by_role("button", name="Next step").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#where")).to_have_text("Step 2 of 16")
    expect(page.locator("#blood h3")).to_be_focused()
    expect(page.locator("#chain [aria-current]")).to_have_attribute("href", "#blood")


def test_a_block_is_simulated_and_what_was_seen_of_it_is_shown(page: Page) -> None:
    page.goto("/how-it-works")
    page.get_by_label("What if this were blocked").select_option("RAPAMYCIN")
    expect(page.locator("#connections")).to_contain_text("no new connections grow")
    expect(page.locator("#published")).to_contain_text("In rodents.")
    assert shown(page) == told(0.5, parameters={"mechanism": {"RAPAMYCIN": 1}})
    page.get_by_role("button", name="As it was").click()
    expect(page.locator("#published")).to_be_hidden()
    assert page.url.endswith("/how-it-works")


def test_another_explanation_may_have_other_steps(page: Page) -> None:
    page.goto("/how-it-works")
    page.get_by_label("Explanation used").select_option("empirical")
    expect(page.locator("#relief")).to_be_visible()
    expect(page.locator("#messengers")).to_have_count(0)


def test_the_spray_has_doses_of_its_own(page: Page) -> None:
    page.goto("/how-it-works")
    page.get_by_label("nasal spray").check()
    expect(page.locator("#dose-now")).to_have_text("56 mg")
    expect(page.locator("#given")).to_contain_text("56 mg esketamine, intranasal")


def test_a_link_tells_the_same_story_again(page: Page) -> None:
    page.goto("/how-it-works")
    page.get_by_label("Weight").fill("110")
    page.get_by_label("Sessions, twice weekly").fill("2")
    expect(page.locator("#given")).to_contain_text("110 kg")
    settled(page)
    before = shown(page)
    page.reload()
    assert shown(page) == before == told(0.5, 2, 110)
    assert "person.weight_kg=110" in str(page.locator("#simulate").get_attribute("href"))


def test_without_a_script_the_story_is_told_and_can_be_changed(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/how-it-works")
    assert shown(page) == told(0.5)
    expect(page.locator("article svg").first).to_be_visible()
    page.get_by_label("What if this were blocked").select_option("AMPA_BLOCK")
    page.get_by_role("button", name="Simulate").click()
    expect(page.locator("#published")).to_contain_text("NBQX before ketamine")
    assert shown(page) == told(0.5, parameters={"mechanism": {"AMPA_BLOCK": 1}})
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_changed_story_keeps_nobody_out(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto("/how-it-works?dose=1&block=NALTREXONE&mechanism=opioid_gate")
    found = Axe().run(page)
    serious = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
    assert not serious, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious]


def test_a_phone_holds_the_dose_in_view(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/how-it-works")
    page.locator("#pressure").scroll_into_view_if_needed()
    expect(page.get_by_label("Dose, each session")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#more")).not_to_have_attribute("open", re.compile(".*"))


def test_an_address_that_asks_for_too_much_is_told(page: Page) -> None:
    page.goto("/how-it-works?dose=9")
    said = "Dose: expected 0.1 to 1 in steps of 0.05; given 9. Told is the usual course."
    expect(page.get_by_role("alert")).to_have_text(said)
    assert shown(page) == told(0.5)
