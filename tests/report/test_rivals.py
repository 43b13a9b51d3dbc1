"""The picture of rival hypotheses: a column each, a mark for every prediction, failures in another shape."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from kinetamine.errors import UnknownNameError
from kinetamine.hypotheses import Predictions, predictions
from kinetamine.report.rivals import MOST, rivals_figure, write_rivals


@pytest.fixture(scope="module")
def found() -> Predictions:
    return predictions(
        ["opioid_gate", "hnk_ampa", "empirical"],
        ["naltrexone_kept", "ampa_block", "r_over_s_mouse", "masked_dissociation"],
    )


@pytest.mark.parametrize(("kind", "signature"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")])
def test_every_kind(found: Predictions, tmp_path: Path, kind: str, signature: bytes) -> None:
    head = write_rivals(found, tmp_path / f"rivals.{kind}").read_bytes()[:24]
    assert head.startswith(signature)
    if kind == "png":
        assert struct.unpack(">II", head[16:24])[0] >= 1600


def test_other_kinds_are_refused(found: Predictions, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        write_rivals(found, tmp_path / "rivals.bmp")


def _marks(found: Predictions, column: int) -> list[tuple[str, float]]:
    lines = rivals_figure(found).axes[column].lines
    return [(str(line.get_marker()), float(line.get_xdata()[0])) for line in lines if line.get_marker() in {"o", "X"}]  # type: ignore[index,arg-type]


def test_failures_are_crosses_and_agreement_discs(found: Predictions) -> None:
    marks = _marks(found, 0)
    assert len(marks) == 4
    assert [shape for shape, _ in marks] == ["X", "o", "o", "X"]
    assert [at for _, at in marks[:3]] == pytest.approx([0.0, 1.0, 0.0], abs=1e-2)


def test_what_is_off_the_scale_stands_at_its_edge_with_its_number(found: Predictions) -> None:
    assert ("o", MOST) in _marks(found, 1)
    assert "∞" in [text.get_text() for text in rivals_figure(found).axes[1].texts]


def test_silence_is_written(found: Predictions) -> None:
    assert [text.get_text() for text in rivals_figure(found).axes[2].texts].count("silent") == 3


def test_headings_count_failures_and_rows_are_named(found: Predictions) -> None:
    words = [text.get_text() for text in rivals_figure(found).axes[0].texts]
    assert {"opioid gate", "fails 2 of 3", "In people", "In rodents", "(dissociation masked)"} <= set(words)


def test_one_hypothesis_and_one_result_make_a_picture(found: Predictions) -> None:
    small = replace(found, hypotheses=found.hypotheses[:1], findings=found.findings[:1])
    assert len(rivals_figure(small).axes) == 1
