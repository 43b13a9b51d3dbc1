"""hepatic_moderate acts only if asked for by name."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from library.interactions.ratios import ratio


def test_injected_changes_as_the_positive_study_says() -> None:
    """About twofold, recalled and not read."""
    assert ratio("hepatic_moderate", "intravenous") == pytest.approx(2.0, rel=0.01)


def test_is_off_unless_asked_for() -> None:
    """Its number could not be verified."""
    entry = catalogue.load("interactions", "hepatic_moderate")
    assert not entry.default_on
    assert entry.warning
