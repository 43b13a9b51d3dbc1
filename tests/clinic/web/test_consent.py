"""Consent as pages: the very text, its hash, and what is in force."""

from __future__ import annotations

from clinic.web.desk import Desk, Fields, hidden, wall, words, wrong_at
from clinic.world import World
from kinetamine.clinic import texts
from kinetamine.clinic.consent import Purpose
from kinetamine.clinic.records import Consent, Person, Role


def test_the_text_is_shown_agreed_to_and_taken_back(world: World) -> None:
    desk = Desk(world)
    nurse = desk.as_(Role.NURSE)
    (own,) = world.records().find(Person, number="own")
    page = nurse.get(f"/people/{own.id}/consent/off-label")
    text = texts.current(Purpose.OFF_LABEL, world.clock.now)
    assert hidden(page.text, "sha256") == text.about.sha256
    assert all(part in words(page.text) for _, part in text.blocks)
    assert texts.TEMPLATE in words(page.text)
    form: Fields = {"sha256": text.about.sha256, "given_at": wall(), "agreed": "yes", "notes": "asked about driving"}
    assert nurse.post(f"/people/{own.id}/consent/off-label", form).status_code == 303
    said = words(nurse.get(f"/people/{own.id}").text)
    assert "esketamine as labelled not in force : none given" in said
    assert "off-label ketamine or esketamine in force : off label, version 1" in said
    (record,) = world.records().find(Consent, person_id=own.id)
    back = nurse.get(f"/consents/{record.id}/take-back")
    version = hidden(back.text, "version")
    wrong = nurse.post(f"/consents/{record.id}/take-back", {"version": version, "revoked_at": wall(-60)})
    assert list(wrong_at(wrong.text)) == ["revoked_at"]
    done = nurse.post(f"/consents/{record.id}/take-back", {"version": version, "revoked_at": wall()})
    assert done.headers["location"] == f"/people/{own.id}"
    assert "not in force : taken back" in words(nurse.get(f"/people/{own.id}").text)


def test_what_is_missing_or_wrong_is_told_at_its_field(world: World) -> None:
    desk = Desk(world)
    nurse = desk.as_(Role.NURSE)
    (own,) = world.records().find(Person, number="own")
    address, hashed = (
        f"/people/{own.id}/consent/labelled",
        texts.current(Purpose.LABELLED, world.clock.now).about.sha256,
    )
    form: Fields = {"sha256": hashed, "given_at": wall(), "agreed": "yes"}
    for change, field in (
        ({"agreed": ""}, "agreed"),
        ({"given_at": wall(600)}, "given_at"),
        ({"given_at": ""}, "given_at"),
    ):
        assert list(wrong_at(nurse.post(address, form | change).text)) == [field]
    other = nurse.post(address, form | {"sha256": "ab" * 32})
    assert other.status_code == 422
    assert "the hash of esketamine_as_labelled version 1" in words(other.text)
    assert world.records().find(Consent) == []


def test_who_may_not_and_what_is_not_there(world: World) -> None:
    desk = Desk(world)
    (own,) = world.records().find(Person, number="own")
    assert desk.as_(Role.MONITOR).get(f"/people/{own.id}/consent/off-label").status_code == 403
    assert desk.as_(Role.NURSE).get(f"/people/{own.id}/consent/other").status_code == 404
