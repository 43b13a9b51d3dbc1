"""Pictures of bands: everything lies inside the frame, and the marks are round."""

from __future__ import annotations

import re

import pytest

from clinic.care.series import session
from kinetamine.clinic.web.band_pictures import _marks, _nice, pictures


def test_a_picture_holds_its_band_within_its_frame() -> None:
    found = pictures(session(1))
    assert len(found) == 4
    for one in found:
        points = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", one.area + one.line)]
        assert len(points) == 6
        assert all(one.left <= x <= one.right and one.top <= y <= one.bottom for x, y in points)
        assert all(one.top <= tick.at <= one.bottom for tick in one.up)
        assert one.peak == (0.0, 100.0, 90.123456, 110.0)


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0.0, 32.0, [0.0, 10.0, 20.0, 30.0, 40.0]),
        (90.0, 155.0, [80.0, 100.0, 120.0, 140.0, 160.0]),
        (0.0, 0.0, [0.0, 0.25]),
        (5.0, 5.0, [5.0, 5.25]),
    ],
)
def test_the_marks_of_an_axis_are_round_and_few(low: float, high: float, marks: list[float]) -> None:
    assert _marks(*_nice(low, high))[: len(marks)] == marks
    assert 2 <= len(_marks(*_nice(low, high))) <= 7
