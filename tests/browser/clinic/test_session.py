"""A session in a real browser: entries, alarms, a lost connection, a correction, and leaving."""

from __future__ import annotations

from typing import Any

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kinetamine.clinic.records import Role, SessionEvent

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def opened(page: Page, summary: str) -> None:
    page.locator("summary", has_text=summary).click()


def read(page: Page, systolic: int, diastolic: int, spo2: int = 97) -> None:
    for sign, value in (("systolic", systolic), ("diastolic", diastolic), ("heart_rate", 74), ("spo2", spo2)):
        page.locator(f"#reading-{sign}").fill(str(value))
    page.get_by_role("button", name="Save reading").click()


def start(page: Page) -> None:
    opened(page, "Start the infusion")
    page.locator("#infusion-ml_per_h").fill("52,5")
    page.locator("#infusion-mg_per_ml").fill("1")
    page.locator("#infusion-salt").select_option("hydrochloride")
    page.locator("#infusion-lot").fill("L1")
    page.get_by_role("button", name="Start the infusion").click()
    expect(page.locator("#phase")).to_contain_text("the pump runs, 52.5 mL/h")


def sound(page: Page) -> Any:
    return page.evaluate("document.body.dataset.sounds || ''")


def test_entries_and_alarms(clinic: Any, signed_in: Any) -> None:
    session_id = clinic.sitting("A")
    page, board = signed_in(Role.NURSE), signed_in(Role.PHYSICIAN)
    page.goto(f"/sessions/{session_id}")
    board.goto("/")
    read(page, 1240, 80)
    expect(page.locator("#wrong-reading-systolic")).to_contain_text("expected 30 to 350 mmHg")
    expect(page.locator("#reading-diastolic")).to_have_value("80")
    page.locator("#reading-systolic").fill("124")
    page.get_by_role("button", name="Save reading").click()
    expect(page.locator("#timeline li")).to_have_count(1)
    expect(page.locator("#reading-systolic")).to_have_value("")
    start(page)
    expect(page.locator("#chart .band")).to_have_count(4)
    read(page, 225, 92, 90)
    expect(page.locator("#alarms .alarm.high")).to_have_count(2)
    expect(page.locator("#said")).to_contain_text("high alarm: systolic at least 220 mmHg")
    assert sound(page) == "high"
    expect(page.get_by_role("button", name="Sound is on: turn it off")).to_be_visible()
    page.locator("#sound").click()
    expect(page.get_by_role("button", name="Sound is off: turn it on")).to_be_visible()
    chair = board.locator(".chair", has_text="D-A")
    expect(chair.locator(".alarm.high")).to_have_count(2)
    expect(chair).to_contain_text("the pump runs")
    one = page.locator('.alarm[data-name="systolic_very_high"]')
    one.get_by_role("button", name="Silence for 60 s").click()
    expect(one).to_contain_text("silent for now")
    one.get_by_role("button", name="I have seen it").click()
    expect(one).to_contain_text("seen, and still so")
    expect(chair.locator(".alarm.high")).to_have_count(1)
    opened(page, "Pause")
    page.locator("#pause-reason").fill("pressure 225/92")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.locator("#phase")).to_contain_text("the pump is paused")
    expect(page.locator("#legend")).to_contain_text("the band is of another dose")
    opened(page, "Resume")
    page.get_by_role("button", name="Resume at the rate it had").click()
    expect(page.locator("#phase")).to_contain_text("the pump runs")
    opened(page, "Symptom")
    page.locator("#symptom-kind").select_option("nausea")
    page.locator("#symptom-resolved").select_option("true")
    page.get_by_role("button", name="Save symptom").click()
    expect(page.locator("#timeline .odd")).to_have_text("to be looked at: nausea gone, but it had not begun")


