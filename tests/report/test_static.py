"""Files by matplotlib: all are there, are what their suffix says, and hold a picture."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kinetamine.course import Course
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import UnknownNameError
from kinetamine.report.static import comparison_figure, write_comparison, write_figures

SIGNATURE = {"png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF", "svg": b"<?xml"}


def test_one_picture_per_panel(by_hand: tuple[Trajectory, Course], tmp_path: Path) -> None:
    written = write_figures(by_hand[0], tmp_path / "figures", "png")
    names = {path.name for path in written}
    assert {"course_ketamine.png", "course_madrs.png", "session_dissociation.png"} <= names
    assert "session_madrs.png" not in names
    assert {path.name for path in (tmp_path / "figures").iterdir()} == names
    for path in written:
        head = path.read_bytes()[:24]
        assert head.startswith(SIGNATURE["png"])
        width, height = struct.unpack(">II", head[16:24])
        assert width > 1000
        assert height > 500
        assert path.stat().st_size > 10_000


@pytest.mark.parametrize("kind", ["pdf", "svg", "png"])
def test_comparison_in_every_kind(by_hand: tuple[Trajectory, Course], tmp_path: Path, kind: str) -> None:
    path = write_comparison({"one_2000": by_hand[0], "two_2001": by_hand[0]}, tmp_path / f"models.{kind}")
    assert path.read_bytes().startswith(SIGNATURE[kind])
    assert path.stat().st_size > 5_000


def test_legend_names_the_models(by_hand: tuple[Trajectory, Course]) -> None:
    figure = comparison_figure({"one_2000": by_hand[0], "two_2001": by_hand[0]})
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["one_2000, venous", "two_2001, venous"]


def test_unknown_kinds_are_refused(by_hand: tuple[Trajectory, Course], tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        write_figures(by_hand[0], tmp_path, "bmp")
    with pytest.raises(UnknownNameError):
        write_comparison({"one": by_hand[0]}, tmp_path / "models.bmp")
