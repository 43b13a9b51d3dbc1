"""A day in the clinic, in a browser: from enrolment to the questionnaire a day later, its export, and a sound audit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.clinic.conftest import Wall
from browser.clinic.test_session import opened, start
from clinic import postgres
from clinic.world import PASSWORD, QUICK, Hands, World, build, make_schema, new_settings, write_keys
from kinetamine.clinic.access import Member, operator
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.database import Database
from kinetamine.clinic.monitor.course import Simulated, Virtual, simulated
from kinetamine.clinic.monitor.sender import Sender
from kinetamine.clinic.records import Role
from kinetamine.clinic.web.app import create_app

pytestmark = pytest.mark.slow
DOSE = "racemic ketamine HCl 0.5 mg/kg iv over 40 min"
CALM = {Vital.SYSTOLIC: 132.0, Vital.DIASTOLIC: 82.0, Vital.HEART_RATE: 76.0, Vital.SPO2: 98.0}
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
def running(browser: Browser, folder: Path, database_address: str = "") -> Iterator[Day]:
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
        yield stack.enter_context(running(browser, tmp_path / "clinic", address))


def test_a_day(day: Day) -> None:
    physician = day.arrives(day.world.members[Role.PHYSICIAN])
    person = enrolled(day, physician)
    decided(physician)
    agreed(day, physician, person)
    order = planned(day, physician)
    first = day.arrives(day.world.members[Role.NURSE])
    second = day.arrives(operator.add_user(day.world.database, "north", "nurse-b", "The other nurse", ("nurse",)))
    checked(day, order, first, second)
    admin = day.arrives(day.world.members[Role.ADMIN])
    monitor = Sender(day.address, device(admin))
    in_the_chair(day, first, person, monitor)
    discharged(first)
    patient = account(day, admin, person)
    day.pass_by(hours=20)
    answered(patient)
    acted_on(first)
    taken_away(physician, person)
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
    physician.get_by_label("Drug").select_option("racemic ketamine")
    physician.get_by_label("Route").select_option("intravenous")
    physician.get_by_label("For", exact=True).select_option("treatment-resistant depression")
    physician.get_by_label("Programme").fill("two infusions")
    physician.get_by_label("Begins").fill(day.wall_time())
    physician.get_by_role("button", name="Enrol").click()
    expect(physician.get_by_role("heading", name="two infusions")).to_be_visible()
    return person


def decided(physician: Page) -> None:
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


def in_the_chair(day: Day, nurse: Page, person: str, monitor: Sender) -> None:
    """The infusion, watched by a simulated monitor, with an alarm, a pause, and all that is due."""
    nurse.goto(person)
    nurse.get_by_role("link", name="Open a session").click()
    nurse.get_by_label("Chair").fill("3")
    nurse.get_by_label("Order").select_option(index=1)
    nurse.get_by_label("Setting").select_option("outpatient")
    nurse.get_by_role("button", name="Open the session").click()
    course = simulated(Virtual(regimen=DOSE, seed=3))
    day.pass_by(minutes=2)
    reading(day, monitor, course, -8.0)
    expect(nurse.locator("#timeline")).to_contain_text("Monitor 3")
    day.pass_by(minutes=8)
    start(nurse)
    for minute in (5.0, 10.0, 15.0):
        day.pass_by(minutes=5)
        reading(day, monitor, course, minute)
    day.pass_by(minutes=5)
    reading(day, monitor, course, 20.0, {Vital.SYSTOLIC: 184.0, Vital.DIASTOLIC: 112.0})
    expect(nurse.locator("#alarms")).to_contain_text("systolic at least 180 mmHg")
    opened(nurse, "Pause")
    nurse.locator("#pause-reason").fill("pressure 184/112")
    nurse.get_by_role("button", name="Pause", exact=True).click()
    expect(nurse.locator("#phase")).to_contain_text("the pump is paused")
    seen(nurse)
    day.pass_by(minutes=5)
    reading(day, monitor, course, 25.0, CALM)
    opened(nurse, "Resume")
    nurse.get_by_role("button", name="Resume at the rate it had").click()
    expect(nurse.locator("#phase")).to_contain_text("the pump runs")
    for minute in (30.0, 35.0, 40.0):
        day.pass_by(minutes=5)
        reading(day, monitor, course, minute, CALM)
    day.pass_by(minutes=5)
    opened(nurse, "Stop")
    nurse.locator("#stop-reason").fill("complete")
    nurse.get_by_role("button", name="Stop", exact=True).click()
    expect(nurse.locator("#phase")).to_contain_text("under observation")
    scored(nurse, "cadss", "1")
    for later, minute in ((15, 60.0), (30, 90.0), (31, 121.0), (45, 166.0)):  # two hours after the pump stopped
        day.pass_by(minutes=later)
        reading(day, monitor, course, minute, CALM)
    scored(nurse, "cadss", "0")
    scored(nurse, "moaas", "5")


def reading(
    day: Day, monitor: Sender, course: Simulated, minute: float, instead: Mapping[Vital, float] | None = None
) -> None:
    """What the monitor shows now, sent and acknowledged."""
    monitor.read(day.wall(), course.at(minute, int(minute) + 20) | dict(instead or {}))
    assert monitor.send() == 1


def seen(nurse: Page) -> None:
    """Every alarm is answered."""
    buttons = nurse.locator("#alarms").get_by_role("button", name=re.compile("I have seen"))
    while left := buttons.count():
        buttons.first.click()
        expect(buttons).not_to_have_count(left)
    expect(buttons).to_have_count(0)


def scored(nurse: Page, scale: str, answer: str) -> None:
    """One answer for every question."""
    form = nurse.locator(f"#{scale}")
    if not form.is_visible():
        opened(nurse, {"cadss": "Dissociation", "moaas": "Alertness"}[scale])
    for one in form.locator("select[data-kind=answer]").all():
        one.select_option(answer)
    form.locator("button.main").click()
    expect(form.locator("select[data-kind=answer]").first).to_have_value("")


def discharged(nurse: Page) -> None:
    """Everything on the list is seen to, and the person leaves."""
    for one in nurse.locator("#arrange button").all():
        one.click()
        expect(one).to_have_attribute("aria-pressed", "true")
    expect(nurse.locator("#gate-text")).to_contain_text("Nothing on this list is unmet")
    nurse.get_by_role("button", name="The person leaves now").click()
    expect(nurse.locator("#phase")).to_have_text("the session is over")


def account(day: Day, admin: Page, person: str) -> Page:
    """The patient's own account, made by the admin; signed in."""
    admin.goto("/users/new")
    for label, value in (("Name to sign in", "demo-one"), ("Shown as", "Demo One"), ("Whose record", person)):
        admin.get_by_label(label).fill(value)
    admin.get_by_label("patient", exact=True).check()
    admin.get_by_role("button", name="Add").click()
    admin.get_by_label("New password").fill(PASSWORD)
    admin.get_by_label("The same again").fill(PASSWORD)
    admin.get_by_role("button", name="Set both").click()
    found = re.search(r"otpauth://[^\s<]+", admin.locator("main").inner_text())
    assert found is not None
    day.factor("demo-one", found[0])
    return day.signs_in("demo-one")


