"""A day in the clinic, in a browser: from enrolment to the questionnaire a day later, its export, and a sound audit."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.clinic.conftest import Wall
from clinic import postgres
from clinic.world import PASSWORD, QUICK, Hands, World, build, make_schema, new_settings, write_keys
from kinetamine.clinic.access import Member, operator
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.database import Database
from kinetamine.clinic.monitor.course import Virtual, simulated
from kinetamine.clinic.monitor.sender import Sender
from kinetamine.clinic.records import Role
from kinetamine.clinic.web.app import create_app

pytestmark = pytest.mark.slow
DOSE = "racemic ketamine HCl 0.5 mg/kg iv over 40 min"
NO_TIME_TO_SIGN_IN_AGAIN = {"idle_min": 3000.0, "absolute_h": 72.0}


@dataclass
class Day:
    """The clinic, the hands of its clock, and a browser for each of its people."""

    address: str
    world: World
    wall: Wall
    browser: Browser
    accounts: Accounts
    contexts: list[BrowserContext] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    factors: dict[str, pyotp.TOTP] = field(default_factory=dict)

    def pass_by(self, **amount: float) -> None:
        self.wall.ahead += timedelta(**amount)
        for page in self.pages:
            page.clock.set_system_time(self.wall())

    def code(self, name: str) -> str:
        """The next code of somebody's telephone: each is taken once."""
        self.pass_by(seconds=31)
        return self.factors[name].at(self.wall())

    def factor(self, name: str, address: str) -> None:
        secret = pyotp.parse_uri(address)
        assert isinstance(secret, pyotp.TOTP)
        self.factors[name] = secret

    def arrives(self, member: Member) -> Page:
        """Somebody with a password, who signs in by the form."""
        self.factor(member.name, self.accounts.set_first_credentials(member, PASSWORD))
        return self.signs_in(member.name)

    def signs_in(self, name: str) -> Page:
        context = self.browser.new_context(base_url=self.address, viewport={"width": 1280, "height": 1000})
        self.contexts.append(context)
        page = context.new_page()
        page.clock.install(time=self.wall())
        self.pages.append(page)
        page.goto("/")
        for label, value in (("Clinic", "north"), ("Name", name), ("Password", PASSWORD)):
            page.get_by_label(label, exact=True).fill(value)
        page.get_by_label("Code").fill(self.code(name))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return page

    def wall_time(self) -> str:
        return self.wall().strftime("%Y-%m-%dT%H:%M")


