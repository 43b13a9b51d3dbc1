"""The page Compare in a real browser: what it draws is what Python says, and everybody can work it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from browser.patience import PATIENCE_MS, until
from kinetamine.web.simulations.arms import arms

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # minutes of clicks
REGIMEN = "0.5 mg/kg iv over 40 min, twice weekly for 1 week"
QUERY = f"/compare?regimen={REGIMEN}&person.weight_kg=70&person.age_y=40&people=20"
TWO = f"{QUERY}&arm.0.name=Base&arm.1.name=110 kg&arm.1.person.weight_kg=110"


def drawn(page: Page, times: int) -> None:
    """Wait until so many answers were drawn."""
    until(page, f"Number(document.documentElement.dataset.drawn || 0) >= {times}")


def opened(page: Page, path: str) -> None:
    """Open a comparison and wait for its figures."""
    page.goto(path)
    drawn(page, 1)


def row(page: Page, key: str) -> list[str]:
    """The values of one row of the table."""
    return page.locator(f'#table tr[data-key="{key}"] .value').all_inner_texts()


def by_python(*changes: dict[str, Any]) -> dict[str, list[str | None]]:
    """Every row as the door says it."""
    base = {"regimen": REGIMEN, "person": {"weight_kg": 70, "age_y": 40}, "people": 20}
    asked = [{"name": f"arm {at}", "changes": one} for at, one in enumerate(({}, *changes))]
    found = arms({"base": base, "arms": asked}, lambda _event, _data: None)
    rows = [one for group in found["table"] for one in group["rows"]]
    return {one["key"]: [cell and cell["shown"] for cell in one["cells"]] for one in rows}


def arm(page: Page, place: int) -> Locator:
    """One arm's card."""
    return page.locator("#arms details").nth(place)


def test_it_opens_with_a_comparison_that_is_drawn(page: Page) -> None:
    opened(page, "/compare")
    expect(page.locator("#legend li")).to_have_count(4)
    figures = page.locator("#first figure")
    assert figures.count() == 6
    for at in range(6):
        assert figures.nth(at).locator(".scatterlayer .trace").count() >= 3
    assert page.locator("#table tbody tr[data-key]").count() > 15
    expect(page.locator("#status")).to_contain_text("4 arms, 100 virtual people each")


def test_an_added_arm_has_the_numbers_of_python(page: Page) -> None:
    opened(page, f"{QUERY}&arm.0.name=Base&arm.1.name=Muscle&arm.1.regimen=0.5 mg/kg im, twice weekly for 1 week")
    page.select_option("#preset", label="… weighed 110 kg")
    page.click("#add-arm")
    drawn(page, 2)
    wanted = by_python(
        {"regimen": "0.5 mg/kg im, twice weekly for 1 week"},
        {"person": {"weight_kg": 110}},
    )
    for key, values in wanted.items():
        assert row(page, key) == values, key
    assert "arm.2.person.weight_kg=110" in page.url


def test_a_link_brings_the_same_back(page: Page) -> None:
    opened(page, TWO)
    arm(page, 1).locator("summary").click()
    arm(page, 1).get_by_label("Weight", exact=True).fill("95")
    drawn(page, 2)
    page.fill("#age", "50")
    drawn(page, 3)
    link, table = page.url, page.locator("#table").inner_text()
    assert re.search(r"[?&]v=\d", link)
    opened(page, link)
    assert page.url == link
    assert page.locator("#table").inner_text() == table
    assert page.input_value("#age") == "50"


def test_wrong_input_is_told_at_its_field_and_the_others_stay(page: Page) -> None:
    opened(page, TWO)
    arm(page, 1).locator("summary").click()
    field = arm(page, 1).get_by_label("Weight", exact=True)
    field.fill("many")
    drawn(page, 2)
    expect(field).to_have_attribute("aria-invalid", "true")
    told = page.locator(f'[id="{field.get_attribute("aria-describedby")}"]')
    expect(told).to_have_text("many is not possible here: expected 1 to 400 kg.")
    assert field.input_value() == "many"
    assert len(row(page, "dose")) == 1
    field.fill("90")
    drawn(page, 3)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert len(row(page, "dose")) == 2


