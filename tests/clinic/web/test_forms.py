"""What a form sent: times."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kinetamine.clinic.web.forms import Form
from kinetamine.errors import FieldError

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("typed", ["2026-03-02T10:00", "2026-03-02T09:00Z"])
def test_a_time_is_of_the_wall_or_of_its_own_zone(typed: str) -> None:
    assert Form({"at": [typed]}).moment("at", BERLIN) == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T23:59Z"],
)
def test_a_time_of_another_century_is_told_at_its_field(typed: str) -> None:
    with pytest.raises(FieldError) as told:
        Form({"at": [typed]}).moment("at", BERLIN)
    assert told.value.field == "at"
