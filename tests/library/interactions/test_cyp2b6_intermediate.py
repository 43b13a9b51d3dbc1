"""cyp2b6_intermediate acts only if asked for by name."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from library.interactions.ratios import ratio


def test_injected_changes_as_the_positive_study_says() -> None:
    """CL 68.1 and 40.6 L/h without and with one allele (Li 2015)."""
    assert ratio("cyp2b6_intermediate", "intravenous") == pytest.approx(68.1 / 40.6, rel=0.01)


def test_is_off_unless_asked_for() -> None:
    """Rao 2016 found no effect."""
    entry = catalogue.load("interactions", "cyp2b6_intermediate")
    assert not entry.default_on
    assert entry.warning
