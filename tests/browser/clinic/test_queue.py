"""What a browser holds until the server has it: without room for a copy, sent back, in two tabs, and before leaving."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from browser.clinic.test_session import read
from kinetamine.clinic.records import Role, Session, SessionEvent

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ENTRIES = "**/entries"
FULL = """() => {
  for (let size = 1 << 20; size > 0; size >>= 1) {
    try { for (let n = 0; ; n += 1) { localStorage.setItem(`full-${size}-${n}`, "x".repeat(size)); } } catch { /* */ }
  }
}"""
ROOM = """() => Object.keys(localStorage).filter((one) => one.startsWith("full-")).forEach(
  (one) => localStorage.removeItem(one))"""


def stored(clinic: Any, session_id: str) -> list[SessionEvent]:
    found: list[SessionEvent] = clinic.world.records().find(SessionEvent, session_id=session_id)
    return found


def refuse(route: Route) -> None:
    """As the server answers to an entry that cannot be."""
    (first, *_) = json.loads(route.request.post_data or "")["entries"]
    problem = {"message": "read it again", "at": "systolic", "client_id": first["client_id"]}
    route.fulfill(status=422, content_type="application/json", body=json.dumps(problem))


def test_without_room_in_the_browser_entries_are_sent_all_the_same(clinic: Any, signed_in: Any) -> None:
    session_id, page = clinic.sitting("Q-1"), signed_in(Role.NURSE)
    page.goto(f"/sessions/{session_id}")
    page.evaluate(FULL)
    read(page, 231, 90)
    expect(page.locator("#timeline li")).to_have_count(1)
    page.context.set_offline(True)
    read(page, 128, 82)
    expect(page.locator("#sync")).to_contain_text("1 entry is kept only while this page stays open")
    expect(page.locator("#waiting-entries li")).to_have_count(1)
    page.evaluate(ROOM)
    expect(page.locator("#sync")).to_contain_text("1 entry is kept in this browser", timeout=15_000)
    page.evaluate(FULL)
    page.context.set_offline(False)
    expect(page.locator("#timeline li")).to_have_count(2, timeout=15_000)
    expect(page.locator("#sync")).to_contain_text("Everything is sent")
    assert [one.content["values"]["systolic"] for one in stored(clinic, session_id)] == [231, 128]


def test_without_room_what_is_sent_back_is_not_sent_again(clinic: Any, signed_in: Any) -> None:
    page, asked = signed_in(Role.NURSE), list[str]()
    page.goto(f"/sessions/{clinic.sitting('Q-2')}")
    page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/entries") else None)
    page.context.set_offline(True)
    read(page, 131, 80)
    expect(page.locator("#waiting-entries li.waits")).to_have_count(1)
    page.evaluate(FULL)
    page.locator("#reading-systolic").fill("13")
    page.route(ENTRIES, refuse)
    before = len(asked)
    page.context.set_offline(False)
    expect(page.locator("#waiting-entries li.sent-back")).to_have_count(1, timeout=15_000)
    page.wait_for_timeout(500)
    assert len(asked) - before <= 2


def test_two_tabs_hold_the_same_entries(clinic: Any, signed_in: Any) -> None:
    session_id, page = clinic.sitting("Q-3"), signed_in(Role.NURSE)
    other = page.context.new_page()
    for one in (page, other):
        one.goto(f"/sessions/{session_id}")
        one.route(ENTRIES, lambda route: route.abort())
    read(page, 121, 80)
    read(other, 122, 80)
    for one in (page, other):
        expect(one.locator("#waiting-entries li")).to_have_count(2)
    page.reload()
    expect(page.locator("#waiting-entries li")).to_have_count(2)
    other.unroute(ENTRIES)
    for one in (other, page):
        expect(one.locator("#waiting-entries li")).to_have_count(0, timeout=15_000)
    assert sorted(one.content["values"]["systolic"] for one in stored(clinic, session_id)) == [121, 122]


def test_what_is_sent_back_keeps_its_time_over_a_reload(clinic: Any, signed_in: Any) -> None:
    session_id, page = clinic.sitting("Q-4"), signed_in(Role.NURSE)
    page.goto(f"/sessions/{session_id}")
    page.route(ENTRIES, refuse)
    read(page, 131, 80)
    expect(page.locator("#wrong-reading-systolic")).to_have_text("read it again")
    made = page.locator("#reading-at").get_attribute("data-moment")
    page.unroute(ENTRIES)
    page.reload()
    expect(page.locator("#reading-systolic")).to_have_value("131")
    page.get_by_role("button", name="Save reading").click()
    expect(page.locator("#timeline li")).to_have_count(1)
    hour = datetime.now(UTC) - timedelta(minutes=30)
    page.locator("#reading-at").fill(f"{hour:%Y-%m-%d %H:%M}")
    page.reload()
    read(page, 132, 80)
    expect(page.locator("#timeline li")).to_have_count(2)
    first, second = stored(clinic, session_id)
    assert first.device_time == datetime.fromisoformat(made or "")
    assert second.device_time == hour.replace(second=0, microsecond=0)


def test_nobody_leaves_while_an_entry_waits_or_was_sent_back(clinic: Any, signed_in: Any) -> None:
    session_id, page = clinic.sitting("Q-5"), signed_in(Role.PHYSICIAN)
    said = page.locator("#discharge .whole")
    page.goto(f"/sessions/{session_id}")
    page.route(ENTRIES, lambda route: route.abort())
    read(page, 121, 80)
    leave(page)
    expect(said).to_contain_text("Not connected: nobody can be let go until the server has seen every entry")
    page.unroute(ENTRIES)
    page.route(ENTRIES, refuse)
    page.locator("#reading-systolic").fill("13")
    leave(page)
    expect(said).to_contain_text("Mend it, or let it go")
    page.get_by_role("button", name="Mend it").click()
    leave(page)
    expect(said).to_contain_text("is in its form again")
    assert clinic.world.records().get(Session, session_id).state == "open"
    page.unroute(ENTRIES)
    page.get_by_role("button", name="Save reading").click()
    expect(page.locator("#timeline li")).to_have_count(1)
    leave(page)
    expect(page.locator("#wrong-discharge-why")).not_to_be_empty()
    expect(said).to_be_empty()


def leave(page: Page) -> None:
    page.get_by_role("button", name="The person leaves now").click()


def test_nobody_is_let_go_from_the_page_of_who_was_signed_in_before(clinic: Any, signed_in: Any) -> None:
    page = signed_in(Role.PHYSICIAN)
    page.goto(f"/sessions/{clinic.sitting('Q-6')}")
    cookie = {"name": "kinetamine_clinic", "url": clinic.address, "value": clinic.tokens[Role.NURSE]}
    page.context.add_cookies([cookie])
    leave(page)
    expect(page.locator("#discharge .whole")).to_contain_text("somebody else made it")


def test_two_who_correct_the_same_entry(clinic: Any, signed_in: Any) -> None:
    session_id = clinic.sitting("Q-7")
    nurse, physician = signed_in(Role.NURSE), signed_in(Role.PHYSICIAN)
    for page in (nurse, physician):
        page.goto(f"/sessions/{session_id}")
    read(nurse, 160, 80)
    for page in (nurse, physician):
        page.get_by_role("button", name="Correct: ").click()
    correct(nurse, 150)
    expect(physician.locator("#timeline")).to_contain_text("systolic 150")
    correct(physician, 155)
    expect(physician.locator("#waiting-entries li.sent-back")).to_contain_text("The nurse corrected it")
    physician.get_by_role("button", name="Let it go").click()
    physician.get_by_role("button", name="Correct: ").click()
    physician.route(ENTRIES, lambda route: route.abort())
    correct(physician, 156)
    physician.get_by_role("button", name="Correct: ").click()
    correct(physician, 157)
    expect(physician.locator("#waiting-entries li")).to_have_count(2)
    physician.unroute(ENTRIES)
    expect(nurse.locator("#timeline li .words")).to_contain_text("systolic 157", timeout=15_000)


def correct(page: Page, systolic: int) -> None:
    page.locator("#correction-systolic").fill(str(systolic))
    page.locator("#correction-why").fill("typed wrongly")
    page.get_by_role("button", name="Save the correction").click()
