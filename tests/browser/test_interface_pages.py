"""The description of the interface and the page for an address where there is none: for everybody, at any width."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_description_keeps_nobody_out(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto("/api/docs")
    page.locator("#simulate").scroll_into_view_if_needed()
    page.get_by_text("Fields (", exact=False).first.click()
    expect(page.get_by_role("rowheader", name="person.weight_kg").first).to_be_visible()
    assert not serious(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_description_does_not_scroll_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/api/docs")
    page.get_by_text("Fields (", exact=False).first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_missing_page_leads_on(browser: Browser, server: str) -> None:
    with browser.new_context(base_url=server) as context:
        page = context.new_page()
        answer = page.goto("/nowhere")
        assert answer is not None
        assert answer.status == 404
        assert not serious(page)
        page.get_by_role("main").get_by_role("link", name="Simulate").click()
        expect(page).to_have_title("Simulate · Kinetamine")


def test_figures_are_drawn_under_the_policy(page: Page) -> None:
    page.goto("/api/docs")  # a page without figures of its own; the fixture fails on anything that is blocked
    drawn = page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.src = "/static/plotly.js";
          document.head.append(script);
          await new Promise(function (done) { script.onload = done; });
          const { live } = await import("/static/server.js");
          const { drawCourse } = await import("/static/report/figures.js");
          const course = { regimen: "0.5 mg/kg iv over 40 min", person: { weight_kg: 70 }, people: 0 };
          const whole = await live("view", course);
          const box = document.createElement("div");
          document.getElementById("main").append(box);
          drawCourse(box, whole.panels[0], { range: null, log: false });
          return box.querySelectorAll(".main-svg").length;
        }"""
    )
    assert drawn > 0


def test_a_file_is_kept_under_its_name(page: Page) -> None:
    page.goto("/api/docs")
    with page.expect_download() as begun:
        page.evaluate(
            """() => import("/static/server.js").then(function (server) {
              const course = { regimen: "0.5 mg/kg iv over 40 min", person: { weight_kg: 70 }, format: "events" };
              return server.download("export", course);
            })"""
        )
    assert begun.value.suggested_filename == "a_course_of_ketamine_events.csv"
    assert "EVID" in begun.value.path().read_text()