def test_wrong_input_in_the_course_keeps_the_last_answer(page: Page) -> None:
    opened(page, TWO)
    before = row(page, "dose")
    page.fill("#regimen", "half a spoon")
    drawn(page, 2)
    expect(page.locator("#regimen-wrong")).to_contain_text("is not possible here: expected an amount")
    expect(page.locator("#status")).to_contain_text("Shown is the last answer")
    assert row(page, "dose") == before
    page.fill("#regimen", REGIMEN)
    drawn(page, 3)
    expect(page.locator("#regimen-wrong")).to_be_empty()


def test_what_nobody_studied_is_refused_until_asked_for(page: Page) -> None:
    opened(page, TWO.replace("=110", "=140"))
    expect(arm(page, 1)).to_contain_text("Nobody studied this: weight 140 kg (studied: 40 to 130).")
    arm(page, 1).get_by_role("button", name="Extrapolate all the same").click()
    drawn(page, 2)
    assert len(row(page, "dose")) == 2
    expect(page.locator("#warning-list .outside")).to_contain_text("OUTSIDE THE STUDIED RANGE")
    assert "arm.1.outside=1" in page.url


def test_a_keyboard_is_enough(page: Page) -> None:
    opened(page, f"{TWO}&arm.2.name=Older&arm.2.person.age_y=70")
    summary = arm(page, 2).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(arm(page, 2).get_by_label("Name", exact=True)).to_be_focused()
    up = page.get_by_role("button", name="Move Older up")
    while not up.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    drawn(page, 2)
    expect(page.locator("#legend li")).to_have_text(["Base", "Older", "110 kg"])
    expect(page.locator("#said")).to_have_text("Older is now arm 2 of 3.")
    assert page.evaluate("document.activeElement.dataset.move") == "down"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#legend li")).to_have_text(["Base", "Older", "Older, copy", "110 kg"])
    page.get_by_role("button", name="Remove Older, copy").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#legend li")).to_have_text(["Base", "Older", "110 kg"])
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_six_arms_are_the_most_and_one_is_too_few(page: Page) -> None:
    opened(page, TWO)
    for _ in range(4):
        page.click("#add-arm")
    expect(page.locator("#add-arm")).to_be_disabled()
    expect(page.locator("#add-hint")).to_contain_text("Six arms are the most")
    for _ in range(5):
        arm(page, 1).evaluate("one => { one.open = true; }")
        arm(page, 1).get_by_role("button", name="Remove").click()
    expect(page.locator("#alone")).to_be_visible()
    expect(page.locator("#found")).to_be_hidden()


def test_a_change_of_an_arm_renames_it_unless_it_was_named(page: Page) -> None:
    opened(page, f"{TWO}&arm.2.name=My own&arm.2.person.age_y=70")
    arm(page, 1).locator("summary").click()
    arm(page, 1).get_by_label("Weight", exact=True).fill("95")
    arm(page, 2).locator("summary").click()
    arm(page, 2).get_by_label("Age", exact=True).fill("60")
    expect(page.locator("#legend li")).to_have_text(["Base", "95 kg", "My own"])


def test_bands_are_drawn_for_two_arms_at_most(page: Page) -> None:
    opened(page, f"{TWO}&arm.2.name=Older&arm.2.person.age_y=70")
    for at in range(3):
        arm(page, at).locator("summary").click()
    boxes = page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(boxes.nth(2)).to_be_disabled()
    until(page, "document.getElementById('plot-madrs').data.length === 5")
    expect(page.locator('figure[data-key="madrs"] figcaption')).to_contain_text("Band of 110 kg: 5–95 % between 20")


