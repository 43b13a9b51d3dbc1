"""Unsafe and impossible settings are refused."""

from __future__ import annotations

from typing import Any

import pytest

from kinetamine.errors import FieldError
from kinetamine.web.settings import Settings


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"host": "0.0.0.0"}, "host"),  # noqa: S104 - what must be refused
        ({"host": "::"}, "host"),
        ({"host": "192.168.1.5"}, "host"),
        ({"host": "kinetamine.example"}, "host"),
        ({"names": ("*",)}, "name"),
        ({"names": ("*.example",)}, "name"),
        ({"names": ("http://clinic.example",)}, "name"),
        ({"names": ("",)}, "name"),
        ({"port": 0}, "port"),
        ({"port": 65536}, "port"),
        ({"workers": 0}, "workers"),
        ({"workers": 1000}, "workers"),
        ({"most_waiting": 0}, "most_waiting"),
        ({"most_people": 0}, "most_people"),
        ({"most_bytes": 0}, "most_bytes"),
        ({"most_seconds": 0.0}, "most_seconds"),
        ({"most_seconds": float("nan")}, "most_seconds"),
        ({"most_seconds": float("inf")}, "most_seconds"),
    ],
)
def test_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldError) as error:
        Settings(**given)
    assert error.value.field == field


def test_others_may_come_under_names_that_are_said() -> None:
    settings = Settings(host="0.0.0.0", names=("sim.clinic.example",))  # noqa: S104 - with a name it is allowed
    assert set(settings.allowed_hosts) == {"localhost", "127.0.0.1", "[::1]", "sim.clinic.example"}


def test_an_address_of_this_machine_that_is_listened_on_is_answered_to() -> None:
    assert "127.0.0.2" in Settings(host="127.0.0.2").allowed_hosts
    assert "0.0.0.0" not in Settings(host="0.0.0.0", names=("sim.example",)).allowed_hosts  # noqa: S104 - refused
