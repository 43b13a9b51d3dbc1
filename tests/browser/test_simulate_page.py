"""The page Simulate as a person uses it: typing, looking, going back, taking away; and a server that stops."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import free_port, started
from browser.patience import PATIENCE_MS, until
from browser.simulating import DONE, open_at, settled, typed
from kinetamine.course import from_mapping
from kinetamine.report.arms import run
from kinetamine.report.cards import Card
from kinetamine.report.content import gather

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # minutes of clicks
SIX: dict[str, Any] = {"regimen": "0.5 mg/kg iv over 40 min, three times weekly for 2 weeks", "engine": "fast"}
SCREENS = os.environ.get("KINETAMINE_SCREENS", "")
"""A folder for pictures to look at; none are made without it."""


def values(page: Page) -> dict[str, str]:
    """The key numbers as shown, by what they are."""
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries(Array.from(document.querySelectorAll('#cards .card'), one => "
        "[one.querySelector('dt').textContent + one.querySelector('.more').textContent, "
        "one.querySelector('.value').textContent]))"
    )
    return found


def by_python(**changed: Any) -> dict[str, str]:
    """The same key numbers without any page or server."""
    course = from_mapping(SIX | changed)
    cards: tuple[Card, ...] = gather(run(course), course).cards
    return {one.label + one.more: one.value for one in cards}


def test_it_opens_drawn(page: Page) -> None:
    open_at(page)
    assert values(page) == by_python(person={"weight_kg": 70})
    expect(page.locator("#plot-overview .main-svg").first).to_be_visible()
    expect(page.locator("#sentence")).to_contain_text("6 doses of 0.5 mg/kg (35 mg)")
    expect(page.locator("#understood tbody tr")).to_have_count(6)
    expect(page.locator("#overview-caption")).to_contain_text("5th–95th percentile of 100 virtual people")
    expect(page.locator("#results .pills")).to_contain_text("Prediction, not a measurement")


def test_a_change_is_followed_by_the_numbers_of_python(page: Page) -> None:
    open_at(page)
    typed(page, "#person-weight_kg", "110")
    assert values(page) == by_python(person={"weight_kg": 110})
    typed(page, "#regimen", "1 mg/kg iv over 60 min, weekly for 2 weeks")
    assert values(page) == by_python(person={"weight_kg": 110}, regimen="1 mg/kg iv over 60 min, weekly for 2 weeks")


def test_from_a_change_to_the_picture(page: Page) -> None:
    open_at(page)
    page.evaluate("document.querySelectorAll('.course details').forEach(one => one.open = true)")
    for people in ("0", "100"):
        if page.input_value("#people") != people:
            typed(page, "#people", people)
        waits = []
        for weight in range(71, 76):
            typed(page, "#person-weight_kg", str(weight))
            drawn = page.evaluate("document.getElementById('results').dataset")
            waits.append(f"{drawn['drawn']} ms (whole {drawn['took']} ms)")
        print(f"{people} people, from the key to the picture: {', '.join(waits)}")  # noqa: T201 - to be read


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("#person-weight_kg", "seventy", "“seventy” is none"),
        ("#person-weight_kg", "70,5", "Write it with a point: 70.5."),
        ("#person-weight_kg", "700", "Expected 1 to 400 kg; given 700."),
        ("#regimen", "0.5 mg/kg iv over 40 min, twce weekly for 3 weeks", "twce"),
        ("#person-diastolic_mmhg", "130", "less than the systolic pressure"),
        ("#people", "7", "fewer make no band"),
        ("#set", "CL", "A name and a number"),
        ("#set", "NO_SUCH = 1", "one of"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(page: Page, field: str, text: str, said: str) -> None:
    open_at(page)
    before = values(page)
    page.evaluate("document.querySelectorAll('.course details').forEach(one => one.open = true)")
    page.fill(field, text)
    below = page.locator(f"#wrong-{field[1:]}")
    expect(below).to_contain_text(said, timeout=PATIENCE_MS)
    expect(page.locator(field)).to_have_attribute("aria-invalid", "true")
    assert f"wrong-{field[1:]}" in str(page.locator(field).get_attribute("aria-describedby"))
    assert page.input_value(field) == text
    assert values(page) == before
    expect(page.locator("#status")).to_contain_text("former input")
    typed(page, field, page.locator(field).evaluate("one => one.defaultValue"))
    expect(below).to_have_text("")
    expect(page.locator(field)).not_to_have_attribute("aria-invalid", "true")
    assert values(page) == before


def test_outside_the_studied_range_one_can_insist(page: Page) -> None:
    open_at(page)
    page.fill("#person-age_y", "95")
    expect(page.locator("#refusal")).to_contain_text("age 95 years (studied: 18 to 85)", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Go on, and stamp the result").click()
    settled(page)
    expect(page.locator("#refusal")).to_be_hidden()
    expect(page.locator("#pill-outside")).to_be_visible()
    expect(page.locator("#warnings")).to_contain_text("OUTSIDE THE STUDIED RANGE")
    assert "outside=1" in page.url


def test_only_keys_from_the_first_to_a_file(page: Page) -> None:
    open_at(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = False
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "person-weight_kg":
            reached = True
            break
    assert reached
    page.evaluate("delete document.getElementById('results').dataset.took")
    page.keyboard.press("Control+a")
    page.keyboard.type("90")
    page.wait_for_selector("#results[data-took]", timeout=PATIENCE_MS)
    assert values(page) == by_python(person={"weight_kg": 90})
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "take-series":
            break
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    assert found.value.suggested_filename.endswith("-series.csv")
    assert page.evaluate("document.activeElement.id") == "take-series"


def test_a_shared_link_gives_the_same_run(page: Page, browser: Browser) -> None:
    open_at(page)
    page.evaluate("document.querySelectorAll('.course details').forEach(one => one.open = true)")
    page.fill("#person-weight_kg", "83.5")
    page.select_option("#person-sex", "female")
    page.check("#person-comedication input[value=rifampicin]")
    page.check("#outcomes input[value=anxiety]", force=True)
    page.select_option("#mechanism", "eef2k")
    page.check("#background input[value=psychotherapy]")
    page.fill("#seed", "7")
    page.fill("#vial", "50")
    page.select_option("#vial_of", "hydrochloride")
    typed(page, "#set", "depression.EFFICACY = 0.9")
    link, here = page.url, values(page)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = context.new_page()
    open_at(other, link)
    assert values(other) == here
    assert other.url == link
    assert "v=" in link
    expect(other.locator("#understood")).to_contain_text("mL")
    assert other.inner_text("#same-python") == page.inner_text("#same-python")
    context.close()


def test_a_field_that_was_cleared_stays_so_in_the_link(page: Page) -> None:
    open_at(page, "/?regimen=ketamine_twice_weekly&person.weight_kg=70&comparator=ssri&people=20&seed=1")
    typed(page, "#regimen", "")
    here = values(page)
    page.fill("#person-weight_kg", "")
    until(page, "!location.search.includes('weight_kg')")
    page.reload()
    settled(page)
    assert [page.input_value(one) for one in ("#regimen", "#person-weight_kg")] == ["", ""]
    assert values(page) == here


def test_a_form_without_anything_in_it_stays_so_in_the_link(page: Page) -> None:
    open_at(page)
    page.evaluate("document.querySelectorAll('.course details').forEach(one => one.open = true)")
    for field in ("#regimen", "#person-weight_kg", "#people", "#seed"):
        page.fill(field, "")
    expect(page.locator("#wrong-regimen")).not_to_be_empty(timeout=PATIENCE_MS)
    until(page, "location.search.includes('regimen=&')")
    page.reload()
    expect(page.locator("#wrong-regimen")).not_to_be_empty(timeout=PATIENCE_MS)
    assert page.input_value("#regimen") == ""


def test_millilitres_only_of_a_vial_that_is_stated(page: Page) -> None:
    open_at(page)
    expect(page.locator("#understood thead")).not_to_contain_text("mL")
    page.fill("#vial", "50")
    expect(page.locator("#wrong-vial_of")).to_have_text("Say what the mg on the vial are of.")
    expect(page.locator("#understood thead")).not_to_contain_text("mL")
    page.select_option("#vial_of", "base")
    expect(page.locator("#understood tbody tr").first).to_contain_text("0.7")
    page.select_option("#vial_of", "hydrochloride")
    expect(page.locator("#understood tbody tr").first).to_contain_text("0.807")
    expect(page.locator("#wrong-vial_of")).to_have_text("")


def test_the_builder_writes_the_clinics_words(page: Page) -> None:
    open_at(page)
    page.click("#builder > summary")
    page.select_option("#b-often", "weekly")
    page.evaluate("delete document.getElementById('results').dataset.took")
    page.fill("#b-weeks", "4")
    assert page.input_value("#regimen") == "0.5 mg/kg intravenous over 40 min, weekly for 4 weeks"
    page.wait_for_selector("#results[data-took]", timeout=PATIENCE_MS)
    expect(page.locator("#understood tbody tr")).to_have_count(4)
    page.select_option("#named", label="Subcutaneous ketamine, twice weekly")
    assert page.input_value("#regimen").startswith("0.5 mg/kg subcutaneous")
    expect(page.locator("#named-note")).to_contain_text("Loo et al. 2023")


def test_all_time_axes_go_together_and_stay_through_a_change(page: Page) -> None:
    open_at(page)
    page.get_by_role("button", name="First week").click()
    expect(page.locator("#range")).to_have_text("Days 0.00 to 7.00")
    page.locator("#plot-ketamine").scroll_into_view_if_needed()
    page.wait_for_selector("#plot-ketamine.js-plotly-plot")
    ranges = "['overview', 'ketamine'].map(one => document.getElementById('plot-' + one)._fullLayout.xaxis.range[1])"
    assert page.evaluate(ranges) == [7, 7]
    place = page.evaluate("document.getElementById('plot-ketamine').getBoundingClientRect().top")
    typed(page, "#person-weight_kg", "90")
    assert page.evaluate(ranges) == [7, 7]
    after = page.evaluate("document.getElementById('plot-ketamine').getBoundingClientRect().top")
    assert abs(after - place) < 2.0
    page.get_by_role("button", name="One session").click()
    page.click("#next")
    expect(page.locator("#range")).to_have_text("Session 2, day 3")
    page.get_by_role("button", name="log").first.click()
    until(page, "document.getElementById('plot-ketamine')._fullLayout.yaxis.type === 'log'")


@pytest.mark.parametrize("kind", ["report", "series", "events", "picture"])
def test_what_is_taken_away(page: Page, kind: str, tmp_path: Path) -> None:
    open_at(page)
    with page.expect_download(timeout=PATIENCE_MS) as found:
        page.click(f"#take-{kind}")
    path = tmp_path / found.value.suggested_filename
    found.value.save_as(path)
    begins = {
        "report": b"<!DOCTYPE html>",
        "series": b"time_h,s_ketamine_arterial (ng/mL)",
        "events": b"ID,TIME",
        "picture": b"\x89PNG",
    }
    assert path.read_bytes().startswith(begins[kind])


def test_a_server_that_stops_is_told_and_picked_up_again(browser: Browser) -> None:
    port = free_port()
    process = started(port)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    try:
        open_at(page, f"http://127.0.0.1:{port}/")
        before = values(page)
        process.kill()
        process.wait()
        page.fill("#person-weight_kg", "90")
        expect(page.locator("#connection")).to_contain_text("The server does not answer", timeout=PATIENCE_MS)
        assert values(page) == before
        assert page.input_value("#person-weight_kg") == "90"
        process = started(port)
        page.wait_for_selector(DONE, timeout=PATIENCE_MS)
        expect(page.locator("#connection")).to_be_hidden()
        assert values(page) == by_python(person={"weight_kg": 90})
    finally:
        context.close()
        process.kill()
        process.wait()


@pytest.mark.parametrize(("kind", "times"), [("Unexpected", 1), ("Lost", 2)])
def test_what_the_server_cannot_compute_is_told_and_not_asked_again(
    browser: Browser, server: str, kind: str, times: int
) -> None:
    asked: list[str] = []

    def failing(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=503, json={"status": 503, "kind": kind, "message": "Our mistake.", "at": ""})

    context = browser.new_context(base_url=server)
    page = context.new_page()
    open_at(page)
    page.route("**/api/view/live", failing)
    page.fill("#person-weight_kg", "90")
    expect(page.locator("#refusal")).to_have_text("Our mistake.")
    page.wait_for_timeout(4000)  # what passes is asked again after 3 s
    assert len(asked) == times
    context.close()


def test_a_number_beyond_all_bounds_is_none(page: Page) -> None:
    open_at(page)
    page.fill("#person-weight_kg", "1e400")
    expect(page.locator("#wrong-person-weight_kg")).to_contain_text("“1e400” is none")


def test_doses_of_words_not_understood_are_marked_as_of_before(page: Page) -> None:
    open_at(page)
    page.fill("#regimen", "half a gram on Sundays")
    expect(page.locator("#doses-understood[data-old]")).to_be_visible(timeout=PATIENCE_MS)
    typed(page, "#regimen", "0.5 mg/kg iv over 40 min, single dose")
    expect(page.locator("#doses-understood[data-old]")).to_have_count(0)
    expect(page.locator("#understood tbody tr")).to_have_count(1)


def test_another_treatment_in_ketamines_place(page: Page) -> None:
    open_at(page, "/?regimen=ketamine_twice_weekly&person.weight_kg=70&comparator=midazolam")
    expect(page.locator("#pill-model")).to_have_text("No ketamine")
    expect(page.locator("#understood-says")).to_contain_text("No ketamine.")
    expect(page.locator("#fold-harms")).to_be_hidden()
    expect(page.locator("#take-events")).to_have_attribute("aria-disabled", "true")
    page.click("#take-events", force=True)
    expect(page.locator("#taken")).to_have_text("No doses of ketamine are given: there is no table of them.")
    expect(page.locator("#take-series")).not_to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_results_keep_nobody_out(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    open_at(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_timeout(300)
    found = Axe().run(page)
    serious = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
    assert not serious, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900), (1920, 1080)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_at_every_width(page: Page, width: int, height: int, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": height})
    open_at(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shot = re.sub(r"\W", "", f"simulate_{width}_{theme}")
    if SCREENS:
        page.wait_for_timeout(600)
        page.screenshot(path=Path(SCREENS) / f"{shot}.png")
    if width < 500:
        expect(page.locator("#to-results")).to_be_visible()
        page.click("#to-results")
        expect(page.locator("#to-results")).to_be_hidden()


def test_nothing_jumps(page: Page) -> None:
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {"
        " if (!one.hadRecentInput) { window.shifts += one.value; } }))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    open_at(page)
    page.wait_for_timeout(800)
    opening = page.evaluate("window.shifts")
    typed(page, "#person-weight_kg", "90")
    page.wait_for_timeout(800)
    print(f"shifts: {opening:.4f} on opening, {page.evaluate('window.shifts') - opening:.4f} on a change")  # noqa: T201
    assert page.evaluate("window.shifts") < 0.1


def test_what_the_server_refused_stays_told_while_another_field_is_filled(page: Page) -> None:
    open_at(page)
    page.fill("#regimen", "half a gram on Sundays")
    expect(page.locator("#wrong-regimen")).not_to_have_text("", timeout=PATIENCE_MS)
    page.fill("#vial", "50")
    expect(page.locator("#wrong-regimen")).not_to_have_text("")
    expect(page.locator("#regimen")).to_have_attribute("aria-invalid", "true")