def test_time_axes_move_together(page: Page) -> None:
    opened(page, TWO)
    page.evaluate("Plotly.relayout('plot-cadss', {'xaxis.range[0]': 0.5, 'xaxis.range[1]': 2})")
    at = "document.getElementById('plot-{}')._fullLayout.xaxis.range.join()"
    until(page, f"{at.format('systolic')} === '0.5,2'")
    expect(page.locator("#range")).to_have_text("hours 0.50 to 2.00")
    assert page.evaluate(at.format("madrs")) != "0.5,2"
    page.get_by_role("button", name="Whole course").click()
    until(page, f"{at.format('systolic')} === {at.format('cadss')}")
    expect(page.locator("#reset")).to_be_hidden()
    assert "Days since" in page.evaluate("document.getElementById('plot-cadss').layout.xaxis.title.text")


def test_the_table_and_a_figure_can_be_taken_along(page: Page, tmp_path: Path) -> None:
    opened(page, TWO.replace("110 kg", "=evil"))
    with page.expect_download() as table:
        page.click("#csv")
    table.value.save_as(tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    heavy = next(one for one in rows if one["quantity"] == "Dose in all" and one["arm"] != "Base")
    assert heavy["arm"] == "'=evil"
    assert (heavy["value"], heavy["difference"], heavy["unit"]) == ("110", "40", "mg of base")
    assert {one["nature"] for one in rows} == {"model prediction"}
    with page.expect_download() as picture:
        page.locator('figure[data-key="madrs"]').get_by_role("button", name="Picture").click()
    picture.value.save_as(tmp_path / "madrs.png")
    assert (tmp_path / "madrs.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "madrs.png").stat().st_size > 20_000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_keeps_anybody_out_of_the_results(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    opened(page, f"{TWO}&arm.2.name=Wrong&arm.2.person.weight_kg=x")
    arm(page, 1).locator("summary").click()
    found = Axe().run(page)
    serious = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
    assert not serious, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious]


@pytest.mark.parametrize("width", [360, 390, 768])
def test_narrow_windows_hold_the_results(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    opened(page, f"{TWO}&arm.2.name={'W' * 60}&arm.2.person.age_y=70")
    page.locator("#folded summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_server_that_was_away_is_asked_again(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server)  # its console says that the server is away, as it should
    page = context.new_page()
    opened(page, TWO)
    page.route("**/api/**", lambda route: route.abort())
    page.fill("#weight", "80")
    expect(page.locator("#connection")).to_be_visible()
    expect(page.locator("#status")).to_have_text("Shown is the last answer.")
    assert page.input_value("#weight") == "80"
    page.unroute("**/api/**")
    drawn(page, 2)
    expect(page.locator("#connection")).to_be_hidden()
    assert row(page, "dose")[0] == "80"
    context.close()


def test_the_course_can_be_opened_in_simulate(page: Page) -> None:
    opened(page, TWO)
    base = page.locator("#edit-base").get_attribute("href")
    heavy = page.locator("[data-simulate]").nth(1).get_attribute("href")
    assert base is not None
    assert heavy is not None
    assert base.startswith("/?regimen=")
    assert "person.weight_kg=70" in base
    assert "person.weight_kg=110" in heavy
    assert json.loads(page.locator("#choices").inner_text())["presets"]


def test_a_treatment_without_doses_opens_in_simulate_without_doses(page: Page) -> None:
    opened(page, TWO)
    page.select_option("#preset", label="… an SSRI, daily for 6 weeks")
    page.click("#add-arm")
    drawn(page, 2)
    link = page.locator("[data-simulate]").nth(2).get_attribute("href")
    assert link is not None
    assert "regimen" not in link
    page.goto(link)
    page.wait_for_selector("#results[data-state=fresh]", timeout=PATIENCE_MS)
    assert page.input_value("#regimen") == ""
    assert page.locator("#understood tbody tr").count() == 0
    assert page.input_value("#follow_up_days") == "42"
