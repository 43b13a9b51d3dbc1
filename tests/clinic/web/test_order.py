"""One order and the look at its series, as pages."""

from __future__ import annotations

from clinic.care.series import ordered
from clinic.web.desk import Desk, Fields, hidden, words, wrong_at
from clinic.world import World
from kinetamine.clinic.records import Role


def test_the_series_is_looked_at_before_a_dose(world: World) -> None:
    desk, made = Desk(world), ordered(world)
    physician, address = desk.as_(Role.PHYSICIAN), f"/orders/{made.id}/review"
    blank = physician.get(address)
    assert "checked" not in blank.text
    form: Fields = {"version": hidden(blank.text, "version"), "wants_to_stop": "yes", "benefit": "yes"}
    wrong = physician.post(address, form)
    assert list(wrong_at(wrong.text)) == ["decision"]
    assert wrong.text.count("checked") == 2
    assert physician.post(address, form | {"decision": "talked; stops today"}).status_code == 303
    said = words(desk.as_(Role.NURSE).get(f"/orders/{made.id}").text)
    assert "The person wants to stop: contraindicated." in said
    assert "talked; stops today" in said
    assert desk.as_(Role.NURSE).get(address).status_code == 403
    assert desk.as_(Role.NURSE).post(address, form).status_code == 403
