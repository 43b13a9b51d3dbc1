"""The page Simulate opened by an address: what is not known is told, and no figures that are not there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.patience import PATIENCE_MS
from browser.simulating import open_at, settled, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ONE = "/?regimen=50+mg+im&person.weight_kg=70&people=0"
FIRST = "Nothing simulated yet: "


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mechanism", "foo"),
        ("outcomes", "depression,foo"),
        ("background", "foo"),
        ("comparator", "foo"),
    ],
)
def test_a_choice_that_there_is_not_is_refused_at_its_field(page: Page, field: str, value: str) -> None:
    page.goto(f"{ONE}&{field}={value}")
    said = page.locator(f"#wrong-{field}")
    expect(said).to_contain_text("given foo", timeout=PATIENCE_MS)
    expect(said).to_be_visible()
    assert f"{field}={value}" in page.url


def test_keys_that_no_field_has_are_told(page: Page) -> None:
    open_at(page, f"{ONE}&person.wieght_kg=110")
    expect(page.get_by_role("note")).to_contain_text("person.wieght_kg (did you mean person.weight_kg?)")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?regimen=x", "mend what is marked"),
        ("/?regimen=0.5+mg/kg+iv+over+40+min", "mend what is marked"),
        ("/?regimen=50+mg+im&person.weight_kg=seventy", "mend what is marked"),
        ("/?regimen=ketamine_six_infusions&person.weight_kg=70&comparator=ect", "the reason is said above"),
    ],
)
def test_a_first_course_that_is_refused_leaves_nothing_to_look_at(page: Page, address: str, said: str) -> None:
    page.goto(address)
    expect(page.locator("#status")).to_have_text(FIRST + said, timeout=PATIENCE_MS)
    for part in ("#shown", "#warnings", "#pill-model", "#pill-seed", "#doses-understood[data-old]"):
        expect(page.locator(part)).to_be_hidden()


def test_days_beyond_what_was_studied_are_told_as_days(page: Page) -> None:
    page.goto("/?regimen=ketamine_six_infusions&person.weight_kg=70&comparator=ect")
    expect(page.locator("#refusal")).to_contain_text("ect for 39 days (studied: 28)", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Go on, and stamp the result").click()
    settled(page)
    expect(page.locator("#shown")).to_be_visible()
    expect(page.locator("#warnings")).to_be_visible()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("people", "1.5", "Expected a whole number; given 1.5."),
        ("seed", "9007199254740993", "A whole number from 0 to 9007199254740991."),
        ("seed", "-1", "A whole number from 0 to 9007199254740991."),
        ("seed", "9223372036854775807", "A whole number from 0 to 9007199254740991."),
    ],
)
def test_whole_numbers_are_asked_for_in_words(page: Page, field: str, text: str, said: str) -> None:
    page.goto(f"{ONE}&{field}={text}".replace("&people=0&people", "&people"))
    expect(page.locator(f"#wrong-{field}")).to_have_text(said, timeout=PATIENCE_MS)
    assert page.input_value(f"#{field}") == text


def test_nothing_is_taken_away_while_the_figures_are_of_the_former_input(page: Page) -> None:
    open_at(page, ONE)
    page.fill("#person-weight_kg", "700")
    expect(page.locator("#wrong-person-weight_kg")).not_to_be_empty(timeout=PATIENCE_MS)
    for kind in ("report", "series", "events", "picture", "link"):
        expect(page.locator(f"#take-{kind}")).to_have_attribute("aria-disabled", "true")
    page.click("#take-link", force=True)
    expect(page.locator("#taken")).to_have_text("What is shown is of the former input.")
    typed(page, "#person-weight_kg", "80")
    expect(page.locator("#take-link")).not_to_have_attribute("aria-disabled", "true")


def test_one_session_follows_the_schedule(page: Page) -> None:
    open_at(page, "/?regimen=0.5+mg/kg+iv+over+40+min,+weekly+for+4+weeks&person.weight_kg=70&people=0")
    days = "document.getElementById('plot-overview')._fullLayout.xaxis.range[0]"
    page.get_by_role("button", name="One session").click()
    page.click("#next")
    assert page.evaluate(days) == pytest.approx(7.0, abs=0.01)
    typed(page, "#regimen", "0.5 mg/kg iv over 40 min, twice weekly for 2 weeks")
    expect(page.locator("#range")).to_have_text("Session 2, day 4")
    assert page.evaluate(days) == pytest.approx(3.0, abs=0.01)
    typed(page, "#regimen", "0.5 mg/kg iv over 40 min, single dose")
    expect(page.locator("#range")).to_have_text("Session 1, day 1")
    assert page.evaluate(days) == pytest.approx(0.0, abs=0.01)


def test_devices_are_rows_and_never_millilitres(page: Page) -> None:
    open_at(page, "/?regimen=esketamine+84+mg+intranasal&person.weight_kg=70&people=0&vial=50&vial_of=base")
    rows = page.locator("#understood tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("84 mg, device 1 of 3")
    expect(page.locator("#understood thead")).not_to_contain_text("mL")


def test_what_is_left_empty_is_summed_up_with_what_is_taken(page: Page) -> None:
    open_at(page, f"{ONE}&person.age_y=&follow_up_days=")
    for field in ("#person-age_y", "#people"):
        page.evaluate(f"document.querySelector('{field}').closest('.part').open = true")
        page.fill(field, "")
    expect(page.locator("[data-now=person]")).to_have_text("70 kg, 40 years")
    expect(page.locator("[data-now=simulation]")).to_have_text("100 people, 28 days after")


def test_a_figure_alone_in_its_row_is_printed_over_the_whole_of_it(page: Page) -> None:
    open_at(page, ONE)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    alone = page.locator(".panels > figure:only-child .js-plotly-plot")
    assert alone.count() > 0
    assert set(alone.evaluate_all("them => them.map(one => one._fullLayout.width)")) == {660}


def test_a_phone_shows_every_heading_and_the_whole_menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_at(page, ONE)
    page.locator("#plot-overview").scroll_into_view_if_needed()
    page.wait_for_selector("#plot-overview .annotation-text")
    right = page.evaluate("document.getElementById('plot-overview').getBoundingClientRect().right")
    ends = page.locator("#plot-overview .annotation-text").evaluate_all(
        "them => them.map(one => one.getBoundingClientRect().right)"
    )
    assert len(ends) > 20
    assert max(ends) <= right
    menu = page.locator("nav.pages ul").evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert menu[0] <= menu[1]
