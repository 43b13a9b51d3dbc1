"""What the tests of the report share."""

from __future__ import annotations

import pytest

from kinetamine.course import Course
from kinetamine.engine.trajectory import Trajectory
from report.by_hand import make


@pytest.fixture(scope="session")
def by_hand() -> tuple[Trajectory, Course]:
    return make()