def test_a_lost_connection_loses_nothing(clinic: Any, signed_in: Any) -> None:
    session_id = clinic.sitting("B")
    page, other = signed_in(Role.NURSE), signed_in(Role.PHYSICIAN)
    for one in (page, other):
        one.goto(f"/sessions/{session_id}")
    page.context.set_offline(True)
    read(page, 221, 88)
    expect(page.locator("#sync")).to_contain_text("1 entry is kept in this browser and not yet sent")
    expect(page.locator("#alarms")).to_contain_text("judged in this browser")
    expect(page.locator("#chart .point.waits")).to_have_count(3)
    page.locator("#reading-systolic").fill("13")
    read(other, 128, 82)
    expect(other.locator("#timeline li")).to_have_count(1)
    page.context.set_offline(False)
    expect(page.locator("#sync")).to_contain_text("Everything is sent", timeout=15_000)
    expect(page.locator("#timeline li")).to_have_count(2)
    expect(other.locator("#timeline li")).to_have_count(2)
    expect(other.locator("#alarms .alarm.high")).to_have_count(1)
    page.reload()
    expect(page.locator("#reading-systolic")).to_have_value("13")
    rows = clinic.world.records().find(SessionEvent, session_id=session_id)
    assert [one.content["values"]["systolic"] for one in rows] == [128, 221]
    assert rows[1].device_time < rows[0].made_at < rows[1].made_at


def test_who_signs_in_next_sends_nothing_of_the_one_before(clinic: Any, signed_in: Any) -> None:
    page = signed_in(Role.NURSE)
    page.goto(f"/sessions/{clinic.sitting('F')}")
    page.locator("#reading-at").fill("25:00")
    read(page, 121, 78)
    expect(page.locator("#wrong-reading-device_time")).to_contain_text("24-h clock")
    page.locator("#reading-at").fill("")
    cookie = {"name": "kinetamine_clinic", "url": clinic.address}
    page.context.add_cookies([cookie | {"value": clinic.tokens[Role.PHYSICIAN]}])
    read(page, 121, 78)
    expect(page.locator("#sync")).to_contain_text("Sign in again as the same person")
    expect(page.locator("#waiting-entries li")).to_have_count(1)
    page.context.add_cookies([cookie | {"value": clinic.tokens[Role.NURSE]}])
    expect(page.locator("#timeline")).to_contain_text("The nurse", timeout=15_000)
    expect(page.locator("#sync")).to_contain_text("Everything is sent")


def test_what_is_sent_back_is_mended_with_the_time_it_was_made(clinic: Any, signed_in: Any) -> None:
    page = signed_in(Role.NURSE)
    page.goto(f"/sessions/{clinic.sitting('G')}")
    opened(page, "Start the infusion")
    page.get_by_role("button", name="Start the infusion").click()
    expect(page.locator("#wrong-infusion-ml_per_h")).to_contain_text("expected")
    opened(page, "Alertness")
    page.context.set_offline(True)
    page.locator("#reading-at").fill("00:00")
    read(page, 90, 95)
    expect(page.locator("#waiting-entries li")).to_have_count(1)
    page.locator("#reading-systolic").fill("131")
    page.context.set_offline(False)
    expect(page.locator("#waiting-entries")).to_contain_text("less than the systolic pressure", timeout=15_000)
    expect(page.locator("#reading-systolic")).to_have_value("131")
    page.get_by_role("button", name="Mend it").click()
    expect(page.locator("#reading-systolic")).to_have_value("90")
    assert page.locator("#reading-at").input_value().endswith("00:00")
    page.locator("#reading-diastolic").fill("55")
    page.get_by_role("button", name="Save reading").click()
    expect(page.locator("#timeline li time")).to_have_text("00:00")