@contextmanager
def opened(browser: Browser, folder: Path, database_address: str = "") -> Iterator[Day]:
    settings = new_settings(folder, database_address, **NO_TIME_TO_SIGN_IN_AGAIN)
    make_schema(settings)
    wall = Wall()
    database = Database(settings, wall)
    world = build(database, Hands())
    world.environment.update(write_keys(settings))
    accounts = Accounts(database, QUICK)
    server = uvicorn.Server(uvicorn.Config(create_app(database, accounts=accounts), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    day = Day(f"http://127.0.0.1:{port}", world, wall, browser, accounts)
    yield day
    for context in day.contexts:
        context.close()
    server.should_exit = True
    thread.join(timeout=20)
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def day(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Day]:
    with ExitStack() as stack:
        address = ""
        if request.param == "postgresql":
            server = stack.enter_context(postgres.serving())
            address = server.address(server.database())
        yield stack.enter_context(opened(browser, tmp_path / "clinic", address))


def test_a_day(day: Day) -> None:
    physician = day.arrives(day.world.members[Role.PHYSICIAN])
    person = enrolled(day, physician)
    decided(day, physician)
    agreed(day, physician, person)
    order = planned(day, physician)
    first = day.arrives(day.world.members[Role.NURSE])
    second = day.arrives(operator.add_user(day.world.database, "north", "nurse-b", "The other nurse", ("nurse",)))
    checked(day, order, first, second)
    admin = day.arrives(day.world.members[Role.ADMIN])
    monitor = Sender(day.address, device(admin))
    sitting = in_the_chair(day, first, person, monitor)
    discharged(day, first)
    patient = account(day, admin, person)
    day.pass_by(hours=20)
    answered(day, patient)
    acted_on(day, first)
    taken_away(physician, person, sitting)
    sound(day)


def enrolled(day: Day, physician: Page) -> str:
    """Somebody is put on file and enrolled; the address of their page."""
    physician.goto("/people/new")
    for label, value in (("Number", "D-1"), ("Name", "Demo One"), ("Born", "1982-05-06")):
        physician.get_by_label(label, exact=True).fill(value)
    physician.get_by_label("Sex").select_option("female")
    physician.get_by_role("button", name="Add").click()
    expect(physician.get_by_role("heading", name="Demo One")).to_be_visible()
    person = re.sub(r".*(/people/[\w-]+)$", r"\1", physician.url)
    physician.get_by_role("link", name="Enrol").click()
    physician.get_by_label("Drug").select_option("racemic")
    physician.get_by_label("Route").select_option("intravenous")
    physician.get_by_label("For", exact=True).select_option("treatment-resistant depression")
    physician.get_by_label("Programme").fill("two infusions")
    physician.get_by_label("Begins").fill(day.wall_time())
    physician.get_by_role("button", name="Enrol").click()
    expect(physician.get_by_role("heading", name="two infusions")).to_be_visible()
    return person


def decided(day: Day, physician: Page) -> None:
    """All questions are asked; the one finding is decided on."""
    physician.get_by_role("link", name="The list to decide on").click()
    physician.get_by_role("link", name="Ask now").click()
    done = {"psychiatric_assessment_done", "baseline_scored", "treatment_history_known"}
    for group in physician.locator("fieldset.asked").all():
        name = group.get_attribute("id") or ""
        group.get_by_label("Yes" if name in done else "No", exact=True).check()
    for label, value in (("Age?", "44"), ("Systolic pressure today?", "144"), ("Diastolic pressure today?", "84")):
        physician.get_by_label(label).fill(value)
    physician.get_by_label("Hepatic").select_option("normal")
    physician.get_by_role("button", name="List what must be decided on").click()
    expect(physician.get_by_role("heading", name="Open: 1")).to_be_visible()
    physician.get_by_label(re.compile("Decision and reason")).fill("144 once, 128 after ten minutes of rest")
    physician.get_by_role("button", name="Record these decisions").click()
    expect(physician.get_by_role("heading", name="Decided on: 1")).to_be_visible()


def agreed(day: Day, physician: Page, person: str) -> None:
    """The text is shown, and consent to it recorded."""
    physician.goto(f"{person}/consent/off-label")
    physician.get_by_label(re.compile("has seen this very text")).check()
    physician.get_by_label("When").fill(day.wall_time())
    physician.get_by_role("button", name="Record consent").click()
    expect(physician.get_by_role("heading", name="Demo One")).to_be_visible()


def planned(day: Day, physician: Page) -> str:
    """Two infusions, every dose shown first; the address of the first order."""
    physician.get_by_role("link", name="two infusions").click()
    physician.get_by_role("link", name="Plan a series").click()
    measured = {"Weight": "70", "Age": "44", "Systolic pressure at rest": "128", "Diastolic pressure at rest": "80"}
    for label, value in (measured | {"Heart rate at rest": "70"}).items():
        physician.get_by_label(re.compile(f"^{label}")).fill(value)
    physician.get_by_label("Measured at").fill(day.wall_time())
    physician.get_by_label("First dose").fill(day.wall_time())
    physician.get_by_label("Name", exact=True).first.fill("induction")
    physician.get_by_label("Doses", exact=True).first.fill(f"{DOSE}, twice weekly for 1 week")
    physician.get_by_role("button", name="Show every dose").click()
    expect(physician.get_by_role("heading", name="Every dose: 2")).to_be_visible(timeout=60_000)
    expect(physician.locator("main")).to_contain_text("prediction, not a measurement")
    physician.get_by_role("button", name="Order these 2 doses").click()
    physician.wait_for_url(re.compile("/(people|enrolments)/"))
    if "/people/" not in physician.url:
        physician.locator(".eyebrow a").first.click()
    physician.locator("a[href^='/orders/']").first.click()
    expect(physician.get_by_role("heading", name=re.compile("35 mg"))).to_be_visible()
    return re.sub(r".*(/orders/[\w-]+)$", r"\1", physician.url)


def checked(day: Day, order: str, first: Page, second: Page) -> None:
    """Both work it out; the second sees no result before signing."""
    worked = {
        "Dose, of the": "35",
        "The same as base": "30.3",
        "To draw from the vial": "0.7",
        "Rate of the pump": "52.5",
    }

    def fill(page: Page, more: dict[str, str], name: str) -> None:
        page.goto(f"{order}/check")
        for label, value in (more | worked).items():
            page.get_by_label(re.compile(f"^{label}")).fill(value)
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_label("Code of your").fill(day.code(name))

    fill_vial = {"Lot": "L1", "Strength": "50", "Diluted to": "35"}
    first.goto(f"{order}/check")
    fill(first, fill_vial, "nurse")
    first.get_by_label("The mg are of").select_option("hydrochloride")
    first.get_by_role("button", name="Sign and seal it").click()
    expect(first.get_by_role("status").first).to_contain_text("A second person")
    second.goto(f"{order}/check")
    assert "30.3" not in second.content()
    fill(second, {}, "nurse-b")
    second.get_by_role("button", name="Sign and compare").click()
    second.goto(order)
    expect(second.locator("dl.facts").first).to_contain_text("checked")


def device(admin: Page) -> str:
    """A monitor at chair 3; its token, which is shown once."""
    admin.goto("/devices")
    admin.get_by_label("Name", exact=True).fill("Monitor 3")
    admin.get_by_label("Chair", exact=True).fill("3")
    admin.get_by_role("button", name="Add").click()
    return admin.locator("code.token").inner_text()


def in_the_chair(day: Day, nurse: Page, person: str, monitor: Sender) -> str:
    """The infusion, watched by a simulated monitor, with an alarm, a pause, and all that is due; the session's id."""
    nurse.goto(person)
    nurse.get_by_role("link", name="Open a session").click()
    nurse.get_by_label("Chair").fill("3")
    nurse.get_by_label("Order").select_option(index=1)
    nurse.get_by_label("Setting").select_option("outpatient")
    nurse.get_by_role("button", name="Open the session").click()
    expect(nurse.locator("#session")).to_be_visible()
    course = simulated(Virtual(regimen=DOSE, seed=3))
    day.pass_by(minutes=2)
    reading(day, monitor, course, -10.0)
    expect(nurse.locator("#timeline")).to_contain_text("Monitor 3")
    day.pass_by(minutes=8)
    opened_form(nurse, "Start the infusion")
    for label, value in (("Rate", "52.5"), ("Strength in the syringe", "1"), ("Lot", "L1")):
        nurse.locator("#infusion").get_by_label(re.compile(f"^{label}")).fill(value)
    nurse.locator("#infusion").get_by_label("The mg are of").select_option("hydrochloride")
    nurse.locator("#infusion").get_by_role("button").click()
    expect(nurse.locator("#phase")).to_have_text("the pump runs")
    for minute in (5.0, 10.0, 15.0):
        day.pass_by(minutes=5)
        reading(day, monitor, course, minute)
    day.pass_by(minutes=5)
    monitor.read(day.wall(), dict(course.at(20.0, 20)) | critical())
    assert monitor.send() == 1
    alarm = nurse.locator("#alarms").get_by_text(re.compile("systolic at least 180")).first
    expect(alarm).to_be_visible()
    opened_form(nurse, "Pause")
    nurse.locator("#pause").get_by_label("Reason").fill("pressure 184/112")
    nurse.locator("#pause").get_by_role("button").click()
    expect(nurse.locator("#phase")).to_have_text("the pump is paused")
    while (answer := nurse.locator("#alarms").get_by_role("button", name=re.compile("Acknowledge|Seen"))).count():
        answer.first.click()
        nurse.wait_for_timeout(300)
    day.pass_by(minutes=5)
    reading(day, monitor, course, 25.0)
    opened_form(nurse, "Resume")
    nurse.locator("#resume").get_by_role("button").click()
    expect(nurse.locator("#phase")).to_have_text("the pump runs")
    for minute in (30.0, 35.0, 40.0):
        day.pass_by(minutes=5)
        reading(day, monitor, course, minute)
    day.pass_by(minutes=5)
    opened_form(nurse, "Stop")
    nurse.locator("#stop").get_by_label("Reason").fill("complete")
    nurse.locator("#stop").get_by_role("button").click()
    expect(nurse.locator("#phase")).to_have_text("drug given, under observation")
    scored_clear(nurse)
    for minute in (60.0, 90.0, 115.0, 124.0):
        day.pass_by(minutes=minute - 40.0 if minute == 60.0 else 30.0 if minute == 90.0 else 25.0)
        quiet(day, monitor, course, minute)
    return re.sub(r".*/sessions/([\w-]+)$", r"\1", nurse.url)


def critical() -> dict[object, float]:
    from kinetamine.clinic.alarms.limits import Vital

    return {Vital.SYSTOLIC: 184.0, Vital.DIASTOLIC: 112.0}
