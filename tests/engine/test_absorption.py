"""What gut and liver leave of a swallowed path."""

from __future__ import annotations

import pytest

from kinetamine.engine.absorption import first_pass
from kinetamine.engine.model import Path

GUT = Path(name="gut", into="central", fraction=0.2, ka_per_h=1.0)


def test_splits_into_parent_and_norketamine() -> None:
    """Interactions act on the parent's part only."""
    parent, metabolite = first_pass(GUT, 0.5, {"parent": "central", "norketamine": "nk"})
    assert (parent.into, parent.fraction, parent.first_pass) == ("central", 0.2, True)
    assert (metabolite.into, metabolite.fraction, metabolite.first_pass) == ("nk", 0.5, False)


def test_a_model_without_norketamine_gets_the_parent_only() -> None:
    """Nothing is sent to a compartment that does not exist."""
    assert [path.into for path in first_pass(GUT, 0.5, {"parent": "central"})] == ["central"]


def test_a_hepato_portal_model_splits_by_itself() -> None:
    """It receives all that reaches the liver."""
    (path,) = first_pass(GUT, 0.5, {"parent": "central", "portal": "liver", "norketamine": "nk"})
    assert path.into == "liver"
    assert path.fraction == pytest.approx(0.7)