def answered(patient: Page) -> None:
    """A questionnaire at home, the day after, with an answer that somebody must act on."""
    patient.goto("/mine/forms/phq9")
    for number, group in enumerate(patient.locator("fieldset.question").all()):
        group.locator("input[value='1']").check() if number in {0, 8} else group.locator("input[value='0']").check()
    patient.get_by_role("button", name="Send to the clinic").click()
    expect(patient.locator("main")).to_contain_text("2")


def acted_on(nurse: Page) -> None:
    """The task that the answer opened is closed with what was done."""
    nurse.goto("/tasks")
    nurse.locator("main a[href^='/tasks/']").first.click()
    nurse.get_by_label("What was done").fill("called; no plan, no intent; safety plan read through together")
    nurse.get_by_role("button", name="Close the task").click()
    expect(nurse.locator("main")).to_contain_text("called; no plan")


def taken_away(physician: Page, person: str) -> None:
    """All of it as FHIR, by who may take it away."""
    number = person.rpartition("/")[2]
    answer = physician.request.get(f"/fhir/Patient/{number}/$everything")
    assert answer.status == 200
    kinds = Counter(one["resource"]["resourceType"] for one in answer.json()["entry"])
    wanted = {"Patient", "Consent", "MedicationRequest", "Encounter", "MedicationAdministration", "Observation"}
    assert wanted | {"QuestionnaireResponse", "Task", "RiskAssessment"} <= set(kinds), kinds
    assert kinds["Observation"] > 40


def sound(day: Day) -> None:
    """The audit is, by the command that an auditor runs; readings came in the order in which they were made."""
    command = [sys.executable, "-m", "kinetamine.cli.main", "clinic", "verify-audit"]
    surroundings = {**os.environ, **day.world.environment}
    done = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The audit is sound" in done.stdout