def test_a_correction_keeps_the_original(clinic: Any, signed_in: Any) -> None:
    page = signed_in(Role.NURSE)
    page.goto(f"/sessions/{clinic.sitting('C')}")
    read(page, 222, 80)
    expect(page.locator("#alarms .alarm.high")).to_have_count(1)
    page.get_by_role("button", name="Correct: ").click()
    expect(page.locator("#correction-systolic")).to_have_value("222")
    page.locator("#correction-systolic").fill("122")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator("#wrong-correction-why")).to_contain_text("reason is expected")
    page.locator("#correction-why").fill("typed wrongly")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator("#timeline li .words")).to_contain_text("systolic 122 mmHg")
    expect(page.locator("#timeline li")).to_contain_text("first entered as")
    expect(page.locator("#timeline li")).to_contain_text("because: typed wrongly")
    expect(page.locator("#alarms .alarm")).to_have_count(0)
    page.get_by_role("button", name="Correct: ").click()
    page.locator("#correction-why").fill("another chair's")
    page.get_by_role("button", name="It was entered in error").click()
    expect(page.locator("#timeline li.in-error")).to_have_count(1)


def test_leaving(clinic: Any, signed_in: Any) -> None:
    session_id = clinic.sitting("D")
    nurse, physician = signed_in(Role.NURSE), signed_in(Role.PHYSICIAN)
    for page in (nurse, physician):
        page.goto(f"/sessions/{session_id}")
    expect(nurse.locator("#override")).to_contain_text("only a physician")
    expect(nurse.get_by_role("button", name="The person leaves now")).to_be_disabled()
    nurse.get_by_role("button", name="Somebody takes the person home").click()
    expect(nurse.locator("#gate li", has_text="escort present")).to_contain_text("met")
    physician.get_by_role("button", name="The person leaves now").click()
    expect(physician.locator("#wrong-discharge-why")).not_to_be_empty()
    physician.locator("#discharge-why").fill("feels ill before any drug")
    physician.locator("#discharge-password").fill("correct horse battery")
    now = clinic.world.database.clock().timestamp()
    physician.locator("#discharge-code").fill(pyotp.TOTP(clinic.secrets[Role.PHYSICIAN]).at(int(now) + 30))
    physician.get_by_role("button", name="The person leaves now").click()
    expect(physician.locator("#phase")).to_have_text("the session is over")
    expect(nurse.locator("#phase")).to_have_text("the session is over")
    expect(nurse.locator("#timeline")).to_contain_text("feels ill before any drug")


def test_more_than_ordered_is_said_and_whoever_left_is_closed_by_a_nurse(clinic: Any, signed_in: Any) -> None:
    page = signed_in(Role.NURSE)
    page.goto(f"/sessions/{clinic.sitting('H')}")
    expect(page.locator("#given")).to_have_text("0 mg of base, ordered 30.35 mg")
    expect(page.locator("#over")).to_be_hidden()
    opened(page, "Given at once")
    page.locator("#bolus-mg").fill("500")
    page.locator("#bolus-salt").select_option("base")
    page.locator("#bolus-lot").fill("L1")
    page.get_by_role("button", name="Given", exact=True).click()
    expect(page.locator("#over")).to_have_text("More was given than ordered: 500 mg of base, ordered 30.35 mg.")
    expect(page.locator("#timeline .odd")).to_contain_text("with it 500 mg of base were given")
    expect(page.get_by_role("button", name="The person leaves now")).to_be_disabled()
    opened(page, "The person has left by themselves")
    page.get_by_role("button", name="They have left").click()
    expect(page.locator("#override")).to_be_hidden()
    page.get_by_role("button", name="Close the session: they left by themselves").click()
    expect(page.locator("#phase")).to_have_text("the session is over")
    expect(page.locator("#timeline")).to_contain_text("Reason: the person left by themselves")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_serious_for_axe_and_nothing_wider_than_a_phone(clinic: Any, signed_in: Any, theme: str) -> None:
    session_id = clinic.sitting(f"E-{theme}")
    page = signed_in(Role.PHYSICIAN, width=390, theme=theme)
    page.goto(f"/sessions/{session_id}")
    start(page)
    read(page, 225, 112, 92)
    expect(page.locator("#alarms .alarm.high")).to_have_count(1)
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true; }")
    page.get_by_role("button", name="Correct: ").first.click()
    for address in (None, "/", f"/sessions/{session_id}/record", "/sessions/new"):
        if address:
            page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], [node["html"] for node in one["nodes"]])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert not serious
