"""A server with a clinic's own limits: its alarms, its list before leaving, and what a session keeps of them."""

from __future__ import annotations

import pytest

from clinic.care.sittings import PUMP
from clinic.web.signed_in import serving
from clinic.web.test_session import INFUSION, entry, vitals
from clinic.world import World, person
from kinetamine.clinic import limits_in_use
from kinetamine.clinic.records import Role, Session
from kinetamine.errors import FieldError

OWN = """
name = "North"
version = "7"
signed_by = "A. Example"
signed_on = 2026-03-02

[limit.systolic_high]
value = 150
unit = "mmHg"
priority = "high"
source = "protocol 4.2"

[silence.low]
value = 200
unit = "s"
source = "the nurses"

[leaving.systolic_most]
value = 130
unit = "mmHg"
source = "protocol 7"
"""


def test_a_session_is_judged_by_the_limits_of_its_server_and_keeps_which_they_were(world: World) -> None:
    file = world.settings.folder / "limits.toml"
    file.write_text(OWN, encoding="utf-8")
    nurse, whom = serving(world).as_(Role.NURSE), world.records().add(person(number="D7", name="Demo Seven"))
    made = nurse.post("/sessions/new", person=whom.id, chair="4", protocol=INFUSION, setting="outpatient")
    (found,) = world.records().find(Session, person_id=whom.id)
    about = limits_in_use.read(file).about
    assert found.details["limits"] == about
    sent = {"entries": [vitals("a", 149.0), entry("p", "infusion started", PUMP)]}
    told = nurse.send(f"/api/sessions/{found.id}/entries", sent).json()["picture"]
    assert told["alarms"] == []
    told = nurse.send(f"/api/sessions/{found.id}/entries", {"entries": [vitals("b", 150.0)]}).json()["picture"]
    assert [(one["name"], one["priority"]) for one in told["alarms"]] == [("systolic_high", "high")]
    assert "systolic from 101 to 130 mmHg" in [one["name"] for one in told["gate"]["conditions"]]
    hushed = entry("h", "alarm silenced", {"readings": ["b/systolic"], "seconds": 201})
    assert "at most 200 s" in nurse.send(f"/api/sessions/{found.id}/entries", {"entries": [hushed]}).text
    shown = nurse.get(made.headers["location"]).text
    assert f"North, version 7, signed by A. Example ({about['fingerprint']})</p>" in shown
    file.unlink()  # and the server is started anew
    shown = serving(world).as_(Role.NURSE).get(made.headers["location"]).text
    assert "early warning, label and study, version 2" in shown
    assert f"When this session was opened: North, version 7 ({about['fingerprint']})" in shown


def test_no_server_starts_with_limits_that_cannot_be(world: World) -> None:
    (world.settings.folder / "limits.toml").write_text(OWN.replace("150", "1500"), encoding="utf-8")
    with pytest.raises(FieldError, match=r"^limits\.toml, limit systolic_high: given 1500\.0, expected 30 to 350 mmHg"):
        serving(world)
