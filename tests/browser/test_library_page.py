"""The library in a real browser: searched as it is typed, by keyboard, open to everybody, with or without script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kinetamine import catalogue
from kinetamine.report.card.kinds import KINDS, every

pytestmark = pytest.mark.browser
CARDS = [
    "/library/pk/kamp_2020",
    "/library/mechanisms/opioid_gate",
    "/library/harms/esketamine_nasal_trd",
    "/library/pk",
]


def test_searching_keeps_the_entries_that_hold_every_word(page: Page) -> None:
    page.goto("/library")
    expect(page.locator(".entries > li:visible")).to_have_count(len(every()))
    page.get_by_role("searchbox", name="Search the library").fill("rifampicin")
    expect(page.locator(".entries > li:visible")).to_have_count(1)
    expect(page.locator("#found")).to_have_text(f"1 of {len(every())} entries")
    expect(page.locator(".group:visible h2 a")).to_have_text(["Interactions"])
    assert page.url.endswith("/library?q=rifampicin")


def test_what_was_searched_is_there_again_after_a_card(page: Page) -> None:
    page.goto("/library")
    page.keyboard.press("Tab")
    page.get_by_role("searchbox").press_sequentially("nasal spray chinese")
    page.get_by_role("searchbox").fill("perez")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/library/**")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("perez")
    assert 0 < page.locator(".entries > li:visible").count() < len(every())


def test_nothing_found_says_so(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("searchbox").fill("no such thing")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    expect(page.locator("#found")).to_have_text(f"0 of {len(every())} entries")


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_of_each_kind_opens(page: Page, kind: str) -> None:
    name = catalogue.names(kind)[0]
    page.goto(f"/library/{kind}")
    page.locator(f'a[href="/library/{kind}/{name}"]').click()
    expect(page.locator(".pills code")).to_have_text(name)
    expect(page.get_by_role("heading", name="Not for")).to_be_visible() if kind not in {
        "findings",
        "interactions",
    } else None
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", CARDS)
def test_cards_keep_nobody_out(page: Page, path: str, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(path)
    found = Axe().run(page)
    serious = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
    assert not serious, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious]


@pytest.mark.parametrize("path", [*CARDS, "/library/populations/trd_65", "/library/outcomes/depression"])
def test_no_card_scrolls_sideways_on_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_number_leads_to_where_it_was_read(page: Page) -> None:
    page.goto("/library/pk/kamp_2020")
    page.get_by_role("link", name="where CL_S_OVER_R was read").click()
    expect(page.locator("li:target")).to_contain_text("mean over people of four studies")


def test_without_a_script_the_form_searches(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/library")
    page.get_by_role("searchbox").fill("rifampicin")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".entries > li:visible")).to_have_count(1)
    context.close()
