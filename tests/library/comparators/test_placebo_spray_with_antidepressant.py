"""The control arm in one: its two parts must not drift away from their own entries."""

from __future__ import annotations

from library.comparators.at import entry

BOTH, SPRAY, PILL = (
    entry(name) for name in ("placebo_spray_with_antidepressant", "placebo_spray", "oral_antidepressant")
)


def test_it_convinces_as_the_spray() -> None:
    assert BOTH.parameters["CONVICTION"].value == SPRAY.parameters["CONVICTION"].value


def test_it_acts_as_the_antidepressant() -> None:
    assert BOTH.parameters["SIZE_DEPRESSION"] == PILL.parameters["SIZE_DEPRESSION"]
    assert BOTH.parameters["ONSET"] == PILL.parameters["ONSET"]
    assert BOTH.variability == PILL.variability
    assert BOTH.sessions
    assert not PILL.sessions
